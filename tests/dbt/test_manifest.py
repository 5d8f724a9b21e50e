"""The naming grammar and the promises of the dbt project, read from its manifest. It runs no model.

Detects a model outside the grammar, a layer that reads past its neighbour, a mart without contract, description or a
test of its grain, a list where BI tools want a scalar. Whether the SQL is right is the matter of dbt's own tests.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

Node = dict[str, Any]
GRAMMAR = {
    "staging": r"stg_(raw|language)__[a-z_]+",
    "intermediate": r"int_[a-z]+(_[a-z]+)+",
    "marts": r"(?!stg_|int_)[a-z]+(_[a-z]+)*",
    "ops": r"(?!stg_|int_)[a-z]+(_[a-z]+)*",
}
SCALARS = {"varchar", "integer", "bigint", "double", "boolean", "date", "timestamp"}
SUFFIXES = {
    r"_date$": {"date"},
    r"_at$": {"timestamp"},
    r"_count$": {"bigint", "double"},
    r"^(is|has)_": {"boolean"},
    r"_(id|key)$": {"varchar"},
}
# Counted by the text itself, not by us: a plan "of 28 points".
COUNTED_BY_THE_TEXT = {"proposals.point_count"}
GRAIN_TESTS = {"unique", "unique_together"}
# Tables whose rows have no key: a log, and bridges that say a thing once per place.
WITHOUT_GRAIN = {"outcomes"}


@pytest.fixture(scope="module")
def models(manifest: Node) -> list[Node]:
    return [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]


def layer(node: Node) -> str:
    return str(Path(node["path"]).parts[0])


def published(models: list[Node]) -> list[Node]:
    return [m for m in models if layer(m) in ("marts", "ops")]


def test_every_name_follows_the_grammar_of_its_layer(models: list[Node]) -> None:
    assert {layer(m) for m in models} == set(GRAMMAR)
    assert [m["name"] for m in models if not re.fullmatch(GRAMMAR[layer(m)], m["name"])] == []


def test_only_staging_reads_sources_and_no_mart_reads_staging(models: list[Node]) -> None:
    layers = {m["unique_id"]: layer(m) for m in models}
    wrong = []
    for model in models:
        for parent in model["depends_on"]["nodes"]:
            if parent.startswith("source.") and layer(model) != "staging":
                wrong.append((model["name"], parent))
            if layers.get(parent) == "staging" and layer(model) in ("marts", "ops"):
                wrong.append((model["name"], parent))
            if layers.get(parent) in ("marts", "ops") and layer(model) in ("staging", "intermediate"):
                wrong.append((model["name"], parent))
    assert wrong == []


def test_a_staging_model_reads_one_source_of_its_own_name(models: list[Node]) -> None:
    wrong = []
    for model in (m for m in models if layer(m) == "staging"):
        source, entity = re.fullmatch(r"stg_(raw|language)__([a-z_]+)", model["name"]).groups()  # type: ignore[union-attr]
        if model["depends_on"]["nodes"] != [f"source.communique.{source}.{entity}"]:
            wrong.append(model["name"])
    assert wrong == []


def test_every_published_table_is_a_table_with_a_contract_and_a_grain_in_its_first_sentence(models: list[Node]) -> None:
    faults = []
    for model in published(models):
        if model["config"]["materialized"] != "table":
            faults.append((model["name"], "is no table"))
        if not model["config"]["contract"]["enforced"]:
            faults.append((model["name"], "has no contract"))
        if not model["description"].startswith("One row per "):
            faults.append((model["name"], "does not begin with 'One row per'"))
    assert faults == []


def test_every_published_column_is_a_described_scalar_whose_suffix_is_true(models: list[Node]) -> None:
    faults = []
    for model in published(models):
        for column in model["columns"].values():
            kind = (column["data_type"] or "").lower()
            name = f"{model['name']}.{column['name']}"
            if not column["description"].strip():
                faults.append((name, "is not described"))
            if kind not in SCALARS:
                faults.append((name, f"has type {kind!r}"))
            for pattern, kinds in SUFFIXES.items():
                if re.search(pattern, column["name"]) and kind not in kinds and name not in COUNTED_BY_THE_TEXT:
                    faults.append((name, f"is a {kind} by type and something else by name"))
    assert faults == []


def test_every_published_table_has_a_test_of_its_grain(manifest: Node, models: list[Node]) -> None:
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") in GRAIN_TESTS
    }
    assert {m["name"] for m in published(models) if m["unique_id"] not in tested} <= WITHOUT_GRAIN


def test_one_name_means_one_type_everywhere(models: list[Node]) -> None:
    kinds: dict[str, set[str]] = {}
    for model in published(models):
        for column in model["columns"].values():
            kinds.setdefault(column["name"], set()).add((column["data_type"] or "").lower())
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_the_measures_that_people_ask_for_are_in_the_semantic_layer(manifest: Node) -> None:
    assert {
        "changes", "concessions", "hardenings", "echo_factor", "distance_between_parties",
    } <= {m["name"] for m in manifest["metrics"].values()}  # fmt: skip
    for semantic in manifest["semantic_models"].values():
        model = manifest["nodes"][semantic["depends_on"]["nodes"][0]]
        wanted = {d.get("expr") or d["name"] for d in semantic["dimensions"]}
        wanted |= {m.get("expr") or m["name"] for m in semantic["measures"]}
        wanted |= {e.get("expr") or e["name"] for e in semantic["entities"]}
        assert wanted <= set(model["columns"]), semantic["name"]


def test_exposures_say_what_is_made_of_the_marts(manifest: Node, models: list[Node]) -> None:
    names = {m["unique_id"] for m in published(models)}
    assert {e["name"] for e in manifest["exposures"].values()} == {"report", "business_intelligence", "exports"}
    for exposure in manifest["exposures"].values():
        assert set(exposure["depends_on"]["nodes"]) <= names
