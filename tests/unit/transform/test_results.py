"""dbt's results as a table, and sources below their floor as outcomes. Not here: dbt itself."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from flows.settings import Settings
from flows.transform.dbt import Result
from flows.transform.floors import missed_floors
from flows.transform.results import SCHEMA, record_tests

MODELS = Path(__file__).resolve().parents[3] / "dbt_project" / "models" / "ops"
NODES = {
    "test.communique.unique_documents_document_id.1": {
        "name": "unique_documents_document_id", "test_metadata": {"name": "unique"}, "column_name": "document_id",
        "attached_node": "model.communique.documents", "config": {"severity": "ERROR"},
    },
    "test.communique.spans_hold": {
        "name": "spans_hold", "config": {"severity": "warn"},
        "depends_on": {"nodes": ["model.communique.statements"]},
    },
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache")
    (settings.cache_dir / "dbt").mkdir(parents=True)
    (settings.cache_dir / "dbt" / "manifest.json").write_text(json.dumps({"nodes": NODES}))
    with duckdb.connect(str(settings.warehouse_db)) as connection:
        connection.execute("create schema ops")
        connection.execute(f"create table ops.test_results as {(MODELS / 'test_results.sql').read_text()}")
        connection.execute(
            "create table ops.source_freshness as select * from (values "
            "('outlet:a', 'error', 'Look.'), ('outlet:b', 'warning', 'Wait.'), ('outlet:c', 'ok', null)) "
            "as t(source_key, state, advice)"
        )
    return settings


def test_results_of_tests_are_rows_and_the_last_build_replaces_the_one_before(settings: Settings) -> None:
    first, second = NODES
    results = [
        Result("model.communique.documents", "success", 1.0, "OK"),
        Result(first, "pass", 0.12, "", 0),
        Result(second, "warn", 0.5, "Got 3 results", 3),
    ]
    record_tests(settings, results)
    assert record_tests(settings, results) == 2
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        rows = connection.execute(
            "select test_name, table_name, column_name, severity, status, failure_count, message "
            "from ops.test_results order by status"
        ).fetchall()
        columns = [c[0] for c in connection.execute("describe ops.test_results").fetchall()]
    assert rows == [
        ("unique", "documents", "document_id", "error", "pass", 0, None),
        ("spans_hold", "statements", None, "warn", "warn", 3, "Got 3 results"),
    ]
    assert columns == SCHEMA.names


def test_only_what_has_lasted_is_an_outcome(settings: Settings) -> None:
    [outcome] = missed_floors(settings)
    assert (outcome.subject, outcome.reason, outcome.status) == ("outlet:a", "floor_missed", "failed")
    assert outcome.detail == "Look."
