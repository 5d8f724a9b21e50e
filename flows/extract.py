"""`communique extract`: documents in, one JSON line of published rows per document out, through the whole product.

The documents go through a throw-away set of databases by the same stages as a run; nothing is coded differently here.
Documents are closed worlds unless they share a `collection`.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows import stages
from flows.discover.candidate import Candidate
from flows.ingest.documents import to_documents
from flows.ingest.records import Record
from flows.land.load import land_documents, land_outcomes
from flows.land.sources import land_sources
from flows.outcomes import Outcome
from flows.publish.release import write_file
from flows.settings import Settings
from flows.sources.registry import load_sources

Row = dict[str, Any]

# Facts of a document by the table that links them to it: name -> (query for (document_id, row…), nested names).
_LINKED = {
    "statements": "select document_id as in_document, t.* from marts.statements as t",
    "source_chains": "select document_id as in_document, t.* from marts.source_chains as t",
    "position_mentions": "select document_id as in_document, t.* from marts.position_mentions as t",
    "review_queue": "select document_id as in_document, t.* from marts.review_queue as t",
    "evidence": "select document_id as in_document, t.* from marts.evidence as t",
    "events": """
        select m.document_id as in_document, t.* from marts.events as t
        inner join (select distinct event_id, document_id from marts.event_mentions) as m on t.event_id = m.event_id""",
    "positions": """
        select m.document_id as in_document, t.* from marts.positions as t
        inner join (select distinct position_id, document_id from marts.position_mentions) as m
            on t.position_id = m.position_id""",
    "proposal_changes": """
        select m.document_id as in_document, t.* from marts.proposal_changes as t
        inner join (
            select fact_id, document_id from marts.evidence where fact_table = 'proposal_changes'
            union
            select c.change_id, p.document_id
            from marts.proposal_changes as c
            inner join marts.position_mentions as p on c.to_position_id = p.position_id
        ) as m on t.change_id = m.fact_id""",
    "proposals": """
        select m.document_id as in_document, t.* from marts.proposals as t
        inner join (select distinct fact_id, document_id from marts.evidence where fact_table = 'proposals') as m
            on t.proposal_id = m.fact_id""",
    "claim_reactions": """
        select s.document_id as in_document, t.* from marts.claim_reactions as t
        inner join marts.statements as s on t.statement_id = s.statement_id""",
    "actors": """
        select m.document_id as in_document, t.* from marts.actors as t
        inner join (select distinct actor_id, document_id from marts.actor_mentions) as m on t.actor_id = m.actor_id
        inner join marts.documents as d on m.document_id = d.document_id and d.collection_key = t.collection_key""",
}
_NESTED = {
    "source_chains": [("hops", "source_chain_hops", "chain_id", "hop")],
    "events": [
        ("participants", "event_participants", "event_id", "actor_id, role"),
        ("status_history", "event_status_history", "event_id", "as_of_date, document_id, status"),
        ("mentions", "event_mentions", "event_id", "document_id, trigger_start"),
    ],
}
# What a line holds, in the order in which it is read.
TABLES = [
    "actors",
    "statements",
    "events",
    "positions",
    "proposal_changes",
    "evidence",
    "source_chains",
    "position_mentions",
    "proposals",
    "claim_reactions",
    "review_queue",
]


def extract(
    records: Iterable[Record | Candidate | Outcome],
    settings: Settings,
    *,
    warehouse: Path | None = None,
    note: Callable[[Outcome], None] = lambda outcome: None,
) -> Iterator[Row]:
    """One line per document, in the order given: {id, actors, statements, …}, plus `text` where HTML was cleaned.

    `note` hears of every record that could not be read or was left out. `warehouse` keeps the published file.
    Raises transform.dbt.BuildFailed and language.parse.ModelMissing.
    """
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        scratch = settings.model_copy(update={"data_dir": Path(folder)})
        sources = load_sources()
        land_sources(scratch, sources)
        table, outcomes = to_documents(records, scratch, None, sources)
        for outcome in outcomes:
            if outcome.status != "ok":
                note(outcome)
        if not table.num_rows:
            return
        land_documents(scratch, table)
        land_outcomes(scratch, "extract", outcomes)
        for outcome in stages.annotate(scratch, "extract").failures:
            note(outcome)
        stages.group_stories(scratch)
        stages.build(scratch, "extract", tests=False)
        if warehouse:
            write_file(scratch, warehouse)
        yield from lines(scratch, table)


def lines(settings: Settings, table: pa.Table) -> Iterator[Row]:
    """What a built warehouse holds of the documents (rows of raw.documents), one line each, in their order."""
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        keys = dict(connection.execute("select actor_id, any_value(actor_key) from marts.actors group by 1").fetchall())
        names = dict(connection.execute("select actor_id, any_value(name) from marts.actors group by 1").fetchall())
        found = {name: _linked(connection, name, keys, names) for name in TABLES}
        mentions = _grouped(_rows(connection, "select * from marts.actor_mentions order by document_id, char_start"))
        for row in table.select(["document_id", "record_id", "text", "html_sha256"]).to_pylist():
            document_id = row["document_id"]
            line: Row = {"id": row["record_id"] or document_id}
            if row["html_sha256"]:
                line["text"] = row["text"]
            for name in TABLES:
                line[name] = found[name].get(document_id, [])
            for actor in line["actors"]:
                actor["mentions"] = [m for m in mentions[document_id] if m["actor_id"] == actor["actor_id"]]
            yield line


def _linked(
    connection: duckdb.DuckDBPyConnection, name: str, keys: dict[str, str], names: dict[str, str]
) -> dict[str, list[Row]]:
    nested = {
        inner: _grouped_by(_rows(connection, f"select * from marts.{table} order by {key}, {order}"), key)
        for inner, table, key, order in _NESTED.get(name, [])
    }
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(connection, f"{_LINKED[name]} order by all"):
        document_id = row.pop("in_document")
        _with_keys(row, keys, names)
        for inner, _, key, _ in _NESTED.get(name, []):
            row[inner] = [_with_keys(dict(n), keys, names) for n in nested[inner].get(row[key], [])]
        if name == "statements":
            row["speaker_name"] = names.get(row["speaker_actor_id"] or "")
        by_document[document_id].append(row)
    return by_document


def _with_keys(row: Row, keys: dict[str, str], names: dict[str, str]) -> Row:
    for column in [c for c in row if c.endswith("actor_id")]:
        row.setdefault(column.removesuffix("id") + "key", keys.get(row[column] or ""))
    if "actor_id" in row and "role" in row:
        row.setdefault("name", names.get(row["actor_id"] or ""))
    return row


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    table = connection.execute(query).to_arrow_table()
    return [{k: _plain(v) for k, v in row.items()} for row in table.to_pylist()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    return _grouped_by(rows, "document_id")


def _grouped_by(rows: list[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
