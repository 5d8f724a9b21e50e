"""Clauses and their arguments: what is a predication, who takes part, what governs it. Not here: what it means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.language import clauses
from flows.language.parse import parse_text

Row = dict[str, Any]


def read(text: str) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    """Clauses by lemma, and the arguments of each."""
    rows, arguments = clauses.mark(parse_text(text), [], [])
    by_number = {r["clause_number"]: r["lemma"] for r in rows}
    grouped: dict[str, list[Row]] = {}
    for a in arguments:
        grouped.setdefault(by_number[a["clause_number"]], []).append(a)
    return {r["lemma"]: r for r in rows}, grouped


def heads(arguments: list[Row], role: str) -> list[str]:
    return [a["head_lemma"] for a in arguments if a["role"] == role]


def test_object_control_and_governors() -> None:
    rows, arguments = read("Lorvia refused to hold talks with Veshia.")
    assert rows["hold"]["governor_lemmas"] == "refuse"
    assert rows["talk"]["governor_lemmas"] == "hold refuse"
    assert rows["talk"]["kind"] == "noun"
    assert heads(arguments["hold"], "subject") == ["lorvia"]
    assert heads(arguments["talk"], "subject") == ["lorvia"]
    assert ("with", "veshia") in [(a["preposition"], a["head_lemma"]) for a in arguments["talk"]]


def test_passive_roles_are_logical() -> None:
    rows, arguments = read("The envoy was expelled by Veshia.")
    assert rows["expel"]["is_passive"]
    assert heads(arguments["expel"], "object") == ["envoy"]
    assert heads(arguments["expel"], "agent") == ["veshia"]


def test_particles_join_the_lemma() -> None:
    rows, _ = read("Two ministers pulled out of the meeting.")
    assert rows["pull_out"]["kind"] == "verb"
    assert rows["meeting"]["governor_lemmas"].startswith("pull_out")


def test_adjectives_predicate() -> None:
    rows, arguments = read("Veshia is ready to negotiate with Lorvia.")
    assert rows["ready"]["kind"] == "adjective"
    assert rows["negotiate"]["governor_lemmas"] == "ready"
    assert heads(arguments["negotiate"], "subject") == ["veshia"]


@pytest.mark.parametrize(
    ("text", "lemma", "column", "value"),
    [
        ("Lorvia will sign the treaty.", "sign", "tense", "future"),
        ("Lorvia has signed the treaty.", "sign", "is_perfect", True),
        ("Lorvia is signing the treaty.", "sign", "is_progressive", True),
        ("Lorvia may sign the treaty.", "sign", "modal", "may"),
        ("Lorvia did not sign the treaty.", "sign", "is_negated", True),
        ("Lorvia did not sign the treaty.", "treaty", "is_negated", True),
        ("No agreement was reached.", "agreement", "is_negated", True),
        ("If Lorvia signed the treaty, the war would end.", "sign", "marker", "if"),
        ("If Lorvia signed the treaty, the war would end.", "treaty", "marker", "if"),
        ("He said that she would visit Bern.", "visit", "tense", "future"),
        ("Veshia denied that it had attacked the port.", "attack", "governor_lemmas", "deny"),
        ("Veshia did not deny that it had attacked the port.", "attack", "governor_lemmas", ""),
        ("Lorvia is set to withdraw its troops.", "withdraw", "governor_lemmas", "set"),
        ("Lorvia made a proposal to exchange prisoners.", "exchange", "governor_lemmas", "proposal make"),
        ("The second round was cancelled.", "round", "governor_lemmas", "cancel"),
        ("The second round of talks was cancelled.", "talk", "governor_lemmas", "round cancel"),
        ("The talks were cancelled.", "talk", "governor_lemmas", "cancel"),
        ("The envoy spoke ahead of the talks.", "talk", "marker", "ahead"),
    ],
)
def test_reading(text: str, lemma: str, column: str, value: object) -> None:
    rows, _ = read(text)
    assert rows[lemma][column] == value


def test_coordinated_verbs_share_subject_and_modal() -> None:
    rows, arguments = read("Lorvia will meet Veshia and sign a treaty.")
    assert rows["sign"]["tense"] == "future"
    assert heads(arguments["sign"], "subject") == ["lorvia"]


def test_conjuncts_are_arguments_of_their_own() -> None:
    _, arguments = read("Akerele and Orlik met in Bern.")
    assert heads(arguments["meet"], "subject") == ["akerele", "orlik"]


def test_object_of_urging_is_the_one_to_act() -> None:
    _, arguments = read("Turkey urged Lorvia to release the hostages.")
    assert heads(arguments["release"], "subject") == ["lorvia"]
    assert "lorvia" in heads(arguments["urge"], "object")


def test_relative_clauses_get_their_antecedent() -> None:
    _, arguments = read("The minister who visited Bern resigned.")
    assert heads(arguments["visit"], "subject") == ["minister"]


def test_offsets_are_the_text() -> None:
    text = "Łukasz 😀 met the naïve envoy\u0301 in Bern. They talked."
    _, arguments = clauses.mark(parse_text(text), [], [])
    assert arguments
    assert all(text[a["char_start"] : a["char_end"]] == a["text"] for a in arguments)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_rows_and_no_exception(text: str) -> None:
    rows, arguments = clauses.mark(parse_text(text), [], [])
    numbers = {r["clause_number"] for r in rows}
    assert all(a["clause_number"] in numbers for a in arguments)
    assert all(r["parent_clause_number"] is None or r["parent_clause_number"] in numbers for r in rows)


def test_long_nested_sentence_stays_fast() -> None:
    text = "Lorvia said " + "that Veshia hoped " * 400 + "that the talks resume."
    rows, _ = clauses.mark(parse_text(text), [], [])
    assert len(rows) > 400
