"""What extract and the property tests run, dbt's compiled SQL in one process, gives what `dbt build` gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import stages
from flows.ingest import to_documents
from flows.land.load import land_documents
from flows.settings import Settings
from tests.fixtures import articles, marts


@pytest.mark.slow
def test_compiled_sql_gives_the_tables_of_dbt(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache", annotate_processes=1)
    table, _ = to_documents(articles.of_2025(8), settings)
    land_documents(settings, table)
    stages.annotate(settings, "test")
    stages.group_stories(settings)
    stages.build(settings, "test")
    by_dbt = marts.rows(settings)
    settings.warehouse_db.unlink()
    stages.build(settings, "test", tests=False)
    compiled = marts.rows(settings)
    assert by_dbt["statements"]
    assert by_dbt.keys() == compiled.keys()
    for name, rows in by_dbt.items():
        assert compiled[name] == rows, name
