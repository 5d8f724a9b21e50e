"""PolNeAR-format JSONL to training material: documents with the cue, content and source tokens of every attribution.

A line holds id, text and quotes; a quote holds quote_start, quote_end, cue_start, cue_end, speaker_start, speaker_end,
attr_id and speech. Lines are parsed once and the parse is kept beside the data when a cache folder is given.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.language.attribution_frame import NOUNS, Frame
from flows.language.document import Document, from_rows
from flows.language.parse import parse_texts
from flows.language.schema import SENTENCES


@dataclass
class Gold:
    """One gold attribution in tokens. `source` None: the text names nobody."""

    cue: int
    content: set[int]
    source: int | None
    source_tokens: set[int]
    is_speech: bool
    fragments: list[tuple[int, int]]


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file, plain or .gz."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def documents(lines: list[dict[str, Any]], model: str, cache: Path | None) -> list[Document]:
    """The parsed texts, from the cache file when it is there."""
    if cache is not None and cache.exists():
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in pq.read_table(cache).to_pylist():
            rows.setdefault(row["document_id"], []).append(row)
        return [from_rows(line["id"], line["text"], rows.get(line["id"], [])) for line in lines]
    parsed = list(parse_texts(((line["id"], line["text"], {}) for line in lines), model))
    if cache is not None:
        table = pa.Table.from_pylist([r for d in parsed for r in d.sentence_rows()], schema=SENTENCES)
        pq.write_table(table, cache)
    return parsed


def attributions(frame: Frame, line: dict[str, Any]) -> Iterator[Gold]:
    """The gold attributions of one document whose cue meets a token."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for quote in line["quotes"]:
        groups.setdefault(quote["attr_id"], []).append(quote)
    for quotes in groups.values():
        one = quotes[0]
        if one.get("cue_start") is None:
            continue
        cue = head_of(frame, one["cue_start"], one["cue_end"], is_cue=True)
        if cue is None:
            continue
        content: set[int] = set()
        for quote in quotes:
            content.update(t.index for t in frame.document.tokens_between(quote["quote_start"], quote["quote_end"]))
        source, around = None, set()
        if one.get("speaker_text") and one.get("speaker_start") is not None:
            source = head_of(frame, one["speaker_start"], one["speaker_end"], is_cue=False)
            around = {t.index for t in frame.document.tokens_between(one["speaker_start"], one["speaker_end"])}
        fragments = [(q["quote_start"], q["quote_end"]) for q in quotes]
        yield Gold(cue, content - {cue}, source, around, bool(one.get("speech", True)), fragments)


def head_of(frame: Frame, start: int, end: int, is_cue: bool) -> int | None:
    """The token of a span whose own head stands outside; for cues verbs and nouns are preferred to function words."""
    inside = [t for t in frame.document.tokens_between(start, end) if t.pos != "PUNCT"]
    if not inside:
        return None
    indices = {t.index for t in inside}
    heads = [t for t in inside if t.head not in indices or t.head == t.index]
    if is_cue:
        rank = {"VERB": 0, "NOUN": 1, "ADJ": 2, "AUX": 3, "ADP": 4, "SCONJ": 4}
        pool = [t for t in heads if t.pos in rank] or heads or inside
        best = min(pool, key=lambda t: (rank.get(t.pos, 5), t.index))
        if best.pos == "AUX" and best.dep in ("aux", "auxpass"):
            return best.head
        return best.index
    named = [t for t in heads if t.pos in NOUNS] or heads or inside
    return named[0].index
