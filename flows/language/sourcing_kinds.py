"""What kind of source a span is: outlet, person on record, unnamed people, document, social post, broadcast.

Also the signs that a text leaves a subject or goes on with it. No chain is built here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.language.document import Document, Sentence

Row = dict[str, Any]
SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Hop:
    """One link of a chain after the publisher. `count`: unnamed people, stated or implied."""

    hop_type: str
    start: int | None
    end: int | None
    descriptor: str
    cue: str
    mention: int | None
    count: int | None
    is_explicit: bool = True
    entity: int | None = None  # cluster of the person in the document

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two hops of one document the same."""
        if self.entity is not None and self.hop_type in ("person", "social_post", "broadcast"):
            return (self.hop_type, self.entity, self.is_explicit)
        return (self.hop_type, self.descriptor.lower(), self.is_explicit)


# Words that make a name an outlet's when no dictionary row does.
OUTLET_WORDS = re.compile(
    r"\b(?:times|post|journal|tribune|herald|gazette|guardian|telegraph|pravda|news|newspaper|broadcaster|magazine|"
    r"reuters|afp|agence france-presse|associated press|ap|bbc|cnn|nbc|cbs|abc|msnbc|fox news|bloomberg|axios|politico|"
    r"tass|interfax|ukrinform|ria novosti|xinhua|anadolu|al jazeera|der spiegel|bild|le monde|economist|npr|dpa|ansa|"
    r"kyodo|yonhap|news agency|press agency|radio|tv|television|media)\b",
    re.IGNORECASE,
)
REPORT_NOUNS = frozenset("article report story piece publication account dispatch scoop interview newspaper".split())  # noqa: SIM905
REPORT_VERBS = frozenset("report write publish say reveal quote cite note tell learn add accord".split())  # noqa: SIM905
DOCUMENT_NOUNS = frozenset(
    """document statement report letter memo memorandum draft text paper transcript decree resolution communique
    communiqué readout filing indictment ruling survey poll study""".split()  # noqa: SIM905
)
UNNAMED = re.compile(
    r"\b(?:official|source|person|people|individual|diplomat|adviser|aide|analyst|expert|insider|lawmaker|witness|"
    r"resident|soldier|commander|critic|observer|ally|supporter|opponent|minister|envoy|negotiator|participant)s?\b",
    re.IGNORECASE,
)
PEOPLE_NOT_OFFICIAL = re.compile(r"\b(?:individual|people|person|source|witness|resident)", re.IGNORECASE)
GENERIC_OUTLET = re.compile(
    r"(?:the|this) (?:\w+ )?(?:newspaper|paper|outlet|broadcaster|magazine|publication|daily)$", re.IGNORECASE
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
NUMBERS = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "multiple": 3}
SOCIAL, ON_AIR = ("social_media",), ("briefing", "state_media", "speech")


@lru_cache(maxsize=1)
def outlet_names() -> frozenset[str]:
    """Lower-case names of outlets in the seeds; empty while there are none."""
    names: set[str] = set()
    for path in sorted((SEEDS / "actors").glob("outlet*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in ("name", "alias"):
                    if row.get(column):
                        names.add(re.sub(r"^the ", "", row[column].lower()))
    return frozenset(names)


def is_outlet(mention: Row) -> bool:
    """Whether the mention is a name of an outlet."""
    if mention["mention_type"] != "name" or mention["label"] == "PERSON":
        return False
    key = re.sub(r"^the ", "", str(mention["name_key"] or mention["surface"]).lower())
    return key in outlet_names() or bool(OUTLET_WORDS.search(key))


def own_mentions(document: Document) -> list[Row]:
    """Entity spans of the parse as bare mentions, for a document that has not been through mentions.mark."""
    found: list[Row] = []
    tokens = document.tokens
    first = 0
    while first < len(tokens):
        last = first + 1
        if tokens[first].entity.startswith("B-"):
            while last < len(tokens) and tokens[last].entity.startswith("I-"):
                last += 1
            head = next((k for k in range(first, last) if not first <= tokens[k].head < last), last - 1)
            start, end = tokens[first].start, tokens[last - 1].end
            surface = document.text[start:end]
            found.append(
                {
                    "mention_number": None,
                    "sentence_number": tokens[first].sentence,
                    "char_start": start,
                    "char_end": end,
                    "head_start": tokens[head].start,
                    "surface": surface,
                    "mention_type": "name",
                    "label": tokens[first].entity[2:],
                    "name_key": re.sub(r"^the |['’]s$", "", surface.lower()),
                }
            )
        first = last
    return found


def citation(document: Document, mention: Row) -> Hop | None:
    """The outlet as a source of its sentence: its article, its report, what it says, or whom somebody told."""
    index = document.token_at(mention["head_start"])
    if index is None:
        return None
    tokens = document.tokens
    top = index
    while tokens[top].dep in ("compound", "nmod", "appos", "conj") and tokens[top].head != top:
        top = tokens[top].head
    parent = tokens[tokens[top].head]
    grand = tokens[parent.head]
    cue = ""
    span = (int(mention["char_start"]), int(mention["char_end"]))
    if tokens[top].dep in ("nsubj", "nsubjpass") and parent.lemma in REPORT_VERBS:
        cue = parent.text
    elif parent.dep in ("prep", "agent") and tokens[top].dep == "pobj":
        if grand.lemma in REPORT_NOUNS or (
            grand.tag == "VBN"
            and grand.lemma
            in (
                "publish",
                "report",
                "write",
                "carry",
                "cite",
                "quote",
                "release",
                "obtain",
                "see",
                "review",
                "air",
                "broadcast",
            )
        ):
            cue = grand.text
            noun = grand.head if grand.tag == "VBN" and grand.dep == "acl" else grand.index
            if tokens[noun].lemma in REPORT_NOUNS:
                span = document.span_of(noun)
                cue = tokens[noun].text
        elif grand.lemma == "accord" or parent.lemma == "accord":
            cue = "according to"
        elif parent.lemma in ("to", "with", "by") and grand.lemma in (
            "speak",
            "tell",
            "report",
            "say",
            "cite",
            "confirm",
            "obtain",
            "see",
            "interview",
        ):
            cue = f"{grand.text} {parent.text}"
    elif (tokens[top].dep in ("dobj", "dative") and parent.lemma in ("tell", "cite", "quote")) or (
        tokens[top].dep == "poss" and parent.lemma in REPORT_NOUNS
    ):
        cue = parent.text
    if not cue and document.sentences[tokens[top].sentence].role == "headline":
        after = document.token_at(int(mention["char_end"]))
        if after is not None and tokens[after].lemma in REPORT_VERBS and tokens[after].sentence == tokens[top].sentence:
            cue = tokens[after].text
    if not cue:
        return None
    return Hop("cited_outlet", span[0], span[1], document.text[span[0] : span[1]], cue, mention["mention_number"], None)


def source_hop(document: Document, mentions: list[Row], row: Row) -> Hop | None:
    """The hop that an attribution's own source makes; None where the text names none."""
    if row["source_start"] is None:
        return None
    start, end = int(row["source_start"]), int(row["source_end"])
    words = document.text[start:end]
    cue = document.text[row["cue_start"] : row["cue_end"]] if row["cue_start"] is not None else ""
    if row["cue_lemma"] == "accord":
        cue = "according to"
    mention = next((m for m in mentions if m["mention_number"] == row["source_mention_number"]), None)
    named = entity_name(mentions, mention)
    if mention is not None and is_outlet(mention):
        return Hop("cited_outlet", start, end, words, cue, mention["mention_number"], None)
    number = mention["mention_number"] if mention is not None else None
    if GENERIC_OUTLET.match(words):
        return Hop("cited_outlet", start, end, words, cue, number, None)
    if is_unnamed(document, mention, words, start, end, named):
        return Hop("anonymous", start, end, words, cue, number, people_count(words))
    head = (mention or {}).get("head_lemma") or (words.lower().split() or [""])[-1]
    if head in DOCUMENT_NOUNS and not named:
        return Hop("document", start, end, words, cue, number, None)
    entity = (mention or {}).get("entity_number")
    kind = "social_post" if row["medium"] in SOCIAL else "broadcast" if row["medium"] in ON_AIR else "person"
    return Hop(kind, start, end, words, cue, number, None, entity=entity)


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
    """Whether the row tells of an act and quotes nobody: 'has floated the possibility', 'the first indication from'."""
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


def entity_name(mentions: list[Row], mention: Row | None) -> str | None:
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
