"""Predications and their arguments as rows: what the text says happens, with tense, negation and what governs it.

This is no event coder: dbt decides what a predication means. Works in linear time on any Unicode text.
`governor_lemmas` names what stands above and decides reality ("refuse plan"); a negated denial governs nothing.
`is_negated` comes down to complements and to nouns ("did not hold talks"); a condition comes down as `marker`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flows.language.clause_arguments import Frame, collect, span_tokens
from flows.language.clause_grammar import Reading, reading_of
from flows.language.clause_links import NEGATIVE_GOVERNORS, link
from flows.language.clause_triggers import Predication, find_predications
from flows.language.document import Document

Row = dict[str, Any]
CONDITIONS = frozenset({"if", "unless", "once", "whether", "provided", "until", "when", "in case"})
OWN_LIMIT = 160  # lemmas kept per clause


def mark(document: Document, mentions: list[Row], attributions: list[Row]) -> tuple[list[Row], list[Row]]:
    """(CLAUSES rows, CLAUSE_ARGUMENTS rows) of the document; both lists may be empty."""
    found = find_predications(document)
    link(document, found)
    frames = collect(document, found)
    readings = _readings(document, found)
    for number, p in enumerate(found):
        p.number = number
    own, extents = _own_tokens(document, found), _extents(document)
    inside, quoted = _attribution_at(found, document, attributions), _quoted(document)
    mention_at = {m["head_start"]: m["mention_number"] for m in mentions if m.get("head_start") is not None}
    named_at = {m["head_start"]: m["mention_number"] for m in mentions if m.get("mention_type") != "pronoun"}
    clauses: list[Row] = []
    arguments: list[Row] = []
    for n, p in enumerate(found):
        reading, marker = readings[n]
        first, last = extents[p.anchor] if p.kind != "noun" else extents[p.head]
        token = document.tokens[p.head]
        clauses.append(
            {
                "document_id": document.document_id,
                "clause_number": n,
                "sentence_number": token.sentence,
                "char_start": document.tokens[first].start,
                "char_end": document.tokens[last].end,
                "trigger_start": token.start,
                "trigger_end": p.end,
                "lemma": p.lemma,
                "kind": p.kind,
                "parent_clause_number": p.parent,
                "relation": p.relation,
                "marker": marker,
                "tense": reading.tense,
                "is_perfect": reading.is_perfect,
                "is_progressive": reading.is_progressive,
                "is_passive": reading.is_passive,
                "modal": reading.modal,
                "is_negated": reading.is_negated,
                "governor_lemmas": " ".join(p.governors),
                "own_lemmas": _lemmas(document, own[n][:OWN_LIMIT]),
                "subtree_lemmas": _lemmas(document, range(first, min(last + 1, first + OWN_LIMIT))),
                "attribution_number": inside[n],
                "is_in_quote": quoted[p.head],
                "is_headline": document.sentences[token.sentence].role == "headline",
            }
        )
        arguments.extend(_argument_rows(document, n, frames[n], mention_at, named_at))
    return clauses, arguments


def _lemmas(document: Document, indices: Any) -> str:
    return " ".join(document.tokens[i].lemma for i in indices if document.tokens[i].pos != "PUNCT")


def _readings(document: Document, found: list[Predication]) -> list[tuple[Reading, str]]:
    """Reading and marker of each predication, with negation and condition brought down from above."""
    result: list[tuple[Reading, str] | None] = [None] * len(found)
    for start in range(len(found)):
        path: list[int] = []
        at: int | None = start
        while at is not None and result[at] is None and at not in path:
            path.append(at)
            at = found[at].parent
        for n in reversed(path):
            parent = found[n].parent
            above = result[parent] if parent is not None else None
            result[n] = _reading(document, found[n], found[parent] if parent is not None else None, above)
    return [r if r is not None else (Reading(), "") for r in result]


def _reading(
    document: Document, p: Predication, above: Predication | None, upper: tuple[Reading, str] | None
) -> tuple[Reading, str]:
    marker = _marker(document, p)
    if p.kind == "noun":
        negated = any(
            document.tokens[c].dep == "det" and document.tokens[c].text.lower() in ("no", "neither")
            for c in document.children[p.head]
        )
        reading = replace(upper[0], is_infinitive=False) if upper and p.is_governed else Reading()
        reading = replace(reading, is_negated=negated, is_passive=False)
    else:
        reading = reading_of(document, p.anchor)
        if any(
            document.tokens[c].dep in ("nsubj", "nsubjpass", "dobj") and _is_none(document, c)
            for c in document.children[p.anchor]
        ):
            reading = replace(reading, is_negated=not reading.is_negated)
    if above is None or upper is None:
        return reading, marker
    comes_down = p.is_governed and (p.relation in ("xcomp", "noun") or (p.relation == "pcomp" and p.kind == "verb"))
    if comes_down and upper[0].is_negated and above.lemma not in NEGATIVE_GOVERNORS:
        reading = replace(reading, is_negated=True)
    if reading.tense == "none" and p.relation in ("advcl", "conj") and not reading.is_infinitive:
        reading = replace(reading, tense=upper[0].tense, modal=reading.modal or upper[0].modal)
    if upper[1] in CONDITIONS and (p.is_governed or p.relation == "conj") and marker in ("", "to", "that"):
        marker = upper[1]
    return reading, marker


def _is_none(document: Document, index: int) -> bool:
    token = document.tokens[index]
    if token.text.lower() in ("nobody", "none", "nothing", "neither"):
        return True
    return any(
        document.tokens[c].dep == "det" and document.tokens[c].text.lower() in ("no", "neither")
        for c in document.children[index]
    )


def _marker(document: Document, p: Predication) -> str:
    if p.kind == "noun":
        return _preposition_over(document, p.head)
    if document.tokens[p.anchor].dep == "pcomp":
        return document.tokens[document.tokens[p.anchor].head].lemma
    to = ""
    for c in document.children[p.anchor]:
        child = document.tokens[c]
        word = child.text.lower()
        if child.dep == "mark" or (child.dep == "advmod" and word in ("when", "once", "whether")):
            return word
        if child.dep == "aux" and child.tag == "TO":
            to = "to"
    return to


def _preposition_over(document: Document, index: int) -> str:
    """The preposition before a noun; 'ahead' and 'because' for 'ahead of' and 'because of'; else ''."""
    token = document.tokens[index]
    if token.dep != "pobj":
        return ""
    over = document.tokens[token.head]
    upper = document.tokens[over.head]
    return upper.lemma if over.lemma == "of" and upper.pos in ("ADV", "SCONJ", "ADP") else over.lemma


def _own_tokens(document: Document, found: list[Predication]) -> list[list[int]]:
    """Every token goes to the nearest predication at or above it."""
    owner: dict[int, int] = {}
    for p in found:
        owner[p.head] = p.number
        owner.setdefault(p.anchor, p.number)
    own: list[list[int]] = [[] for _ in found]
    for index in range(len(document.tokens)):
        path = []
        at = index
        while at not in owner:
            path.append(at)
            head = document.tokens[at].head
            if head == at or len(path) > len(document.tokens):
                owner[at] = -1
                break
            at = head
        for step in path:
            owner[step] = owner[at]
        if owner[index] >= 0:
            own[owner[index]].append(index)
    return own


def _extents(document: Document) -> list[tuple[int, int]]:
    """(first, last) token of every subtree, in one pass from the leaves up."""
    first, last = list(range(len(document.tokens))), list(range(len(document.tokens)))
    for sentence in document.sentences:
        order: list[int] = []
        stack = [i for i in range(sentence.first, sentence.last) if document.tokens[i].head == i]
        while stack:
            at = stack.pop()
            order.append(at)
            stack.extend(document.children[at])
        for at in reversed(order):
            head = document.tokens[at].head
            first[head], last[head] = min(first[head], first[at]), max(last[head], last[at])
    return list(zip(first, last, strict=True))


def _attribution_at(found: list[Predication], document: Document, attributions: list[Row]) -> list[int | None]:
    """For each predication the innermost attribution whose content holds it."""
    inside: list[int | None] = [None] * len(found)
    starts = [document.tokens[p.head].start for p in found]
    from bisect import bisect_left

    for a in sorted(attributions, key=lambda a: a["char_start"] - a["char_end"]):
        for n in range(bisect_left(starts, a["char_start"]), len(starts)):
            if starts[n] >= a["char_end"]:
                break
            inside[n] = a["attribution_number"]
    return inside


def _quoted(document: Document) -> list[bool]:
    """For each token whether it stands between quotation marks of its paragraph."""
    flags, depth, paragraph = [], False, -1
    for token in document.tokens:
        here = document.sentences[token.sentence].paragraph
        if here != paragraph:
            depth, paragraph = False, here
        if token.text in ("“", "„", "«", "``"):
            depth = True
        elif token.text in ("”", "»", "''"):
            depth = False
        elif token.text == '"':
            depth = not depth
        flags.append(depth)
    return flags


def _argument_rows(
    document: Document, number: int, frame: Frame, mention_at: dict[int, int], named_at: dict[int, int]
) -> Iterator[Row]:
    for n, a in enumerate(frame.arguments):
        span = span_tokens(document, a.head)
        start, end = document.tokens[span[0]].start, document.tokens[span[-1]].end
        head = document.tokens[a.head]
        mention = mention_at.get(head.start)
        if mention is None and head.pos not in ("VERB", "AUX"):
            near = sorted(span, key=lambda i: abs(i - a.head))
            mention = next(
                (mention_at[document.tokens[i].start] for i in near if document.tokens[i].start in mention_at), None
            )
        yield {
            "document_id": document.document_id,
            "clause_number": number,
            "argument_number": n,
            "role": a.role,
            "preposition": a.preposition,
            "char_start": start,
            "char_end": end,
            "text": document.text[start:end],
            "head_start": head.start,
            "head_lemma": head.lemma,
            "lemmas": _lemmas(document, span),
            "mention_number": mention,
            "is_shared": a.is_shared,
        }
