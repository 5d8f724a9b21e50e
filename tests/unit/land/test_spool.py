"""The spool: a batch is there whole or not at all, and is gone once it has landed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from flows.land import spool
from flows.settings import Settings

TABLES = {"documents": pa.table({"n": [1, 2]}), "outcomes": pa.table({"n": [3]})}


def test_what_is_written_is_drained_once_with_its_label(settings: Settings) -> None:
    spool.write_batch(settings, "pages", TABLES, "v1")
    spool.write_batch(settings, "annotations", TABLES, "v2")
    seen = []
    landed = spool.drain(settings, "pages", lambda tables, label: seen.append((sorted(tables), label)))
    assert (landed, seen) == ((1, []), [(["documents", "outcomes"], "v1")])
    assert spool.drain(settings, "pages", lambda tables, label: None) == (0, [])
    assert len(spool.pending(settings, "annotations")) == 1


def test_a_batch_that_fails_to_land_stays(settings: Settings) -> None:
    def refuse(tables: object, label: str) -> None:
        raise RuntimeError("the database is full")

    spool.write_batch(settings, "pages", TABLES)
    with pytest.raises(RuntimeError, match="full"):
        spool.drain(settings, "pages", refuse)
    assert len(spool.pending(settings, "pages")) == 1


def test_a_half_written_batch_is_ignored_and_removed(settings: Settings) -> None:
    # No process has this number: it is above what Linux gives out.
    half = settings.spool_dir / f"{spool.TEMPORARY}4194999~20250101T000000~pages~~abcd"
    half.mkdir(parents=True)
    (half / "documents.parquet").write_bytes(b"PAR1 cut")
    assert spool.drain(settings, "pages", lambda tables, label: None) == (0, [])
    assert not half.exists()


def test_a_damaged_batch_is_put_aside_and_the_rest_lands(settings: Settings) -> None:
    bad = spool.write_batch(settings, "pages", TABLES)
    (bad / "documents.parquet").write_bytes(b"not parquet")
    spool.write_batch(settings, "pages", TABLES)
    landed, damaged = spool.drain(settings, "pages", lambda tables, label: None)
    assert landed == 1
    assert [path.parent.name for path in damaged] == [spool.DAMAGED]


def test_names_that_would_break_the_format_are_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="must not hold"):
        spool.write_batch(settings, "pages", TABLES, "v~1")
