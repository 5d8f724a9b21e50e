"""The dictionaries as they are loaded: what dbt's own seeding gives, and clear words where a file is broken."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.land.database import both_databases
from flows.settings import PROJECT_ROOT, Settings
from flows.transform import dbt, seeds

TABLES = "select table_name from duckdb_tables() where schema_name = 'seeds' order by 1"


def rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        names = [row[0] for row in connection.execute(TABLES).fetchall()]
        return {n: sorted(connection.execute(f"from seeds.{n}").fetchall(), key=repr) for n in names}


@pytest.mark.slow
def test_dictionaries_are_loaded_as_dbt_loads_them(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache")
    with both_databases(settings):
        pass
    assert seeds.load(settings)
    ours = rows(settings)
    settings.warehouse_db.unlink()
    dbt.invoke(settings, "seed")
    assert ours["issue_definitions"]
    assert ours == rows(settings)


@pytest.fixture
def copied(tmp_path: Path) -> Settings:
    """Dictionaries of its own, to be broken."""
    shutil.copytree(PROJECT_ROOT / "dbt_project" / "seeds", tmp_path / "dbt" / "seeds")
    return Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache", dbt_dir=tmp_path / "dbt")


def test_equal_dictionaries_are_loaded_once(copied: Settings) -> None:
    assert seeds.load(copied)
    assert not seeds.load(copied)
    path = copied.dbt_dir / "seeds" / "proposals" / "conflict_definitions.csv"
    path.write_text(path.read_text(encoding="utf8") + "one-two,One and Two,AAA,BBB,2020-01-01\n", encoding="utf8")
    assert seeds.load(copied)


@pytest.mark.parametrize(
    ("line", "said"),
    [("issue_scale,not,a,row,of,it,at,all,really", "issue_levels.csv could not be loaded"), (None, "has no type")],
)
def test_a_broken_dictionary_is_named_and_the_old_tables_stay(copied: Settings, line: str | None, said: str) -> None:
    seeds.load(copied)
    before = rows(copied)
    path = copied.dbt_dir / "seeds" / "proposals" / "issue_levels.csv"
    text = path.read_text(encoding="utf8")
    head, rest = text.split("\n", 1)
    path.write_text(f"{text}{line}\n" if line else f"{head},colour\n{rest}", encoding="utf8")
    with pytest.raises(seeds.UnreadableSeed, match=said):
        seeds.load(copied)
    assert rows(copied) == before


def test_the_coder_sums_every_root_that_has_weights() -> None:
    project = PROJECT_ROOT / "dbt_project"
    sql = (project / "models" / "intermediate" / "events" / "int_event_scores_sum.sql").read_text(encoding="utf8")
    summed = re.findall(r"'(\d\d)'", sql.partition("\n")[0])
    with (project / "seeds" / "events" / "event_weights.csv").open(encoding="utf8", newline="") as lines:
        assert summed == sorted({row["root"] for row in csv.DictReader(lines)})
