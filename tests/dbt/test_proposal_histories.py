"""Histories over several texts: moves back and forth, agreements left and rejoined, any order of arrival.

The texts are made for the test. The analysts' questions run on what they give.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

ANALYSES = Path(__file__).parents[2] / "dbt_project" / "analyses"
TEXTS = [
    ("2024-01-10", "Russia demands that Ukraine withdraw its troops from the Donetsk region, Dmitry Peskov said."),
    ("2024-03-10", "Russia is ready to freeze the war along the current front line, Dmitry Peskov said."),
    ("2024-05-10", "The Kremlin ruled out a ceasefire."),
    ("2024-07-10", "Russia agreed to an unconditional ceasefire of 30 days, Dmitry Peskov said."),
    ("2024-09-10", "The Kremlin ruled out a ceasefire."),
    ("2024-09-20", "Russia repeated that it ruled out a ceasefire, Dmitry Peskov said."),
    ("2024-06-01", "Russia suspended its participation in the grain deal."),
    ("2024-08-01", "Moscow agreed to return to the grain deal."),
    ("2024-08-02", "Trump hopes for a ceasefire between Russia and Ukraine."),
]


def build(folder: Path, texts: list[tuple[str, str]], warehouse: Path) -> list[dict[str, Any]]:
    """The changes of one collection."""
    rows = [
        {"id": text[:60] + day, "text": text, "date": day, "collection": "test", "url": f"https://example.org/{day}"}
        for day, text in texts
    ]
    list(extract([record_of_row(r, "histories") for r in rows], Settings(data_dir=folder), warehouse=warehouse))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        query = """
            select actor_key, issue_key, scope_key, voice, change_type, from_level, to_level, made_to_date
            from proposal_changes order by all"""
        return [dict(r) for r in connection.execute(query).to_arrow_table().to_pylist()]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """The published file of the texts, and its changes."""
    folder = tmp_path_factory.mktemp("histories")
    return folder / "published.duckdb", build(folder / "data", TEXTS, folder / "published.duckdb")


def test_a_zigzag_gives_every_turn_once(published: tuple[Path, list[dict[str, Any]]]) -> None:
    moves = [c for c in published[1] if c["issue_key"] == "ceasefire" and c["actor_key"] == "RUS"]
    turns = [(c["from_level"], c["to_level"]) for c in sorted(moves, key=lambda c: c["made_to_date"])]
    assert turns == [(None, 0), (0, 4), (4, 0)]


def test_an_agreement_left_and_rejoined(published: tuple[Path, list[dict[str, Any]]]) -> None:
    moves = [c for c in published[1] if c["issue_key"] == "maritime_corridors"]
    kinds = [c["change_type"] for c in sorted(moves, key=lambda c: c["made_to_date"])]
    assert kinds == ["withdrawn", "accepted"]


def test_a_hope_moves_nothing(published: tuple[Path, list[dict[str, Any]]]) -> None:
    assert not [c for c in published[1] if c["actor_key"] in ("USA", "person:trump")]


def test_the_order_of_arrival_changes_nothing(published: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    again = build(tmp_path / "data", list(reversed(TEXTS)), tmp_path / "published.duckdb")
    assert again == published[1]


@pytest.mark.parametrize("question", sorted(ANALYSES.glob("q*.sql")), ids=lambda path: path.stem)
def test_every_question_runs_on_published_tables(question: Path, published: tuple[Path, list[dict[str, Any]]]) -> None:
    text = question.read_text(encoding="utf8")
    assert text.startswith("-- ")
    with duckdb.connect(str(published[0]), read_only=True) as connection:
        assert connection.execute(text).description
