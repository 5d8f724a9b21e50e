"""Landing batches: each call is one short transaction, and a second call with the same batch changes nothing.

Callers hold the write lock (flows/land/lock.py). Rows come and go as Arrow tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from flows.land.database import both_databases, language_database, raw_database, transaction
from flows.land.tables import DOCUMENTS, OUTCOMES, outcomes_table
from flows.language.schema import TABLES
from flows.outcomes import Outcome
from flows.settings import Settings

# Texts in these languages are annotated; a text of unknown language is tried.
ANNOTATED_LANGUAGES = ("en",)


@dataclass(frozen=True)
class Landed:
    """What one landing did: ids of new documents, and how many were there already."""

    new: list[str] = field(default_factory=list)
    known: int = 0


def now() -> datetime:
    """The time as all tables keep it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _register(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table, shape: pa.Schema) -> None:
    connection.register(name, table.select(shape.names).cast(shape))


# Versions of one URL in order of when the text stood there; a page cleaned again keeps the time of its bytes.
_RENUMBER = """
create or replace temp table touched as select distinct collection_key, url from incoming;

create or replace temp table versions as
with
    seen as (
        select document_id, max(fetched_at) as last_fetched_at from sightings group by document_id
    ),
    ordered as (
        select
            d.document_id, d.collection_key, d.url, d.landed_at,
            coalesce(d.fetched_at, d.modified_at, d.published_at, d.landed_at) as stood_at,
            coalesce(s.last_fetched_at, d.fetched_at, d.modified_at, d.published_at, d.landed_at) as last_stood_at
        from documents as d
        inner join touched as t on d.collection_key = t.collection_key and d.url = t.url
        left join seen as s on d.document_id = s.document_id
    )
select
    *,
    row_number() over (partition by collection_key, url order by stood_at, landed_at, document_id) as version_number,
    row_number() over (
        partition by collection_key, url order by last_stood_at desc, stood_at desc, landed_at desc, document_id desc
    ) = 1 as is_latest_version
from ordered;

create or replace temp table recleaned as
select distinct later.document_id
from versions as later
inner join versions as earlier
    on later.collection_key = earlier.collection_key and later.url = earlier.url
    and earlier.version_number < later.version_number
inner join sightings as a on later.document_id = a.document_id
inner join sightings as b
    on earlier.document_id = b.document_id
    and a.html_sha256 = b.html_sha256 and a.cleaner_version <> b.cleaner_version;

update documents as d
set
    version_number = v.version_number,
    is_latest_version = v.is_latest_version,
    last_seen_at = v.last_stood_at,
    version_cause = case
        when v.version_number = 1 then 'first'
        when v.document_id in (select document_id from recleaned) then 'cleaner'
        else 'publisher'
    end
from versions as v
where d.document_id = v.document_id;

drop table recleaned; drop table versions; drop table touched;
"""


def _insert_documents(connection: duckdb.DuckDBPyConnection, batch: pa.Table) -> Landed:
    if batch.num_rows == 0:
        return Landed()
    _register(connection, "incoming", batch, DOCUMENTS)
    names = _columns(DOCUMENTS.names)
    new = connection.execute(
        f"insert into documents ({names}, last_seen_at, landed_at) "
        f"select {names}, fetched_at, ? from incoming as i "
        "where not exists (select 1 from documents as d where d.document_id = i.document_id) "
        "and not exists (select 1 from forgotten as f where (f.kind = 'url' and f.subject = i.url) "
        "or (f.kind = 'outlet' and f.subject = i.source_key)) "
        "qualify row_number() over (partition by document_id order by fetched_at nulls last, record_id) = 1 "
        "order by published_at, document_id returning document_id",
        [now()],
    ).fetchall()
    connection.execute(
        "insert into sightings select distinct i.document_id, i.fetched_at, i.html_sha256, i.cleaner_version "
        "from incoming as i where i.fetched_at is not null and i.html_sha256 is not null "
        "and i.document_id in (select document_id from documents) and not exists ("
        "select 1 from sightings as s where s.document_id = i.document_id and s.fetched_at = i.fetched_at "
        "and s.html_sha256 = i.html_sha256 and s.cleaner_version = i.cleaner_version)"
    )
    connection.execute(_RENUMBER)
    connection.unregister("incoming")
    return Landed([row[0] for row in new], batch.num_rows - len(new))


def _insert_outcomes(connection: duckdb.DuckDBPyConnection, batch: pa.Table) -> int:
    if batch.num_rows == 0:
        return 0
    _register(connection, "incoming_outcomes", batch, OUTCOMES)
    connection.execute(
        f"insert or ignore into outcomes ({_columns(OUTCOMES.names)}) "
        f"select {_columns(OUTCOMES.names)} from incoming_outcomes"
    )
    connection.unregister("incoming_outcomes")
    return int(batch.num_rows)


def land_documents(settings: Settings, batch: pa.Table) -> Landed:
    """Add documents that are not there yet (tables.DOCUMENTS) and number the versions of their URLs anew."""
    with raw_database(settings) as connection, transaction(connection):
        return _insert_documents(connection, batch)


def land_outcomes(settings: Settings, run_id: str, outcomes: Iterable[Outcome]) -> int:
    """Add outcome rows; returns how many were given."""
    with raw_database(settings) as connection, transaction(connection):
        return _insert_outcomes(connection, outcomes_table(run_id, outcomes))


def land_release(settings: Settings, release: Mapping[str, object]) -> None:
    """Record a published release (columns of raw.releases); the same release_id replaces its row."""
    names = list(release)
    marks = ", ".join("?" for _ in names)
    with raw_database(settings) as connection, transaction(connection):
        connection.execute(
            f"insert or replace into releases ({_columns(names)}) values ({marks})", list(release.values())
        )


def land_batch(settings: Settings, tables: Mapping[str, pa.Table]) -> Landed:
    """Land what belongs together in one transaction: any of `documents`, `outcomes`, and fetch state tables.

    A fetch state table replaces the rows that have the same primary key. Raises duckdb.Error on an unknown table.
    """
    landed = Landed()
    with raw_database(settings) as connection, transaction(connection):
        for name, table in tables.items():
            if name == "documents":
                landed = _insert_documents(connection, table)
            elif name == "outcomes":
                _insert_outcomes(connection, table)
            else:
                connection.register("incoming_state", table)
                connection.execute(f'insert or replace into "{name}" by name select * from incoming_state')
                connection.unregister("incoming_state")
    return landed


def land_fetch_state(settings: Settings, **tables: pa.Table) -> None:
    """Keep what the fetcher must remember between runs (`fetches`, `hosts`): the last row per key wins."""
    land_batch(settings, tables)


def fetch_state(settings: Settings, table: str) -> pa.Table:
    """All rows of a fetch state table."""
    with raw_database(settings, read_only=True) as connection:
        return connection.execute(f'select * from "{table}"').to_arrow_table()


def land_annotations(
    settings: Settings, tables: Mapping[str, pa.Table], version: str, document_ids: Iterable[str] | None = None
) -> None:
    """Store language rows: those of the same documents in the given tables are replaced, all or nothing.

    `document_ids` names the texts that were annotated; needed for a text without any sentence. By default it is
    every document with a sentence in `tables`. Each of them is marked as annotated by `version`.
    """
    given = set(document_ids or [])
    for table in tables.values():
        given.update(table.column("document_id").unique().to_pylist())
    if not given:
        return
    with language_database(settings) as connection, transaction(connection):
        connection.register("given", pa.table({"document_id": pa.array(sorted(given), pa.string())}))
        for name, table in tables.items():
            shape = TABLES[name]
            connection.execute(f'delete from "{name}" where document_id in (select document_id from given)')
            _register(connection, "incoming", table, shape)
            connection.execute(
                f'insert into "{name}" ({_columns(shape.names)}, annotator_version) '
                f"select {_columns(shape.names)}, ? from incoming",
                [version],
            )
            connection.unregister("incoming")
        connection.execute("delete from annotated where document_id in (select document_id from given)")
        connection.execute(
            "insert into annotated select g.document_id, ?, count(s.document_id), "
            "coalesce(sum(len(list_filter(s.pos, lambda p: p not in ('PUNCT', 'SPACE', 'SYM')))), 0), ? "
            "from given as g left join sentences as s on g.document_id = s.document_id group by g.document_id",
            [version, now()],
        )
        connection.unregister("given")


def documents_to_annotate(settings: Settings, version: str, limit: int | None = None) -> pa.Table:
    """Texts that `version` has not annotated, oldest first.

    Columns: document_id, collection_key, url, text, title, published_date, published_at, source_key, outlet_name,
    author, language_code. Texts in another language than ANNOTATED_LANGUAGES are left out.
    """
    with both_databases(settings) as connection:
        return connection.execute(
            "select document_id, collection_key, url, text, title, published_date, published_at, source_key, "
            "outlet_name, author, language_code from raw.documents "
            "where document_id not in (select document_id from language.annotated where annotator_version = ?) "
            "and (language_code is null or list_contains(?, language_code)) "
            "order by published_at, document_id limit ?",
            [version, list(ANNOTATED_LANGUAGES), limit],
        ).to_arrow_table()


def documents_for_stories(settings: Settings) -> pa.Table:
    """What duplicates.assign_stories reads of every landed document."""
    with raw_database(settings, read_only=True) as connection:
        return connection.execute(
            "select document_id, collection_key, url, source_key, title, text, published_at, published_date "
            "from documents order by document_id"
        ).to_arrow_table()


def rebuild_language(settings: Settings) -> None:
    """Throw away every annotation: the next run annotates anew. raw.duckdb is not touched."""
    with language_database(settings) as connection, transaction(connection):
        for table in [*TABLES, "annotated", "stories"]:
            connection.execute(f'delete from "{table}"')
