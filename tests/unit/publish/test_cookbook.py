"""The cookbook page and its charts: escaping, cuts, and that what is asked is what is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from flows.publish import cookbook
from flows.publish.bars import bars
from flows.settings import Settings
from tests.fixtures import published

SQL = "-- How many statements each speaker made.\n-- A reader learns who talks most.\nselect 1\n"


@pytest.mark.parametrize(
    ("name", "title"),
    [("q01_who_moved", "1. Who moved"), ("q20_first", "20. First"), ("q07", "Question 7"), ("other", "other")],
)
def test_a_title_is_made_of_the_file_name(name: str, title: str) -> None:
    assert cookbook.title(name) == title


def test_an_entry_has_the_text_the_query_and_no_markup_of_an_article() -> None:
    answer = pa.table({"name": ["a|b <script>", None], "n": [1.23456, 2.0]})
    text = cookbook.entry("q01_who_talks", SQL, answer, with_chart=True)
    assert "How many statements each speaker made. A reader learns who talks most." in text
    assert "```sql\nselect 1\n```" in text
    assert "| a\\|b &lt;script> | 1.23 |" in text
    assert "|  | 2 |" in text
    assert "(cookbook/q01_who_talks.svg)" in text


def test_a_long_answer_is_cut_and_says_so_and_an_empty_one_too() -> None:
    long = cookbook.entry("q01", SQL, pa.table({"n": list(range(40))}), with_chart=False)
    assert "The first 12 of 40 rows." in long
    assert "| 11 |" in long
    assert "| 12 |" not in long
    assert "No row in these data." in cookbook.entry("q01", SQL, pa.table({"n": []}), with_chart=False)


def test_the_page_is_written_from_the_published_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, dbt_dir=tmp_path / "dbt")
    settings.published_dir.mkdir()
    published.build(settings.published_db)
    (tmp_path / "dbt" / "analyses").mkdir(parents=True)
    (tmp_path / "dbt" / "analyses" / "q01_types.sql").write_text(
        "-- Changes by type.\nselect change_type, count(*) as change_count from proposal_changes group by 1 order by 1"
    )
    stale = tmp_path / "docs" / "cookbook" / "q99_gone.svg"
    stale.parent.mkdir(parents=True)
    stale.write_text("old")
    assert cookbook.write(settings, tmp_path / "docs") == 1
    assert "| concession |" in (tmp_path / "docs" / "cookbook.md").read_text("utf8")
    assert [p.name for p in stale.parent.iterdir()] == ["q01_types.svg"]


def test_bars_are_labelled_scaled_and_escaped() -> None:
    table = pa.table({"day": [date(2025, 4, 1), date(2025, 4, 2)], "who": ["<b>", "x"], "moves": [4, -2]})
    root = ElementTree.fromstring(bars(table, "T <1>") or "")
    space = "{http://www.w3.org/2000/svg}"
    texts = [t.text for t in root.iter(f"{space}text")]
    assert texts == ["moves", "2025-04-01, <b>", "4", "2025-04-02, x", "-2"]
    up, down = (float(r.get("width") or 0) for r in root.iter(f"{space}rect"))
    assert up == pytest.approx(2 * down, abs=0.2)


def test_a_measure_goes_before_a_level() -> None:
    table = pa.table({"who": ["a", "b"], "from_level": [5, 4], "story_count": [2, 3], "to_level": [1, 1]})
    assert "story count" in (bars(table, "t") or "")


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"who": ["a", "b"]}),
        pa.table({"n": [1, 2]}),
        pa.table({"who": ["a"], "n": [1]}),
        pa.table({"who": ["a", "b"], "n": [0, 0]}),
        pa.table({"who": ["a", "b"], "n": pa.array([None, None], pa.int64())}),
    ],
)
def test_an_answer_without_two_bars_has_no_chart(table: pa.Table) -> None:
    assert bars(table, "t") is None
