"""Checks of an installation: each says what it found and what to do, and some can do it themselves.

A repair never deletes what cannot be made again: a damaged database or release is moved to the folder `damaged`.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from flows.backup import unused
from flows.land.database import is_busy
from flows.settings import Settings

PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "prefect", "spacy", "trafilatura", "pyarrow")
DISK_BYTES = 2_000_000_000
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True)
class Check:
    """One finding; `advice` is read only when it is not ok. `repair` mends it and says what was done."""

    name: str
    ok: bool
    finding: str
    advice: str = ""
    repair: Callable[[], str] | None = None


def examine(settings: Settings) -> list[Check]:
    """All checks, cheap ones first."""
    return [
        _python(),
        *(_package(name) for name in PACKAGES),
        _model(settings),
        _disk(settings),
        _lock(settings),
        *_databases(settings),
        _clock(settings),
        _spool(settings),
        _published(settings),
        *_lake(settings),
    ]


def repair(settings: Settings) -> Iterator[str]:
    """Mends what can be mended, one sentence each. Expects the write lock to be held."""
    for check in examine(settings):
        if not check.ok and check.repair:
            yield f"{check.name}: {check.repair()}"


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


def _databases(settings: Settings) -> Iterator[Check]:
    """Whether each file opens and every table of it can be read."""
    derived = "`communique doctor --repair` moves it aside; the next run makes it again."
    precious = (
        "`communique doctor --repair` moves it aside; then `communique restore` puts a backup in place, "
        "or `communique replay` lands the archived pages again."
    )
    for path, advice in (
        (settings.raw_db, precious),
        (settings.language_db, derived),
        (settings.warehouse_db, derived),
    ):
        if path.exists():
            fault = _fault(path)
            finding = f"damaged: {fault}" if fault else "can be read"
            yield Check(path.name, not fault, finding, advice, lambda path=path: _set_aside(settings, path))  # type: ignore[misc]


def _fault(path: Path) -> str | None:
    """What DuckDB says against the file, or None. Every column of every table is read."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
                connection.execute(f'select bit_xor(hash(t)) from "{schema}"."{table}" as t').fetchone()
    except duckdb.Error as error:
        return None if is_busy(error) else str(error).splitlines()[0]
    return None


def _set_aside(settings: Settings, path: Path) -> str:
    folder = unused(settings.data_dir / "damaged" / f"{datetime.now(UTC):%Y%m%dT%H%M%S}")
    folder.mkdir(parents=True)
    for present in [path, *path.parent.glob(f"{path.stem}.*")]:
        if present.exists():
            present.rename(folder / present.name)
    return f"moved to {folder}"


def _clock(settings: Settings) -> Check:
    """Rows from the future: the clock was ahead, or is behind now."""
    try:
        with duckdb.connect(str(settings.raw_db), read_only=True) as connection:
            row = connection.execute("select max(landed_at) from documents").fetchone()
    except duckdb.Error:
        return Check("clock", True, "nothing to hold it against")
    newest = row[0] if row and row[0] else None
    ahead = newest is not None and newest > datetime.now(UTC).replace(tzinfo=None) + CLOCK_SLACK
    advice = "Set the clock; facts are dated by publication, and versions of an article keep the order of their visits."
    return Check(
        "clock", not ahead, f"documents were landed at {newest}, later than now" if ahead else "in order", advice
    )


def _spool(settings: Settings) -> Check:
    from flows.land.spool import DAMAGED

    aside = sorted((settings.spool_dir / DAMAGED).glob("*"))
    waiting = _damaged_batches(settings)
    advice = "The pages in them are in the archive: `communique replay` lands them; then delete the folder."
    if waiting:
        advice = f"`communique doctor --repair` moves them aside. {advice}"
    finding = "; ".join([*([f"{len(aside)} damaged batches in {aside[0].parent}"] if aside else []), *waiting.values()])
    repair = (lambda: _set_aside_batches(settings)) if waiting else None
    return Check("spool", not finding, finding or "in order", advice, repair)


def _damaged_batches(settings: Settings) -> dict[Path, str]:
    """Batches that wait to be landed and cannot be, with what is wrong."""
    from flows.land.spool import DamagedBatch, pending, read_batch

    found = {}
    for path in pending(settings, "pages"):
        try:
            read_batch(path)
        except DamagedBatch as error:
            if path.exists():  # else it has been landed meanwhile
                found[path] = str(error)
    return found


def _set_aside_batches(settings: Settings) -> str:
    from flows.land.spool import put_aside

    moved = [put_aside(settings, path) for path in _damaged_batches(settings)]
    return f"{len(moved)} batches moved to {moved[0].parent}; `communique replay` lands their pages from the archive"


def _published(settings: Settings) -> Check:
    path = settings.published_db
    if not path.exists():
        return Check("published file", False, "none", "Run `communique run --sample`.")
    fault = _fault(path) or _fault_of_files(settings)
    advice = "`communique doctor --repair` makes the Parquet files again, or puts the newest whole release in place."
    return Check(
        "published file",
        not fault,
        f"damaged: {fault}" if fault else str(path),
        advice,
        lambda: _mend_release(settings),
    )


def _fault_of_files(settings: Settings) -> str | None:
    """What is wrong with the files beside the published database, or None."""
    from flows.publish.release import damaged_files

    link = settings.published_dir / "parquet"
    damaged = damaged_files(link.resolve().parent) if link.exists() else ["parquet"]
    return f"{', '.join(damaged)} missing or not what was published" if damaged else None


def _lake(settings: Settings) -> Iterator[Check]:
    """Whether the lake answers, where there is one."""
    from flows.publish import lake

    if settings.lake is None:
        return
    try:
        yield Check("lake", True, f"release {lake.newest(settings) or 'none yet'}")
    except LookupError as fault:
        yield Check("lake", False, "not reached", str(fault))


def _mend_release(settings: Settings) -> str:
    from flows.publish.release import damaged_files, put_in_place, releases, write_files_again

    for folder in reversed(releases(settings)):
        if not _fault(folder / settings.published_db.name):
            if damaged := damaged_files(folder):
                write_files_again(settings, folder)
            put_in_place(settings, folder)
            mended = f"; made again: {', '.join(damaged)}" if damaged else ""
            return f"release {folder.name} is in place again{mended}"
        _set_aside_release(settings, folder)
    settings.published_db.unlink()
    return "no whole release was left; `communique transform && communique publish` makes one"


def _set_aside_release(settings: Settings, folder: Path) -> None:
    target = unused(settings.data_dir / "damaged" / folder.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
