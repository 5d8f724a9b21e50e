"""Labelled sentences for the event model, and sentences drawn from news articles that stand for 'nothing happens here'.

A set is JSON lines of {id, text, date, expected: [{root, …}]}. Articles are JSON lines of {id, text}, plain or .gz.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# PLOVER folds these CAMEO roots: appeals into requests, fighting into assault, investigations into accusations.
FOLD = {"02": "10", "19": "18", "20": "18", "09": "11"}
NONE = "00"
STATEMENT = "01"  # a bare statement is no event here
_END = re.compile(r"(?<=[.!?])[”\"’]?\s+(?=[“\"A-Z])")


@dataclass(frozen=True)
class Sentence:
    """One sentence. `root` is the class to learn, None: learn nothing of it. Drawn ones are NONE by assumption."""

    id: str
    text: str
    date: str | None
    root: str | None
    is_drawn: bool = False


def read(path: Path) -> list[Sentence]:
    """The sentences of a set. The first expected root is the class; a mere statement has none."""
    found = []
    for row in _rows(path):
        roots = [e["root"] for e in row["expected"] if e.get("root")]
        events = [root for root in roots if root != STATEMENT]
        root = FOLD.get(events[0], events[0]) if events else None if roots else NONE
        found.append(Sentence(row["id"], row["text"], row.get("date"), root))
    return found


def draw(path: Path, count: int) -> list[Sentence]:
    """`count` sentences of the articles, at most one of a paragraph, as NONE.

    The draw is by the hash of the text: the same articles give the same sentences, in whatever order they come.
    """
    found = {text for row in _rows(path) for text in _firsts(row["text"])}
    chosen = sorted(found, key=lambda text: hashlib.md5(text.encode()).hexdigest())[:count]
    return [Sentence(f"drawn-{n}", text, None, NONE, is_drawn=True) for n, text in enumerate(chosen)]


def _firsts(text: str) -> Iterator[str]:
    """The first sentence of every paragraph, where it has the length of a news sentence."""
    for paragraph in text.splitlines():
        sentence = _END.split(paragraph.strip(), maxsplit=1)[0]
        if 8 <= len(sentence.split()) <= 45 and sentence[-1:] in '.”"':
            yield sentence


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
