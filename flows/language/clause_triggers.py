"""Which tokens predicate: verbs, predicative adjectives, nouns for acts (from a seed). It finds and links nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from flows.language.document import Document, Token

SEED = Path(__file__).parents[2] / "dbt_project" / "seeds" / "events" / "nominal_predicates.csv"
COPULAS = frozenset({"be", "'s", "’s", "'re", "’re"})
# Verb and object that together are one intransitive verb.
IDIOMS = frozenset(
    {("take", "place"), ("take", "part"), ("take", "effect"), ("take", "office"), ("take", "responsibility")}
)
PARTICLES = frozenset({"out", "back", "off", "away", "up", "down", "in", "on"})
LEMMA_REPAIRS = {
    "hoped": "hope",
    "hoping": "hope",
    "hopes": "hope",
    "fled": "flee",
    "slain": "slay",
    "struck": "strike",
}
FUNCTION_DEPS = frozenset({"aux", "auxpass", "prep", "mark", "case", "cc", "punct", "neg", "det", "predet", "compound"})


# Participles that tell how somebody stands to a deed: 'is prepared to send', 'was opposed to'.
STATES = frozenset(("prepared", "committed", "determined", "opposed", "inclined", "disposed", "obliged"))


@dataclass(slots=True)
class Predication:
    """A trigger. `head` is the word itself, `anchor` the token that carries subject and auxiliaries (a copula)."""

    head: int
    anchor: int
    kind: str  # verb | noun | adjective
    lemma: str
    end: int  # end of the trigger in code points, particle included
    number: int = -1
    parent: int | None = None  # index into the list of predications
    relation: str = "root"
    is_governed: bool = False
    links: list[str] = field(default_factory=list)  # lemmas between the trigger and its parent, nearest first
    governors: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def nominal_predicates() -> dict[str, str]:
    """Lemma of a noun that names an act -> lemma of the verb it stands for."""
    with SEED.open(encoding="utf-8", newline="") as lines:
        return {row["lemma"]: row["verb_lemma"] for row in csv.DictReader(lines)}


def find_predications(document: Document) -> list[Predication]:
    """All predications of the document in text order."""
    nouns = nominal_predicates()
    found = []
    for token in document.tokens:
        one = _verb(document, token) or _noun(document, token, nouns)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda p: p.head)


def _verb(document: Document, token: Token) -> Predication | None:
    if token.pos not in ("VERB", "AUX") or token.dep in FUNCTION_DEPS:
        return None
    if token.dep == "amod" and document.child(token.index, "agent", "dobj", "prep") is None:
        return None
    if token.lemma in COPULAS and token.pos == "AUX":
        adjective = document.child(token.index, "acomp")
        if adjective is not None:
            found = document.tokens[adjective]
            return Predication(adjective, token.index, "adjective", found.lemma, found.end)
        way = _under_way(document, token)
        if way is not None:
            return Predication(way, token.index, "adjective", "underway", document.tokens[way].end)
        return Predication(token.index, token.index, "verb", "be", token.end)
    if (
        token.text.lower() in STATES
        and document.child(token.index, "auxpass")
        and not document.child(token.index, "agent")
    ):
        return Predication(token.index, token.index, "adjective", token.text.lower(), token.end)
    lemma, end = LEMMA_REPAIRS.get(token.text.lower(), token.lemma), token.end
    verb = lemma
    for c in document.children[token.index]:
        child = document.tokens[c]
        if child.dep == "prt" or _is_stray_particle(document, token, child):
            lemma = f"{verb}_{child.lemma}"
            end = child.end if 0 < c - token.index <= 1 else end
        elif child.dep == "dobj" and (token.lemma, child.lemma) in IDIOMS and not document.children[c]:
            lemma, end = f"{token.lemma}_{child.lemma}", child.end
    return Predication(token.index, token.index, "verb", lemma, end)


def _under_way(document: Document, copula: Token) -> int | None:
    """'talks are under way': the noun of a phrase that is an adjective in all but spelling."""
    under = document.child(copula.index, "prep")
    if under is None or document.tokens[under].lemma != "under":
        return None
    way = document.child(under, "pobj")
    return way if way is not None and document.tokens[way].lemma == "way" else None


def _is_stray_particle(document: Document, verb: Token, child: Token) -> bool:
    """'pulled out of the meeting': the parser made a preposition or adverb of the particle."""
    if child.dep not in ("prep", "advmod") or child.lemma not in PARTICLES or not 0 < child.index - verb.index <= 1:
        return False
    return document.child(child.index, "pobj", "pcomp") is None


def _noun(document: Document, token: Token, nouns: dict[str, str]) -> Predication | None:
    if token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "npadvmod", "nmod"):
        return None
    lemma = noun_lemma(token, nouns)
    below = document.child(token.index, "prep")
    if lemma == "round" and below is not None and document.tokens[below].lemma == "of":
        return None  # a round of talks is talks
    if lemma is None or (token.pos == "PROPN" and token.entity and token.entity[2:] in ("PERSON", "GPE", "DATE")):
        return None  # the month of March is no march
    return Predication(token.index, token.index, "noun", lemma, token.end)


def noun_lemma(token: Token, nouns: dict[str, str]) -> str | None:
    """The seed's lemma for this token, also where the tagger left a plural or a capital as it stood; else None."""
    for form in (token.lemma, token.text.lower()):
        for cut in (form, form[:-1] if form.endswith("s") and len(form) > 4 else form):
            if cut in nouns:
                return cut
    return None
