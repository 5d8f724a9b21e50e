"""Time expressions with their windows, read with the tense of their clause: "Wednesday" lies ahead of "will meet".

The anchor is the day of publication in the outlet's zone; inside a quote it is the day of the utterance. Without it
only absolute dates resolve; a date that cannot be resolved keeps its row and stays null. Modal "may" is no May.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import Any

from flows.language.clause_grammar import direction_of
from flows.language.document import Document
from flows.language.time_patterns import PATTERN
from flows.language.time_windows import Found, resolve

Row = dict[str, Any]


def mark(document: Document) -> list[Row]:
    """Rows of schema.TIMES in text order; clause_number is null until `attach`."""
    rows: list[Row] = []
    spoken_on: dict[int, date] = {}  # sentence -> the day its reporting clause names
    inside = _quote_spans(document.text)
    quotes = [start for start, _ in inside]
    for match in PATTERN.finditer(document.text):
        index = document.token_at(match.start())
        if index is None or not _is_time(document, match, index):
            continue
        token = document.tokens[index]
        at = bisect_right(quotes, match.start()) - 1
        quoted = at >= 0 and match.start() < inside[at][1]
        anchor = spoken_on.get(token.sentence, document.published) if quoted else document.published
        found = resolve(match, anchor, direction_of(document, index))
        if found is None:
            continue
        if not quoted and found.precision == "day" and found.anchor != "explicit" and found.first:
            spoken_on.setdefault(token.sentence, found.first)
        rows.append(_row(document, len(rows), token.sentence, match, found, quoted))
    return rows


def _row(document: Document, number: int, sentence: int, match: re.Match[str], found: Found, quoted: bool) -> Row:
    return {
        "document_id": document.document_id,
        "time_number": number,
        "sentence_number": sentence,
        "char_start": match.start(),
        "char_end": match.end(),
        "text": match.group(),
        "from_date": found.first,
        "to_date": found.last,
        "precision": found.precision,
        "anchor": "utterance" if quoted and found.anchor == "publication" else found.anchor,
        "clause_number": None,
    }


def _is_time(document: Document, match: re.Match[str], index: int) -> bool:
    """Whether the words are used as a time: not the modal "may", "march on", "the second" or a person called April."""
    words = match.group()
    if match.lastgroup == "month_alone" or re.fullmatch(r"(?i)may|march|august", words):
        inner = document.token_at(match.end() - 1)
        token = document.tokens[inner if inner is not None else index]
        if token.pos in ("AUX", "VERB") or token.tag == "MD" or not token.text[:1].isupper():
            return False
        return token.entity[2:] in ("DATE", "") or token.pos == "PROPN"
    if match.lastgroup == "year":
        token = document.tokens[index]
        return token.entity[2:] not in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT") or bool(match.group("year_lead"))
    return True


def _quote_spans(text: str) -> list[tuple[int, int]]:
    """Spans between quotation marks, none of them across a line break."""
    spans, start = [], -1
    for match in re.finditer(r"[“”\"«»„\n\r\u2028\u2029]", text):
        mark_ = match.group()
        if mark_ in "\n\r\u2028\u2029":
            start = -1
        elif mark_ in "”»" or (mark_ in '"“' and start >= 0):
            if start >= 0:
                spans.append((start, match.end()))
            start = -1
        else:
            start = match.start()
    return spans


def attach(times: list[Row], clauses: list[Row]) -> None:
    """Sets clause_number of every time to the clause it dates: the smallest extent of its sentence that holds it."""
    by_sentence: dict[int, list[Row]] = {}
    for clause in clauses:
        by_sentence.setdefault(clause["sentence_number"], []).append(clause)
    for row in times:
        holding = [
            c
            for c in by_sentence.get(row["sentence_number"], [])
            if c["char_start"] <= row["char_start"] and row["char_end"] <= c["char_end"]
        ]
        if holding:
            best = min(holding, key=lambda c: (c["char_end"] - c["char_start"], c["clause_number"]))
            row["clause_number"] = best["clause_number"]
