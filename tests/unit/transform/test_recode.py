"""How two codings of one archive are compared; integration/test_recode.py changes a dictionary."""

from __future__ import annotations

from typing import Any

from flows.recode import as_json, changes, compare


def event(event_id: str, *mentions: str, **columns: Any) -> dict[str, Any]:
    row = {
        "fact_id": event_id,
        "label": event_id,
        "status": "planned",
        "cameo_code": "036",
        "title": "meeting",
        "participants": None,
    }
    return {**row, "mentions": set(mentions), "mention_count": len(mentions), **columns}


def test_equal_codings_differ_in_nothing() -> None:
    rows = [event("a", "d:1"), event("b", "d:9")]
    found = compare(rows, rows[::-1])
    assert (found.added, found.dropped, found.altered, found.kept_count) == ([], [], [], 2)


def test_an_event_is_added_dropped_or_altered() -> None:
    was = [event("a", "d:1"), event("b", "d:5")]
    now = [event("a", "d:1", status="occurred", cameo_code="046"), event("c", "d:7")]
    found = compare(was, now)
    assert [row["fact_id"] for row in found.added] == ["c"]
    assert [row["fact_id"] for row in found.dropped] == ["b"]
    assert changes(*found.altered[0]) == {"status": ("planned", "occurred"), "cameo_code": ("036", "046")}


def test_an_event_that_lost_its_earliest_mention_is_the_same() -> None:
    found = compare([event("a", "d:1", "d:5")], [event("x", "d:5")])
    assert not found.added
    assert not found.dropped
    assert changes(*found.altered[0]) == {"mention_count": (2, 1)}
    assert as_json({"events": found})["events"]["altered"][0]["was_fact_id"] == "a"


def test_two_events_never_become_one_in_the_comparison() -> None:
    found = compare([event("a", "d:1"), event("b", "d:5")], [event("x", "d:1", "d:5")])
    assert len(found.altered) == 1
    assert len(found.dropped) == 1
