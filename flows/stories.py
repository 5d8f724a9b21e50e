"""Gives every landed document its story, and keeps what need not be computed again.

Incremental and yet independent of order: sketches depend on one text, verdicts on two documents, and grouping runs
over all of them each time. What was known before changes only the time it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from flows.clean.duplicates import Member, Pair, group, is_copy, member_of, rows_of, sketch, stories_table
from flows.land import stories as store
from flows.settings import Settings

TEXTS = 5_000  # sketched before they are stored


def update_stories(settings: Settings) -> int:
    """Find copies among all landed documents and store their stories; returns how many pairs were newly compared.

    Expects the write lock to be held.
    """
    waiting = store.texts_without_sketch(settings)
    for batch in waiting.to_batches(max_chunksize=TEXTS):
        columns = zip(batch["text_sha256"].to_pylist(), batch["text"].to_pylist(), strict=True)
        store.land_sketches(settings, [(key, sketch(text)) for key, text in columns])
    rows = store.documents_without_text(settings)
    by_text = store.sketches(settings)
    verdicts = _Verdicts(settings)
    worlds: dict[str, list[Member]] = defaultdict(list)
    for row in rows:
        worlds[row["collection_key"]].append(member_of(row))
    wires = store.wire_keys(settings)
    found = []
    for members in worlds.values():
        sketches = {m.document_id: by_text[m.text_sha256] for m in members}
        found.extend(rows_of(group(members, sketches, verdicts.judge, verdicts.expect), wires))
    present = pa.table(
        {
            "document_id": pa.array([r["document_id"] for r in rows], pa.string()),
            "text_sha256": pa.array([r["text_sha256"] for r in rows], pa.string()),
        }
    )
    store.land_stories(settings, stories_table(found), verdicts.new, present)
    return len(verdicts.new)


class _Verdicts:
    """Verdicts known from earlier runs, and new ones on texts that are read a batch of pairs at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known = store.verdicts(settings)
        self.new: dict[store.Pair, bool] = {}
        self.texts: dict[str, str] = {}

    def expect(self, pairs: Sequence[Pair]) -> None:
        """Reads the texts of those pairs that must be compared; the texts of the last batch are given up."""
        wanted = {m.document_id for pair in pairs if _key(*pair) not in self.known for m in pair}
        self.texts = store.texts_of(self.settings, wanted) if wanted else {}

    def judge(self, a: Member, b: Member) -> bool:
        """Whether one is a copy of the other."""
        key = _key(a, b)
        if key not in self.known:
            with_text = (replace(m, text=self.texts[m.document_id]) for m in (a, b))
            self.known[key] = self.new[key] = is_copy(*with_text)
        return self.known[key]


def _key(a: Member, b: Member) -> store.Pair:
    first, second = sorted((a.document_id, b.document_id))
    return first, second
