"""Gives every landed document its story, and keeps what need not be computed again.

Incremental and yet independent of order: sketches depend on one text, verdicts on two documents, and grouping runs
over all of them each time. What was known before changes only the time it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from flows.clean.duplicates import Judge, Member, group, is_copy, member_of, rows_of, sketch, stories_table
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
    judge = _Kept(settings)
    worlds: dict[str, list[Member]] = defaultdict(list)
    for row in rows:
        worlds[row["collection_key"]].append(member_of(row))
    wires = store.wire_keys(settings)
    found = []
    for members in worlds.values():
        sketches = {m.document_id: by_text[m.text_sha256] for m in members}
        found.extend(rows_of(group(members, sketches, judge), wires))
    present = pa.table(
        {
            "document_id": pa.array([r["document_id"] for r in rows], pa.string()),
            "text_sha256": pa.array([r["text_sha256"] for r in rows], pa.string()),
        }
    )
    store.land_stories(settings, stories_table(found), judge.new, present)
    return len(judge.new)


class _Kept(Judge):
    """Knows the verdicts of earlier runs, keeps new ones, and holds the texts of one batch of pairs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.kept = store.verdicts(settings)
        self.new: dict[store.Pair, bool] = {}
        self.members: dict[str, Member] = {}  # of one batch, with their texts

    def known(self, a: Member, b: Member) -> bool | None:
        return self.kept.get(_key(a, b))

    def expect(self, pairs: Sequence[tuple[Member, Member]]) -> None:
        wanted = {m.document_id: m for pair in pairs for m in pair}
        texts = store.texts_of(self.settings, wanted) if wanted else {}
        self.members = {key: replace(m, text=texts[key]) for key, m in wanted.items()}

    def judge(self, a: Member, b: Member) -> bool:
        self.new[_key(a, b)] = verdict = is_copy(self.members[a.document_id], self.members[b.document_id])
        return verdict


def _key(a: Member, b: Member) -> store.Pair:
    return (a.document_id, b.document_id) if a.document_id < b.document_id else (b.document_id, a.document_id)
