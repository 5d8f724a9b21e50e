"""Events over articles on invented states: what merges, what must not, histories, attendance, any order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

pytestmark = pytest.mark.slow
Row = dict[str, Any]

ARTICLES: list[Row] = json.loads((Path(__file__).parent / "event_articles.json").read_text(encoding="utf-8"))


def events_of(folder: Path, articles: list[Row]) -> dict[str, Row]:
    """The events of one collection by id."""
    records = [record_of_row({**a, "collection": "kesra"}, "test") for a in articles]
    settings = Settings(data_dir=folder / "data", cache_dir=folder / "cache")
    return {e["event_id"]: e for line in extract(records, settings) for e in line["events"]}


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The events of all articles, read in order."""
    return list(events_of(tmp_path_factory.mktemp("merging"), ARTICLES).values())


def meeting_of(events: list[Row], person: str) -> Row:
    found = [
        e
        for e in events
        if e["event_type"] in ("meeting", "talks", "visit")
        and e["place_name"] == "Geneva"
        and person in {p["actor_key"] for p in e["participants"]}
    ]
    assert len(found) == 1, [e["title"] for e in found]
    return found[0]


def test_one_meeting_in_three_articles_moves_its_status(events: list[Row]) -> None:
    meeting = meeting_of(events, "person:orlik")
    assert (meeting["from_date"], meeting["to_date"], meeting["status"]) == ("2025-03-06", "2025-03-06", "occurred")
    assert [h["status"] for h in meeting["status_history"]] == ["planned", "occurred"]
    assert meeting["document_count"] == 3


def test_who_pulled_out_is_absent_and_the_meeting_stands(events: list[Row]) -> None:
    meeting = meeting_of(events, "person:orlik")
    part = {p["actor_key"]: (p["role"], p["attendance"]) for p in meeting["participants"]}
    assert part["person:runo"] == ("absent", "withdrew")
    assert part["person:akerele"] == ("participant", "attended")
    left = [e for e in events if e["event_type"] == "withdrawal_from_meeting"]
    assert [e["parent_event_id"] for e in left] == [meeting["event_id"]]


def test_two_meetings_of_one_minister_on_one_day_stay_apart(events: list[Row]) -> None:
    other = meeting_of(
        [e for e in events if "person:orlik" not in {p["actor_key"] for p in e["participants"]}], "person:akerele"
    )
    assert other["from_date"] == "2025-03-06"


def test_a_later_article_narrows_the_window(events: list[Row]) -> None:
    exchanges = [e for e in events if e["event_type"] == "exchange"]
    assert [(e["from_date"], e["date_precision"], e["status"]) for e in exchanges] == [
        ("2025-03-13", "day", "occurred")
    ]


def test_the_second_round_is_another_event_and_is_postponed(events: list[Row]) -> None:
    rounds = [e for e in events if e["place_name"] == "Vienna"]
    assert [(e["from_date"], e["status"], e["cameo_code"]) for e in rounds] == [("2025-03-20", "postponed", "12")]


def test_order_of_arrival_does_not_matter(tmp_path: Path, events: list[Row]) -> None:
    again = events_of(tmp_path, list(reversed(ARTICLES)))
    columns = ("event_type", "status", "from_date", "to_date", "place_name", "title", "cameo_code")
    assert {i: tuple(e[c] for c in columns) for i, e in again.items()} == {
        e["event_id"]: tuple(e[c] for c in columns) for e in events
    }
