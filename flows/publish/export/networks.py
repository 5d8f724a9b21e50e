"""Discourse networks: who backs and who refuses what, as an event list (Leifeld's DNA) and as a GraphML graph.

The event list has one row per stance taken, in the columns that DNA and rDNA use for theirs. The graph sums them:
actors and concepts are nodes, an edge counts how often an actor backed or refused a concept, and when.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import duckdb

from flows.publish.export.tables import CSV, copy, csv_query

QUERY = Path(__file__).resolve().parent / "stances.sql"
# Characters that XML 1.0 does not allow at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEYS = (
    ("kind", "node", "string"),
    ("label", "node", "string"),
    ("key", "node", "string"),
    ("agreement", "edge", "int"),
    ("weight", "edge", "int"),
    ("first_date", "edge", "string"),
    ("last_date", "edge", "string"),
)


def write_dna(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """communique.dna.csv: one row per stance. Agreement is 1 for backing, 0 for refusing."""
    _stances(connection)
    query = csv_query(connection, "stances")
    return {"communique.dna.csv": copy(connection, query, folder / "communique.dna.csv", CSV)}


def write_graphml(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """communique.graphml: nodes `actor` and `concept`, one edge per actor, concept and agreement. Returns its edges."""
    _stances(connection)
    path = folder / "communique.graphml"
    half = path.with_name(path.name + ".part")
    with half.open("w", encoding="utf8") as file:
        count = _write(connection, file)
    os.replace(half, path)
    return {path.name: count}


def _stances(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create or replace temp table named_actors as select actor_id, min(actor_key) as actor_key, "
        "min(name) as name, min(actor_type) as actor_type from actors group by actor_id"
    )
    connection.execute(f"create or replace temp table stances as {QUERY.read_text(encoding='utf8')}")


def _write(connection: duckdb.DuckDBPyConnection, file: IO[str]) -> int:
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, owner, kind in _KEYS:
        file.write(f'<key id="{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n')
    file.write('<graph id="stances" edgedefault="directed">\n')
    nodes = connection.execute(
        "select distinct 'actor' as kind, organization_key as key, organization as label from stances "
        "union select distinct 'concept', concept, concept from stances order by 1, 2, 3"
    ).fetchall()
    for kind, key, label in nodes:
        file.write(f"<node id={_id(kind, key)}>{_data(kind=kind, label=label, key=key)}</node>\n")
    edges = connection.execute(
        "select organization_key, concept, agreement, count(*), min(time), max(time) from stances "
        "group by all order by all"
    ).fetchall()
    for actor, concept, agreement, weight, first, last in edges:
        data = _data(agreement=agreement, weight=weight, first_date=first, last_date=last)
        file.write(f"<edge source={_id('actor', actor)} target={_id('concept', concept)}>{data}</edge>\n")
    file.write("</graph>\n</graphml>\n")
    return len(edges)


def _id(kind: str, key: str | None) -> str:
    return quoteattr(_clean(f"{kind} {key}"))


def _data(**values: object) -> str:
    return "".join(f'<data key="{k}">{escape(_clean(str(v)))}</data>' for k, v in values.items() if v is not None)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
