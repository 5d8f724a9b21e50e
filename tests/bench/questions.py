"""The twenty questions over a large published file, made in SQL from a small one.

Worlds stand beside each other (other conflicts, with actors of their own), and in each the same things happen again
and again over ten years; so a history grows long, and lines of a world meet. Only tables that questions read grow.
Numbers of moves per document are those of the sample, which is all about talks: more than an archive of news has.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.publish import release
from flows.publish.question import questions
from flows.settings import Settings
from tests.bench.clock import spent
from tests.bench.table import Line
from tests.bench.workload import Workload

WORLDS = 20
DAYS = 3_650
TARGET = 200.0  # ms, warm
# Grow with the documents; those below only with the worlds.
BY_DOCUMENT = [
    *("documents", "statements", "statement_issues", "source_chains", "source_chain_hops", "review_queue"),
    *("events", "event_participants", "event_status_history"),
    *("position_mentions", "positions", "proposal_changes", "proposal_changes_wide"),
]
BY_WORLD = ["actors", "issue_poles", "party_distances"]


def asked(work: Workload) -> Iterator[Line]:
    """Milliseconds of each question, warm and the slowest first, against the target; how many miss it."""
    made, _ = work.warehouse(work.sizes.warehouses[0])
    if not made.published_db.exists():
        release.publish(made)
    large = Settings(data_dir=work.folder / "questions", cache_dir=made.cache_dir)
    documents = enlarge(made.published_db, large.published_db, work.sizes.questions)
    with duckdb.connect(str(large.published_db), read_only=True) as connection:
        found = {name: warm(connection, path.read_text(encoding="utf8")) for name, path in questions(large).items()}
    size = f"{documents:,} documents"
    for name, answer in sorted(found.items(), key=lambda one: -one[1].milliseconds):
        yield Line(f"question {name}", f"{size}; {answer.rows:,} rows", "ms warm", answer.milliseconds, TARGET)
    milliseconds = [answer.milliseconds for answer in found.values()]
    yield Line("median of the twenty questions", size, "ms warm", statistics.median(milliseconds), TARGET)
    yield Line(f"questions that take more than {TARGET:.0f} ms", size, "of 20", sum(ms > TARGET for ms in milliseconds))


@dataclass(frozen=True)
class Answer:
    """What a question takes that was asked before, and how many rows it hands over."""

    milliseconds: float
    rows: int


def warm(connection: duckdb.DuckDBPyConnection, question: str) -> Answer:
    """The least of three askings after a first, on a connection that stays open, as a BI tool's does."""
    rows = connection.execute(question).to_arrow_table().num_rows
    seconds = min(spent(lambda: connection.execute(question).to_arrow_table()).clock for _ in range(3))
    return Answer(seconds * 1000, rows)


def enlarge(source: Path, target: Path, documents: int) -> int:
    """Writes `target`, `source` told again until it has about that many documents; returns how many it has."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as small (read_only)")
        connection.execute("set preserve_insertion_order = false")
        row = connection.execute("select count(*) from small.documents").fetchone()
        copies = max(1, documents // row[0]) if row and row[0] else 1
        worlds = min(WORLDS, copies)
        eras = -(-copies // worlds)
        tables = [name for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'small' order by 1").fetchall()]  # fmt: skip
        for table in tables:
            count = copies if table in BY_DOCUMENT else worlds if table in BY_WORLD else 1
            columns = connection.execute(
                "select column_name, data_type from duckdb_columns() "
                "where database_name = 'small' and table_name = ?", [table]
            ).fetchall()  # fmt: skip
            told = [f"{sql} as {name}" for name, kind in columns if (sql := _told(name, kind, eras))]
            connection.execute(
                f"create table {table} as select t.* replace ({', '.join(told)}) from small.{table} as t, "
                f"(select n, n % {worlds} as world, n // {worlds} as era, n // {worlds} = {eras - 1} as is_last "
                f"from range({count}) as r (n)) as copies"
                if told and count > 1
                else f"create table {table} as from small.{table}"
            )
        row = connection.execute("select count(*) from documents").fetchone()
    return int(row[0]) if row else 0


def _told(name: str, kind: str, eras: int) -> str | None:
    """SQL for a column in copy n: ids of things by copy, of actors and conflicts by world, days by era."""
    days = max(1, DAYS // eras)
    by_world = f"case when world = 0 then t.{name} else t.{name} || '~' || world end"
    if name in ("actor_key", "conflict_key") or name.endswith("actor_id"):
        return by_world
    if name.endswith("_id") and name != "release_id":
        return f"t.{name} || '~' || n"
    moved = f"cast(t.{name} - to_days(cast(({eras - 1} - era) * {days} as integer)) as {kind})"
    # A telling ends where the next one of the same things begins, at the latest.
    if name == "valid_to_date":
        begins = (
            f"coalesce(t.valid_from_date, cast(t.known_from_at as date)) - cast(({eras - 2} - era) * {days} as integer)"
        )
        return f"case when is_last then t.{name} else least({moved}, cast({begins} as date)) end"
    if name == "known_to_at":
        begins = f"t.known_from_at - to_days(cast(({eras - 2} - era) * {days} as integer))"
        return f"case when is_last then t.{name} else least({moved}, {begins}) end"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return moved
    return f"t.{name} and is_last" if name == "is_current" else None
