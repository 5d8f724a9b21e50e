"""Incremental builds equal a build of everything, row for row, whatever was landed, corrected or withdrawn before.

Every table that is kept is compared, the intermediate ones too. Not shown here: that dbt builds the same tables
(test_compiled.py), and that `incremental.yml` promises nothing that only these texts keep.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import stages
from flows.ingest import to_documents
from flows.land.load import land_documents
from flows.settings import Settings
from flows.transform import incremental, seeds
from tests.fixtures import articles
from tests.fixtures.worlds import HAPPENINGS, World, land

pytestmark = pytest.mark.slow
Tables = dict[str, list[str]]

# A few in CI; hundreds were run by hand (docs/incremental.md says how many, and when).
ORDERS = int(os.environ.get("COMMUNIQUE_TEST_ORDERS", "3"))
HAPPENING = st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 99), st.integers(0, 99))
DAYS = st.lists(st.lists(HAPPENING, min_size=1, max_size=6), min_size=2, max_size=4)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Annotated articles of the sample: what the worlds are made of."""
    folder = tmp_path_factory.mktemp("base")
    made = Settings(data_dir=folder, cache_dir=folder / "cache", annotate_processes=1)
    table, _ = to_documents(articles.of_2025(20), made)
    land_documents(made, table)
    stages.annotate(made, "test")
    stages.group_stories(made)
    return made


def texts_of(base: Settings) -> list[str]:
    with duckdb.connect(str(base.raw_db), read_only=True) as connection:
        return [row[0] for row in connection.execute("select document_id from documents order by all").fetchall()]


def settings_of(base: Settings, folder: Path) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(data_dir=folder, cache_dir=base.cache_dir)


def build(base: Settings, folder: Path, world: World, *, everything: bool = False) -> Tables:
    """Lands the world, builds, and returns the rows of every table."""
    made = settings_of(base, folder)
    land(base, folder, world.told)
    seeds.load(made)
    incremental.build(made, tests=False, everything=everything)
    with duckdb.connect(str(made.warehouse_db), read_only=True) as connection:
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name in ('intermediate', 'marts', 'ops')"
        ).fetchall()
        return {t: sorted(map(repr, connection.execute(f'from "{s}"."{t}"').fetchall())) for s, t in names}


def test_a_table_that_no_model_makes_any_more_goes(base: Settings, tmp_path: Path) -> None:
    world = World(texts_of(base))
    world.happen(HAPPENINGS[0], 0, 0)
    expected = build(base, tmp_path, world, everything=True)
    with duckdb.connect(str(settings_of(base, tmp_path).warehouse_db)) as connection:
        connection.execute("create table intermediate.int_of_an_older_release as select 1 as one")
    assert build(base, tmp_path, world, everything=True) == expected


@settings(max_examples=ORDERS, deadline=None, suppress_health_check=list(HealthCheck))
@given(DAYS)
def test_day_by_day_equals_at_once(
    base: Settings, tmp_path_factory: pytest.TempPathFactory, days: list[list[tuple[str, int, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("days")
    world = World(texts_of(base))
    by_day: Tables = {}
    for day in days:
        for happening in day:
            world.happen(*happening)
        by_day = build(base, folder / "days", world)
    at_once = build(base, folder / "once", world, everything=True)
    assert by_day.keys() == at_once.keys()
    assert [name for name in at_once if at_once[name] != by_day[name]] == []
