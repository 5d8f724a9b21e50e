"""Readers during publishes: another process that never stops asking sees whole releases only, and no error.

Fifty publishes here; `python -m tests.fixtures.reader 200` does more. Not here: file systems other than this one.
"""

from __future__ import annotations

from pathlib import Path

from tests.fixtures import reader, warehouse


def test_a_reader_that_never_stops_sees_only_whole_releases(tmp_path: Path) -> None:
    found = reader.watch(warehouse.make(tmp_path), publishes=50)
    assert found["faults"] == []
    # Enough looks to have met the moments of change, and more than one release seen.
    assert min(found["looks"].values()) > 50
    assert found["seen"] > 10
