"""What is checked of a new release before readers see it. A finding raises VerifyFailed; nothing is repaired here.

Counts and keys are compared with the warehouse, words with the landed texts. Whether the coding is *right* is the
matter of dbt's tests and of the quality gates, not of this.
"""

from __future__ import annotations

import duckdb

from flows.publish.contract import Table

# Columns that hold words of an article, each with the offsets it must stand at.
SPANS = (
    ("text", "char_start", "char_end"),
    ("surface", "char_start", "char_end"),
    ("trigger_text", "trigger_start", "trigger_end"),
)
# Columns that hold words of the row's document without offsets of their own.
WORDS = ("speaker_text", "cue", "initiator_text", "target_text", "quote_text")
BODIES = "document_texts"


class VerifyFailed(RuntimeError):
    """The new file is not what the contract promises; the old release stays."""


def verify(connection: duckdb.DuckDBPyConnection, tables: list[Table], *, with_text: bool) -> dict[str, int]:
    """Rows per table of database `release`, held against `warehouse` and `raw`. Raises VerifyFailed."""
    counts = {table.name: _same_count(connection, table) for table in tables}
    _only_promised(connection, tables, with_text)
    for table in tables:
        _spans_hold(connection, table)
        _reserved_words_stay(connection, table)
    return counts


def _same_count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    new = _number(connection, f'select count(*) from release.main."{table.name}"')
    # The release's own row is added while it is written.
    old = _number(connection, f'select count(*) from warehouse."{table.schema}"."{table.name}"') + (
        table.name == "releases"
    )
    if new != old:
        raise VerifyFailed(f"{table.name}: {new} rows were written where the warehouse has {old}")
    return new


def _only_promised(connection: duckdb.DuckDBPyConnection, tables: list[Table], with_text: bool) -> None:
    views = connection.execute(
        "select view_name from duckdb_views() where database_name = 'release' and not internal"
    ).fetchall()
    if views:
        raise VerifyFailed(f"views in the release: {views}")
    found = {
        row[0]
        for row in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'release'"
        ).fetchall()
    }
    promised = {table.name for table in tables} | ({BODIES} if with_text else set())
    if found != promised:
        raise VerifyFailed(f"tables that differ from the contract: {sorted(found ^ promised)}")
    bodies = [t.name for t in tables if t.name == "documents" and {"text", "body"} & {c.name for c in t.columns}]
    if bodies:
        raise VerifyFailed("documents would publish the bodies of articles")


def _spans_hold(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Words equal the landed text at their offsets, and texts whose rights are metadata_only give none."""
    names = {column.name for column in table.columns}
    for words, start, end in SPANS:
        if not {"document_id", words, start, end} <= names:
            continue
        row = connection.execute(
            f"""
            select
                count(*) filter (where substring(d.text, t."{start}" + 1, t."{end}" - t."{start}") <> t."{words}"),
                count(*) filter (where d.rights = 'metadata_only' and t."{words}" is not null),
                count(*) filter (where d.document_id is null)
            from release.main."{table.name}" as t
            left join raw.main.documents as d on t.document_id = d.document_id
            where t.document_id is not null
            """
        ).fetchone()
        moved, reserved, orphaned = row or (0, 0, 0)
        if moved:
            raise VerifyFailed(f"{table.name}: {moved} rows whose {words} is not what the text says at its offsets")
        if reserved:
            raise VerifyFailed(f"{table.name}: {reserved} rows give words of texts that are metadata_only")
        if orphaned:
            raise VerifyFailed(f"{table.name}: {orphaned} rows of documents that are not landed")


def _reserved_words_stay(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Texts whose rights are metadata_only give no words in the other columns either."""
    names = {column.name for column in table.columns}
    for words in WORDS if "document_id" in names else ():
        if words in names and _number(
            connection,
            f'select count(*) from release.main."{table.name}" as t inner join raw.main.documents as d '
            f"on t.document_id = d.document_id where d.rights = 'metadata_only' and t.\"{words}\" is not null",
        ):
            raise VerifyFailed(f"{table.name}: {words} gives words of texts that are metadata_only")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
