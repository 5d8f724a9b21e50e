"""Gives every landed document its story, and keeps what need not be computed again.

Incremental and yet independent of order: sketches depend on one text, verdicts on two documents, and grouping runs
over all of them each time. What was known before changes only the time it takes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pyarrow as pa

from flows.clean.duplicates import Member, group, is_copy, member_of, rows_of, sketch, stories_table
from flows.land import stories as store
from flows.settings import Settings

BATCH = 5_000  # texts sketched before they are stored


def update_stories(settings: Settings) -> int:
    """Find copies among all landed documents and store their stories; returns how many pairs were newly compared.

    Expects the write lock to be held.
    """
    waiting = store.texts_without_sketch(settings)
    for batch in waiting.to_batches(max_chunksize=BATCH):
        columns = zip(batch["text_sha256"].to_pylist(), batch["text"].to_pylist(), strict=True)
        store.land_sketches(settings, [(key, sketch(text)) for key, text in columns])
    rows = store.documents_without_text(settings)
    by_text = store.sketches(settings)
    known = store.verdicts(settings)
    compared: dict[store.Pair, bool] = {}
    texts: dict[str, str] = {}

    def text_of(member: Member) -> Member:
        if member.document_id not in texts:
            if len(texts) > BATCH:
                texts.clear()
            texts.update(store.texts_of(settings, [member.document_id]))
        return replace(member, text=texts[member.document_id])

    def verdict(a: Member, b: Member) -> bool:
        pair = (a.document_id, b.document_id) if a.document_id < b.document_id else (b.document_id, a.document_id)
        if pair not in known:
            known[pair] = compared[pair] = is_copy(text_of(a), text_of(b))
        return known[pair]

    worlds: dict[str, list[Member]] = defaultdict(list)
    for row in rows:
        worlds[row["collection_key"]].append(member_of(row))
    wires = store.wire_keys(settings)
    found = []
    for members in worlds.values():
        sketches = {m.document_id: by_text[m.text_sha256] for m in members}
        found.extend(rows_of(group(members, sketches, verdict), wires))
    present = pa.table(
        {
            "document_id": pa.array([r["document_id"] for r in rows], pa.string()),
            "text_sha256": pa.array([r["text_sha256"] for r in rows], pa.string()),
        }
    )
    store.land_stories(settings, stories_table(found), compared, present)
    return len(compared)
