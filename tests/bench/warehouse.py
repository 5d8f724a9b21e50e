"""What coding, building and publishing cost by the size of the warehouse, and what a document takes on disk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import duckdb

from flows.publish import release
from flows.settings import Settings
from flows.transform import incremental
from tests.bench import recoding
from tests.bench.clock import spent
from tests.bench.corpus import land
from tests.bench.table import Line
from tests.bench.workload import Workload


def recoded(work: Workload) -> Iterator[Line]:
    """Sentences per second when everything landed is coded again, without tests; and the slowest model."""
    work.prepare()
    speed = recoding.measure(work.copy(work.base, "recoding"), work.sizes.sentences)
    size = f"{speed.sentence_count:,} sentences"
    yield Line("re-code", size, "sentences/s", speed.sentence_count / speed.seconds)
    yield Line("re-code events alone", size, "sentences/s", speed.sentence_count / speed.event_seconds)
    for name, seconds in speed.slowest[:3]:
        yield Line(f"re-code: {name}", size, "s", seconds, speed.seconds)


def builds(work: Workload) -> Iterator[Line]:
    """Builds with their tests: of everything, with nothing new, with a few new documents; by size."""
    sizes, new = work.sizes.warehouses, work.sizes.new
    for count in sizes:
        made, everything = work.warehouse(count)
        nothing = spent(partial(incremental.build, made))
        copy = work.copy(made, f"growing-{count}")
        land(work.base, copy.data_dir, count + new)
        more = spent(partial(incremental.build, copy))
        size = f"{count:,} documents"
        yield Line("build of everything", size, "s", everything.clock)
        yield Line("build with nothing new, against everything", size, "s", nothing.clock, everything.clock)
        yield Line(f"build with {new} new, against everything", size, "s", more.clock, everything.clock)


def publish(work: Workload) -> Iterator[Line]:
    """A release: file, Parquet, verification."""
    for count in work.sizes.warehouses:
        made, _ = work.warehouse(count)
        seconds = spent(partial(release.publish, made)).clock
        yield Line("publish", f"{count:,} documents", "s", seconds)


def disk(work: Workload) -> Iterator[Line]:
    """Bytes per document at each stage."""
    count = work.sizes.warehouses[-1]
    made, _ = work.warehouse(count)
    if not made.published_db.exists():
        release.publish(made)
    parquet = sum(path.stat().st_size for path in (made.published_dir / "parquet").rglob("*.parquet"))
    files = {
        "raw": made.raw_db.stat().st_size,
        "language": made.language_db.stat().st_size,
        "warehouse": made.warehouse_db.stat().st_size,
        "published file": made.published_db.stat().st_size,
        "published Parquet": parquet,
    }
    text = _text_bytes(made)
    for name, size in files.items():
        what = f"disk: {name}, against the bare text"
        yield Line(what, f"{count:,} documents", "bytes/document", size / count, text / count)


def _text_bytes(settings: Settings) -> int:
    with duckdb.connect(str(settings.raw_db), read_only=True) as connection:
        row = connection.execute("select sum(strlen(text)) from documents").fetchone()
    return int(row[0]) if row else 0
