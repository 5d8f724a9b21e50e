"""Scenarios that a careful analyst would trip over: leaks, denials, corrections, echoes, retractions, other wars.

Each scenario is a small collection of texts made for the test, a closed world of its own; all go through one run of
the whole pipeline. What is asserted are the changes that reach analysts, and what must stay out of them.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

LEAK = (
    "Russia is prepared to give up its claim to the land it does not hold in four Ukrainian regions, "
    "the Financial Times reported, citing people familiar with the talks."
)
DEMAND = "Russia demands that Ukraine withdraw its troops from all four regions, Kremlin spokesman Dmitry Peskov said."
SCENARIOS: dict[str, list[tuple[str, str]]] = {
    "leak": [
        ("2025-03-01", DEMAND),
        ("2025-04-22", LEAK),
        ("2025-04-28", "Russia still " + DEMAND.removeprefix("Russia ")),
    ],
    "denied": [
        ("2025-03-01", DEMAND),
        ("2025-04-22", LEAK + "\n\nKremlin spokesman Dmitry Peskov denied the report and called it a fake."),
    ],
    "told": [
        ("2025-03-01", DEMAND),
        (
            "2025-04-22",
            "Vladimir Putin told the American envoy Steve Witkoff that he was ready to freeze the war along the "
            "current front line, the Financial Times reported on Tuesday, citing people familiar with the matter.",
        ),
    ],
    "hope": [("2025-03-01", "Donald Trump hopes that Russia will accept a ceasefire, he told reporters.")],
    "urged": [
        ("2025-03-01", "Ukraine must accept neutral status, Kremlin spokesman Dmitry Peskov said."),
        ("2025-03-02", "Britain urged Russia to accept an unconditional ceasefire."),
    ],
    "adversary": [("2025-03-01", "Ukraine has agreed to give up the Donetsk region, Vladimir Putin claimed.")],
    "attending": [
        ("2025-03-01", "Ukraine and Russia held talks in Istanbul. The Ukrainian delegation will meet the Americans."),
    ],
    "retracted": [
        ("2025-01-10", "Ukraine offered to hold direct talks with Russia, its government said."),
        ("2025-02-10", "Ukraine will not negotiate with Russia, President Volodymyr Zelenskyy said."),
    ],
    "zigzag": [
        ("2024-01-10", "Russia ruled out a ceasefire, Dmitry Peskov said."),
        ("2024-06-10", "Russia agreed to an unconditional ceasefire of 30 days, Dmitry Peskov said."),
        ("2024-12-10", "Russia ruled out a ceasefire, Dmitry Peskov said."),
    ],
    "yes_but": [
        ("2025-01-10", "Russia ruled out a ceasefire, Dmitry Peskov said."),
        (
            "2025-03-13",
            "Russia agrees to a ceasefire, but it must lead to lasting peace, Vladimir Putin said.",
        ),
    ],
    "invented": [
        ("2025-01-10", "Norvania demands that Ostrelia withdraw its troops from the Larn valley, its government said."),
        ("2025-02-10", "Norvania is ready for direct talks with Ostrelia, the government of Norvania said."),
    ],
}
ECHOES = 40


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The changes of every scenario, by its name, in order of time."""
    folder = tmp_path_factory.mktemp("scenarios")
    rows = [
        {"text": text, "date": day, "collection": name, "url": f"https://{name}.example.org/{n}", "id": f"{name}-{n}"}
        for name, texts in SCENARIOS.items()
        for n, (day, text) in enumerate(texts)
    ]
    rows += [
        {
            "text": f"Report {n}. {LEAK} It is seen as one of many reports in edition {n} of the day.",
            "date": "2025-04-22",
            "collection": "echo",
            "url": f"https://echo{n}.example.org/a",
            "id": f"echo-{n}",
            "outlet": f"Paper {n}",
        }
        for n in range(ECHOES)
    ]
    rows.append({"text": DEMAND, "date": "2025-03-01", "collection": "echo", "url": "https://e.example.org", "id": "e"})
    # one address, two texts: the later one is the correction
    rows += [
        {"text": text, "date": day, "collection": "corrected", "url": "https://c.example.org/1", "id": f"c{day}"}
        for day, text in (
            ("2025-03-01", "Ukraine accepted permanent neutrality, President Volodymyr Zelenskyy said."),
            ("2025-03-02", "Correction: an earlier text of this article misread the speech. No offer was made."),
        )
    ]
    warehouse = folder / "published.duckdb"
    list(
        extract([record_of_row(r, "scenarios") for r in rows], Settings(data_dir=folder / "data"), warehouse=warehouse)
    )
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        query = "select * from proposal_changes order by made_to_date, issue_key, scope_key, change_id"
        changes = [dict(r) for r in connection.execute(query).to_arrow_table().to_pylist()]
    names = [*SCENARIOS, "echo", "corrected"]
    return {name: [c for c in changes if c["collection_key"] == name] for name in names}


def test_a_leak_stands_beside_the_official_line(told: dict[str, list[dict[str, Any]]]) -> None:
    moves = [c for c in told["leak"] if c["issue_key"] == "territory_control"]
    assert [(c["voice"], c["change_type"]) for c in moves] == [("official", "new"), ("reported_private", "concession")]
    assert moves[1]["closer_to_actor_key"] == "UKR"
    assert moves[1]["origin_outlet"] == "outlet:ft"
    assert " is reported " in moves[1]["reading"]
    assert "the Financial Times" in moves[1]["reading"]


@pytest.mark.parametrize("name", ["leak", "told", "denied", "echo"])
def test_what_unnamed_people_report_is_no_public_line(name: str, told: dict[str, list[dict[str, Any]]]) -> None:
    moves = [c for c in told[name] if c["change_type"] == "concession"]
    assert len(moves) == 1
    assert moves[0]["voice"] == "reported_private"
    assert moves[0]["best_grade"] not in ("A", "B")


def test_a_denied_report_is_kept_as_contested(told: dict[str, list[dict[str, Any]]]) -> None:
    (move,) = [c for c in told["denied"] if c["voice"] == "reported_private"]
    assert move["epistemic_status"] in ("contested", "denied")
    assert move["party_reaction"] == "denied"


def test_forty_reports_of_one_scoop_have_one_root(told: dict[str, list[dict[str, Any]]]) -> None:
    (move,) = [c for c in told["echo"] if c["voice"] == "reported_private"]
    assert move["document_count"] == ECHOES
    assert move["root_count"] == 1


def test_a_corrected_article_takes_its_row_with_it(told: dict[str, list[dict[str, Any]]]) -> None:
    assert not told["corrected"]


@pytest.mark.parametrize("name", ["hope", "adversary", "attending"])
def test_nobody_moves(name: str, told: dict[str, list[dict[str, Any]]]) -> None:
    assert not told[name], [c["reading"] for c in told[name]]


def test_who_is_urged_has_not_accepted(told: dict[str, list[dict[str, Any]]]) -> None:
    assert {c["actor_key"] for c in told["urged"]} <= {"RUS", "GBR"}
    assert not [c for c in told["urged"] if c["change_type"] == "accepted"]


def test_an_offer_and_its_end(told: dict[str, list[dict[str, Any]]]) -> None:
    moves = [(c["actor_key"], c["issue_key"], c["to_level"]) for c in told["retracted"]]
    assert moves == [("UKR", "negotiation_format", 3), ("UKR", "negotiation_format", 0)]


def test_every_turn_of_a_zigzag_once(told: dict[str, list[dict[str, Any]]]) -> None:
    assert [(c["from_level"], c["to_level"]) for c in told["zigzag"]] == [(None, 0), (0, 4), (4, 0)]


def test_a_yes_with_a_condition_is_no_acceptance(told: dict[str, list[dict[str, Any]]]) -> None:
    move = told["yes_but"][-1]
    assert (move["change_type"], move["is_conditional"]) == ("concession", True)
    assert move["condition_text"] == "it must lead to lasting peace"


def test_states_that_no_seed_knows(told: dict[str, list[dict[str, Any]]]) -> None:
    assert all(c["conflict_key"] is None and c["closer_to_actor_key"] is None for c in told["invented"])
    assert {c["issue_key"] for c in told["invented"]} <= {"withdrawal", "territory_control", "negotiation_format"}


def test_readings_are_sentences(told: dict[str, list[dict[str, Any]]]) -> None:
    readings = [c["reading"] for moves in told.values() for c in moves]
    assert readings
    for reading in readings:
        assert reading.endswith("."), reading
        assert len(reading) < 300, reading
        assert " taken back" not in reading or "to have taken back" in reading, reading
        assert "outlet:" not in reading, reading
        assert ", United States" not in reading, reading
