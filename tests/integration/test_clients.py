"""Clients of the published file, for real: what docs/connecting.md promises is done here.

DuckDB from another process, SQLAlchemy through duckdb-engine, ADBC, pandas and polars. BI tools are tried by
`python -m tests.real.superset`. The file comes from the real publishing step over a small warehouse.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from flows.publish import release
from flows.settings import Settings
from tests.fixtures import warehouse


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = warehouse.make(tmp_path_factory.mktemp("clients"))
    release.publish(made)
    return made


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    # NullPool closes the file after each use, so that the next use opens the release that is in place then.
    made = create_engine(f"duckdb:///{settings.published_db}", connect_args={"read_only": True}, poolclass=NullPool)
    yield made
    made.dispose()


def elsewhere(script: str, *arguments: str) -> object:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


READ = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(json.dumps(connection.execute("select document_id, text from statements order by 1").fetchall()))
"""


def test_many_processes_read_at_the_same_time(settings: Settings) -> None:
    with duckdb.connect(str(settings.published_db), read_only=True) as mine:
        here = mine.execute("select document_id, text from statements order by 1").fetchall()
        assert elsewhere(READ, str(settings.published_db)) == [list(row) for row in here]


def test_a_reader_who_writes_is_refused(settings: Settings) -> None:
    with (
        duckdb.connect(str(settings.published_db), read_only=True) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("delete from statements")


def test_a_tool_that_keeps_the_file_open_does_not_stop_a_release(settings: Settings) -> None:
    """What docs/connecting.md says of the lock: a release is a new file, so an open handle blocks nobody."""
    with duckdb.connect(str(settings.published_db), read_only=True) as old:
        before = old.execute("select release_id from releases").fetchone()
        made = release.publish(settings)
        assert old.execute("select release_id from releases").fetchone() == before
        newest = "import duckdb, json, sys\nwith duckdb.connect(sys.argv[1], read_only=True) as c:\n"
        newest += "    print(json.dumps(c.execute('select max(release_id) from releases').fetchone()))"
        assert elsewhere(newest, str(settings.published_db)) == [made.release_id]


def test_sqlalchemy_reflects_tables_columns_types_and_comments(engine: Engine) -> None:
    found = inspect(engine)
    assert set(found.get_table_names()) >= set(warehouse.PUBLISHED)
    assert found.get_view_names() == []
    assert found.get_table_comment("documents") == {"text": "One row per documents."}
    columns = {c["name"]: c for c in found.get_columns("documents")}
    kinds = {
        name: type(columns[name]["type"]) for name in ("document_id", "published_at", "published_date", "word_count")
    }
    assert kinds["document_id"] is sqlalchemy.String
    assert issubclass(kinds["published_at"], sqlalchemy.TIMESTAMP)
    assert issubclass(kinds["published_date"], sqlalchemy.DATE)
    assert issubclass(kinds["word_count"], sqlalchemy.BigInteger)
    assert all(c["comment"] for c in columns.values())


def test_sqlalchemy_queries_with_parameters_and_sees_the_next_release(engine: Engine, settings: Settings) -> None:
    with engine.connect() as connection:
        rows = connection.execute(text("select title from documents where document_id = :id"), {"id": "d1"}).fetchall()
        first = connection.execute(text("select max(release_id) from releases")).scalar()
    assert rows == [("Title d1",)]
    made = release.publish(settings)
    with engine.connect() as connection:
        assert connection.execute(text("select max(release_id) from releases")).scalar() == made.release_id != first


def test_adbc_reads_arrow_beside_other_readers(settings: Settings) -> None:
    """Through the manager, since DuckDB's own shortcut opens the file for writing, which shuts others out."""
    import adbc_driver_duckdb
    from adbc_driver_manager import dbapi

    about = {"path": str(settings.published_db), "access_mode": "READ_ONLY"}
    driver = adbc_driver_duckdb.driver_path()
    with (
        dbapi.connect(driver=driver, entrypoint="duckdb_adbc_init", db_kwargs=about, autocommit=True) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("select document_id, published_at, word_count from documents order by 1")
        table = cursor.fetch_arrow_table()
        assert connection.adbc_get_info()["vendor_name"] == "duckdb"
        assert elsewhere(READ, str(settings.published_db))
    assert table.column("document_id").to_pylist() == ["d1", "d2", "d3"]
    assert table.column("published_at")[0].as_py() == datetime(2025, 4, 21, 9)


def test_the_file_cannot_be_opened_for_writing_by_mistake(settings: Settings) -> None:
    """One writer would shut out every reader. The mode tells DuckDB; root alone is above it."""
    assert settings.published_db.stat().st_mode & 0o222 == 0


def test_pandas_reads_parquet(settings: Settings) -> None:
    import pandas

    frame = pandas.read_parquet(settings.published_dir / "parquet" / "documents.parquet")
    assert sorted(frame["document_id"]) == ["d1", "d2", "d3"]
    assert frame["word_count"].sum() == 27
    assert str(frame["published_at"].dtype).startswith("datetime64")


def test_polars_reads_parquet_lazily(settings: Settings) -> None:
    import polars

    frame = (
        polars.scan_parquet(settings.published_dir / "parquet" / "documents.parquet")
        .filter(polars.col("published_date") == date(2025, 4, 21))
        .select("document_id", "is_latest_version")
        .collect()
    )
    assert frame.height == 3


def test_parquet_says_what_the_file_says(settings: Settings) -> None:
    folder = (settings.published_dir / "parquet").resolve()
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        for name in warehouse.PUBLISHED:
            path = folder / f"{name}.parquet"
            same = connection.execute(
                f"select count(*) from (from {name} except all from '{path}') as missing"
            ).fetchone()
            assert same == (0,), name
            assert Path(path).stat().st_size > 0
