"""The measures that BI tools read from the semantic layer, computed here by SQL, equal what the narrow tables say.

MetricFlow itself is not installed: this reads its definitions from dbt's manifest as it would, over the published
sample. Whether a tool shows them well is not tried.
"""

from __future__ import annotations

import json
import re
from typing import Any

import duckdb
import pytest

from tests.integration.conftest import Ended, Installation

AGGREGATES = {"count": "count({})", "count_distinct": "count(distinct {})", "sum": "sum({})", "average": "avg({})"}
# The same figure, asked of the narrow tables in another way than the semantic layer does.
EXPECTED = {
    "changes": "select count(*) from proposal_changes",
    "concessions": "select count(*) from proposal_changes where change_type = 'concession'",
    "hardenings": "select count(*) from proposal_changes where change_type = 'hardening'",
    "net_movement": "select sum(case change_type when 'concession' then 1 when 'hardening' then -1 else 0 end) "
    "from proposal_changes",
    "reports": "select sum(document_count) from proposal_changes",
    "independent_roots": "select sum(root_count) from proposal_changes",
    "echo_factor": "select sum(document_count) / sum(root_count) from proposal_changes",
    "distance_between_parties": "select avg(abs(high_level - low_level)) from party_distances",
    "statements": "select count(*) from statements",
    "utterances": "select count(distinct utterance_id) from statements",
}


def figure(connection: duckdb.DuckDBPyConnection, manifest: dict[str, Any], name: str) -> float:
    """A metric's value over all rows. Raises KeyError for one that is not declared."""
    metric = {m["name"]: m for m in manifest["metrics"].values()}[name]
    given = metric["type_params"]
    if metric["type"] == "ratio":
        parts = (figure(connection, manifest, given[part]["name"]) for part in ("numerator", "denominator"))
        return next(parts) / next(parts)
    if metric["type"] == "derived":
        values = {m["name"]: figure(connection, manifest, m["name"]) for m in given["metrics"]}
        columns = ", ".join(f"{value} as {part}" for part, value in values.items())
        return _number(connection, f"select {given['expr']} from (select {columns})")
    model, measure = next(
        (model, measure)
        for model in manifest["semantic_models"].values()
        for measure in model["measures"]
        if measure["name"] == given["measure"]["name"]
    )
    filters = [f["where_sql_template"] for f in (metric["filter"] or {"where_filters": []})["where_filters"]]
    where = " and ".join(re.sub(r"{{ Dimension\('\w+?__(\w+)'\) }}", r"\1", text) for text in filters) or "true"
    value = AGGREGATES[measure["agg"]].format(measure["expr"] or measure["name"])
    return _number(connection, f"select {value} from {model['node_relation']['alias']} where {where}")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    row = connection.execute(query).fetchone()
    assert row is not None
    return float(row[0])


@pytest.mark.slow
def test_every_measure_is_what_the_narrow_tables_say(sample: tuple[Installation, Ended]) -> None:
    settings = sample[0].settings
    manifest = json.loads((settings.cache_dir / "dbt" / "manifest.json").read_text(encoding="utf8"))
    assert {m["name"] for m in manifest["metrics"].values()} == set(EXPECTED)
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        for name, query in EXPECTED.items():
            value = figure(connection, manifest, name)
            assert value == pytest.approx(_number(connection, query)), name
            assert value != 0 or name == "net_movement", name
