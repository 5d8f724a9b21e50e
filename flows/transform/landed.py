"""Which documents are new, changed or withdrawn since the warehouse was last coded. It codes nothing.

The warehouse remembers in its schema `build` a fingerprint of every document that it holds (what staging says of it
besides the text, its story and its annotation), and the state of the project that coded it.
"""

from __future__ import annotations

import duckdb

from flows.settings import Settings
from flows.transform.dbt import project_hash
from flows.transform.seeds import seeds_hash

FORMAT = 1  # of what the package keeps in the warehouse; another one is coded anew

# Documents of one address are versions of one article, and each says how many there are: they change together.
_PRESENT = """
    create or replace temp table present_documents as
    select
        documents.document_id,
        hash(documents.collection_key, documents.url) as address,
        hash(documents, stories, annotated) as fingerprint
    from (select * exclude (body) from staging.stg_raw__documents) as documents
    left join staging.stg_language__stories as stories
        on documents.document_id = stories.document_id and documents.collection_key = stories.collection_key
    left join staging.stg_language__annotated as annotated
        on documents.document_id = annotated.document_id
"""
_CHANGED = """
    create or replace temp table changed_documents as
    with
    differing as (
        select coalesce(present.document_id, held.document_id) as document_id,
            coalesce(present.address, held.address) as address
        from present_documents as present
        full join build.documents as held using (document_id)
        where present.fingerprint is distinct from held.fingerprint
    )
    select document_id from differing
    union
    select document_id from present_documents where address in (select address from differing)
"""
_SOURCES = "select hash(list(s order by source_key)) from (select * from raw.sources) as s"


def state(settings: Settings, connection: duckdb.DuckDBPyConnection) -> str:
    """What the whole warehouse depends on, as one word: the project's SQL, its dictionaries, the declared sources."""
    row = connection.execute(_SOURCES).fetchone()
    return f"{FORMAT} {project_hash(settings)} {seeds_hash(settings)} {row[0] if row else None}"


def find_present(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills temp.present_documents: document_id, address, fingerprint of every landed document."""
    connection.execute(_PRESENT)


def find_changed(connection: duckdb.DuckDBPyConnection) -> int:
    """Fills temp.changed_documents from the present and the remembered ones; returns how many."""
    row = connection.execute(_CHANGED).execute("select count(*) from changed_documents").fetchone()
    return int(row[0]) if row else 0


def held_state(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The state that the warehouse was coded in; None where it was not coded by this package, or by dbt since."""
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = 'warehouse' and schema_name = 'build' "
        "and table_name = 'state'"
    ).fetchone()
    row = connection.execute("select state from build.state").fetchone() if found else None
    return str(row[0]) if row else None


def remember(connection: duckdb.DuckDBPyConnection, state: str) -> None:
    """Keeps the fingerprints of the present documents and the state."""
    connection.execute("create schema if not exists build")
    connection.execute("create or replace table build.documents as select * from present_documents")
    connection.execute("create or replace table build.state as select ? as state", [state])
