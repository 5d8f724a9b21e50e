"""Connections to raw.duckdb and language.duckdb: opened for one short piece of work, brought up to date, closed.

DuckDB lets one process write a file or many read it, never both. A reader that meets a writer waits a little,
since writers hold a file for one transaction only. Connections never leave this process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.land import schema
from flows.settings import Settings

BUSY_SECONDS = 60.0
_locks: dict[Path, threading.RLock] = {}
_locks_guard = threading.Lock()


class DatabaseBusy(RuntimeError):
    """The file stayed open in another process for longer than BUSY_SECONDS."""


def _lock_of(path: Path) -> threading.RLock:
    with _locks_guard:
        return _locks.setdefault(path.resolve(), threading.RLock())


def is_busy(error: duckdb.Error) -> bool:
    """Whether another process has the file open; a damaged *block* is another matter."""
    return "could not set lock" in str(error).lower()


def _patiently(path: Path, act: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return act()
        except duckdb.IOException as error:
            if not is_busy(error):
                raise
            if time.monotonic() >= deadline:
                raise DatabaseBusy(
                    f"{path} is open in another process; close it (a query tool, perhaps) and start again."
                ) from error
            time.sleep(0.2)


def _connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = _patiently(path, lambda: duckdb.connect(str(path), read_only=read_only))
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    _patiently(path, lambda: connection.execute(f"attach '{quoted}' as {name} (read_only)"))


def _ensure_current(path: Path, kind: str) -> None:
    """Bring a missing or older file up to date; a current one is only read, so readers do not disturb each other."""
    if path.exists():
        connection = _connect(path, read_only=True)
        try:
            if schema.is_current(connection, kind):
                return
        finally:
            connection.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path, read_only=False)
    try:
        schema.migrate(connection, kind)
    finally:
        connection.close()


@contextmanager
def _open(path: Path, kind: str, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    with _lock_of(path):
        _ensure_current(path, kind)
        connection = _connect(path, read_only)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def raw_database(settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """raw.duckdb, migrated. Made when it is missing, even for a reader."""
    with _open(settings.raw_db, "raw", read_only) as connection:
        yield connection


@contextmanager
def language_database(settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """language.duckdb with the tables of flows/language/schema.py. Made when it is missing, even for a reader."""
    with _open(settings.language_db, "language", read_only) as connection:
        yield connection


@contextmanager
def both_databases(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only view of both, attached as databases `raw` and `language`, as dbt sees them."""
    with _lock_of(settings.raw_db), _lock_of(settings.language_db):
        _ensure_current(settings.raw_db, "raw")
        _ensure_current(settings.language_db, "language")
        connection = duckdb.connect(":memory:")
        try:
            connection.execute("set TimeZone = 'UTC'")
            for name, path in (("raw", settings.raw_db), ("language", settings.language_db)):
                _attach(connection, name, path)
            yield connection
        finally:
            connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commits at the end of the block, rolls back when it raises."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
