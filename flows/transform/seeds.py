"""The dictionaries, loaded by DuckDB itself: what `dbt seed` gives (a test compares them), in a tenth of its time.

Loaded only when a CSV or its types changed since the warehouse was last seeded; the stamp beside the warehouse says.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import yaml

from flows.settings import Settings
from flows.transform import seed_checks

SCHEMA = "seeds"
_STAMP = "seeds.sha256"


class UnreadableSeed(ValueError):
    """A dictionary that cannot be loaded: the text names file, line, value and what is allowed."""


@dataclass(frozen=True)
class Seed:
    """A dictionary: its CSV file, the SQL type of each column by name, and its entry in the YAML."""

    path: Path
    types: dict[str, str]
    declared: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table that it becomes."""
        return self.path.stem


def load(settings: Settings) -> list[Seed]:
    """Loads the dictionaries where they differ from those in the warehouse; returns what was loaded.

    Raises UnreadableSeed; the tables are then as they were.
    """
    stamp = stamp_path(settings)
    wanted = seeds_hash(settings)
    if settings.warehouse_db.exists() and stamp.exists() and stamp.read_text(encoding="utf8") == wanted:
        return []
    stamp.unlink(missing_ok=True)
    found = list(seeds(settings))
    _check(found)
    with duckdb.connect(str(settings.warehouse_db)) as connection:
        connection.execute("begin")
        connection.execute(f"create schema if not exists {SCHEMA}")
        for seed in found:
            _load(connection, seed)
        connection.execute("commit")
    stamp.write_text(wanted, encoding="utf8")
    return found


def stamp_path(settings: Settings) -> Path:
    """Where the hash of the loaded dictionaries is kept: it goes with the warehouse."""
    return settings.warehouse_db.with_suffix("." + _STAMP)


def seeds_hash(settings: Settings) -> str:
    """SHA-256 over names and bytes of everything under seeds/, so that a changed dictionary is noticed."""
    digest = hashlib.sha256()
    root = settings.dbt_dir / "seeds"
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".csv", ".yml")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def seeds(settings: Settings) -> Iterator[Seed]:
    """Every dictionary of the project with the types that its YAML declares. Raises UnreadableSeed."""
    root = settings.dbt_dir / "seeds"
    declared = {
        entry["name"]: entry
        for path in sorted(root.rglob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf8")).get("seeds", [])
    }
    for path in sorted(root.rglob("*.csv")):
        with path.open(encoding="utf8", newline="") as file:
            header = next(csv.reader(file), [])
        entry = declared.get(path.stem, {})
        types = entry.get("config", {}).get("column_types", {})
        if missing := [name for name in header if name not in types]:
            raise UnreadableSeed(f"{path}: column {missing[0]!r} has no type; declare it in column_types of its YAML.")
        yield Seed(path, {name: types[name] for name in header}, entry)


def _check(found: list[Seed]) -> None:
    """Raises UnreadableSeed with the faults of all dictionaries, the first few in words."""
    paths = {seed.name: seed.path for seed in found}

    def read(name: str) -> list[seed_checks.Row]:
        return [row for row in seed_checks.rows_of(paths[name]) if not isinstance(row, str)]

    faults = [fault for seed in found for fault in seed_checks.faults(seed.path, seed.types, seed.declared, read)]
    if faults:
        left = len(faults) - seed_checks.MAX_SHOWN
        more = [f"… and {left} more."] if left > 0 else []
        raise UnreadableSeed("\n".join(faults[: seed_checks.MAX_SHOWN] + more))


def _load(connection: duckdb.DuckDBPyConnection, seed: Seed) -> None:
    try:
        connection.execute(
            f"create or replace table {SCHEMA}.{seed.name} as from read_csv(?, columns = ?, auto_detect = false, "
            "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = ['', 'null'])",
            [str(seed.path), seed.types],
        )
    except duckdb.Error as error:
        raise UnreadableSeed(f"{seed.path} could not be loaded; mend the line it names: {error}") from error
