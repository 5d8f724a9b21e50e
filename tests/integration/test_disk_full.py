"""A disk without room: the message says so, nothing landed is lost, and with room the same command completes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from flows.faults import FAILED, explain
from flows.fetch.archive import Archive, archived, replay
from flows.fetch.page import Page, utc_now
from flows.land.database import raw_database
from flows.land.load import land_documents
from flows.land.tables import DOCUMENTS
from flows.outcomes import Outcome
from flows.settings import Settings
from tests.fixtures.killing import page

BATCH = 40
MEGABYTE = 1 << 20


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A data folder on a disk of 12 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", f"size={12 * MEGABYTE}", "tmpfs", str(folder)]
    if subprocess.run(line, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk needs root")
    try:
        yield Settings(data_dir=folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def batch(number: int) -> pa.Table:
    """Texts that do not compress: each batch takes about half a megabyte."""
    rows = [
        {
            "document_id": f"d{number}-{n}", "collection_key": "main", "url": f"https://news.example/{number}/{n}",
            "text": "".join(chr(0x4E00 + (n * 7919 + k * k * (number + 3)) % 20_000) for k in range(4_000)),
            "published_basis": "unknown", "word_count": 1, "text_sha256": f"{number}-{n}", "rights": "full_text",
            "input_kind": "page", "cleaner_version": "1",
        }
        for n in range(BATCH)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def count(settings: Settings) -> int:
    with raw_database(settings, read_only=True) as connection:
        row = connection.execute("select count(*), count(distinct document_id) from documents").fetchone()
    assert row is not None
    assert row[0] == row[1]
    return int(row[0])


def test_landing_on_a_full_disk_loses_nothing(settings: Settings) -> None:
    land_documents(settings, batch(0))
    filler = settings.data_dir / "filler"
    filler.write_bytes(bytes(6 * MEGABYTE))
    landed, fault = 1, None
    while fault is None and landed < 50:
        try:
            land_documents(settings, batch(landed))
            landed += 1
        except Exception as error:  # which kind it is, is what the message must not depend on
            fault = error
    assert fault is not None, "the disk never filled"
    sentence, code = explain(fault)
    assert sentence is not None
    assert "The disk is full" in sentence
    assert "make room" in sentence
    assert code == FAILED
    filler.unlink()
    assert count(settings) == landed * BATCH, "a batch is lost, or half there"
    land_documents(settings, batch(landed))
    assert count(settings) == (landed + 1) * BATCH


def test_a_page_that_the_archive_cannot_take_is_an_outcome_and_asked_for_again(settings: Settings) -> None:
    pages = [_page(number) for number in range(3)]
    filler = settings.data_dir / "filler"
    with Archive(settings) as archive:
        first = list(archived(iter(pages[:1]), archive))
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(bytes(13 * MEGABYTE))
        lost = list(archived(iter([_page(1, size=MEGABYTE)]), archive))
    filler.unlink()
    assert first == pages[:1]
    (outcome,) = lost
    assert isinstance(outcome, Outcome)
    assert "No space left" in (outcome.detail or "")
    with Archive(settings) as archive:
        list(archived(iter(pages[1:]), archive))
    assert {p.url for p in replay(settings) if isinstance(p, Page)} == {p.url for p in pages}


def _page(number: int, size: int = 0) -> Page:
    url = f"https://news.example/{number}"
    return Page(
        url=url, canonical_url=url, final_url=url, status=200, headers={"content-type": "text/html"},
        body=page(number) + os.urandom(size), encoding=None, etag=None, last_modified=None, fetched_at=utc_now(),
        wire_bytes=1, rights="full_text", rights_basis="", source_key=None, candidate=None,
    )  # fmt: skip
