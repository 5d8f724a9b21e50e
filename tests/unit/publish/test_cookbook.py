"""The cookbook page and its charts: escaping, cuts, and that what is asked is what is shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from flows.publish import cookbook
from flows.publish.charts import Chart, draw, wanted
from flows.publish.question import questions
from flows.settings import Settings
from tests.fixtures import published

SPACE = "{http://www.w3.org/2000/svg}"
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
        "-- Changes by type.\n-- Chart: bars of change_count by change_type\n"
        "select change_type, count(*) as change_count from proposal_changes group by 1 order by 1"
    )
    stale = tmp_path / "docs" / "cookbook" / "q99_gone.svg"
    stale.parent.mkdir(parents=True)
    stale.write_text("old")
    assert cookbook.write(settings, tmp_path / "docs") == 1
    assert "| concession |" in (tmp_path / "docs" / "cookbook.md").read_text("utf8")
    assert [p.name for p in stale.parent.iterdir()] == ["q01_types.svg"]


def parsed(svg: str | None) -> tuple[list[str | None], list[ElementTree.Element]]:
    """The texts and the marks of a chart."""
    root = ElementTree.fromstring(svg or "")
    texts = [t.text for t in root.iter(f"{SPACE}text")]
    return texts, [e for e in root.iter() if e.tag in (f"{SPACE}rect", f"{SPACE}circle")]


def test_bars_are_labelled_scaled_and_escaped() -> None:
    table = pa.table({"day": [date(2025, 4, 1), date(2025, 4, 2)], "who": ["<b>", "x"], "moves": [4, -2]})
    texts, marks = parsed(draw(table, Chart("bars", ["moves"], ["day", "who"]), "T <1>"))
    assert texts == ["moves", "2025-04-01, <b>", "4", "2025-04-02, x", "-2"]
    up, down = (float(m.get("width") or 0) for m in marks if m.tag.endswith("rect"))
    assert up == pytest.approx(2 * down, abs=0.2)


def test_dots_with_one_label_share_a_line() -> None:
    days = [datetime(2025, 4, 1, 9), datetime(2025, 4, 11), datetime(2025, 4, 6), None]
    table = pa.table({"who": ["a", "a", "b", "c"], "said_at": days})
    texts, marks = parsed(draw(table, Chart("dots", ["said_at"], ["who"]), "t"))
    assert texts == ["said at", "2025-04-01", "2025-04-11", "a", "b"]
    first, last, between = marks[1:]
    assert first.get("cy") == last.get("cy") != between.get("cy")
    middle = (float(first.get("cx") or 0) + float(last.get("cx") or 0)) / 2
    assert float(between.get("cx") or 0) == pytest.approx(middle, abs=0.2)


def test_a_gap_is_a_dot_and_a_ring_and_one_of_them_alone_has_its_number() -> None:
    table = pa.table({"who": ["a", "b", "c"], "public": [5, 2, None], "reported": [3, None, None]})
    texts, marks = parsed(draw(table, Chart("gap", ["public", "reported"], ["who"]), "t"))
    assert [m.get("class") for m in marks[2:]] == ["m0", "r", "m0"]
    assert texts == ["public", "reported", "a", "b", "2"]


def test_rows_are_counted_by_their_labels() -> None:
    table = pa.table({"kind": ["x", "y", "y"], "n": [1, 2, 3]})
    assert parsed(draw(table, Chart("count", [], ["kind"]), "t"))[0] == ["rows", "y", "2", "x", "1"]


def test_a_question_says_what_it_wants_drawn() -> None:
    assert wanted("-- Who.\n-- Chart: gap of a, b_c by who, what\nselect 1") == Chart(
        "gap", ["a", "b_c"], ["who", "what"]
    )
    assert wanted("-- Who.\nselect 1") is None
    with pytest.raises(ValueError, match="not 'pie of a by b'"):
        wanted("-- Chart: pie of a by b\nselect 1")


@pytest.mark.parametrize("kind", ["bars", "dots", "gap"])
def test_an_answer_without_a_value_has_no_chart(kind: str) -> None:
    table = pa.table({"who": ["a"], "n": pa.array([None], pa.int64())})
    assert draw(table, Chart(kind, ["n"], ["who"]), "t") is None


def test_each_of_the_twenty_questions_has_a_chart_and_says_what_a_reader_learns() -> None:
    known = questions(Settings())
    assert len(known) == 20
    for name, path in known.items():
        sql = path.read_text(encoding="utf8")
        assert wanted(sql), name
        assert cookbook.header(sql)
        assert "Chart:" not in cookbook.header(sql)
        assert not cookbook.query(sql).startswith("--")
