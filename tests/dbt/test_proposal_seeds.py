"""The dictionaries of issues, scopes, poles and cues agree with each other: typing errors in CSV files show here.

Whether a cue means what it says is the question of the gate.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "dbt_project" / "seeds" / "proposals"
MODALITIES = {
    "offers",
    "proposes",
    "floats",
    "demands",
    "accepts",
    "accepts_conditionally",
    "ready_to",
    "rejects",
    "rules_out",
    "reaffirms",
    "withdraws_demand",
    "withdraws_offer",
    "threatens_exit",
    "hopes",
    "implements",
    "blocked",
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one seed."""
    with (FOLDER / f"{name}.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


ISSUES = {row["issue_key"]: row for row in rows("issue_definitions")}
LEVELS = {(row["issue_key"], row["level"]) for row in rows("issue_levels")}
SCOPES = {row["scope_key"]: row for row in rows("scope_definitions")}


def test_every_issue_has_a_scale_a_baseline_on_it_and_cues() -> None:
    cued = {row["issue_key"] for row in rows("issue_cues")}
    assert cued == set(ISSUES)
    for key, issue in ISSUES.items():
        if issue["scale_type"] == "none":
            assert not issue["baseline_level"]
        else:
            assert (key, issue["baseline_level"]) in LEVELS


def test_cue_levels_stand_on_the_scale_and_inside_their_range() -> None:
    for row in rows("issue_cues"):
        for prefix in ("", "negated_", "from_"):
            level, low, high = (row[f"{prefix}{name}"] for name in ("level", "level_min", "level_max"))
            if low:
                assert int(low) <= int(level or low) <= int(high), row["cue_key"]
                assert {(row["issue_key"], low), (row["issue_key"], high)} <= LEVELS, row["cue_key"]


def test_every_cue_has_an_anchor_that_its_pattern_demands() -> None:
    keys = [row["cue_key"] for row in rows("issue_cues")]
    assert len(keys) == len(set(keys))
    for row in rows("issue_cues"):
        groups = [set(word.split("|")) for word in row["pattern"].split(" ")]
        assert set(row["anchor_lemmas"].split("|")) in groups, row["cue_key"]


def test_patterns_are_words_choices_and_gaps() -> None:
    for name, column in (("issue_cues", "pattern"), ("scope_cues", "pattern"), ("packages", "pattern")):
        for row in rows(name):
            for word in row[column].split(" "):
                assert word == "…" or re.compile(word), row


def test_scopes_form_a_tree_and_are_the_only_ones_used() -> None:
    for key, scope in SCOPES.items():
        seen = {key}
        while parent := scope["parent_scope_key"]:
            assert parent in SCOPES, key
            assert parent not in seen, key
            seen.add(parent)
            scope = SCOPES[parent]
    for name in ("issue_cues", "scope_cues", "scope_defaults", "talks_scopes", "pole_owners"):
        for row in rows(name):
            assert not row["scope_key"] or row["scope_key"] in SCOPES, row


def test_poles_are_low_and_high_of_known_issues() -> None:
    conflicts = {row["conflict_key"] for row in rows("conflict_definitions")}
    for row in rows("pole_owners"):
        assert row["pole"] in ("low", "high")
        assert row["issue_key"] in ISSUES
        assert row["conflict_key"] in conflicts


def test_modality_rules_use_the_vocabulary() -> None:
    keys = [row["rule_key"] for row in rows("modality_rules")]
    assert len(keys) == len(set(keys))
    for row in rows("modality_rules"):
        assert {row["modality"], row["negated_modality"]} <= MODALITIES | {""}
        assert row["modality"] or row["negated_modality"], row["rule_key"]
        assert row["holder"] in ("subject", "speaker", "possessor", "argument")
