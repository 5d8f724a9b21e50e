"""How answers are printed and written, and what SQL may not do: words stay whole at 80 columns, files untouched."""

from __future__ import annotations

import io
import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from flows import answer
from flows.publish.question import Forbidden, ask
from flows.settings import Settings
from tests.fixtures import published

READING = "By 22 April 2025, Russia is reported (via the Financial Times) to have moved toward Ukraine on territory."
HOSTILE = "[red]not markup[/red]"


def printed(table: pa.Table, width: int = 80, kind: str = "table", columns: list[str] | None = None) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    answer.show(table, kind, None, columns or [], out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_table_that_fits_has_whole_words_and_numbers_at_the_right() -> None:
    table = pa.table({"actor_key": ["RUS", "UKR"], "issue_key": ["territorial_recognition"] * 2, "count": [7, 112]})
    lines = printed(table).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[2].split() == ["RUS", "territorial_recognition", "7"]
    assert lines[2].index("7") == lines[3].index("112") + 2
    assert lines[-1] == "2 rows"


def test_keys_break_after_underscores_before_a_table_gives_up() -> None:
    table = pa.table({f"a_rather_long_name_{n}": ["territorial_recognition"] for n in range(5)})
    text = printed(table)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "territorial_" in text
    assert "recognition" in text
    assert "── 1" not in text


def test_what_is_too_wide_for_a_table_becomes_records_with_whole_words() -> None:
    table = pa.table({f"column_{n}": [READING, None] for n in range(9)})
    lines = printed(table).splitlines()
    assert lines[0].startswith("── 1 ─")
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).split()).count("reported (via the") == 9
    assert lines[-1] == "2 rows"


def test_a_wide_terminal_keeps_the_table_and_records_can_be_asked_for() -> None:
    table = pa.table({"day": ["2025-04-22"], "reading": [READING]})
    assert "── 1" not in printed(table, width=160)
    assert printed(table, width=160, kind="records").startswith("── 1")


def test_columns_can_be_chosen_and_an_unknown_one_is_told_with_those_there_are() -> None:
    table = pa.table({"a": [1], "b": [2], "c": [3]})
    assert printed(table, columns=["c", "a"]).split() == ["c", "a", "────", "3", "1", "1", "row"]
    with pytest.raises(LookupError, match="No column z here; there are: a, b, c"):
        printed(table, columns=["z"])


@pytest.mark.parametrize("kind", ["table", "records"])
def test_markup_in_an_article_is_text(kind: str) -> None:
    assert HOSTILE in printed(pa.table({"text": [HOSTILE], "n": [1]}), kind=kind)


def test_an_empty_answer_is_an_empty_table() -> None:
    assert printed(pa.table({"a": pa.array([], pa.string())})).splitlines()[-1] == "0 rows"


def test_csv_starts_no_formula_and_json_keeps_the_value(tmp_path: Path) -> None:
    table = pa.table({"text": ["=1+1", "＝1", 'plain, "quoted"'], "n": [-1, None, 2]})
    out = Console(file=io.StringIO())
    answer.show(table, "csv", tmp_path / "a.csv", [], out)
    assert (tmp_path / "a.csv").read_text("utf8") == 'text,n\n\'=1+1,-1\n\'＝1,\n"plain, ""quoted""",2\n'
    answer.show(table, "json", tmp_path / "a.json", [], out)
    assert json.loads((tmp_path / "a.json").read_text("utf8").splitlines()[0]) == {"text": "=1+1", "n": -1}
    answer.show(table, "parquet", tmp_path / "a.parquet", ["n"], out)
    assert pq.read_table(tmp_path / "a.parquet").column("n").to_pylist() == [-1, None, 2]


@pytest.mark.parametrize(("kind", "said"), [("xlsx", "No format 'xlsx'"), ("parquet", "add --output")])
def test_what_cannot_be_done_is_said(kind: str, said: str) -> None:
    with pytest.raises(LookupError, match=said):
        printed(pa.table({"a": [1]}), kind=kind)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(data_dir=tmp_path_factory.mktemp("asked"))
    made.published_dir.mkdir()
    published.build(made.published_db)
    return made


@pytest.mark.parametrize(
    "sql",
    [
        "copy statements to '{}'",
        "copy (select 1) to '{}' (format parquet)",
        "export database '{}'",
        "attach '{}' as other",
        "from read_text('/etc/hostname')",
        "from read_csv('/etc/hostname')",
        "from glob('/*')",
        "install httpfs",
        "load '{}'",
    ],
)
def test_a_question_touches_no_file(settings: Settings, tmp_path: Path, sql: str) -> None:
    with pytest.raises(Forbidden, match="reads the published tables and nothing else"):
        ask(settings, sql.format(tmp_path / "written"), None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "sql",
    ["set enable_external_access = true", "reset lock_configuration", "pragma profiling_output = 'written'"],
)
def test_the_lock_cannot_be_taken_off(settings: Settings, sql: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        ask(settings, sql, None)
