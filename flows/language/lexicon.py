"""The dictionaries of the language layer, read once per process from the seeds of dbt_project.

Names, titles, nouns for groups and given names, each as a table that is met by the first word of a phrase. What a
name *means* on a given day is decided in SQL from the same seeds; here they only say where a name begins and ends.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
FIRST_WORD = re.compile(r"\w+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alias:
    """One reading of a name. `actor_type`: of actor_definitions.csv, 'outlet', or 'place' for a mere place."""

    text: str
    actor_key: str
    actor_type: str
    alias_type: str
    needs_context: bool
    gender: str


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A title or office: its normal form, the gender it tells, and its rank ('' for an office)."""

    role_noun: str
    gender: str
    rank: str


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """A noun for people or bodies that act together: 'official' -> officials, people."""

    group_suffix: str
    kind: str
    can_be_source: bool


Phrases = dict[str, list[tuple[str, T]]]  # first word -> (phrase, value), longest first


def rows(folder: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a seed as text; nothing when the seed is not there."""
    path = SEEDS / folder / f"{name}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in "‘’ʼ′＇`":
        return "'"
    if char in "‐‑–":
        return "-"
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    lower = (plain if len(plain) == 1 else char).lower()
    return lower if len(lower) == 1 else char


def fold(text: str) -> str:
    """Lower case without accents, code point for code point: offsets into it are offsets into the text."""
    if text.isascii():
        return text.lower()
    folded = NOT_ASCII.sub(lambda m: _fold_char(m.group()), text)
    return "".join(c.lower() if c.isascii() else c for c in folded) if "İ" in folded else folded.lower()


def _table(pairs: Iterator[tuple[str, T]]) -> Phrases[T]:
    found: Phrases[T] = {}
    for phrase, value in pairs:
        folded = fold(phrase)
        first = FIRST_WORD.search(folded)
        if first and first.start() == 0:
            found.setdefault(first.group(), []).append((folded, value))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return found


@lru_cache(maxsize=1)
def names() -> Phrases[tuple[Alias, ...]]:
    """Every alias of the seeds, with all its readings."""
    types: dict[str, tuple[str, str]] = {}
    for seed in ("states", "actor_definitions"):
        types.update({r["actor_key"]: (r["actor_type"], r.get("gender") or "") for r in rows("actors", seed)})
    types.update({r["outlet_key"]: ("outlet", "") for r in rows("actors", "outlet_definitions")})
    readings: dict[str, list[Alias]] = {}
    for seed in ("state_aliases", "actor_alias_definitions"):
        for r in rows("actors", seed):
            kind, gender = types.get(r["actor_key"], ("", ""))
            text = r["alias"].removeprefix("the ").removeprefix("The ")
            alias = Alias(text, r["actor_key"], kind, r["alias_type"], r["needs_context"] == "true", gender)
            readings.setdefault(fold(text), []).append(alias)
    for r in rows("actors", "places"):
        folded = fold(r["place_name"])
        known = any(a.alias_type in ("metonym", "name") for a in readings.get(folded, []))
        if not known:
            alias = Alias(r["place_name"], r["country_iso3"], "place", r["kind"], False, "")
            readings.setdefault(folded, []).append(alias)
    return _table((phrase, tuple(found)) for phrase, found in readings.items())


@lru_cache(maxsize=1)
def roles() -> Phrases[RoleNoun]:
    """Titles and offices by phrase."""
    return _table((r["phrase"], RoleNoun(r["role_noun"], r["gender"], r["rank"])) for r in rows("actors", "role_nouns"))


@lru_cache(maxsize=1)
def group_nouns() -> dict[str, GroupNoun]:
    """Nouns for people and bodies, by lemma."""
    return {
        r["noun"]: GroupNoun(r["group_suffix"], r["kind"], r["can_be_source"] == "true")
        for r in rows("actors", "group_nouns")
    }


def plural_group(word: str) -> str | None:
    """'Delegations' -> 'delegation', whatever its case; None for a word that is no plural of a group noun."""
    lemma = word.lower().removesuffix("s")
    return lemma if lemma != word.lower() and lemma in group_nouns() else None


@lru_cache(maxsize=4)
def words_of_speech(word_class: str) -> frozenset[str]:
    """Lemmas of verbs or nouns that say that somebody says or writes, without particle."""
    return frozenset(
        r["cue_lemma"]
        for r in rows("statements", "speech_acts")
        if r["word_class"] == word_class and r["attribution_kind"] == "speech"
    )


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names, folded, with 'm', 'f' or '' for either."""
    return {fold(r["name"]): r["gender"] for r in rows("actors", "given_names")}


@lru_cache(maxsize=1)
def _terms() -> dict[str, list[tuple[str, str, str, str]]]:
    """Actor -> (role noun, principal, first day, last day) of every office it had; days as text, '' for unknown."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for r in rows("actors", "actor_role_definitions"):
        term = (r["role_noun"], r["principal_key"], r["valid_from_date"], r["valid_to_date"])
        found.setdefault(r["actor_key"], []).append(term)
    return found


@lru_cache(maxsize=8192)
def offices(actor_key: str, day: date | None) -> frozenset[tuple[str, str]]:
    """(role noun, principal) pairs of an actor on a day, or ever: 'the Ukrainian leader' can be a name of the text."""
    on = day.isoformat() if day else ""
    return frozenset(
        (noun, principal)
        for noun, principal, first, last in _terms().get(actor_key, ())
        if not on or (first <= on and (not last or on <= last))
    )


def longest(table: Phrases[T], folded: str, at: int, ends: Callable[[int], bool]) -> tuple[int, T] | None:
    """(end offset, value) of the longest phrase of the table that starts at this offset and ends where a token may."""
    first = FIRST_WORD.match(folded, at)
    if first is None:
        return None
    for phrase, value in table.get(first.group(), ()):
        if folded.startswith(phrase, at) and ends(at + len(phrase)):
            return at + len(phrase), value
    return None
