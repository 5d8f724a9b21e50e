"""The shape of the two databases: numbered migrations, and the language tables declared as Arrow schemas.

raw.duckdb is precious: it changes only by a new file in migrations/raw. language.duckdb is derived: when a
table no longer has the declared columns, the annotations are dropped and the texts are annotated again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources

import duckdb
import pyarrow as pa

from flows.language.schema import TABLES

_SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "varchar",
    pa.large_string(): "varchar",
    pa.int8(): "tinyint",
    pa.int16(): "smallint",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
}


def sql_type(arrow_type: pa.DataType) -> str:
    """The DuckDB type for an Arrow type; raises KeyError for a type that no table here uses."""
    if pa.types.is_list(arrow_type):
        return sql_type(arrow_type.value_type) + "[]"
    return _SQL_TYPES[arrow_type]


def migrations(kind: str) -> list[tuple[int, str, str]]:
    """(number, name, SQL) of every migration of `kind` (raw | language), in order."""
    folder = resources.files("flows.land") / "migrations" / kind
    rows = [
        (int(entry.name.split("_", 1)[0]), entry.name, entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    ]
    return sorted(rows)


def migrate(connection: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    """Apply what is missing, each migration in its own transaction; returns the names applied.

    Raises RuntimeError when the file was made by a newer version of this program.
    """
    connection.execute(
        "create table if not exists schema_migrations "
        "(number integer primary key, name varchar not null, applied_at timestamp not null)"
    )
    done = {row[0] for row in connection.execute("select number from schema_migrations").fetchall()}
    known = migrations(kind)
    unknown = done - {number for number, _, _ in known}
    if unknown:
        raise RuntimeError(
            f"The {kind} database has migrations {sorted(unknown)} that this version does not know: update communique."
        )
    applied = []
    for number, name, sql in known:
        if number in done:
            continue
        connection.execute("begin transaction")
        try:
            connection.execute(sql)
            connection.execute(
                "insert into schema_migrations values (?, ?, ?)",
                [number, name, datetime.now(UTC).replace(tzinfo=None)],
            )
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
        applied.append(name)
    if kind == "language":
        _align_language_tables(connection)
    return applied


def language_columns(table: str) -> dict[str, str]:
    """Column -> DuckDB type of a language table; every one ends with annotator_version."""
    columns = {field.name: sql_type(field.type) for field in TABLES[table]}
    columns["annotator_version"] = "varchar"
    return columns


def is_current(connection: duckdb.DuckDBPyConnection, kind: str) -> bool:
    """True when a reader may use the file as it is: every migration applied, every language table as declared."""
    present = _present_columns(connection)
    if "schema_migrations" not in present:
        return False
    done = {row[0] for row in connection.execute("select number from schema_migrations").fetchall()}
    if done != {number for number, _, _ in migrations(kind)}:
        return False
    return kind != "language" or _language_tables_fit(present)


def _language_tables_fit(present: dict[str, dict[str, str]]) -> bool:
    return all(list(present.get(t, {}).items()) == list(language_columns(t).items()) for t in TABLES)


def _present_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "select table_name, column_name, lower(data_type) from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'main' order by table_name, column_index"
    ).fetchall()
    present: dict[str, dict[str, str]] = {}
    for table, column, data_type in rows:
        present.setdefault(table, {})[column] = data_type
    return present


def _align_language_tables(connection: duckdb.DuckDBPyConnection) -> None:
    if _language_tables_fit(_present_columns(connection)):
        return
    connection.execute("begin transaction")
    try:
        for table in TABLES:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in language_columns(table).items())
            connection.execute(f'drop table if exists "{table}"')
            connection.execute(f'create table "{table}" ({columns})')
        connection.execute("delete from annotated")
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
