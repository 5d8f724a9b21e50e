"""Floors for positions on labelled sentences: a cue or modality that stops working shows here.

A row is found when actor, issue, level and modality agree; silence is judged on sentences without a row.
It is not the development set of articles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

pytestmark = pytest.mark.gate
SENTENCES = Path(__file__).parent / "sentences.yml"
# Floors only rise. 2026-11-22: measured on these sentences.
FLOOR_FOUND = 0.95
FLOOR_PRECISION = 0.92
FLOOR_SILENT = 0.94


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Every labelled sentence with the position rows it gives, each a closed world."""
    labelled = yaml.safe_load(SENTENCES.read_text(encoding="utf8"))
    rows = [{"id": str(n), "text": unit["text"], "date": "2025-04-22"} for n, unit in enumerate(labelled)]
    records = [record_of_row(row, "sentences.yml") for row in rows]
    settings = Settings(data_dir=tmp_path_factory.mktemp("positions"))
    lines = {line["id"]: line for line in extract(records, settings)}
    return [(unit, lines[str(n)]["position_mentions"]) for n, unit in enumerate(labelled)]


def agrees(label: str, row: dict[str, Any]) -> bool:
    """Whether a mention is the labelled position: actor, issue, and level and modality where the label gives them."""
    actor, issue, level, modality = label.split()
    low, high = row["level_min"], row["level_max"]
    return (
        row["actor_key"] == actor
        and row["issue_key"] == issue
        and (level == "-" or (low is not None and low <= int(level) <= high))
        and (modality == "-" or row["modality"] == modality)
    )


def test_labelled_positions_are_found(coded: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    labels = [(label, rows) for unit, rows in coded for label in unit["rows"]]
    missed = [label for label, rows in labels if not any(agrees(label, row) for row in rows)]
    assert 1 - len(missed) / len(labels) >= FLOOR_FOUND, missed


def test_most_rows_are_labelled(coded: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    rows = [(unit, row) for unit, found in coded for row in found if not row["rule_key"].endswith("+presupposed")]
    right = [row for unit, row in rows if any(agrees(label, row) for label in unit["rows"])]
    assert len(right) / len(rows) >= FLOOR_PRECISION


def test_sentences_without_a_position_are_silent(coded: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    empty = [(unit["text"], rows) for unit, rows in coded if not unit["rows"]]
    loud = [text for text, rows in empty if any(row["modality"] != "hopes" for row in rows)]
    assert 1 - len(loud) / len(empty) >= FLOOR_SILENT, loud
