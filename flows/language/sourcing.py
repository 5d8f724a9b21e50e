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
from flows.language.sourcing_kinds import Hop

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
    outlets = _outlets(document, mentions)
    people = _join(document, outlets, by_sentence, mentions)
    sentence_rows: list[Row] = []
    active: Hop | None = None
    since = 0
    of_sentence: dict[int, int] = {}
    own_outlet: dict[int, Hop | None] = {}
    for sentence in document.sentences:
        cited = outlets.get(sentence.number)
        rows = by_sentence.get(sentence.number, [])
        telling = [r for r in rows if not kinds.is_reported_act(document, r) or kinds.cited_people(document, r)]
        sources = _sources(document, mentions, telling)
        if cited is not None:
            active, since = (cited, sentence.number) if sentence.role != "boilerplate" else (None, 0)
        elif active is not None and (
            sentence.number - since > CARRY_SENTENCES or _breaks(document, sentence.number, sources, rows)
        ):
            active = None
        if cited is None and active is None:
            sources = _sources(document, mentions, rows)
        carried = None
        if cited is None and active is not None:
            carried = Hop(**{**active.__dict__, "is_explicit": False})
        outlet = cited or carried
        own_outlet[sentence.number] = outlet
        unnamed = [h for h in sources if h.hop_type == "anonymous"]
        hops: tuple[Hop, ...] = (outlet,) if outlet else ()
        if unnamed and len(sources) == len(unnamed):
            hops = (*hops, unnamed[0])
        elif sources:
            hops = (*((outlet,) if cited and outlet else ()), next(h for h in sources if h.hop_type != "anonymous"))
        elif cited is not None and sentence.number in people:
            hops = (cited, people[sentence.number])
        number = chains.number(hops)
        of_sentence[sentence.number] = number
        sentence_rows.append(
            {"document_id": document.document_id, "sentence_number": sentence.number, "chain_number": number}
        )
    _assign(document, mentions, attributions, own_outlet, of_sentence, chains, outlets)
    quoted = _quoted_sentences(document, attributions)
    for row in sentence_rows:
        row["chain_number"] = quoted.get(row["sentence_number"], of_sentence[row["sentence_number"]])
    return chains.rows, sentence_rows


def _sources(document: Document, mentions: list[Row], rows: list[Row]) -> list[Hop]:
    found = (kinds.cited_people(document, r) or kinds.source_hop(document, mentions, r) for r in rows)
    return [h for h in found if h is not None and h.hop_type != "cited_outlet"]


def _home(document: Document, row: Row) -> int:
    """The sentence of the cue, or of the content where there is no cue."""
    at = document.token_at(row["cue_start"]) if row["cue_start"] is not None else None
    return document.tokens[at].sentence if at is not None else int(row["sentence_number"])


def _outlets(document: Document, mentions: list[Row]) -> dict[int, Hop]:
    """The outlet that a sentence cites for what it says, per sentence."""
    found: dict[int, Hop] = {}
    for mention in mentions or kinds.own_mentions(document):
        if not kinds.is_outlet(mention) or mention["name_key"] == (document.outlet_name or "").lower():
            continue
        hop = kinds.citation(document, mention)
        if hop is not None:
            found.setdefault(int(mention["sentence_number"]), hop)
    return found


def _join(
    document: Document, outlets: dict[int, Hop], rows: dict[int, list[Row]], mentions: list[Row]
) -> dict[int, Hop]:
    """Unnamed people in the sentence before a citation, which itself names nobody, are that outlet's people.

    Gives the sentence before its outlet (in place) and returns, for each citing sentence, the people it goes back to.
    """
    people: dict[int, Hop] = {}
    for number in sorted(outlets):
        before = number - 1
        if before < 0 or before in outlets or document.sentences[before].role != "body":
            continue
        sources = [kinds.source_hop(document, mentions, r) for r in rows.get(before, [])]
        if sources and all(h is not None and h.hop_type == "anonymous" for h in sources):
            outlets[before] = outlets[number]
            here = [h for h in (kinds.source_hop(document, mentions, r) for r in rows.get(number, [])) if h]
            if not [h for h in here if h.hop_type != "cited_outlet"] and sources[0] is not None:
                people[number] = sources[0]
    return people


def _breaks(document: Document, number: int, sources: list[Hop], rows: list[Row]) -> bool:
    """Whether an outlet's report ends before this sentence."""
    sentence = document.sentences[number]
    if any(h.hop_type != "anonymous" for h in sources):
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
    mentions: list[Row],
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
        hop = kinds.source_hop(document, mentions, outer)
        outlet = own_outlet.get(home)
        if (
            hop is None
            or hop.hop_type == "cited_outlet"
            or (outlet is not None and kinds.is_reported_act(document, outer))
        ):
            row["chain_number"] = of_sentence.get(home, 0)
            continue
        keeps = outlet is not None and (hop.hop_type == "anonymous" or home in cited)
        row["chain_number"] = chains.number((outlet, hop) if keeps and outlet is not None else (hop,))
