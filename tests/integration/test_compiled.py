"""What runs in one process, dbt's compiled SQL and its tests, gives the tables and the test results of `dbt build`."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows import stages
from flows.ingest import to_documents
from flows.land.load import land_documents
from flows.settings import Settings
from flows.transform import dbt, incremental
from tests.fixtures import articles, marts


@pytest.mark.slow
def test_one_process_gives_the_tables_and_results_of_dbt(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache", annotate_processes=1)
    table, _ = to_documents(articles.of_2025(8), settings)
    land_documents(settings, table)
    stages.annotate(settings, "test")
    stages.group_stories(settings)
    stages.build(settings, "test")
    coded = marts.rows(settings)
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        recorded = dict(connection.execute("select test_id, status from ops.test_results").fetchall())

    results = dbt.invoke(settings, "build", "--exclude-resource-type", "seed")
    by_dbt = marts.rows(settings)
    assert coded["statements"]
    assert by_dbt.keys() == coded.keys()
    for name, rows in by_dbt.items():
        assert coded[name] == rows, name
    assert recorded == {r.node: r.status for r in results if r.node.startswith("test.")}

    # what dbt has built is not taken for our own: the next build starts anew, and ends with the same tables
    assert len(incremental.build(settings)) > len(recorded)
    assert marts.rows(settings) == coded
