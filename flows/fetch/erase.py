"""Taking pages out of the own archive: files that hold some are written anew without them, the others stay as they are.

Records are copied as the bytes they are. What is torn at the end of a file that is written anew is dropped with it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from flows.settings import Settings

# Whether a page is meant: its address and its source key.
Meant = Callable[[str, str | None], bool]


def erase_pages(settings: Settings, meant: Meant) -> int:
    """Removes every archived page that is meant; returns how many records went."""
    if not settings.archive_dir.is_dir():
        return 0
    return sum(_erase(path, meant) for path in sorted(settings.archive_dir.rglob("*.warc.gz")))


def _erase(path: Path, meant: Meant) -> int:
    kept, dropped = _spans(path, meant)
    if not dropped:
        return 0
    half = path.with_suffix(".part")
    with open(path, "rb") as old, open(half, "wb") as new:
        for start, length in kept:
            old.seek(start)
            remaining = length
            while remaining and (block := old.read(min(1 << 20, remaining))):
                new.write(block)
                remaining -= len(block)
        new.flush()
        os.fsync(new.fileno())
    shutil.copystat(path, half)
    os.replace(half, path)
    return dropped


def _spans(path: Path, meant: Meant) -> tuple[list[tuple[int, int]], int]:
    """(offset, length) of the records that stay, and how many go."""
    kept: list[tuple[int, int]] = []
    dropped = 0
    with open(path, "rb") as file:
        reader: Any = ArchiveIterator(file)
        try:
            for record in reader:
                url, source_key = _about(record)
                reader.read_to_end()
                if meant(url, source_key):
                    dropped += 1
                else:
                    kept.append((reader.get_record_offset(), reader.get_record_length()))
        except Exception:  # warcio raises many kinds on damaged bytes; what stands before them has been read
            return kept, dropped
        finally:
            reader.close()
    return kept, dropped


def _about(record: Any) -> tuple[str, str | None]:
    """The address that was asked for and the source, as the archive wrote them beside the page."""
    known: Any = {}
    try:
        known = json.loads(record.rec_headers.get_header("X-Communique-Page") or "{}")
    except ValueError:
        known = {}
    if not isinstance(known, dict):
        known = {}
    url = known.get("url") or record.rec_headers.get_header("WARC-Target-URI") or ""
    source_key = known.get("source_key")
    return str(url).strip("<>"), str(source_key) if source_key else None
