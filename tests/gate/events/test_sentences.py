"""Floors for event coding on 268 labelled sentences, coded one by one through `extract`. It detects a rule, a status
cue or a weight that stops working; it is not the development set, and says nothing about participants or dates."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

pytestmark = pytest.mark.gate
SENTENCES = Path(__file__).parent / "sentences.csv"
# PLOVER folds these roots: appeals into requests, fighting into assault, investigations into accusations.
FOLD = {"02": "10", "19": "18", "20": "18", "09": "11"}
NO_EVENT = {"denied", "did_not_occur", "hypothetical"}
# Floors only rise. 2026-11: right root found; precision of roots; right status; silence where nothing happens.
FLOOR_ROOT = 0.96
FLOOR_PRECISION = 0.98
FLOOR_STATUS = 0.96
FLOOR_SILENCE = 0.97

Row = dict[str, Any]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Row, list[Row]]]:
    """Each labelled sentence with the events found in it."""
    folder = tmp_path_factory.mktemp("gate")
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        labelled: list[Row] = list(csv.DictReader(lines))
    rows = [{"id": str(n), "text": r["text"], "date": "2025-03-05"} for n, r in enumerate(labelled)]
    settings = Settings(data_dir=folder / "data", cache_dir=folder / "cache")
    records = [record_of_row(row, "gate") for row in rows]
    found = {line["id"]: line["events"] for line in extract(records, settings)}
    return [(row, found.get(str(n), [])) for n, row in enumerate(labelled)]


def roots(events: list[Row]) -> set[str]:
    """Folded roots of what counts as an event."""
    counted = [e["cameo_root"] for e in events if e["cameo_root"] and e["status"] not in NO_EVENT]
    return {FOLD.get(r, r) for r in counted if r != "01"}


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_there_are_sentences_enough(coded: list[tuple[Row, list[Row]]]) -> None:
    assert len(coded) >= 250


def test_the_right_root_is_found(coded: list[tuple[Row, list[Row]]]) -> None:
    hits = [row["root"] in roots(events) for row, events in coded if row["root"]]
    assert share(hits) >= FLOOR_ROOT


def test_few_other_roots_are_found(coded: list[tuple[Row, list[Row]]]) -> None:
    found = [(root == row["root"]) for row, events in coded if row["root"] for root in roots(events)]
    assert share(found) >= FLOOR_PRECISION


def test_the_status_is_right(coded: list[tuple[Row, list[Row]]]) -> None:
    hits = [{e["status"] for e in events} == {row["status"]} for row, events in coded if row["status"] != "none"]
    assert share(hits) >= FLOOR_STATUS


def test_silence_where_nothing_happens(coded: list[tuple[Row, list[Row]]]) -> None:
    hits = [not roots(events) for row, events in coded if not row["root"]]
    assert share(hits) >= FLOOR_SILENCE
