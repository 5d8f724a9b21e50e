"""What several articles tell of one event, scenario by scenario: all in one build, and once more shuffled."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.dbt import event_scenarios as scenarios

pytestmark = pytest.mark.slow
Rows = dict[str, dict[str, list[dict[str, Any]]]]

SCENARIOS = scenarios.load(Path(__file__).parent / "event_scenarios.yml")
# Not yet met; strict, so that whoever mends one takes it out here.
OPEN = {"delegations", "rebels"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return scenarios.run(SCENARIOS, tmp_path_factory.mktemp("scenarios"))


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(s, id=s["key"], marks=[pytest.mark.xfail(strict=True)] if s["key"] in OPEN else [])
        for s in SCENARIOS
    ],
)
def test_events_and_actors_of_a_scenario(scenario: dict[str, Any], found: Rows) -> None:
    assert scenarios.faults(scenario, found[scenario["key"]]) == []


def test_arrival_in_any_order_gives_equal_events(found: Rows, tmp_path: Path) -> None:
    shuffled = scenarios.run(SCENARIOS, tmp_path, lambda rows: random.Random(5).sample(rows, len(rows)))
    for key, rows in found.items():
        assert _by_id(shuffled[key]["events"]) == _by_id(rows["events"]), key


def _by_id(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(events, key=lambda e: str(e["event_id"]))
