"""What a build costs by the size of the warehouse: everything, nothing new, 500 new documents.

The corpus is synthetic: annotated articles of the sample told again under other ids, addresses, days and, for people
and bodies that no dictionary knows, other names. So it is as dense as the sample and says nothing about quality.

Run with `python -m tests.bench.incremental 1000 10000`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from flows import stages
from flows.ingest import to_documents
from flows.land.load import land_documents
from flows.language.schema import TABLES
from flows.settings import Settings
from flows.transform import incremental, seeds
from tests.bench.__main__ import pages

NEW = 500
VARIANTS = 400  # of every name that no dictionary knows


def base(folder: Path) -> Settings:
    """The sample, annotated."""
    made = Settings(data_dir=folder, cache_dir=folder / "cache")
    documents, _ = to_documents(pages(made), made)
    land_documents(made, documents)
    stages.annotate(made, "bench")
    stages.group_stories(made)
    return made


def land(source: Settings, folder: Path, count: int) -> Settings:
    """A raw and a language database of `count` documents in `folder`; a larger count adds to a smaller one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Settings(data_dir=folder, cache_dir=source.cache_dir)
    for path in (made.raw_db, made.language_db):
        path.unlink(missing_ok=True)
    with duckdb.connect(str(made.raw_db)) as connection:
        _tell(connection, source, count)
        connection.execute(
            """
            create table documents as select d.* replace (
                t.new_id as document_id, d.url || '/' || t.copy as url, 1 as version_number,
                true as is_latest_version,
                d.published_at + to_days(t.shift) as published_at, d.published_date + t.shift as published_date
            )
            from told as t inner join base_raw.documents as d using (document_id)
            """
        )
        for table in ("outcomes", "releases", "sources"):
            connection.execute(f"create table {table} as from base_raw.{table}")
    with duckdb.connect(str(made.language_db)) as connection:
        _tell(connection, source, count)
        for table in [*TABLES, "annotated"]:
            renamed = _RENAMED if table == "mentions" else ""
            connection.execute(
                f"create table {table} as select r.* replace (t.new_id as document_id {renamed}) "
                f"from told as t inner join base_language.{table} as r using (document_id)"
            )
        connection.execute(
            "create table stories as select new_id as document_id, 'main' as collection_key, new_id as story_id, "
            "true as is_story_origin from told"
        )
    return made


_RENAMED = "".join(
    f", case when r.label in ('PERSON', 'ORG') and r.name_key not in (select name from known) "
    f"then r.{column} || t.suffix else r.{column} end as {column}"
    for column in ("name_key", "entity_name")
)


def _tell(connection: duckdb.DuckDBPyConnection, source: Settings, count: int) -> None:
    connection.execute(f"attach '{source.raw_db}' as base_raw (read_only)")
    connection.execute(f"attach '{source.language_db}' as base_language (read_only)")
    connection.execute(
        f"""
        create temp table told as
        select document_id, md5(document_id || copy) as new_id, copy, cast(copy * 37 % 3650 as integer) - 3000 as shift,
            chr(cast(97 + copy % {VARIANTS} // 20 as integer)) || chr(cast(97 + copy % 20 as integer)) as suffix
        from (select document_id, row_number() over (order by document_id) as number, count(*) over () as size
            from base_raw.documents where language_code = 'en') as articles,
            range({count}) as copies (copy)
        where copy * size + number <= {count}
        """
    )
    aliases = Path(Settings().dbt_dir) / "seeds" / "actors" / "*alias*.csv"
    connection.execute(
        "create temp table known as "
        f"select distinct lower(alias) as name from read_csv('{aliases}', union_by_name = true)"
    )


def timed(made: Settings, *, everything: bool = False) -> tuple[float, float]:
    """Wall and processor seconds of one build, tests included."""
    seeds.load(made)
    started, spent = time.perf_counter(), time.process_time()
    incremental.build(made, everything=everything)
    return time.perf_counter() - started, time.process_time() - spent


def main(sizes: list[int]) -> None:
    """Measures and prints."""
    table = Table(title="Builds by size of the warehouse: wall / processor seconds", title_justify="left")
    for name in ("documents", "everything", "nothing new", f"{NEW} new", "warehouse MB"):
        table.add_column(name, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        source = base(Path(folder) / "base")
        for size in sizes:
            made = land(source, Path(folder) / str(size), size)
            whole = timed(made, everything=True)
            nothing = timed(made)
            land(source, made.data_dir, size + NEW)
            new = timed(made)
            cells = [f"{wall:.1f} / {spent:.1f}" for wall, spent in (whole, nothing, new)]
            table.add_row(f"{size:,}", *cells, f"{made.warehouse_db.stat().st_size / 1e6:,.0f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
