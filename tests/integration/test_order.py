"""The central invariant: building once, day by day, or in a shuffled order gives equal marts.

Every published table is compared row for row; `outcomes` and `releases` tell of runs and are left out. The texts are
articles of the sample newsroom. Not shown here: incremental builds (there are none; every build is whole).
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.settings import Settings
from tests.fixtures import articles, marts


def built(folder: Path, batches: list[list[Record]], shared: Path) -> marts.Rows:
    settings = Settings(data_dir=folder, cache_dir=shared, annotate_processes=1)
    for batch in batches:
        table, _ = to_documents(batch, settings)
        land_documents(settings, table)
        stages.annotate(settings, "test")
        stages.group_stories(settings)
        stages.build(settings, "test", tests=False)
    return marts.rows(settings)


@pytest.mark.slow
def test_order_of_arrival_changes_nothing(tmp_path: Path) -> None:
    shared = tmp_path / "cache"
    records = articles.of_2025(30)
    at_once = built(tmp_path / "once", [records], shared)
    shuffled = list(records)
    random.Random(7).shuffle(shuffled)
    cut = len(shuffled) // 3
    in_parts = built(tmp_path / "parts", [shuffled[:cut], shuffled[cut:]], shared)
    assert at_once["documents"]
    assert at_once["statements"]
    for name, rows in at_once.items():
        assert in_parts[name] == rows, name
