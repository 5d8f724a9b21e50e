"""Checks of an installation: each says what it found and what to do. It reads, and repairs nothing."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from flows.settings import Settings

PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "prefect", "spacy", "trafilatura", "pyarrow")
DISK_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Check:
    """One finding; `advice` is read only when it is not ok."""

    name: str
    ok: bool
    finding: str
    advice: str = ""


def examine(settings: Settings) -> list[Check]:
    """All checks, cheap ones first."""
    return [
        _python(),
        *(_package(name) for name in PACKAGES),
        _model(settings),
        _disk(settings),
        _lock(settings),
        _published(settings),
    ]


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    return Check("python", (3, 11) <= sys.version_info[:2] <= (3, 13), found, "Use Python 3.11, 3.12 or 3.13.")


def _package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed", "Run `make setup`.")


def _model(settings: Settings) -> Check:
    found = importlib.util.find_spec(settings.spacy_model) is not None
    advice = "Run `make setup`, or set COMMUNIQUE_SPACY_MODEL to a pipeline that is installed."
    return Check(f"spaCy pipeline {settings.spacy_model}", found, "installed" if found else "not installed", advice)


def _disk(settings: Settings) -> Check:
    folder = next(p for p in (settings.data_dir, *settings.data_dir.parents) if p.exists())
    free = shutil.disk_usage(folder).free
    return Check("disk", free > DISK_BYTES, f"{free / 1e9:.1f} GB free", "Make room: a run needs about 2 GB.")


def _lock(settings: Settings) -> Check:
    from flows.land.lock import lock_holder

    holder = lock_holder(settings)
    return Check("lock", True, f"held by {holder}" if holder else "free")


def _published(settings: Settings) -> Check:
    found = settings.published_db.exists()
    return Check(
        "published file", found, str(settings.published_db) if found else "none", "Run `communique run --sample`."
    )
