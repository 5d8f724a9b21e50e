"""A database of any earlier version is brought forward with its rows; the new shape is that of a new file."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from flows.land import schema
from flows.land.database import language_database, raw_database
from flows.land.load import land_annotations, land_documents
from flows.settings import Settings
from tests.unit.land.conftest import Make

ALL = schema.migrations("raw")
LANGUAGE = schema.migrations("language")
# A row of each table that a migration of the language database has made, by the number of that migration.
ROWS = {
    1: {"annotated": "('old', 'v1', 1, 3, timestamp '2024-01-01')"},
    2: {
        "stories": "('old', 'main', 'story', true)",
        "story_sketches": "('sha-old', 1, [1, 2, 3])",
        "story_verdicts": "('old', 'older', 1, true)",
    },
}


def columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where not internal order by all"
    ).fetchall()


@pytest.mark.parametrize("number", [number for number, _, _ in ALL])
def test_a_database_of_every_version_comes_forward(
    number: int, settings: Settings, documents: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.raw_db.parent.mkdir(parents=True, exist_ok=True)
    with monkeypatch.context() as then:
        then.setattr(schema, "migrations", lambda kind: ALL[:number])
        with duckdb.connect(str(settings.raw_db)) as connection:
            schema.migrate(connection, "raw")
            connection.execute(
                "insert into documents (document_id, collection_key, url, text, published_basis, text_sha256, rights, "
                "input_kind, cleaner_version, landed_at, word_count) values "
                "('old', 'main', 'https://news.example/old', 'An old text.', 'unknown', 'sha-old', 'full_text', "
                "'page', '1', timestamp '2024-01-01', 3)"
            )
            before = connection.execute("from documents").fetchall()
    with raw_database(settings, read_only=True) as connection:
        assert connection.execute("from documents").fetchall() == before
        applied = connection.execute("select number from schema_migrations order by 1").fetchall()
        migrated = columns(connection)
    assert applied == [(n,) for n, _, _ in ALL]
    new = settings.model_copy(update={"data_dir": settings.data_dir / "new"})
    with raw_database(new, read_only=True) as connection:
        assert columns(connection) == migrated
    assert land_documents(settings, documents({"document_id": "new"})).new == ["new"]


def earlier(settings: Settings, number: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple[Any, ...]]]:
    """Makes a language database as the program of migration `number` left it, with a row in every table of then."""
    settings.language_db.parent.mkdir(parents=True, exist_ok=True)
    rows = {table: row for made in range(1, number + 1) for table, row in ROWS[made].items()}
    with monkeypatch.context() as then, duckdb.connect(str(settings.language_db)) as connection:
        then.setattr(schema, "migrations", lambda kind: LANGUAGE[:number])
        if number:
            schema.migrate(connection, "language")
            connection.execute("insert into sentences by name select 'old' as document_id, 0 as sentence_number")
        for table, row in rows.items():
            connection.execute(f"insert into {table} values {row}")
        return {
            table: connection.execute(f"from {table}").fetchall() for table in (*rows, *["sentences"][: number > 0])
        }


def test_every_migration_of_the_language_database_has_rows_to_carry() -> None:
    assert list(ROWS) == [number for number, _, _ in LANGUAGE]


@pytest.mark.parametrize("number", [0, *(number for number, _, _ in LANGUAGE)])
def test_a_language_database_of_every_version_comes_forward(
    number: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = earlier(settings, number, monkeypatch)
    with language_database(settings, read_only=True) as connection:
        assert {table: connection.execute(f"from {table}").fetchall() for table in before} == before
        assert connection.execute("select number from schema_migrations order by 1").fetchall() == [
            (n,) for n, _, _ in LANGUAGE
        ]
        migrated = columns(connection)
    new = settings.model_copy(update={"data_dir": settings.data_dir / "new"})
    with language_database(new, read_only=True) as connection:
        assert columns(connection) == migrated
    land_annotations(settings, {}, "v2", ["new"])
    with language_database(settings, read_only=True) as connection:
        assert ("new", "v2") in connection.execute("select document_id, annotator_version from annotated").fetchall()


@pytest.mark.parametrize("number", [number for number, _, _ in LANGUAGE])
@pytest.mark.parametrize(
    "change",
    ["alter table sentences drop column role", "drop table sentences", "alter table sentences add column old integer"],
)
def test_annotations_of_an_older_shape_go_and_what_was_compared_stays(
    number: int, change: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = earlier(settings, number, monkeypatch)
    with duckdb.connect(str(settings.language_db)) as connection:
        connection.execute(change)
    with language_database(settings, read_only=True) as connection:
        after = {table: connection.execute(f"from {table}").fetchall() for table in before}
    assert after == {table: [] if table in ("annotated", "sentences") else rows for table, rows in before.items()}
