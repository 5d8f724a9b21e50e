"""Back-fill goes on where it stopped, even inside a file; replay reads the own archive without a request."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import acquire
from flows.backfill import backfill
from flows.clean import page as cleaning
from flows.fetch.archive import Archive
from flows.fetch.page import Page
from flows.land.database import raw_database
from flows.settings import Settings
from tests.fixtures.killing import HOST, page, site

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


def _gdelt(columns: int, cells: dict[int, str]) -> str:
    return "\t".join(cells.get(n, "") for n in range(columns)) + "\n"


def test_gdelt_files_and_lists_are_fetched_each_address_once(tmp_path: Path) -> None:
    """A GKG file, a mentions file, a DOC answer and a list that overlap: what they name is landed with its outcomes."""
    seen = "20250422101500"
    gkg = tmp_path / "20250422.gkg.csv.zip"
    with zipfile.ZipFile(gkg, "w") as zipped:
        lines = [_gdelt(27, {1: seen, 2: "1", 4: f"http://{HOST}/a/{n}"}) for n in (0, 1)]
        lines.append(_gdelt(27, {1: seen, 2: "2", 4: "a citation, and no page"}))
        zipped.writestr("20250422.gkg.csv", "".join(lines))
    mentions = tmp_path / "20250422.mentions.csv"
    mentions.write_text("".join(_gdelt(16, {2: seen, 3: "1", 5: f"http://{HOST}/a/{n}"}) for n in (1, 2)))
    answer = tmp_path / "doc.json"
    found = {
        "url": f"http://{HOST}/a/3",
        "title": "Talks, part 3",
        "seendate": "20250422T101500Z",
        "language": "English",
    }
    answer.write_text(json.dumps({"articles": [found, {"title": "no address"}]}))
    listed = tmp_path / "more.txt"
    listed.write_text(f"# by hand\nhttp://{HOST}/a/3\nhttp://{HOST}/a/4\nnot an address\nhttp://{HOST}/gone\n")
    with site() as server:
        settings = Settings(
            data_dir=tmp_path / "data", allow_loopback=True, connect_to={HOST: f"127.0.0.1:{server.port}"},
            host_delay_seconds=0, read_tdmrep=False,
        )  # fmt: skip
        list(backfill(settings, [gkg, mentions, answer, listed], "one", all_sites=True))
    landed = _rows(settings, "select url from documents order by 1")
    assert landed == [(f"http://{HOST}/a/{n}",) for n in range(5)]
    assert {server.hits[f"/a/{n}"] for n in range(5)} == {1}
    read = _rows(
        settings, "select subject, reason from outcomes where stage = 'discover' and reason = 'done' order by 1"
    )
    assert [Path(str(subject)).name for subject, _ in read] == [gkg.name, mentions.name, answer.name]
    faults = _rows(settings, "select stage, reason from outcomes where status = 'failed' order by all")
    assert faults == [("discover", "bad_url"), ("fetch", "not_found")]


def test_a_folder_of_wacz_and_warc_files_is_landed_and_a_damaged_one_is_an_outcome(tmp_path: Path, warc: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    data = warc.read_bytes()
    with zipfile.ZipFile(folder / "crawl.wacz", "w") as zipped:
        zipped.writestr("archive/data.warc.gz", data)
        zipped.writestr("pages/pages.jsonl", "{}")
    (folder / "cut.warc.gz").write_bytes(data[: len(data) // 2])
    (folder / "readme.md").write_text("no archive")
    settings = Settings(data_dir=tmp_path / "data")
    list(backfill(settings, [folder], "one", all_sites=True))
    assert _rows(settings, "select count(*), count(distinct url) from documents") == [(PAGES, PAGES)]
    faults = _rows(settings, "select reason from outcomes where status = 'failed'")
    assert faults == [("bad_archive",)]
