"""Taking documents out of the databases for good, and remembering not to land them again.

Deleted rows stay readable in the free blocks of a DuckDB file, so both files are copied without them. The archive is
the matter of fetch/erase.py; warehouse and published files are rebuilt by the caller (flows/forget.py).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.discover.urls import canonical_url
from flows.land.database import language_database, raw_database, transaction
from flows.land.load import now
from flows.language.schema import TABLES
from flows.settings import Settings

URL, OUTLET = "url", "outlet"


@dataclass(frozen=True)
class Subject:
    """What is to be forgotten: one address in its canonical form, or an outlet's key."""

    kind: str
    key: str

    def covers(self, url: str, source_key: str | None) -> bool:
        """Whether a document of this address and outlet is meant."""
        return self.key == (source_key if self.kind == OUTLET else (canonical_url(url) or url))


def subject_of(text: str) -> Subject:
    """An address (http, https, urn), or an outlet's key with or without `outlet:`. Raises LookupError for nothing."""
    wanted = text.strip()
    if not wanted:
        raise LookupError("Give the address of an article, or the key of an outlet such as outlet:harbour-wire.")
    if "://" in wanted or wanted.startswith("urn:"):
        return Subject(URL, canonical_url(wanted) or wanted)
    return Subject(OUTLET, wanted if wanted.startswith("outlet:") else f"outlet:{wanted}")


def is_kept(settings: Settings, subject: Subject) -> bool:
    """Whether a landed document is the subject's, a page of it was asked for, or it was forgotten before."""
    landed, fetched = ("source_key", "source_key") if subject.kind == OUTLET else ("url", "canonical_url")
    with raw_database(settings, read_only=True) as connection:
        found = connection.execute(
            f"select exists (from documents where {landed} = $key) or exists (from fetches where {fetched} = $key) "
            "or exists (from forgotten where kind = $kind and subject = $key)",
            {"key": subject.key, "kind": subject.kind},
        ).fetchone()
    return bool(found and found[0])


def near_subjects(settings: Settings, subject: Subject) -> list[str]:
    """Up to three landed addresses or outlet keys that the subject may have been meant to be.

    What was read as the key of an outlet may be the id of a document, or its start: its address is near.
    """
    query = {
        OUTLET: """
            select url as near, 0 as distance from documents where len($name) >= 6 and starts_with(document_id, $name)
            union
            select source_key, levenshtein(source_key, $key) from documents where levenshtein(source_key, $key) <= 3""",
        URL: """
            select distinct url as near, levenshtein(url, $key) as distance from documents
            where levenshtein(url, $key) <= len($name) // 5""",
    }
    with raw_database(settings, read_only=True) as connection:
        rows = connection.execute(
            f"{query[subject.kind]} order by distance, near limit 3",
            {"key": subject.key, "name": subject.key.removeprefix("outlet:")},
        ).fetchall()
    return [row[0] for row in rows]


def delete_documents(settings: Settings, subject: Subject) -> list[str]:
    """Deletes every version of the subject's documents with all that was said of them; returns their ids.

    The subject is remembered: landing refuses it from now on. A page of it counts as gone for the fetcher.
    """
    with raw_database(settings) as connection, transaction(connection):
        column = "source_key" if subject.kind == OUTLET else "url"
        ids = [
            row[0]
            for row in connection.execute(
                f"delete from documents where {column} = ? returning document_id", [subject.key]
            ).fetchall()
        ]
        connection.register("given", _ids(ids))
        connection.execute("delete from sightings where document_id in (select document_id from given)")
        connection.execute("insert or replace into forgotten values (?, ?, ?)", [subject.kind, subject.key, now()])
        if subject.kind == URL and not subject.key.startswith("urn:"):
            connection.execute(
                "insert or replace into fetches (canonical_url, url, kind, reason, failure_count) "
                "values (?, ?, 'page', 'gone', 0)",
                [subject.key, subject.key],
            )
        connection.unregister("given")
    with language_database(settings) as connection, transaction(connection):
        connection.register("given", _ids(ids))
        for table in [*TABLES, "annotated", "stories"]:
            connection.execute(f'delete from "{table}" where document_id in (select document_id from given)')
        connection.unregister("given")
    if ids:
        compact(settings.raw_db)
        compact(settings.language_db)
    return sorted(ids)


def allow_again(settings: Settings, subject: Subject) -> bool:
    """Lets the subject be read again; what was deleted does not come back by itself. False when it was not barred."""
    with raw_database(settings) as connection, transaction(connection):
        found = connection.execute(
            "delete from forgotten where kind = ? and subject = ? returning subject", [subject.kind, subject.key]
        ).fetchall()
        if found and subject.kind == URL:
            connection.execute("delete from fetches where canonical_url = ? and reason = 'gone'", [subject.key])
    return bool(found)


def forgotten_outlets(settings: Settings) -> set[str]:
    """Keys of outlets that are not to be read."""
    with raw_database(settings, read_only=True) as connection:
        rows = connection.execute("select subject from forgotten where kind = ?", [OUTLET]).fetchall()
    return {row[0] for row in rows}


def compact(path: Path) -> None:
    """Copies a database into a new file without its free blocks, and puts that in place."""
    half = path.with_suffix(".compact")
    half.unlink(missing_ok=True)
    with duckdb.connect(":memory:") as connection:
        for name, file, mode in (("old", path, " (read_only)"), ("new", half, "")):
            quoted = str(file).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name}{mode}")
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
    os.replace(half, path)


def _ids(ids: list[str]) -> pa.Table:
    return pa.table({"document_id": pa.array(sorted(ids), pa.string())})
