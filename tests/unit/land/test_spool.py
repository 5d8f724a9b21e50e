"""The spool: a batch is there whole or not at all, and is gone once it has landed."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from flows import acquire
from flows.land import load, spool
from flows.land.database import raw_database
from flows.land.tables import outcomes_table
from flows.settings import Settings
from tests.unit.clean.pages import page

TABLES = {"documents": pa.table({"n": [1, 2]}), "outcomes": pa.table({"n": [3]})}


def test_what_is_written_is_drained_once_with_its_label(settings: Settings) -> None:
    spool.write_batch(settings, "pages", TABLES, "v1")
    spool.write_batch(settings, "annotations", TABLES, "v2")
    seen = []
    landed = spool.drain(settings, "pages", lambda tables, label: seen.append((sorted(tables), label)))
    assert (landed, seen) == ((1, {}), [(["documents", "outcomes"], "v1")])
    assert spool.drain(settings, "pages", lambda tables, label: None) == (0, {})
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
    assert spool.drain(settings, "pages", lambda tables, label: None) == (0, {})
    assert not half.exists()


def test_a_damaged_batch_is_put_aside_and_the_rest_lands(settings: Settings) -> None:
    bad = spool.write_batch(settings, "pages", TABLES)
    (bad / "documents.parquet").write_bytes(b"not parquet")
    spool.write_batch(settings, "pages", TABLES)
    landed, damaged = spool.drain(settings, "pages", lambda tables, label: None)
    assert landed == 1
    assert [path.parent.name for path in damaged] == [spool.DAMAGED]


@pytest.mark.parametrize("file", ["documents.parquet", "outcomes.parquet", spool.CHECKSUMS])
def test_what_is_missing_or_cut_names_file_and_reason(settings: Settings, file: str) -> None:
    for keep in (None, 9):
        bad = spool.write_batch(settings, "pages", TABLES)
        (bad / file).write_bytes(b"{" * keep) if keep else (bad / file).unlink()
        if file != spool.CHECKSUMS or keep:
            [why] = spool.drain(settings, "pages", lambda tables, label: None)[1].values()
            assert file in why
            assert re.search(r"not what was written|cannot be read", why)


def test_one_changed_bit_anywhere_damages_a_batch(settings: Settings) -> None:
    path = spool.write_batch(settings, "pages", {"documents": TABLES["documents"]})
    file = path / "documents.parquet"
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(spool.DamagedBatch, match=r"documents\.parquet is not what was written"):
            spool.read_batch(path)
    file.write_bytes(whole)
    assert spool.read_batch(path)["documents"].equals(TABLES["documents"])


def test_a_batch_of_an_earlier_version_has_no_checksums_and_lands(settings: Settings) -> None:
    (spool.write_batch(settings, "pages", TABLES) / spool.CHECKSUMS).unlink()
    bad = spool.write_batch(settings, "pages", TABLES)
    (bad / spool.CHECKSUMS).unlink()
    (bad / "outcomes.parquet").write_bytes((bad / "outcomes.parquet").read_bytes()[:-20])
    landed, damaged = spool.drain(settings, "pages", lambda tables, label: None)
    assert landed == 1
    assert [why.startswith(f"{bad / 'outcomes.parquet'} cannot be read: ") for why in damaged.values()] == [True]


def test_names_that_would_break_the_format_are_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="must not hold"):
        spool.write_batch(settings, "pages", TABLES, "v~1")


def test_a_run_records_a_damaged_batch_and_lands_the_rest(settings: Settings) -> None:
    row = {
        "origin": "u",
        "url": "https://a.example/x",
        "body": page().encode(),
        "rights": "full_text",
        "fetched_at": load.now(),
    }
    tables = {"pages": pa.Table.from_pylist([row], schema=acquire.PAGES), "outcomes": outcomes_table("run-1", [])}
    bad = spool.write_batch(settings, "pages", tables, "run-1")
    (bad / "pages.parquet").write_bytes(b"PAR1")
    spool.write_batch(settings, "pages", tables, "run-1")
    report = acquire.clean(settings, [], "run-2")
    assert report.count == 1
    with raw_database(settings, read_only=True) as connection:
        [found] = connection.execute(
            "select stage, status, detail from outcomes where reason = 'damaged_batch'"
        ).fetchall()
    assert found == ("land", "failed", f"{bad / 'pages.parquet'} is not what was written")
    assert "communique replay" in report.failures[0].advice
