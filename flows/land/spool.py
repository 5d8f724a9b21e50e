"""Batches on their way to landing: Parquet files in a folder of their own, complete or not there at all.

A batch is written under a temporary name, flushed to disk and renamed; so a killed writer leaves only a
temporary folder, which nobody reads and the next `drain` removes once its writer is gone. Landing deletes a
batch after its transaction has committed: a batch that is met twice lands nothing twice. Each file has its checksum
beside it, since Parquet would let a changed byte of its own description pass.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.land.load import now
from flows.settings import Settings

TEMPORARY = ".writing-"
DAMAGED = "damaged"
CHECKSUMS = "checksums.json"
STAMP = "%Y%m%dT%H%M%S%f"


class DamagedBatch(ValueError):
    """A batch that is not what was written: names the file and why it cannot be read."""


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_batch(settings: Settings, kind: str, tables: Mapping[str, pa.Table], label: str = "") -> Path:
    """Write `tables` as one batch of `kind` (for instance `pages` or `annotations`); returns its folder.

    `label` is kept in the name and handed back by `drain`, for instance an annotator version; no slash or '~'.
    """
    if "~" in kind + label or "/" in kind + label:
        raise ValueError("kind and label of a batch must not hold '~' or '/'")
    root = settings.spool_dir
    root.mkdir(parents=True, exist_ok=True)
    name = f"{_later_than_all(root):{STAMP}}~{kind}~{label}~{uuid.uuid4().hex[:8]}"
    temporary = root / f"{TEMPORARY}{os.getpid()}~{name}"
    temporary.mkdir()
    for table_name, table in tables.items():
        path = temporary / f"{table_name}.parquet"
        pq.write_table(table, path, compression="zstd")
        _sync(path)
    checksums = temporary / CHECKSUMS
    checksums.write_text(json.dumps({p.name: _sha256(p) for p in temporary.glob("*.parquet")}), encoding="utf8")
    _sync(checksums)
    final = root / name
    os.rename(temporary, final)
    _sync(root)
    return final


def _later_than_all(root: Path) -> datetime:
    """The present, or just after the newest batch where the clock was set back: batches land as they were written."""
    stamps = (path.name.split("~")[0] for path in root.iterdir() if path.name[0].isdigit())
    newest = max(stamps, default="")
    return max(now(), datetime.strptime(newest, STAMP) + timedelta(microseconds=1)) if newest else now()


def pending(settings: Settings, kind: str) -> list[Path]:
    """Complete batches of `kind`, oldest first."""
    root = settings.spool_dir
    if not root.is_dir():
        return []
    return sorted(p for p in root.iterdir() if p.is_dir() and p.name.split("~")[1:2] == [kind] and p.name[0] != ".")


def read_batch(path: Path) -> dict[str, pa.Table]:
    """The tables of a batch by name. Raises DamagedBatch. A batch of before November 2026 has no checksums."""
    tables = {}
    for file, checksum in _files(path).items():
        try:
            if checksum and _sha256(file) != checksum:
                raise DamagedBatch(f"{file} is not what was written")
            tables[file.stem] = pq.read_table(file)
        except (pa.ArrowException, OSError) as error:
            raise DamagedBatch(f"{file} cannot be read: {str(error).splitlines()[0]}") from error
    return tables


def _files(path: Path) -> dict[Path, str | None]:
    checksums = path / CHECKSUMS
    if not checksums.exists():
        return dict.fromkeys(sorted(path.glob("*.parquet")))
    try:
        return {path / name: str(checksum) for name, checksum in sorted(json.loads(checksums.read_bytes()).items())}
    except (ValueError, AttributeError) as error:
        raise DamagedBatch(f"{checksums} cannot be read: {error}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_leftovers(settings: Settings) -> int:
    """Remove what killed writers left half-written; returns how many. A living writer's folder stays."""
    root = settings.spool_dir
    count = 0
    for path in root.glob(f"{TEMPORARY}*") if root.is_dir() else ():
        pid = path.name.removeprefix(TEMPORARY).split("~", 1)[0]
        if not pid.isdigit() or int(pid) == 0 or not _alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)
            count += 1
    return count


def remove_batch(path: Path) -> None:
    """Delete a landed batch: renamed away first, so that a kill in between leaves no half batch to be read."""
    gone = path.with_name(f"{TEMPORARY}0~{path.name}")
    os.rename(path, gone)
    shutil.rmtree(gone, ignore_errors=True)


def put_aside(settings: Settings, path: Path) -> Path:
    """Move a damaged batch to where no run looks; returns its new place."""
    target = settings.spool_dir / DAMAGED / path.name
    target.parent.mkdir(exist_ok=True)
    os.rename(path, target)
    return target


def drain(
    settings: Settings, kind: str, land: Callable[[Mapping[str, pa.Table], str], object]
) -> tuple[int, dict[Path, str]]:
    """Give every complete batch to `land(tables, label)` and delete it afterwards.

    Returns the number landed, and the damaged batches with what is wrong: they are moved to the folder `damaged` of
    the spool.
    """
    remove_leftovers(settings)
    landed, damaged = 0, {}
    for path in pending(settings, kind):
        try:
            tables = read_batch(path)
        except DamagedBatch as error:
            damaged[put_aside(settings, path)] = str(error)
            continue
        land(tables, path.name.split("~")[2])
        remove_batch(path)
        landed += 1
    return landed, damaged
