"""What kind of source a span is: outlet, person on record, unnamed people, document, social post, broadcast.

Also the signs that a text leaves a subject or goes on with it. No chain is built here.
"""

from __future__ import annotations

import re
from typing import Any

from flows.language.document import Document, Sentence, Token
from flows.language.sourcing_hops import Hop
from flows.language.sourcing_outlets import OUTLET_NOUNS, REPORT_NOUNS, Outlets

Row = dict[str, Any]

DOCUMENT_NOUNS = frozenset(
    """document statement report letter memo memorandum draft text paper transcript decree resolution communique
    communiqué readout filing indictment ruling survey poll study""".split()  # noqa: SIM905
)
UNNAMED = re.compile(
    r"\b(?:official|source|person|people|individual|diplomat|adviser|aide|analyst|expert|insider|lawmaker|witness|"
    r"resident|soldier|commander|critic|observer|ally|supporter|opponent|minister|envoy|negotiator|participant)s?\b",
    re.IGNORECASE,
)
DEFINITE_SOURCE = re.compile(r"the (?:\w+ )?(?:official|source|diplomat|person|insider|officer)s?$", re.IGNORECASE)
LEAVES = re.compile(
    r"(?:meanwhile|separately|elsewhere|in (?:other|related|separate) (?:news|developments?)|"
    r"earlier|previously|previous|"
    r"in a separate|on another|at the same time|for (?:his|her|its|their) part)\b",
    re.IGNORECASE,
)
BACKGROUND = re.compile(r"(?:previous|since (?:19|20)\d\d|in (?:19|20)\d\d|before the war|for years)\b", re.IGNORECASE)
GOES_ON = re.compile(
    r"(?:in turn|in return|in exchange|also|moreover|in addition|additionally|furthermore|further|"
    r"however|but|yet|and|still|"
    r"under (?:the|this|that)|according to|"
    r"the (?:\w+ ){0,2}(?:proposal|plan|offer|deal|idea|report|article|draft|document|"
    r"initiative|concession|outlet|newspaper|paper|agency|sources?|people|officials?)|this|that|these|those|it|he|she|they|"
    r"such|one of|another)\b",
    re.IGNORECASE,
)
SOME_OF = re.compile(
    r"(?:one|two|three|four|five|six|several|some|many|most|all|both|none|another) (?:\w+ )?"
    r"of (?:the|these|those|them|its|his|her|their)\b",
    re.IGNORECASE,
)
NUMBERS = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "multiple": 3}
SOCIAL, ON_AIR = ("social_media",), ("briefing", "state_media", "speech")


def source_hop(document: Document, outlets: Outlets, row: Row) -> Hop | None:
    """The hop that an attribution's own source makes; None where the text names none, or the publisher itself."""
    if row["source_start"] is None:
        return None
    start, end = int(row["source_start"]), int(row["source_end"])
    words = document.text[start:end]
    cue = document.text[row["cue_start"] : row["cue_end"]] if row["cue_start"] is not None else ""
    if row["cue_lemma"] == "accord":
        cue = "according to"
    mention = outlets.by_number.get(row["source_mention_number"])
    number = mention["mention_number"] if mention is not None else None
    named = entity_name(mention)
    entity = mention["entity_number"] if mention is not None else None
    if entity is not None and entity in outlets.publisher:
        return None
    if outlets.is_one(mention):
        return Hop("cited_outlet", start, end, words, cue, number, None)
    head = _head(document, start, end)
    last = outlets.last_before(start)
    if last is not None and not named and _means_outlet(document, head):
        return Hop("cited_outlet", start, end, words, cue, last, None)
    if head is not None and head.lemma in REPORT_NOUNS and (inner := outlets.inside(start, end)) is not None:
        return Hop("cited_outlet", start, end, words, cue, inner, None)  # 'a report in the Financial Times'
    if SOME_OF.match(words):
        return Hop("anonymous", start, end, words, cue, number, people_count(words))
    antecedent = outlets.unnamed.get(entity) if mention is not None and mention["mention_type"] == "pronoun" else None
    if antecedent is not None:  # 'he' who is 'a senior official'
        first, after, surface = antecedent["char_start"], antecedent["char_end"], antecedent["surface"]
        return Hop("anonymous", first, after, surface, cue, antecedent["mention_number"], people_count(surface))
    if is_unnamed(document, mention, words, start, end, named):
        return Hop("anonymous", start, end, words, cue, number, people_count(words))
    if head is not None and head.lemma in DOCUMENT_NOUNS and not named:
        return Hop("document", start, end, words, cue, number, None)
    kind = "social_post" if row["medium"] in SOCIAL else "broadcast" if row["medium"] in ON_AIR else "person"
    return Hop(kind, start, end, words, cue, number, None, entity=entity)


def _head(document: Document, start: int, end: int) -> Token | None:
    """The first token of the span whose head lies outside it."""
    inside = [t for t in document.tokens_between(start, end) if t.pos != "PUNCT"]
    indices = {t.index for t in inside}
    return next((t for t in inside if t.head not in indices or t.head == t.index), None)


def _means_outlet(document: Document, head: Token | None) -> bool:
    """'the publication', 'the report': a definite noun for an outlet or for what it brought out."""
    if head is None or head.tag != "NN" or head.lemma not in OUTLET_NOUNS | REPORT_NOUNS:
        return False
    determiner = document.child(head.index, "det")
    return determiner is not None and document.tokens[determiner].lemma in ("the", "this")


def cited_people(document: Document, row: Row) -> Hop | None:
    """'citing two people briefed on the talks': the unnamed people that an outlet goes back to."""
    if row["cue_lemma"] not in ("cite", "quote"):
        return None
    start, end = int(row["char_start"]), int(row["char_end"])
    words = document.text[start:end]
    if len(words) > 120 or not is_unnamed(document, None, words, start, end, None):
        return None
    cue = document.text[row["cue_start"] : row["cue_end"]] if row["cue_start"] is not None else ""
    return Hop("anonymous", start, end, words, cue, None, people_count(words))


def is_reported_act(document: Document, row: Row) -> bool:
    """Whether the row tells of an act and quotes nobody: 'has floated the possibility', 'told him in their talks'."""
    if row["medium"] == "private_talks":
        return True
    cue = document.token_at(row["cue_start"]) if row["cue_start"] is not None else None
    if cue is None or row["quote_type"] in ("direct", "mixed"):
        return False
    if document.tokens[cue].pos in ("NOUN", "PROPN"):
        return True
    inside = [t for t in document.tokens_between(row["char_start"], row["char_end"]) if t.pos != "PUNCT"]
    indices = {t.index for t in inside}
    tops = [t for t in inside if t.head not in indices]
    return bool(tops) and all(
        t.pos in ("NOUN", "PROPN", "DET", "ADJ") and t.dep in ("dobj", "pobj", "nsubjpass") for t in tops
    )


def entity_name(mention: Row | None) -> str | None:
    """The name of the mention's cluster, if it has one."""
    if mention is None:
        return None
    name = mention.get("entity_name")
    return str(name) if name else (str(mention["surface"]) if mention["mention_type"] == "name" else None)


def is_unnamed(document: Document, mention: Row | None, words: str, start: int, end: int, named: str | None) -> bool:
    """Unnamed people as a source: a plural or an indefinite singular noun for people, without a name."""
    if mention is not None and mention["is_anonymous"]:
        return True
    if not named and DEFINITE_SOURCE.match(words):
        return True
    if named:
        return False
    inside = document.tokens_between(start, end)
    if any(t.entity[2:] == "PERSON" and t.dep not in ("poss", "compound") and t.tag != "POS" for t in inside):
        return False
    if mention is not None and mention["mention_type"] in ("pronoun", "name"):
        return False
    if not UNNAMED.search(words):
        return False
    is_plural = any(t.tag == "NNS" and UNNAMED.match(t.text) for t in inside)
    first = words.lower().split()[0]
    return (
        is_plural or first in NUMBERS or first in ("some", "another", "sources", "unnamed") or "familiar with" in words
    )


def people_count(words: str) -> int:
    """How many unnamed people the words stand for: the number given, 1 for a singular, 2 for a bare plural."""
    parts = words.lower().split()
    for part in parts[:3]:
        if part in NUMBERS:
            return NUMBERS[part]
        if part.isdigit():
            return int(part)
    plural = re.search(
        r"\b(?:officials|sources|people|individuals|diplomats|advisers|aides|\w+s)\b", words, re.IGNORECASE
    )
    return 2 if plural else 1


def changes_subject(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence opens with a word that leaves the subject before it."""
    return bool(LEAVES.match(document.text, sentence.start))


def is_background(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence tells what was long known, in the outlet's own voice."""
    return bool(BACKGROUND.match(document.text, sentence.start))


def goes_on(document: Document, sentence: Sentence) -> bool:
    """Whether a new paragraph goes on about what the one before reported."""
    return bool(GOES_ON.match(document.text, sentence.start))
