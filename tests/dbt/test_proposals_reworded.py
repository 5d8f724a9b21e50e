"""The seed story told in other words: order, voice, synonyms, other names and regions give the same kind of rows.
It detects rules that fit one wording only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

FOLDER = Path(__file__).parents[1] / "fixtures" / "reworded"
# Floors only rise. 2026-11-22: expected changes found over all ten texts.
FLOOR_FOUND = 0.90


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The changes of each rewording, each a closed world."""
    rows = [
        {"id": path.stem, "text": path.read_text(encoding="utf8"), "date": "2025-04-22", "outlet": "Harbour Wire"}
        for path in sorted(FOLDER.glob("*.txt"))
    ]
    settings = Settings(data_dir=tmp_path_factory.mktemp("reworded"))
    records = [record_of_row(row, "reworded") for row in rows]
    return {line["id"]: line["proposal_changes"] for line in extract(records, settings)}


def agrees(label: str, change: dict[str, Any]) -> bool:
    """Whether actor, issue, type and direction are those of the label."""
    actor, issue, kind, closer = label.split()
    return (change["actor_key"], change["issue_key"], change["change_type"]) == (actor, issue, kind) and (
        closer == "-" or change["closer_to_actor_key"] == closer
    )


def test_rewordings_give_the_same_changes(told: dict[str, list[dict[str, Any]]]) -> None:
    expected = yaml.safe_load((FOLDER / "expected.yml").read_text(encoding="utf8"))
    labels = [(name, label) for name, unit in expected.items() for label in unit["changes"]]
    missed = [(name, label) for name, label in labels if not any(agrees(label, c) for c in told[name])]
    assert 1 - len(missed) / len(labels) >= FLOOR_FOUND, missed


def test_rewordings_give_no_second_change(told: dict[str, list[dict[str, Any]]]) -> None:
    expected = yaml.safe_load((FOLDER / "expected.yml").read_text(encoding="utf8"))
    for name, unit in expected.items():
        assert len(told[name]) <= unit["most"], (name, [c["reading"] for c in told[name]])
        territory = [c for c in told[name] if c["actor_key"] == "RUS" and c["issue_key"] == "territory_control"]
        assert len(territory) <= 1, name
