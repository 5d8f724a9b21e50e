"""dbt's compiled SQL, executed in one process: starting dbt costs more than coding a few documents.

dbt stays the reference; these are the very statements that it compiled, in its order. What can be run so is what the
project has: views and tables without hooks. Anything else raises, so that nothing is skipped in silence. `build` makes
every table, those between too; what a warehouse needs in daily use is made by incremental.py.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from flows.outcomes import Outcome
from flows.settings import Settings
from flows.transform import dbt

FORMAT = 3  # of the kept file


@dataclass(frozen=True)
class Model:
    """One compiled model: dbt's unique id, schema, name, view or table, its select, the models that it reads."""

    node: str
    schema: str
    name: str
    materialized: str
    sql: str
    parents: tuple[str, ...]

    @property
    def is_view(self) -> bool:
        """Whether it holds no rows of its own."""
        return self.materialized == "view"

    @property
    def relation(self) -> str:
        """What compiled SQL calls it."""
        return f'"warehouse"."{self.schema}"."{self.name}"'


@dataclass(frozen=True)
class Test:
    """One compiled data test: dbt's unique id, the select of rows at fault, the models that it reads; of a generic one
    its kind, model and columns. `warns`: rows at fault stop nothing.
    """

    node: str
    sql: str
    parents: tuple[str, ...]
    kind: str | None
    model: str | None
    columns: tuple[str, ...]
    warns: bool


def build(settings: Settings) -> list[dbt.Result]:
    """Codes the landed facts on the loaded dictionaries. Raises dbt.BuildFailed, naming the model."""
    models = compile_models(settings)
    with connect(settings) as connection:
        return run(connection, models)


def run(connection: duckdb.DuckDBPyConnection, models: list[Model]) -> list[dbt.Result]:
    """Executes the models in the order given. Raises dbt.BuildFailed, naming the model."""
    results: list[dbt.Result] = []
    for schema in sorted({model.schema for model in models}):
        connection.execute(f"create schema if not exists {schema}")
    for model in models:
        begun = time.monotonic()
        try:
            connection.execute(f"create or replace {model.materialized} {model.schema}.{model.name} as {model.sql}")
        except duckdb.Error as error:
            failed = Outcome("build", model.node, "build_failed", detail=str(error))
            raise dbt.BuildFailed(f"{model.node}: {error}", [failed]) from error
        results.append(dbt.Result(model.node, "success", time.monotonic() - begun, ""))
    return results


def downstream(models: list[Model], name: str) -> list[Model]:
    """The models that read the seed or model of this name, directly or through others, in the order given."""
    changed = {name}
    found = []
    for model in models:
        if any(f'"{other}"' in model.sql for other in changed):
            changed.add(model.name)
            found.append(model)
    return found


def connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The warehouse opened for writing: raw and language attached read-only, times in UTC, as profiles.yml has it."""
    connection = duckdb.connect(str(settings.warehouse_db), config={"threads": settings.dbt_threads})
    connection.execute(f"attach '{_quoted(settings.raw_db)}' as raw (read_only)")
    connection.execute(f"attach '{_quoted(settings.language_db)}' as language (read_only)")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("set TimeZone = 'UTC'")
    # It takes two fifths of what writing the file takes, and saves a seventeenth of its size.
    connection.execute("set disabled_compression_methods = 'fsst'")
    return connection


def compile_models(settings: Settings) -> list[Model]:
    """The project's models in the order in which they can be built; compiled once per state of the project's files."""
    return [Model(**row) for row in _compiled(settings)["models"]]


def compile_tests(settings: Settings) -> list[Test]:
    """The project's data tests. Its unit tests depend on no row: dbt runs them."""
    return [Test(**row) for row in _compiled(settings)["tests"]]


def _compiled(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    kept = settings.cache_dir / f"compiled-{FORMAT}-{dbt.project_hash(settings)[:16]}.json"
    if not kept.exists():
        dbt.invoke(settings, "compile")
        nodes = json.loads((settings.cache_dir / "dbt" / "manifest.json").read_text(encoding="utf8"))["nodes"]
        found = {"models": [asdict(m) for m in _ordered(nodes)], "tests": [asdict(t) for t in _tests(nodes)]}
        for old in settings.cache_dir.glob("compiled-*.json"):
            old.unlink(missing_ok=True)
        half = kept.with_suffix(".part")
        half.write_text(json.dumps(found), encoding="utf8")
        half.replace(kept)
    compiled: dict[str, list[dict[str, Any]]] = json.loads(kept.read_text(encoding="utf8"))
    return compiled


def _tests(nodes: dict[str, Any]) -> Iterator[Test]:
    for key, node in nodes.items():
        if node["resource_type"] == "test":
            about = node.get("test_metadata") or {}
            said = about.get("kwargs", {})
            parents = tuple(p.split(".")[-1] for p in node["depends_on"]["nodes"] if p.startswith("model."))
            attached = (node.get("attached_node") or "").split(".")[-1] or None
            columns = tuple(said.get("columns") or [c for c in [said.get("column_name")] if c])
            warns = str(node["config"]["severity"]).lower() == "warn"
            yield Test(key, node["compiled_code"], parents, about.get("name"), attached, columns, warns)


def _ordered(nodes: dict[str, Any]) -> list[Model]:
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    for key, node in models.items():
        config = node["config"]
        if config["materialized"] not in ("view", "table") or config["pre-hook"] or config["post-hook"]:
            raise ValueError(f"{key}: only views and tables without hooks can be run from compiled SQL; use dbt for it")
    needs = {key: sorted(set(node["depends_on"]["nodes"]) & models.keys()) for key, node in sorted(models.items())}
    return [
        Model(
            key,
            node["schema"],
            node["name"],
            node["config"]["materialized"],
            node["compiled_code"],
            tuple(models[parent]["name"] for parent in needs[key]),
        )
        for key in TopologicalSorter(needs).static_order()
        for node in [models[key]]
    ]


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")
