"""The twenty questions over a large published file, made in SQL from a small one.

Worlds stand beside each other (other conflicts, with actors of their own), and in each the same things happen again
and again over ten years; so a history grows long, and lines of a world meet. Only tables that questions read grow.
Numbers of moves per document are those of the sample, which is all about talks: more than an archive of news has.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import duckdb

from flows.publish.question import ask, questions
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
    """Milliseconds of each question, warm: the slowest three by name, the median, and how many miss the target."""
    made, _ = work.warehouse(work.sizes.warehouses[0])
    if not made.published_db.exists():
        from flows.publish import release

        release.publish(made)
    large = Settings(data_dir=work.folder / "questions", cache_dir=made.cache_dir)
    documents = enlarge(made.published_db, large.published_db, work.sizes.questions)
    found = sorted(((name, warm(large, name)) for name in questions(large)), key=lambda one: -one[1])
    size = f"{documents:,} documents"
    for name, milliseconds in found[:3]:
        yield Line(f"question {name}, against {TARGET:.0f} ms", size, "ms warm", milliseconds, TARGET)
    yield Line("median of the twenty questions", size, "ms warm", statistics.median(ms for _, ms in found), TARGET)
    yield Line(f"questions that take more than {TARGET:.0f} ms", size, "of 20", sum(ms > TARGET for _, ms in found))


def warm(settings: Settings, name: str) -> float:
    """Milliseconds of a question that was asked before: the least of three."""
    ask(settings, None, name)
    return min(spent(lambda: ask(settings, None, name)).clock for _ in range(3)) * 1000


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
    if name == "valid_to_date":  # what no text ended, the next telling ends
        return f"case when is_last then t.{name} else coalesce({moved}, t.valid_from_date - " \
               f"cast(({eras - 2} - era) * {days} as integer)) end"  # fmt: skip
    if name == "known_to_at":
        return f"case when is_last then t.{name} else coalesce({moved}, t.known_from_at - " \
               f"to_days(cast(({eras - 2} - era) * {days} as integer))) end"  # fmt: skip
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return moved
    return f"t.{name} and is_last" if name == "is_current" else None
