"""Outlets as sources: which names are outlets, and where a sentence says that it has something from one.

'The Financial Times reported', 'told the newspaper', 'its sources', 'first revealed by Axios', 'a report in the FT'.
A noun for an outlet without a name means the outlet that the text cited last. No chain is built here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.language.document import Document
from flows.language.sourcing_hops import Hop

Row = dict[str, Any]
SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"

# Words that make a name an outlet's when no dictionary row does.
OUTLET_WORDS = re.compile(
    r"\b(?:times|post|journal|tribune|herald|gazette|guardian|telegraph|pravda|news|newspaper|broadcaster|magazine|"
    r"reuters|afp|agence france-presse|associated press|ap|bbc|cnn|nbc|cbs|abc|msnbc|fox news|bloomberg|axios|politico|"
    r"tass|interfax|ukrinform|ria novosti|xinhua|anadolu|al jazeera|der spiegel|bild|le monde|economist|npr|dpa|ansa|"
    r"kyodo|yonhap|news agency|press agency|radio|tv|television|media)\b",
    re.IGNORECASE,
)
# Nouns that stand for an outlet named before, and for what it published.
OUTLET_NOUNS = frozenset(
    """newspaper paper outlet broadcaster magazine publication daily tabloid weekly agency newswire wire network channel
    station website site portal""".split()  # noqa: SIM905
)
REPORT_NOUNS = frozenset("article report story piece publication account dispatch scoop interview newspaper".split())  # noqa: SIM905
REPORT_VERBS = frozenset("report write publish say reveal quote cite note tell learn add accord".split())  # noqa: SIM905
# 'published by', 'seen by', 'first reported by': what an outlet has or brings out.
BROUGHT = frozenset(
    """publish report write carry cite quote release obtain see review view air broadcast reveal mention disclose break
    leak share provide describe""".split()  # noqa: SIM905
)
TOLD = frozenset("speak tell report say cite confirm obtain see interview talk disclose reveal".split())  # noqa: SIM905
INFORMANTS = frozenset("source interlocutor informant contact".split())  # noqa: SIM905


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


@dataclass
class Outlets:
    """The outlets of one document: which clusters of mentions are outlets, and where each sentence cites one."""

    document: Document
    mentions: list[Row]

    def __post_init__(self) -> None:
        own = (self.document.outlet_name or "").lower().removeprefix("the ")
        named = [m for m in self.mentions if is_outlet(m)]
        self.publisher = {m["entity_number"] for m in named if m["name_key"] == own} - {None}
        self.entities = {m["entity_number"] for m in named} - {None} - self.publisher
        self.named = [m for m in named if m["name_key"] != own]
        self._numbers = {m["mention_number"] for m in self.named}
        self.by_number = {m["mention_number"]: m for m in self.mentions}
        self.unnamed: dict[int | None, Row] = {}  # cluster of unnamed people -> its first mention
        for mention in self.mentions:
            if mention["is_anonymous"] and not mention["entity_name"]:
                self.unnamed.setdefault(mention["entity_number"], mention)
        self.unnamed.pop(None, None)

    def is_one(self, mention: Row | None) -> bool:
        """Whether the mention means an outlet other than the publisher, by its name or as 'it' and 'the paper'."""
        if mention is None:
            return False
        return mention["mention_number"] in self._numbers or mention["entity_number"] in self.entities

    def last_before(self, char: int) -> int | None:
        """The mention number of the outlet that was named last before this place."""
        return next((m["mention_number"] for m in reversed(self.named) if m["char_start"] < char), None)

    def inside(self, start: int, end: int) -> int | None:
        """The mention number of the first outlet named between two places."""
        return next((m["mention_number"] for m in self.named if start <= m["char_start"] < end), None)

    def cited(self) -> dict[int, Hop]:
        """The outlet that a sentence cites for what it says, per sentence: by name, or by a noun for the last one."""
        spans = {m["head_start"]: m for m in self.mentions if self.is_one(m)}
        found: dict[int, Hop] = {}
        last: Hop | None = None
        for token in self.document.tokens:
            mention = spans.get(token.start)
            if mention is None and (last is None or not self._stands_for_one(token.index)):
                continue
            start, end = (mention["char_start"], mention["char_end"]) if mention else (token.start, token.end)
            hop = citation(self.document, token.index, (start, end), mention["mention_number"] if mention else None)
            if hop is None:
                continue
            if mention is None and last is not None:  # 'the publication': the words are here, the name was before
                hop = Hop("cited_outlet", hop.start, hop.end, last.descriptor, hop.cue, last.mention, None)
            found.setdefault(token.sentence, hop)
            last = hop if mention is not None and mention["mention_type"] == "name" else last or hop
        return found

    def _stands_for_one(self, index: int) -> bool:
        token = self.document.tokens[index]
        if token.lemma == "its" or (token.lemma == "it" and token.tag == "PRP$"):
            return self.document.tokens[token.head].lemma in INFORMANTS
        determiner = self.document.child(index, "det", "poss")
        return (
            token.lemma in OUTLET_NOUNS
            and token.tag == "NN"
            and determiner is not None
            and self.document.tokens[determiner].lemma in ("the", "this")
        )


def citation(document: Document, index: int, span: tuple[int, int], mention_number: int | None) -> Hop | None:
    """The outlet at this token as a source of its sentence: its report, what it says, or whom somebody told."""
    tokens = document.tokens
    top = index
    while tokens[top].dep in ("compound", "nmod", "appos", "conj") and tokens[top].head != top:
        top = tokens[top].head
    parent = tokens[tokens[top].head]
    grand = tokens[parent.head]
    cue = ""
    if tokens[top].dep in ("nsubj", "nsubjpass") and parent.lemma in REPORT_VERBS:
        cue = parent.text
    elif parent.dep in ("prep", "agent") and tokens[top].dep == "pobj":
        if grand.lemma in REPORT_NOUNS or (grand.tag == "VBN" and grand.lemma in BROUGHT):
            cue = grand.text
            noun = grand.head if grand.tag == "VBN" and grand.dep == "acl" else grand.index
            if tokens[noun].lemma in REPORT_NOUNS:
                span = document.span_of(noun)
                cue = tokens[noun].text
        elif grand.lemma == "accord" or parent.lemma == "accord":
            cue = "according to"
        elif parent.lemma in ("to", "with", "by") and grand.lemma in TOLD:
            cue = f"{grand.text} {parent.text}"
    elif (tokens[top].dep in ("dobj", "dative") and parent.lemma in ("tell", "cite", "quote")) or (
        tokens[top].dep == "poss" and (parent.lemma in REPORT_NOUNS or parent.lemma in INFORMANTS)
    ):
        cue = parent.text
    if not cue and document.sentences[tokens[top].sentence].role == "headline":
        after = document.token_at(span[1])
        if after is not None and tokens[after].lemma in REPORT_VERBS and tokens[after].sentence == tokens[top].sentence:
            cue = tokens[after].text
    if not cue:
        return None
    return Hop("cited_outlet", span[0], span[1], document.text[span[0] : span[1]], cue, mention_number, None)
