"""Invented news articles for real parsing: as many as are asked for, no two alike but the copies among them.

An article takes the paragraphs of one of the sample newsroom's, some of them from another by the same pen (noise that
keeps an outlet's manner), rewords some phrases (paraphrases.csv), and bears other unknown names and figures
(alphabet.py). Of ten articles one is a copy that another outlet prints, and every twentieth is a correction. Facts in
them contradict each other freely: they serve speed and robustness, and say nothing about quality.
"""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flows.newsroom import load_library
from flows.newsroom.articles import Article, Outlet
from flows.settings import Settings
from tests.bench.corpus.alphabet import Names, alphabets, decode, figures, known_words

SWAPPED, REWORDED = 0.25, 0.5  # shares: paragraphs from another article, phrases told in other words


def invent(settings: Settings, count: int, seed: int = 1) -> list[Article]:
    """That many articles; a larger count begins with those of a smaller one."""
    library = load_library(settings.newsroom_dir)
    base = sorted((a for a in library.articles if a.language == "en" and not a.copy_of), key=lambda a: a.ref)
    names = Names(
        (p for a in base for p in a.paragraphs), known_words(settings.dbt_dir, (o.name for o in library.outlets))
    )
    letters, phrases = alphabets(), _phrases()
    made: list[Article] = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        if number % 10 == 8:
            made.append(_copied(made[number - 1 - chance.randrange(8)], chance.choice(library.outlets), number))
        elif number % 20 == 19:
            made.append(_corrected(made[number - 2 - chance.randrange(8)], number))
        else:
            article = chance.choice(base)
            others = [a for a in base if a.outlet == article.outlet]
            told = [names.encode(_told(chance, p, others, phrases)) for p in article.paragraphs]
            read = chance.choice(letters), figures(chance.randrange(9))
            made.append(
                replace(
                    article,
                    slug=f"synthetic-{number}",
                    title=decode(names.encode(article.title), *read),
                    paragraphs=tuple(decode(p, *read) for p in told),
                    published_at=article.published_at + timedelta(weeks=chance.randrange(-100, 50)),
                    modified_at=None,
                    second_version=None,
                    paywalled=False,
                )
            )
    return made


def _told(chance: random.Random, paragraph: str, others: list[Article], phrases: dict[str, list[str]]) -> str:
    if chance.random() < SWAPPED:
        paragraph = chance.choice(chance.choice(others).paragraphs)
    for words, ways in phrases.items():
        if words in paragraph and chance.random() < REWORDED:
            paragraph = paragraph.replace(words, chance.choice(ways), 1)
    return paragraph


def _copied(article: Article, outlet: Outlet, number: int) -> Article:
    return replace(
        article,
        outlet=outlet,
        slug=f"synthetic-{number}",
        published_at=article.published_at + timedelta(hours=2),
        paragraphs=(*article.paragraphs, f"First published by {article.outlet.name}."),
    )


def _corrected(article: Article, number: int) -> Article:
    """The same address with one paragraph more, later."""
    return replace(
        article,
        modified_at=article.published_at + timedelta(days=1),
        paragraphs=(*article.paragraphs, f"This article has been corrected. An earlier version, number {number}, "
                                         "gave another figure."),
    )  # fmt: skip


def _phrases() -> dict[str, list[str]]:
    with (Path(__file__).parent / "paraphrases.csv").open(encoding="utf8", newline="") as file:
        return {row["words"]: row["others"].split("|") for row in csv.DictReader(file)}
