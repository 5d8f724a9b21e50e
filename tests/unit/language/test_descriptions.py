"""Descriptions that stand for somebody named: whom they mean, and where they mean nobody. Every sentence is made up."""

from __future__ import annotations

import pytest

from flows.language import mentions
from flows.language.parse import parse_text

MEANT = [
    ("Nadia Brek left the hall. The 61-year-old said she was tired.", "The 61-year-old", "Nadia Brek"),
    ("Lena Sorg spoke in Vienna. The Swede said a truce was near.", "The Swede", "Lena Sorg"),
    ("Adam Orlo met Ruth Keel. The former prosecutor said he had evidence.", "The former prosecutor", "Adam Orlo"),
    ("Carl Wend attacked the bill. The Iowa Republican said it was late.", "The Iowa Republican", "Carl Wend"),
    ("Governor Ina Falk flew home. The governor said roads were cut.", "The governor", "Ina Falk"),
    ("A lawyer called the paper. The lawyer said the file was gone.", "The lawyer", None),
    ("Boris Dahl is ill. The head of the bank said rates would fall.", "The head of the bank", None),
    ("Boris Dahl is ill. The brother said he would be back.", "The brother", None),
    ("Foreign Minister Ana Brek left. The general said the road was open.", "The general", None),
    ("Mina Roth met soldiers. The man said the town was lost.", "The man", None),
    ("The mayor of Tessel, Ivo Grann, resigned. Grann said he was ill.", "Grann", "Ivo Grann"),
    ("Ulla Brandt, whose brother is held, wept. She said nothing had changed.", "She", "Ulla Brandt"),
    ("Mr. Otto Reyl and Mrs. Ina Reyl came late. Mrs. Reyl said it rained.", "Reyl", "Ina Reyl"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "name"), MEANT)
def test_whom_a_description_means(text: str, surface: str, name: str | None) -> None:
    rows = [r for r in mentions.mark(parse_text(text)) if r["surface"] == surface]
    assert rows[-1]["entity_name"] == name, rows


def test_the_subject_of_the_last_sentence_wins_over_an_earlier_speaker() -> None:
    text = "Pavel Orsk said the list was long. Asked about it, Omar Reyes smiled. He said it would be read."
    pronoun = next(r for r in mentions.mark(parse_text(text)) if r["surface"] == "He")
    assert pronoun["entity_name"] == "Omar Reyes"


LATER = [
    (
        "Ivo Grann, the spokesman, said it was over. The brigadier general said more would come.",
        "The brigadier general",
        "Ivo Grann",
    ),
    ("Tesma Gelva was feeding hens. The widow said she did not look up.", "The widow", "Tesma Gelva"),
    (
        "Former President Carl Moss praised President Ina Dahl. The president said she was touched.",
        "The president",
        "Ina Dahl",
    ),
    ("Barack Obama and Michelle Obama came. Ms. Obama said she was glad.", "Obama", "Michelle Obama"),
]


@pytest.mark.parametrize(("text", "surface", "name"), LATER)
def test_ranks_former_offices_and_titles(text: str, surface: str, name: str) -> None:
    rows = [r for r in mentions.mark(parse_text(text)) if r["surface"] == surface]
    assert rows[-1]["entity_name"] == name, rows
