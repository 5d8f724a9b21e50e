"""The layer rules: who may import whom. Detects a forbidden import anywhere in a file, not only at its top.

Not detected: an import by name through importlib (only language/parse.py does that, for spaCy pipelines).
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FLOWS = Path(__file__).resolve().parents[2] / "flows"
FILES = sorted(FLOWS.rglob("*.py"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def importers(prefix: str) -> set[str]:
    return {
        str(path.relative_to(FLOWS))
        for path in FILES
        if any(name == prefix or name.startswith(prefix + ".") for name in imported(path))
    }


def test_the_files_are_found() -> None:
    assert len(FILES) > 30


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("prefect", {"pipeline.py", "schedule.py"}),
        ("trafilatura", {"clean/extract.py"}),
        ("spacy", {"language/parse.py", "language/pipes.py"}),
    ],
)
def test_a_heavy_package_has_one_door(package: str, allowed: set[str]) -> None:
    assert importers(package) <= allowed


@pytest.mark.parametrize("layer", ["land", "fetch", "transform", "publish", "discover", "ingest"])
def test_language_knows_nothing_of_storage_and_network(layer: str) -> None:
    assert not {f for f in importers(f"flows.{layer}") if f.startswith("language/")}


@pytest.mark.parametrize(
    "package", ["flows.land", "flows.fetch", "flows.discover", "flows.language", "duckdb", "requests"]
)
def test_clean_is_pure(package: str) -> None:
    assert not {f for f in importers(package) if f.startswith("clean/")}


@pytest.mark.parametrize("package", ["duckdb", "flows.land"])
def test_fetching_needs_no_database(package: str) -> None:
    assert not {f for f in importers(package) if f.startswith(("fetch/", "discover/", "sources/"))}


def test_training_is_imported_by_nothing() -> None:
    outside = {f for f in importers("flows.language.training") if not f.startswith("language/training/")}
    assert not outside


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(p.relative_to(FLOWS)): n for p in FILES if (n := len(p.read_text(encoding="utf8").splitlines())) > 400}
    assert not long
