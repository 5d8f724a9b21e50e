"""A raw database of any earlier version is brought forward with its rows; the new shape is that of a new file."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from flows.land import schema
from flows.land.database import raw_database
from flows.land.load import land_documents
from flows.settings import Settings
from tests.unit.land.conftest import Make

ALL = schema.migrations("raw")


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
