"""How fast landed facts are coded: the parses of a small corpus multiplied at the level of the language database.

Every copy is a collection of its own, so that a copy never merges with another; within one, articles merge as they do.
What it is not: a measure of merging over one archive of this size.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import duckdb

from flows.settings import Settings
from flows.transform import compiled, seeds

EVENT_PART = ("int_event", "event", "stg_language__clause", "stg_language__times")


@dataclass(frozen=True)
class Speed:
    """Sentences coded, and seconds for all models, for those of events alone, and for the slowest models."""

    sentence_count: int
    seconds: float
    event_seconds: float
    slowest: list[tuple[str, float]]


def measure(settings: Settings, sentence_count: int) -> Speed:
    """Multiplies the annotated corpus of `settings`, in place, to that many sentences, and codes it once."""
    found = multiply(settings, sentence_count)
    seeds.load(settings)
    models = compiled.compile_models(settings)
    with compiled.connect(settings) as connection:
        results = compiled.run(connection, models)
    named = [(result.node.split(".")[-1], result.seconds) for result in results]
    return Speed(
        found,
        sum(seconds for _, seconds in named),
        sum(seconds for name, seconds in named if name.startswith(EVENT_PART)),
        sorted(named, key=lambda one: -one[1])[:12],
    )


def multiply(settings: Settings, sentence_count: int) -> int:
    """Copies every document with its facts until there are that many sentences; returns how many there are."""
    with duckdb.connect(str(settings.language_db)) as language:
        row = language.execute("select count(*) from sentences").fetchone()
        copies = ceil(sentence_count / row[0]) - 1 if row and row[0] else 0
        _copy(language, copies, "")
        total = language.execute("select count(*) from sentences").fetchone()
    with duckdb.connect(str(settings.raw_db)) as raw:
        _copy(raw, copies, "documents")
    return int(total[0]) if total else 0


def _copy(connection: duckdb.DuckDBPyConnection, copies: int, only: str) -> None:
    """Appends the copies to the tables that have document ids: to all of them, or to one."""
    tables = connection.execute(
        "select table_name, list(column_name) from duckdb_columns() where not internal group by table_name"
    ).fetchall()
    for table, columns in tables:
        if "document_id" not in columns or (only and table != only):
            continue
        replaced = ["document_id || '~' || n as document_id"]
        replaced += [f"{c} || '~' || n as {c}" for c in ("collection_key", "url", "story_id") if c in columns]
        connection.execute(
            f"insert into {table} select t.* replace ({', '.join(replaced)}) "
            f"from (select * from {table}) as t, range(1, {copies + 1}) as r(n)"
        )
