"""Every published table as CSV, JSON lines or Parquet, streamed by DuckDB; a file is whole or not there.

A cell of the CSV that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
JSON lines and Parquet hold the values as they are.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

# What starts a formula in Excel, LibreOffice or Sheets; full-width forms too, and controls that hide such a start.
FORMULA = r"^[=+\-@\t\r\n\x00＝＋－＠]"


def write_csv(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """One <table>.csv per table: UTF-8, header, comma, quotes doubled, empty for null."""
    return {
        f"{name}.csv": copy(connection, csv_query(connection, f'"{name}"'), folder / f"{name}.csv", CSV)
        for name in table_names(connection)
    }


def write_jsonl(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """One <table>.jsonl per table: an object a line, nulls included, dates as ISO 8601."""
    return {
        f"{name}.jsonl": copy(connection, f'select * from "{name}"', folder / f"{name}.jsonl", "format json")
        for name in table_names(connection)
    }


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """One <table>.parquet per table, types kept."""
    options = "format parquet, compression zstd"
    return {
        f"{name}.parquet": copy(connection, f'select * from "{name}"', folder / f"{name}.parquet", options)
        for name in table_names(connection)
    }


CSV = "format csv, header true, delimiter ',', quote '\"', escape '\"', nullstr ''"


def table_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The published tables by name."""
    rows = connection.execute("select table_name from duckdb_tables() where not internal order by 1").fetchall()
    return [row[0] for row in rows]


def csv_query(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """A query for all of `relation` (a table, or a query in parentheses) in which no text starts a formula."""
    columns = connection.execute(f"describe select * from {relation}").fetchall()
    return f"select {', '.join(_harmless(name, kind) for name, kind, *_ in columns)} from {relation}"


def copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> int:
    """Writes the answer of `query` beside `path` and puts it in place; returns its rows."""
    half = path.with_name(path.name + ".part")
    target = str(half).replace("'", "''")
    row = connection.execute(f"copy ({query}) to '{target}' ({options})").fetchone()
    os.replace(half, path)
    return int(row[0]) if row else 0


def _harmless(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind != "VARCHAR":
        return quoted
    return f"case when regexp_matches({quoted}, '{FORMULA}') then '''' || {quoted} else {quoted} end as {quoted}"
