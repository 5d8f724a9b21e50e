"""Back-fill goes on where it stopped, even inside a file; replay reads the own archive without a request."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import acquire
from flows.clean import page as cleaning
from flows.fetch.archive import Archive
from flows.fetch.page import Page
from flows.land.database import raw_database
from flows.settings import Settings
from tests.fixtures.killing import page

PAGES = 9
DAY = datetime(2025, 4, 22)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc.gz"
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(PAGES):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            address = f"http://crawl.example/{number}"
            body = page(number)
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers
            )
            writer.write_record(record)
    return path


def _rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with raw_database(settings, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_an_interrupted_file_is_gone_on_with_and_a_finished_one_is_left(
    tmp_path: Path, warc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    monkeypatch.setattr(acquire, "SPOOL_PAGES", 3)

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acquire.backfill(settings, [warc], [], "one", stop)
    reports = acquire.land_while_fetching(settings, [], "two", partial(acquire.backfill, settings, [warc], [], "two"))
    read, left, landed = reports
    assert left.count == 3  # the one batch that the interrupted run had finished
    assert read.count in (PAGES - 3, PAGES - 2)  # the page under way may come again, none is left out
    assert left.count + landed.count == PAGES
    assert acquire.backfill(settings, [warc], [], "three").count == 0
    assert _rows(settings, "select is_finished, next_offset = file_bytes from archives") == [(True, True)]


def test_replay_since_a_day_and_of_one_outlet_lands_what_a_new_cleaner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with Archive(settings) as archive:
        for number, outlet in enumerate(["outlet:a", "outlet:a", "outlet:b"]):
            url = f"http://a.example/{number}"
            headers = {"content-type": "text/html"}
            body = page(number)
            stored = Page(url, url, url, 200, headers, body, "utf-8", None, None, DAY, len(body), source_key=outlet)
            archive.append(stored)
    for run in ("one", "two"):
        assert acquire.replay(settings, run, None, None).count == 3
        acquire.clean(settings, [], run)
        assert _rows(settings, "select count(*), count(distinct url) from documents") == [(3, 3)]
    assert acquire.replay(settings, "three", DAY + timedelta(days=1), None).count == 0
    monkeypatch.setattr(cleaning, "VERSION", "next")
    monkeypatch.setattr(cleaning, "remove_boilerplate", lambda lines, *rest: [line.upper() for line in lines])
    assert acquire.replay(settings, "four", DAY, "outlet:a").count == 2
    acquire.clean(settings, [], "four")
    causes = _rows(settings, "select version_cause, count(*) from documents group by all order by all")
    assert causes == [("cleaner", 2), ("first", 3)]
