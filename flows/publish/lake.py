"""The lake: releases in a DuckLake too, for readers on many machines and for several newsrooms that publish at once.

A newsroom has a schema of its own, and a release is one transaction: whoever reads sees it whole or not at all. Only
rows that differ are written, so the lake's history tells what a release brought and what it took back. The published
file stays what is verified; this copies it.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import duckdb

from flows.settings import Settings

Found = TypeVar("Found")

TRIES = 8
# How long a reader may take who began before files were merged or their history ended.
READING = "1 hour"
# Deleted rows cost every reader until their file is written again; a fifth of it is worth that.
REWRITE_SHARE = 0.2


def send(settings: Settings, folder: Path) -> None:
    """Makes the release in the folder the newsroom's present one. Does nothing where no lake is set.

    Raises LookupError, with what to do, when the lake cannot be reached or written; it keeps the release it has then.
    """
    if settings.lake is None:
        return
    with _opened(settings) as connection:
        connection.execute(f"attach '{_escaped(str(folder / 'communique.duckdb'))}' as release (read_only)")
        changed = _again(partial(_replace, connection, settings.lake_schema, folder.name))
        with suppress(duckdb.TransactionException):  # the release is in; the next one tidies again
            _tidy(connection, settings.lake_schema, changed, REWRITE_SHARE)
            _again(partial(connection.execute, _expire(f"{settings.lake_keep_days} days")))
            connection.execute(f"call ducklake_cleanup_old_files('lake', older_than => now() - interval '{READING}')")


def forget(settings: Settings) -> None:
    """Takes what the present releases do not hold out of the lake's history and files, whoever reads them meanwhile.

    Raises LookupError as `send` does.
    """
    if settings.lake is None:
        return
    with _opened(settings) as connection:
        _tidy(connection, settings.lake_schema, list(_tables(connection, "lake", settings.lake_schema)), 0)
        _again(partial(connection.execute, _expire("0 days")))
        connection.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
        # Of writers that were killed. Younger ones may belong to a release that is being written.
        connection.execute("call ducklake_delete_orphaned_files('lake', older_than => now() - interval '1 day')")


def newest(settings: Settings) -> str | None:
    """The release that readers of the newsroom's schema see, if there is one. Raises LookupError as `send` does."""
    with _opened(settings) as connection:
        if "releases" not in _tables(connection, "lake", settings.lake_schema):
            return None
        row = connection.execute(f"select max(release_id) from lake.{settings.lake_schema}.releases").fetchone()
    return str(row[0]) if row and row[0] else None


@contextmanager
def _opened(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the lake attached as `lake`. Whatever DuckDB says against it leaves as LookupError."""
    catalogue = settings.lake.get_secret_value() if settings.lake else ""
    data = settings.lake_data or ""
    if not catalogue.startswith("ducklake:") or not data:
        raise LookupError(
            "A lake is two settings: COMMUNIQUE_LAKE, such as ducklake:postgres:host=… dbname=…, and "
            "COMMUNIQUE_LAKE_DATA, a folder or s3://bucket/path. See docs/wider.md."
        )
    try:
        # Nothing is downloaded behind anybody's back: an extension is a package like all others, or it is missing.
        with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
            connection.execute("set enable_progress_bar = false")
            _load(connection, "ducklake")
            if catalogue.startswith("ducklake:postgres:"):
                _load(connection, "postgres_scanner")
            if data.startswith("s3://"):
                _load(connection, "httpfs")  # which takes AWS_ACCESS_KEY_ID and the like from the environment
                connection.execute(f"set global s3_url_style = '{settings.lake_s3_url_style}'")
            where = data if "://" in data else str(Path(data).absolute())
            attach = (
                f"attach '{_escaped(catalogue)}' as lake (data_path '{_escaped(where)}', data_inlining_row_limit 0)"
            )
            _again(partial(connection.execute, attach))
            yield connection
    except duckdb.Error as error:
        raise LookupError(
            "The lake (COMMUNIQUE_LAKE) cannot be read or written. It keeps the release that it has, and this machine "
            f"the one that is in place; `communique publish` sends another. {_reason(error, catalogue)}"
        ) from None  # DuckDB's own words hold the address of the catalogue, and with it a password


def _load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    package = find_spec(f"duckdb_extension_{name}")
    files = [
        f for p in (package.submodule_search_locations or [] if package else []) for f in Path(p).rglob("*.duckdb_*")
    ]
    wanted = [f for f in files if f.parent.name == f"v{duckdb.__version__}"]
    if not wanted:
        raise LookupError(
            f"COMMUNIQUE_LAKE is set, and DuckDB's extension {name} is not installed: "
            f"pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
        )
    connection.execute(f"load '{_escaped(str(wanted[0]))}'")


def _replace(connection: duckdb.DuckDBPyConnection, schema: str, release_id: str) -> list[str]:
    """One transaction: the schema holds the rows of the release and no others. Returns the tables that changed."""
    changed = []
    connection.execute("begin")
    try:
        connection.execute(f"create schema if not exists lake.{schema}")
        there = _tables(connection, "lake", schema)
        tables = _tables(connection, "release", "main")
        for name in there.keys() - tables.keys():
            connection.execute(f'drop table lake.{schema}."{name}"')
        for name, columns in sorted(tables.items()):
            lake, release = f'lake.{schema}."{name}"', f'release.main."{name}"'
            if there.get(name) != columns:  # also where a description changed: words of ours, rare
                connection.execute(f"drop table if exists {lake}")
                connection.execute(f"create table {lake} as from {release} limit 0")
                _describe(connection, lake, name)
            gone, come = _difference(connection, lake, release)
            changed += [name] if gone or come else []
        connection.execute(f"call lake.set_commit_message('{schema}', '{release_id}')")
        connection.execute("commit")
    except BaseException:
        with suppress(duckdb.TransactionException):  # a commit that failed has ended the transaction already
            connection.execute("rollback")
        raise
    return changed


def _difference(connection: duckdb.DuckDBPyConnection, lake: str, release: str) -> tuple[int, int]:
    """Takes rows out that the release has not, and puts in what it has more: how many of both."""
    gone = connection.execute(
        f"delete from {lake} where rowid in (select l.rowid from {lake} as l anti join {release} as r "
        "on l is not distinct from r)"
    ).fetchone()
    come = connection.execute(
        f"insert into {lake} select r.* from {release} as r anti join {lake} as l "
        "on l is not distinct from r order by all"
    ).fetchone()
    counts = connection.execute(f"select (select count(*) from {lake}), (select count(*) from {release})").fetchone()
    if not gone or not come or not counts:
        raise duckdb.InternalError("DuckDB did not say how many rows it wrote")
    if counts[0] != counts[1]:  # two equal rows in one table, which no contract allows
        raise duckdb.DataError(f"{lake} has {counts[0]} rows and {release} {counts[1]}")
    return gone[0], come[0]


def _describe(connection: duckdb.DuckDBPyConnection, lake: str, table: str) -> None:
    """The descriptions of a table and its columns, as the published file has them."""
    said = connection.execute(
        "select null, comment from duckdb_tables() where database_name = 'release' and table_name = $1 "
        "union all select column_name, comment from duckdb_columns() "
        "where database_name = 'release' and table_name = $1",
        [table],
    ).fetchall()
    for column, comment in ((c, text) for c, text in said if text):
        subject = f'column {lake}."{column}"' if column else f"table {lake}"
        connection.execute(f"comment on {subject} is '{_escaped(comment)}'")


def _tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> dict[str, list[tuple[str, ...]]]:
    """name -> (column, type, description) of each column, in order."""
    rows = connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where database_name = ? and schema_name = ? order by table_name, column_index",
        [database, schema],
    ).fetchall()
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, *column in rows:
        found.setdefault(name, []).append(tuple(column))
    return found


def _tidy(connection: duckdb.DuckDBPyConnection, schema: str, tables: list[str], share: float) -> None:
    """Few files without deleted rows, instead of two more with every release."""
    for table in tables:
        about = f"'lake', '{table}', schema => '{schema}'"
        for call in (
            f"call ducklake_rewrite_data_files({about}, delete_threshold => {share})",
            f"call ducklake_merge_adjacent_files({about})",
        ):
            _again(partial(connection.execute, call))


def _expire(age: str) -> str:
    return f"call ducklake_expire_snapshots('lake', older_than => now() - interval '{age}')"


def _again(work: Callable[[], Found]) -> Found:
    """The work, tried again with growing pauses while others commit in between."""
    for attempt in range(TRIES):
        try:
            return work()
        except duckdb.Error as error:
            # Two that open an empty catalogue both make its tables; DuckDB has no type for that.
            passing = isinstance(error, duckdb.TransactionException) or "Failed to initialize DuckLake" in str(error)
            if not passing or attempt == TRIES - 1:
                raise
            time.sleep(random.uniform(0.5, 1) * 0.1 * 2**attempt)
    raise AssertionError("unreachable")


def _reason(error: duckdb.Error, catalogue: str) -> str:
    if re.search(r"password|://[^/]*@", catalogue):
        return f"({type(error).__name__}; DuckDB's words are not shown, since the setting holds a password)"
    return f"({error})"


def _escaped(text: str) -> str:
    return text.replace("'", "''")
