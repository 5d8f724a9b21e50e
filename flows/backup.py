"""`communique backup` and `restore`: what cannot be had again, in one folder, each file with its checksum.

Kept are the raw database, the language database (expensive), the spool (fetched, not yet landed), the archive of
fetched pages, and people's decisions. Not kept: the warehouse and the published files, which the next run makes again.
Both commands expect the write lock to be held, so that no file changes under the copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

import duckdb

from flows import __version__
from flows.review import decisions_path
from flows.settings import Settings

MANIFEST = "backup.json"
DATA, DECISIONS = "data", "decisions.csv"


class BadBackup(LookupError):
    """A folder that is no whole backup, or a place that may not be overwritten: names it, why, and what to do."""


@dataclass(frozen=True)
class Copied:
    """How much was copied."""

    file_count: int
    byte_count: int


def backup(settings: Settings, folder: Path) -> Copied:
    """Writes a backup into `folder`, which must be missing or empty. Raises BadBackup, OSError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadBackup(f"{folder} is not empty; name a folder of its own for each backup.")
    if not settings.raw_db.exists():
        raise BadBackup(f"There is nothing to keep: {settings.raw_db} does not exist.")
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    files = {f"{DATA}/{path.relative_to(settings.data_dir)}": path for path in _kept(settings)}
    files[DECISIONS] = decisions_path(settings)
    written: dict[str, dict[str, Any]] = {}
    for name, source in files.items():
        target = half / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        written[name] = {"sha256": _sha256(target), "bytes": target.stat().st_size}
    about = {"made_at": datetime.now(UTC).isoformat(), "code_version": __version__, "files": written}
    (half / MANIFEST).write_text(json.dumps(about, indent=1) + "\n", encoding="utf8")
    if folder.exists():
        folder.rmdir()
    os.replace(half, folder)
    return Copied(len(written), sum(entry["bytes"] for entry in written.values()))


def restore(settings: Settings, folder: Path, *, force: bool = False) -> Copied:
    """Puts a backup in place after checking every file of it; the next run codes and publishes from it.

    Data that are there are moved aside with `force`, never deleted. Raises BadBackup before anything is touched.
    """
    files = _checked(folder)
    if settings.raw_db.exists() and not force:
        raise BadBackup(
            f"{settings.data_dir} already holds data; name another COMMUNIQUE_DATA_DIR, "
            "or give --force to move them aside first."
        )
    aside = unused(settings.data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    for path in (settings.raw_db, settings.language_db, settings.spool_dir, settings.archive_dir):
        for present in (path, path.with_name(path.name + ".wal")):
            if present.exists():
                aside.mkdir(parents=True, exist_ok=True)
                present.rename(aside / present.name)
    remove_warehouse(settings)
    for name in files:
        inside = Path(name)
        target = decisions_path(settings) if name == DECISIONS else settings.data_dir / inside.relative_to(DATA)
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(target.name + ".part")
        shutil.copyfile(folder / name, half)
        os.replace(half, target)
    return Copied(len(files), sum(entry["bytes"] for entry in files.values()))


def unused(path: Path) -> Path:
    """`path`, or with a number where it is taken: a clock may tell the same second twice."""
    names = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(p for p in chain([path], names) if not p.exists())


def remove_warehouse(settings: Settings) -> None:
    """The coded tables and what is noted beside them go; the next build makes them again from the landed facts."""
    for stale in settings.data_dir.glob(f"{settings.warehouse_db.stem}.*"):
        stale.unlink()


def _checked(folder: Path) -> dict[str, dict[str, Any]]:
    """The files of a backup, each found whole."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise BadBackup(f"{folder} is no backup: it has no {MANIFEST}. Name a folder that `communique backup` wrote.")
    try:
        files: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf8"))["files"]
        checksums = {name: str(entry["sha256"]) for name, entry in files.items() if entry["bytes"] >= 0}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BadBackup(f"{manifest} cannot be read ({error}); use another backup. Nothing was changed.") from error
    for name, checksum in checksums.items():
        path = folder / name
        if name != DECISIONS and (Path(name).parts[:1] != (DATA,) or ".." in Path(name).parts):
            raise BadBackup(f"{manifest} names a file outside of the backup: {name}. Nothing was changed.")
        if not path.is_file() or _sha256(path) != checksum:
            raise BadBackup(f"{path} is missing or not what was written; use another backup. Nothing was changed.")
    return files


def _kept(settings: Settings) -> Iterator[Path]:
    for path in (settings.raw_db, settings.language_db):
        if path.exists():
            _settle(path)
            yield path
    for folder in (settings.spool_dir, settings.archive_dir):
        yield from sorted(p for p in folder.rglob("*") if p.is_file())


def _settle(path: Path) -> None:
    """What a killed writer left in the write-ahead log goes into the file, which is then copied by itself."""
    if path.with_name(path.name + ".wal").exists():
        with duckdb.connect(str(path)) as connection:
            connection.execute("force checkpoint")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
