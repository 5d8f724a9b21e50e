"""Sourcing chains: who says that who says so. Rows of schema.SOURCE_HOPS and schema.SENTENCE_CHAINS.

Hop 1 is the publisher. A cited outlet, then a person, unnamed people or a document follow where the text gives them.
An outlet named in one sentence and unnamed people in the next are one chain; an outlet's report is carried over
(is_explicit false) while the text goes on about it, and ends at another source, a change of subject or plain
background. This file joins and carries; whether a source is a party to the conflict is for dbt.
"""

from __future__ import annotations

from typing import Any

from flows.language import sourcing_kinds as kinds
from flows.language.document import Document
from flows.language.sourcing_hops import Hop
from flows.language.sourcing_outlets import Outlets

Row = dict[str, Any]
CARRY_SENTENCES = 6  # an outlet's report is not carried further than this without a new sign of it


class _Chains:
    """Distinct chains of one document, numbered in order of first use."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[tuple[Any, ...], int] = {}
        self.rows: list[Row] = []

    def number(self, hops: tuple[Hop, ...]) -> int:
        key = tuple(h.key for h in hops)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            publisher = Hop("publisher", None, None, self.document.outlet_name or "", "", None, None)
            for n, hop in enumerate((publisher, *hops), start=1):
                self.rows.append(self._row(self.numbers[key], n, hop))
        return self.numbers[key]

    def _row(self, number: int, at: int, hop: Hop) -> Row:
        return {
            "document_id": self.document.document_id,
            "chain_number": number,
            "hop": at,
            "hop_type": hop.hop_type,
            "char_start": hop.start,
            "char_end": hop.end,
            "descriptor": hop.descriptor,
            "cue": hop.cue,
            "mention_number": hop.mention,
            "source_count": hop.count,
            "is_explicit": hop.is_explicit,
        }


def chain(document: Document, mentions: list[Row], attributions: list[Row]) -> tuple[list[Row], list[Row]]:
    """(SOURCE_HOPS rows, SENTENCE_CHAINS rows); sets `chain_number` of the attribution rows in place."""
    chains = _Chains(document)
    by_sentence: dict[int, list[Row]] = {}
    for row in attributions:
        if row["attribution_kind"] == "speech" and row["nested_in_attribution_number"] is None:
            by_sentence.setdefault(_home(document, row), []).append(row)
    outlets = Outlets(document, mentions)
    cited_in = outlets.cited()
    people = _join(document, outlets, cited_in, by_sentence)
    sentence_rows: list[Row] = []
    active: Hop | None = None
    since = 0
    of_sentence: dict[int, int] = {}
    own_outlet: dict[int, Hop | None] = {}
    for sentence in document.sentences:
        rows = by_sentence.get(sentence.number, [])
        telling = [r for r in rows if not kinds.is_reported_act(document, r) or kinds.cited_people(document, r)]
        every = _sources(document, outlets, telling)
        cited = cited_in.get(sentence.number) or next((h for h in every if h.hop_type == "cited_outlet"), None)
        sources = [h for h in every if h.hop_type != "cited_outlet"]
        if cited is not None:
            cited_in[sentence.number] = cited
            active, since = (cited, sentence.number) if sentence.role != "boilerplate" else (None, 0)
        elif active is not None and (
            sentence.number - since > CARRY_SENTENCES or _breaks(document, sentence.number, sources)
        ):
            active = None
        if cited is None and active is None:
            sources = [h for h in _sources(document, outlets, rows) if h.hop_type != "cited_outlet"]
        outlet = cited
        if cited is None and active is not None:
            outlet = Hop(**{**active.__dict__, "is_explicit": False})
        own_outlet[sentence.number] = outlet
        of_sentence[sentence.number] = chains.number(
            _hops(outlet, cited is not None, sources, people.get(sentence.number))
        )
        sentence_rows.append(
            {
                "document_id": document.document_id,
                "sentence_number": sentence.number,
                "chain_number": of_sentence[sentence.number],
            }
        )
    _assign(document, outlets, attributions, own_outlet, of_sentence, chains, cited_in)
    quoted = _quoted_sentences(document, attributions)
    for row in sentence_rows:
        row["chain_number"] = quoted.get(row["sentence_number"], of_sentence[row["sentence_number"]])
    return chains.rows, sentence_rows


def _hops(outlet: Hop | None, is_cited: bool, sources: list[Hop], people: Hop | None) -> tuple[Hop, ...]:
    """The hops after the publisher of one sentence: the outlet, and who told it."""
    through = (outlet,) if outlet is not None else ()
    unnamed = [h for h in sources if h.hop_type == "anonymous"]
    if unnamed and (is_cited or len(sources) == len(unnamed)):  # who told the outlet, before whom it tells of
        return (*through, unnamed[0])
    if sources:
        said = next(h for h in sources if h.hop_type != "anonymous")
        return (*through, said) if is_cited or _is_known_paper(said) else (said,)
    if is_cited and people is not None:
        return (*through, people)
    return through


def _is_known_paper(hop: Hop) -> bool:
    """'The draft says', while an outlet's report is carried: the paper is what that outlet has."""
    return hop.hop_type == "document" and hop.descriptor.lower().startswith(("the ", "this "))


def _sources(document: Document, outlets: Outlets, rows: list[Row]) -> list[Hop]:
    found = (kinds.cited_people(document, r) or kinds.source_hop(document, outlets, r) for r in rows)
    return [h for h in found if h is not None]


def _home(document: Document, row: Row) -> int:
    """The sentence of the cue, or of the content where there is no cue."""
    at = document.token_at(row["cue_start"]) if row["cue_start"] is not None else None
    return document.tokens[at].sentence if at is not None else int(row["sentence_number"])


def _join(document: Document, outlets: Outlets, cited: dict[int, Hop], rows: dict[int, list[Row]]) -> dict[int, Hop]:
    """Unnamed people in the sentence before a citation, which itself names nobody, are that outlet's people.

    Only the first unnamed people of a text: one that had its own before has them still. Gives the sentence before
    its outlet (in place) and returns, for each citing sentence, the people it goes back to.
    """
    people: dict[int, Hop] = {}
    first = next(
        (n for n in sorted(rows) if any(h.hop_type == "anonymous" for h in _sources(document, outlets, rows[n]))), -1
    )
    for number in sorted(cited):
        before = number - 1
        if before != first or before in cited or document.sentences[before].role != "body":
            continue
        sources = [kinds.source_hop(document, outlets, r) for r in rows.get(before, [])]
        if sources and all(h is not None and h.hop_type == "anonymous" for h in sources):
            cited[before] = cited[number]
            here = [h for h in (kinds.source_hop(document, outlets, r) for r in rows.get(number, [])) if h]
            if not [h for h in here if h.hop_type != "cited_outlet"] and sources[0] is not None:
                people[number] = sources[0]
    return people


def _breaks(document: Document, number: int, sources: list[Hop]) -> bool:
    """Whether an outlet's report ends before this sentence."""
    sentence = document.sentences[number]
    if any(h.hop_type != "anonymous" and not _is_known_paper(h) for h in sources):
        return True
    if kinds.changes_subject(document, sentence) or kinds.is_background(document, sentence):
        return True
    if sentence.paragraph == document.sentences[number - 1].paragraph or sources:
        return False
    return not kinds.goes_on(document, sentence)


def _quoted_sentences(document: Document, attributions: list[Row]) -> dict[int, int]:
    """Sentences that lie inside a longer quotation have its chain."""
    found: dict[int, int] = {}
    for row in attributions:
        if row["quote_type"] != "direct" or row["nested_in_attribution_number"] is not None:
            continue
        first, last = (
            document.token_at(row["char_start"]),
            document.token_at(max(row["char_start"], row["char_end"] - 1)),
        )
        if first is None or last is None:
            continue
        for number in range(document.tokens[first].sentence, document.tokens[last].sentence + 1):
            sentence = document.sentences[number]
            inside = min(sentence.end, row["char_end"]) - max(sentence.start, row["char_start"])
            if inside >= 0.8 * (sentence.end - sentence.start):
                found[number] = row["chain_number"]
    return found


def _assign(
    document: Document,
    outlets: Outlets,
    attributions: list[Row],
    own_outlet: dict[int, Hop | None],
    of_sentence: dict[int, int],
    chains: _Chains,
    cited: dict[int, Hop],
) -> None:
    """The chain of each attribution: its outermost report, the outlet of its sentence, its own source."""
    by_number = {r["attribution_number"]: r for r in attributions}
    for row in attributions:
        outer, seen = row, 0
        while outer["nested_in_attribution_number"] is not None and seen < 9:
            outer = by_number[outer["nested_in_attribution_number"]]
            seen += 1
        home = _home(document, outer)
        hop = kinds.source_hop(document, outlets, outer)
        outlet = own_outlet.get(home)
        if (
            hop is None
            or hop.hop_type == "cited_outlet"
            or (outlet is not None and kinds.is_reported_act(document, outer))
        ):
            row["chain_number"] = of_sentence.get(home, 0)
            continue
        keeps = hop.hop_type == "anonymous" or home in cited or _is_known_paper(hop)
        row["chain_number"] = chains.number((outlet, hop) if keeps and outlet is not None else (hop,))
