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


def changed(settings: Settings, name: str, line: str) -> Path:
    """The dictionary of this name with one line more at its end, or with a column more where no line is given."""
    [path] = (settings.dbt_dir / "seeds").rglob(f"{name}.csv")
    head, rest = path.read_text(encoding="utf8").split("\n", 1)
    path.write_text(f"{head}\n{rest}{line}\n" if line else f"{head},colour\n{rest}", encoding="utf8")
    return path


RULE = "v_test,test,{kind},,,,,,{type},046,,{direction},{strength}"
GOOD = {"kind": "verb", "type": "meeting", "direction": "mutual", "strength": "2"}


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("issue_levels", "issue_scale,not,a,row,of,it,at,all,really", "9 values where the header names"),
        ("event_rules", RULE.format(**GOOD | {"type": "meating"}), "event_type is 'meating'. Did you mean 'meeting'?"),
        ("event_rules", RULE.format(**GOOD | {"kind": ""}), "kind is empty; every row needs one."),
        ("event_rules", RULE.format(**GOOD | {"strength": "two"}), "strength is 'two'; allowed is a whole number."),
        ("event_rules", RULE.format(**GOOD).replace("v_test", "v_meet_046"), "rule_key 'v_meet_046' stands already"),
        ("act_topic_codes", "0871,no_topic,0871", "topic_key is 'no_topic'. Allowed of act_topics.csv: "),
        ("conflict_definitions", "one-two,One and Two,AAA,BBB,22 April", "allowed is a day such as 2025-04-22."),
        ("issue_cues", "c_test,test,test,,cease_fire,,1,1,1,,,,,,,,,,claim,false",
         "issue_key is 'cease_fire'. Did you mean 'ceasefire'?"),
    ],
)  # fmt: skip
def test_a_broken_row_is_told_by_file_line_and_value_and_the_old_tables_stay(
    copied: Settings, name: str, line: str, said: str
) -> None:
    seeds.load(copied)
    before = rows(copied)
    path = changed(copied, name, line)
    with pytest.raises(seeds.UnreadableSeed) as refused:
        seeds.load(copied)
    number = len(path.read_text(encoding="utf8").splitlines())
    assert any(
        fault.startswith(f"{path}: line {number}: ") and said in fault for fault in str(refused.value).splitlines()
    ), str(refused.value)
    assert rows(copied) == before


def test_a_column_that_nobody_declared_is_refused_and_many_faults_are_counted(copied: Settings) -> None:
    changed(copied, "issue_levels", "")
    with pytest.raises(seeds.UnreadableSeed, match="has no type"):
        seeds.load(copied)
    shutil.copy(next((PROJECT_ROOT / "dbt_project" / "seeds").rglob("issue_levels.csv")),
                next((copied.dbt_dir / "seeds").rglob("issue_levels.csv")))  # fmt: skip
    changed(copied, "event_rules", "\n".join(["x"] * 25))
    with pytest.raises(seeds.UnreadableSeed) as refused:
        seeds.load(copied)
    assert len(str(refused.value).splitlines()) == 11
    assert str(refused.value).endswith("… and 15 more.")


def test_the_coder_sums_every_root_that_has_weights() -> None:
    project = PROJECT_ROOT / "dbt_project"
    sql = (project / "models" / "intermediate" / "events" / "int_event_scores_sum.sql").read_text(encoding="utf8")
    summed = re.findall(r"'(\d\d)'", sql.partition("\n")[0])
    with (project / "seeds" / "events" / "event_weights.csv").open(encoding="utf8", newline="") as lines:
        assert summed == sorted({row["root"] for row in csv.DictReader(lines)})
