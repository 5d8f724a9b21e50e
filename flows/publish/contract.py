"""What a release must hold, read from dbt's manifest: tables, columns, types, descriptions, keys. It reads no data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from flows.settings import Settings

PUBLISHED_SCHEMAS = ("marts", "ops")


@dataclass(frozen=True)
class Column:
    """A published column: its name, declared DuckDB type, and what it says."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Table:
    """A published table. `key` is its single-column primary key, where its tests promise one."""

    name: str
    schema: str
    description: str
    columns: tuple[Column, ...] = field(default=())
    key: str | None = None


def read_contract(settings: Settings) -> list[Table]:
    """The published tables by name. Raises FileNotFoundError when dbt has not run."""
    manifest: dict[str, Any] = json.loads((settings.cache_dir / "dbt" / "manifest.json").read_text(encoding="utf8"))
    keys = _keys(manifest)
    tables = [
        Table(
            name=node["name"],
            schema=node["schema"],
            description=_one_line(node["description"]),
            columns=tuple(
                Column(c["name"], c["data_type"] or "", _one_line(c["description"])) for c in node["columns"].values()
            ),
            key=keys.get(node["unique_id"]),
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
    ]
    return sorted(tables, key=lambda t: t.name)


def contract_hash(tables: list[Table]) -> str:
    """Changes exactly when a table, a column or a type does."""
    shape = [(t.name, [(c.name, c.data_type) for c in t.columns]) for t in tables]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]


def _keys(manifest: dict[str, Any]) -> dict[str, str]:
    """model id -> the column that is tested both unique and not null."""
    tested: dict[tuple[str, str], set[str]] = {}
    for node in manifest["nodes"].values():
        about = node.get("test_metadata") or {}
        if node["resource_type"] == "test" and node.get("column_name"):
            tested.setdefault((node["attached_node"], node["column_name"]), set()).add(about.get("name", ""))
    return {model: column for (model, column), names in sorted(tested.items()) if {"unique", "not_null"} <= names}


def _one_line(text: str) -> str:
    return " ".join(text.split())
