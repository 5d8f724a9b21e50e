"""The central invariant: building once, day by day, or in a shuffled order gives equal marts.

Every published table is compared row for row; `outcomes` and `releases` tell of runs and are left out. The texts are
articles of the sample newsroom. Not shown here: incremental builds (there are none; every build is whole).
"""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.newsroom import load_library
from flows.publish.contract import read_contract
from flows.settings import Settings

# Tables about runs, not about the world.
OF_RUNS = {"outcomes", "releases", "test_results", "source_days", "source_freshness"}

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Thirty articles of spring 2025: the leak, its re-reports, a planned meeting and what became of it."""
    library = load_library(Settings().newsroom_dir)
    chosen = sorted((a for a in library.articles if a.published_at.year == 2025), key=lambda a: a.ref)[::2][:30]
    return [
        Record(
            origin=a.ref,
            body="\n\n".join(a.paragraphs),
            is_html=False,
            input_kind="jsonl",
            record_id=a.ref,
            url=a.url,
            title=a.title,
            source_key=a.outlet.key,
            published=a.published_at.isoformat(),
        )
        for a in chosen
    ]


def built(folder: Path, batches: list[list[Record]], shared: Path) -> Rows:
    settings = Settings(data_dir=folder, cache_dir=shared, annotate_processes=1)
    for batch in batches:
        table, _ = to_documents(batch, settings)
        land_documents(settings, table)
        stages.annotate(settings, "test")
        stages.group_stories(settings)
        stages.build(settings, "test", tests=False)
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        return {
            t.name: sorted(connection.execute(f'select * from "{t.schema}"."{t.name}"').fetchall(), key=repr)
            for t in read_contract(settings)
            if t.name not in OF_RUNS
        }


@pytest.mark.slow
def test_order_of_arrival_changes_nothing(tmp_path: Path, records: list[Record]) -> None:
    shared = tmp_path / "cache"
    at_once = built(tmp_path / "once", [records], shared)
    shuffled = list(records)
    random.Random(7).shuffle(shuffled)
    cut = len(shuffled) // 3
    in_parts = built(tmp_path / "parts", [shuffled[:cut], shuffled[cut:]], shared)
    assert at_once["documents"]
    assert at_once["statements"]
    for name, rows in at_once.items():
        assert in_parts[name] == rows, name
