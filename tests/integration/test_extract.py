"""`communique extract`: a line per document, faults named, offsets exact, documents apart unless they share a world."""

from __future__ import annotations

import json

import pytest

from tests.integration.conftest import Installation

TEXT = (
    "Lorvia's foreign minister, Ana Brel, said on Tuesday that the country was ready to withdraw its forces from the "
    "border region if Tarsk lifted its blockade.\r\n\r\n“We will not wait forever,” she said. 🙂 Café́ talks go on."
)
LISTS = (
    "actors statements events positions proposal_changes evidence source_chains position_mentions proposals "
    "claim_reactions review_queue"
)


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


@pytest.mark.slow
def test_lines_follow_the_documents_and_bad_ones_are_named(installation: Installation) -> None:
    given = lines(
        {"id": "a", "text": TEXT, "published_at": "2025-03-05", "unknown": 1},
        "{not json",
        {"id": "b", "text": ""},
        {"id": "c", "html": f"<html><body><article><h1>Talks</h1><p>{TEXT * 3}</p></article></body></html>"},
    )
    ended = installation("extract", "-", stdin=given)
    assert ended.code == 0, ended.err
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [row["id"] for row in rows] == ["a", "c"]
    for row in rows:
        assert all(isinstance(row[name], list) for name in LISTS.split())
        text = row.get("text", TEXT)
        assert row["statements"]
        for statement in row["statements"]:
            assert statement["text"] == text[statement["char_start"] : statement["char_end"]]
    assert "line 2" in ended.err
    assert "bad_json" in ended.err
    assert "empty_page" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.slow
def test_a_collection_is_a_closed_world(installation: Installation) -> None:
    one = "Ana Brel, Lorvia's foreign minister, will meet her Tarsk counterpart Ivo Dent in Geneva on 12 March."
    two = "Lorvia's foreign minister Ana Brel met Tarsk's foreign minister Ivo Dent in Geneva on 12 March."
    apart = lines(
        {"id": "1", "text": one, "published_at": "2025-03-10"}, {"id": "2", "text": two, "published_at": "2025-03-13"}
    )
    together = lines(
        {"id": "1", "text": one, "published_at": "2025-03-10", "collection": "x"},
        {"id": "2", "text": two, "published_at": "2025-03-13", "collection": "x"},
    )
    first = [json.loads(line) for line in installation("extract", "-", stdin=apart).out.splitlines()]
    second = [json.loads(line) for line in installation("extract", "-", stdin=together).out.splitlines()]
    meeting = [[e for e in row["events"] if e["event_type"] == "meeting"] for row in (*first, *second)]
    assert all(meeting)
    assert meeting[0][0]["event_id"] != meeting[1][0]["event_id"]
    assert meeting[2][0]["event_id"] == meeting[3][0]["event_id"]
    assert meeting[2][0]["status"] == "occurred"
    assert [h["status"] for h in meeting[2][0]["status_history"]] == ["planned", "occurred"]
