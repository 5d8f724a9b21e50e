"""What is kept for finding copies: sketches by text, verdicts by pair. It stores; flows/clean/duplicates.py decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from flows.clean.duplicates import STORIES, VERSION
from flows.land.database import both_databases, language_database, raw_database, transaction
from flows.settings import Settings

Pair = tuple[str, str]

SKETCHES = pa.schema([("text_sha256", pa.string()), ("version", pa.int32()), ("shingles", pa.list_(pa.int64()))])
VERDICTS = pa.schema(
    [
        ("first_document_id", pa.string()),
        ("second_document_id", pa.string()),
        ("version", pa.int32()),
        ("is_copy", pa.bool_()),
    ]
)


def documents_without_text(settings: Settings) -> list[dict[str, Any]]:
    """All documents with what grouping needs except their texts."""
    with raw_database(settings, read_only=True) as connection:
        table = connection.execute(
            "select document_id, collection_key, url, source_key, title, text_sha256, published_at, published_date "
            "from documents order by document_id"
        ).to_arrow_table()
    return list(table.to_pylist())


def wire_keys(settings: Settings) -> set[str]:
    """Source keys of the news agencies among the outlets."""
    with raw_database(settings, read_only=True) as connection:
        return {row[0] for row in connection.execute("select source_key from sources where is_wire").fetchall()}


def texts_without_sketch(settings: Settings) -> pa.Table:
    """(text_sha256, text) of every text that has no sketch of this version, each once."""
    with both_databases(settings) as connection:
        return connection.execute(
            "select text_sha256, any_value(text) as text from raw.documents where text_sha256 not in "
            "(select text_sha256 from language.story_sketches where version = ?) group by text_sha256 order by all",
            [VERSION],
        ).to_arrow_table()


def texts_of(settings: Settings, document_ids: Iterable[str]) -> dict[str, str]:
    """Texts by document id."""
    wanted = pa.table({"document_id": pa.array(sorted(set(document_ids)), pa.string())})
    with raw_database(settings, read_only=True) as connection:
        connection.register("wanted", wanted)
        rows = connection.execute(
            "select document_id, text from documents semi join wanted using (document_id)"
        ).fetchall()
    return dict(rows)


def sketches(settings: Settings) -> dict[str, Any]:
    """Sketches of this version by text hash, as arrays."""
    with language_database(settings, read_only=True) as connection:
        found = connection.execute(
            "select text_sha256, shingles from story_sketches where version = ?", [VERSION]
        ).fetchnumpy()
    return dict(zip(found["text_sha256"].tolist(), found["shingles"].tolist(), strict=True))


def verdicts(settings: Settings) -> dict[Pair, bool]:
    """Verdicts of this version by pair, the smaller id first."""
    with language_database(settings, read_only=True) as connection:
        rows = connection.execute(
            "select first_document_id, second_document_id, is_copy from story_verdicts where version = ?", [VERSION]
        ).fetchall()
    return {(first, second): is_copy for first, second, is_copy in rows}


def land_sketches(settings: Settings, rows: list[tuple[str, list[int]]]) -> None:
    """Add sketches; those of other versions go."""
    table = pa.Table.from_pylist(
        [{"text_sha256": t, "version": VERSION, "shingles": s} for t, s in rows], schema=SKETCHES
    )
    with language_database(settings) as connection, transaction(connection):
        connection.register("incoming", table)
        connection.execute("delete from story_sketches where version <> ?", [VERSION])
        connection.execute(
            "insert into story_sketches select * from incoming as i where not exists "
            "(select 1 from story_sketches as s where s.text_sha256 = i.text_sha256)"
        )
        connection.unregister("incoming")


def land_stories(settings: Settings, stories: pa.Table, new: dict[Pair, bool], document_ids: pa.Table) -> None:
    """Replace the stories, add new verdicts, and drop what belongs to documents that are no longer there.

    `document_ids`: document_id and text_sha256 of all documents.
    """
    rows = [
        {"first_document_id": a, "second_document_id": b, "version": VERSION, "is_copy": v} for (a, b), v in new.items()
    ]
    with language_database(settings) as connection, transaction(connection):
        connection.register("incoming", stories.select(STORIES.names).cast(STORIES))
        connection.register("compared", pa.Table.from_pylist(rows, schema=VERDICTS))
        connection.register("present", document_ids)
        connection.execute("delete from stories")
        connection.execute("insert into stories select * from incoming order by document_id")
        connection.execute("delete from story_verdicts where version <> ?", [VERSION])
        connection.execute("insert into story_verdicts select * from compared")
        connection.execute(
            "delete from story_verdicts where first_document_id not in (select document_id from present) "
            "or second_document_id not in (select document_id from present)"
        )
        connection.execute("delete from story_sketches where text_sha256 not in (select text_sha256 from present)")
        for name in ("incoming", "compared", "present"):
            connection.unregister(name)
