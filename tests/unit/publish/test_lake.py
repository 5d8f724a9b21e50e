"""The lake: whole releases with the rows, types and descriptions of the published file, and no passwords told.

On a catalogue in a DuckDB file. Not here: PostgreSQL, S3, and writers at once (`python -m tests.real.lake`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from pydantic import SecretStr

from flows import doctor
from flows.publish import lake, release
from flows.settings import Settings
from tests.fixtures import warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return warehouse.make(
        tmp_path, lake=SecretStr(f"ducklake:{tmp_path / 'lake.ducklake'}"), lake_data=str(tmp_path / "lake")
    )


@contextmanager
def reader(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    assert settings.lake
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        lake._load(connection, "ducklake")
        connection.execute(f"attach '{settings.lake.get_secret_value()}' as lake (read_only)")
        connection.execute(f"attach '{settings.published_db}' as file (read_only)")
        yield connection


def differing(settings: Settings) -> list[str]:
    """Tables of the lake that are not those of the published file: columns, descriptions, rows."""
    shape = (
        "select table_name, column_name, data_type, comment from duckdb_columns() where database_name = '{}' "
        "union all select table_name, null, null, comment from duckdb_tables() where database_name = '{}' order by all"
    )
    with reader(settings) as c:
        columns = [c.execute(shape.format(name, name)).fetchall() for name in ("lake", "file")]
        assert columns[0]
        found = [str(pair) for pair in zip(*columns, strict=True) if pair[0] != pair[1]]
        for (name,) in c.execute("select table_name from duckdb_tables() where database_name = 'file'").fetchall():
            for one, other in (("lake", "file"), ("file", "lake")):
                row = c.execute(
                    f"select count(*) from (from {one}.main.{name} except all from {other}.main.{name})"
                ).fetchone()
                found += [f"{name}: {one} alone"] if row != (0,) else []
    return found


def change(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(settings.warehouse_db)) as connection:
        connection.execute(sql)


def files(settings: Settings, table: str) -> set[str]:
    return {p.name for p in (Path(str(settings.lake_data)) / "main" / table).glob("*.parquet")}


def test_the_lake_has_the_release_row_for_row(settings: Settings) -> None:
    made = release.publish(settings)
    assert differing(settings) == []
    assert lake.newest(settings) == made.release_id
    assert [c.finding for c in doctor.examine(settings) if c.name == "lake"] == [f"release {made.release_id}"]
    with reader(settings) as c:
        told = c.execute("select author, commit_message from ducklake_snapshots('lake') where author is not null")
        assert told.fetchall() == [("main", made.release_id)]


def test_rows_that_were_withdrawn_vanish_and_tables_without_a_difference_are_not_written(settings: Settings) -> None:
    release.publish(settings)
    before = files(settings, "documents")
    change(settings, "delete from marts.statements where statement_id = 's-d1'")
    change(settings, "update marts.events set title = 'changed'")
    release.publish(settings)
    assert differing(settings) == []
    assert files(settings, "documents") == before != set()


def test_a_rollback_takes_the_lake_back_too(settings: Settings) -> None:
    first = release.publish(settings)
    change(settings, "delete from marts.statements")
    release.publish(settings)
    release.rollback(settings)
    assert differing(settings) == []
    assert lake.newest(settings) == first.release_id


def test_a_table_of_another_shape_is_made_anew_and_one_without_a_model_goes(settings: Settings) -> None:
    made = release.publish(settings)
    with duckdb.connect(str(made.folder / "other.duckdb")) as c:
        c.execute("create table events (event_id varchar, weight double); insert into events values ('e', 0.5)")
        c.execute("comment on column events.weight is 'It''s new.'")
    folder = settings.published_dir / "releases" / "20990101T000000000000Z"
    folder.mkdir()
    (made.folder / "other.duckdb").rename(folder / "communique.duckdb")
    lake.send(settings, folder)
    with reader(settings) as c:
        assert c.execute("from lake.main.events").fetchall() == [("e", 0.5)]
        assert c.execute("select table_name from duckdb_tables() where database_name = 'lake'").fetchall() == [
            ("events",)
        ]
        said = c.execute("select comment from duckdb_columns() where database_name = 'lake' order by column_index")
        assert said.fetchall() == [(None,), ("It's new.",)]


def test_newsrooms_have_schemas_of_their_own(settings: Settings, tmp_path: Path) -> None:
    mine = release.publish(settings)
    theirs = settings.model_copy(update={"lake_schema": "theirs"})
    change(settings, "delete from marts.statements")
    other = release.publish(theirs)
    assert (lake.newest(settings), lake.newest(theirs)) == (mine.release_id, other.release_id)


def test_a_release_that_cannot_be_written_whole_leaves_the_one_before(settings: Settings) -> None:
    made = release.publish(settings)
    folder = settings.published_dir / "releases" / "20990101T000000000000Z"
    folder.mkdir()
    with duckdb.connect(str(folder / "communique.duckdb")) as c:
        c.execute("create table aaa as select 1 as x; create table statements as select 1 as x from range(2)")
    # two equal rows, of which one is there already
    with lake._opened(settings) as c:
        c.execute("create table lake.main.aaa as select 2 as x")
        c.execute("create or replace table lake.main.statements as select 1 as x")
    with pytest.raises(LookupError, match="It keeps the release that it has"):
        lake.send(settings, folder)
    assert lake.newest(settings) == made.release_id
    with reader(settings) as c:
        assert c.execute("from lake.main.aaa").fetchall() == [(2,)]


def test_what_is_forgotten_is_in_no_file_of_the_lake(settings: Settings) -> None:
    release.publish(settings)
    change(settings, "delete from marts.statements where statement_id = 's-d1'")
    release.publish(settings)
    every = f"read_parquet('{settings.lake_data}/main/statements/*.parquet', union_by_name = true)"
    held = f"select count(*) from {every} where statement_id = 's-d1'"
    assert duckdb.sql(held).fetchone() != (0,)
    lake.forget(settings)
    assert duckdb.sql(held).fetchone() == (0,)
    assert differing(settings) == []


def test_what_others_do_in_between_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    faults = [duckdb.TransactionException("conflict"), duckdb.Error("Failed to initialize DuckLake: there already")]

    def work() -> str:
        if faults:
            raise faults.pop()
        return "done"

    assert lake._again(work) == "done"
    faults += [duckdb.TransactionException("conflict")] * lake.TRIES
    with pytest.raises(duckdb.TransactionException):
        lake._again(work)
    faults[:] = [duckdb.IOException("no disk")]
    with pytest.raises(duckdb.IOException):
        lake._again(work)
    assert not faults


@pytest.mark.parametrize(
    ("address", "words"),
    [("ducklake:{}/none/lake.ducklake", "No such file"), ("ducklake:{}/no?password=secret/x", "words are not shown")],
)
def test_a_lake_that_does_not_answer_is_named_and_its_password_is_not(
    settings: Settings, tmp_path: Path, address: str, words: str
) -> None:
    broken = settings.model_copy(update={"lake": SecretStr(address.format(tmp_path))})
    with pytest.raises(LookupError, match=words) as told:
        release.publish(broken)
    assert "secret" not in str(told.value)
    assert told.value.__suppress_context__
    assert "secret" not in repr(broken)
    [check] = [c for c in doctor.examine(broken) if c.name == "lake"]
    assert not check.ok
    assert "secret" not in check.advice
    assert settings.published_db.exists()


def test_what_is_missing_is_said(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for half in ({"lake_data": None}, {"lake": SecretStr("postgres:dbname=lake")}):
        with pytest.raises(LookupError, match="COMMUNIQUE_LAKE_DATA"):
            lake.newest(settings.model_copy(update=half))
    monkeypatch.setattr(lake, "find_spec", lambda name: None if "postgres" in name else find_spec(name))
    with pytest.raises(LookupError, match=f"pip install duckdb-extension-postgres-scanner=={duckdb.__version__}"):
        lake.newest(settings.model_copy(update={"lake": SecretStr("ducklake:postgres:dbname=lake")}))
