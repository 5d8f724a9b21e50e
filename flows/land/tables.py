"""Arrow schemas of what is handed to landing, and the few columns that landing itself fills."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa

from flows.outcomes import Outcome

TEXT = pa.string()
TIME = pa.timestamp("us")

# What `land_documents` takes. Landing adds version_number, version_cause, is_latest_version, last_seen_at, landed_at.
DOCUMENTS = pa.schema(
    [
        pa.field("document_id", TEXT),
        pa.field("collection_key", TEXT),
        pa.field("url", TEXT),
        pa.field("source_key", TEXT),
        pa.field("outlet_name", TEXT),
        pa.field("title", TEXT),
        pa.field("text", TEXT),
        pa.field("author", TEXT),
        pa.field("published_at", TIME),
        pa.field("published_date", pa.date32()),
        pa.field("published_basis", TEXT),
        pa.field("modified_at", TIME),
        pa.field("fetched_at", TIME),
        pa.field("language_code", TEXT),
        pa.field("section", TEXT),
        pa.field("word_count", pa.int64()),
        pa.field("text_sha256", TEXT),
        pa.field("html_sha256", TEXT),
        pa.field("rights", TEXT),
        pa.field("input_kind", TEXT),
        pa.field("record_id", TEXT),
        pa.field("cleaner_version", TEXT),
    ]
)

OUTCOMES = pa.schema(
    [
        pa.field("outcome_id", TEXT),
        pa.field("run_id", TEXT),
        pa.field("stage", TEXT),
        pa.field("subject", TEXT),
        pa.field("source_key", TEXT),
        pa.field("status", TEXT),
        pa.field("reason", TEXT),
        pa.field("detail", TEXT),
        pa.field("http_status", pa.int32()),
        pa.field("byte_count", pa.int64()),
        pa.field("duration_ms", pa.int64()),
        pa.field("happened_at", TIME),
    ]
)


def outcomes_table(run_id: str, outcomes: Iterable[Outcome]) -> pa.Table:
    """The outcomes as rows of raw.outcomes; an outcome's id is the hash of all it says."""
    rows = []
    for o in outcomes:
        parts = (run_id, o.stage, o.subject, o.reason, o.source_key, o.detail, o.http_status, o.happened_at)
        rows.append(
            {
                "outcome_id": hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16],
                "run_id": run_id,
                "stage": o.stage,
                "subject": o.subject,
                "source_key": o.source_key,
                "status": o.status,
                "reason": o.reason,
                "detail": o.detail,
                "http_status": o.http_status,
                "byte_count": o.byte_count,
                "duration_ms": o.duration_ms,
                "happened_at": o.happened_at,
            }
        )
    return pa.Table.from_pylist(rows, schema=OUTCOMES)
