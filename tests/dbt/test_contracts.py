"""What a release once published stays: no table or column goes, none changes its type, while its version is supported.

`dbt_project/contracts/<version>.json` holds the tables of that release. More tables and columns are welcome. A change
that breaks one is a new table beside the old (`events_v2`), and the old one goes on a day that the changelog named
before; then its promise is taken out of the files here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.settings import PROJECT_ROOT

Promise = dict[str, dict[str, str]]
FILES = sorted((PROJECT_ROOT / "dbt_project" / "contracts").glob("*.json"))


def breaches(promise: Promise, tables: Promise) -> list[str]:
    """What is promised and no longer true."""
    found = [f"table {table} is gone" for table in promise if table not in tables]
    for table, columns in promise.items():
        for column, kind in columns.items() if table in tables else ():
            now = tables[table].get(column)
            if now is None:
                found.append(f"column {table}.{column} is gone")
            elif now.lower() != kind.lower():
                found.append(f"column {table}.{column} was {kind} and is {now}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_release_promised_is_still_true(path: Path, manifest: dict[str, Any]) -> None:
    tables = {
        node["name"]: {c["name"]: c["data_type"] or "" for c in node["columns"].values()}
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in ("marts", "ops")
    }
    assert breaches(json.loads(path.read_text(encoding="utf8")), tables) == []


def test_a_broken_promise_is_noticed_and_an_addition_is_none() -> None:
    promise = {"events": {"event_id": "varchar", "goldstein": "double"}, "gone": {"a": "date"}}
    tables = {"events": {"event_id": "VARCHAR", "goldstein": "integer", "new": "date"}, "newer": {"b": "date"}}
    assert breaches(promise, tables) == ["table gone is gone", "column events.goldstein was double and is integer"]
    assert breaches({"events": {"title": "varchar"}}, tables) == ["column events.title is gone"]


def test_there_is_a_promise() -> None:
    assert FILES
