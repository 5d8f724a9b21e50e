"""Pages go into WARC files and come back equal; damage costs what it damages, and nothing before it."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as options
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.discover.candidate import Candidate
from flows.discover.warc import read_archives
from flows.fetch.archive import Archive, archived, replay
from flows.fetch.page import Page
from flows.fetch.state import FetchState
from flows.fetch.warcfile import Stored, read_warc, warc_files
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source


def page(number: int = 1, body: bytes = b"<html><body>text</body></html>", **changes: Any) -> Page:
    url = f"http://a.example/{number}"
    listed = Candidate(
        url, url, "outlet:a", "Tïtle\nof \u2028 it", datetime(2025, 3, 1, 9), "http://a.example/rss", "en", "g"
    )
    values: dict[str, Any] = {
        "url": url,
        "canonical_url": url,
        "final_url": url + "-final",
        "status": 200,
        "headers": {"content-type": "text/html; charset=windows-1251", "x-odd": "a"},
        "body": body,
        "encoding": "windows-1251",
        "etag": None,
        "last_modified": None,
        "fetched_at": datetime(2025, 3, 1, 10, 0, number % 60),
        "wire_bytes": 17,
        "source_key": "outlet:a",
        "candidate": listed,
    }
    return Page(**{**values, **changes})


def stored(settings: Settings, *pages: Page) -> list[Path]:
    with Archive(settings) as archive:
        for item in pages:
            archive.append(item)
    return sorted(settings.archive_dir.rglob("*.warc.gz"))


def test_a_page_comes_back_equal(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    original = page(body=bytes(range(256)) * 10, rights="metadata_only", rights_basis="meta robots")
    stored(settings, original)
    (back,) = list(replay(settings))
    assert isinstance(back, Page)
    length = {"content-length": str(len(original.body))}
    assert back == Page(**{**vars(original), "headers": {**original.headers, **length}})
    assert back.candidate == original.candidate


@options(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(body=st.binary(max_size=5_000), title=st.text(max_size=50))
def test_any_body_and_title_come_back(tmp_path_factory: pytest.TempPathFactory, body: bytes, title: str) -> None:
    settings = Settings(data_dir=tmp_path_factory.mktemp("archive"))
    clean = title.encode("utf-8", "replace").decode()
    stored(
        settings, page(body=body, candidate=Candidate("http://a.example/1", "http://a.example/1", "outlet:a", clean))
    )
    (back,) = list(replay(settings))
    assert isinstance(back, Page)
    assert back.body == body
    assert back.candidate is not None
    assert (back.candidate.title or "") == clean


def test_nothing_is_written_without_a_page_and_files_rotate(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, archive_file_bytes=1_500)
    assert stored(settings) == []
    assert len(stored(settings, *(page(n) for n in range(10)))) > 1
    assert len(list(replay(settings))) == 10


def test_replay_chooses_by_time_and_source(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    stored(settings, page(1), page(30), page(40, source_key="outlet:b"))
    since = datetime(2025, 3, 1, 10, 0, 20)
    assert [p.url[-2:] for p in replay(settings, since=since) if isinstance(p, Page)] == ["30", "40"]
    assert [p.url[-2:] for p in replay(settings, source="outlet:b") if isinstance(p, Page)] == ["40"]
    assert list(replay(settings, since=datetime(2999, 1, 1))) == []


def test_a_full_disk_is_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Archive(Settings(data_dir=tmp_path)) as archive:
        monkeypatch.setattr(archive, "append", full)
        (result,) = list(archived(iter([page()]), archive))
    assert isinstance(result, Outcome)
    assert "No space" in result.detail


def test_a_cut_anywhere_keeps_what_stands_before(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    (path,) = stored(settings, *(page(n, body=b"<p>%d</p>" % n * 300) for n in range(5)))
    whole = path.read_bytes()
    ends = [item.next_offset for item in read_warc(str(path), settings) if isinstance(item, Stored)]
    assert ends[-1] == len(whole)
    for cut in range(1, len(whole), 37):
        path.write_bytes(whole[:cut])
        results = list(read_warc(str(path), settings))
        pages = [r for r in results if isinstance(r, Stored)]
        # The last bytes of a member are its checksum: a page may already be whole before them.
        assert sum(end <= cut for end in ends) <= len(pages) <= sum(end - 8 <= cut for end in ends)
        bad = [r.reason for r in results if isinstance(r, Outcome)]
        assert bad in ([], ["bad_archive"])
        if cut not in ends and not any(end - 8 <= cut <= end for end in ends) and cut > ends[0]:
            assert bad == ["bad_archive"], cut


@pytest.mark.parametrize(
    "data",
    [b"", b"not a warc at all\r\n" * 20, b"\x1f\x8b" + b"\0" * 50, gzip.compress(b"x" * 100)],
    ids=["empty", "text", "torn gzip", "gzip of text"],
)
def test_a_file_that_is_no_warc_is_bad_or_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    results = list(read_warc(str(path), Settings(data_dir=tmp_path)))
    assert [r.reason for r in results if isinstance(r, Outcome)] == (["bad_archive"] if data else [])


def foreign(path: Path, *bodies: bytes, compressed: bool = True, **headers: str) -> None:
    """As other crawlers write it: requests between, chunked or encoded bodies as they came."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compressed)
    for number, body in enumerate(bodies):
        lines = [("Content-Type", "text/html"), *((k.replace("_", "-"), v) for k, v in headers.items())]
        url = f"http://a.example/{number}"
        http = StatusAndHeaders("200 OK", lines, protocol="HTTP/1.1")
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), len(body), http_headers=http))
    path.write_bytes(buffer.getvalue())


@pytest.mark.parametrize("compressed", [True, False])
def test_foreign_files_are_read_and_decoded(tmp_path: Path, compressed: bool) -> None:
    settings = Settings(data_dir=tmp_path)
    packed = gzip.compress(b"<p>hello</p>")
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    path = tmp_path / "f.warc.gz"
    for body, headers in (
        (packed, {"Content_Encoding": "gzip"}),
        (b"<p>hello</p>", {"Content_Encoding": "gzip"}),
        (chunk, {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
    ):
        foreign(path, body, compressed=compressed, **headers)
        (item,) = list(read_warc(str(path), settings))
        assert isinstance(item, Stored)
        assert item.page.body == b"<p>hello</p>"


def test_a_bomb_in_a_file_is_an_outcome_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.warc.gz"
    bomb = gzip.compress(b"\0" * 60_000_000)
    foreign(path, bomb, gzip.compress(b"<p>ok</p>"), Content_Encoding="gzip")
    results = list(read_warc(str(path), Settings(data_dir=tmp_path)))
    assert [r.reason if isinstance(r, Outcome) else "page" for r in results] == ["bomb", "page"]


def test_reading_resumes_inside_a_file_and_in_a_wacz(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    plain = tmp_path / "in" / "f.warc.gz"
    plain.parent.mkdir()
    foreign(plain, *(b"<p>%d</p>" % n for n in range(6)))
    with zipfile.ZipFile(tmp_path / "in" / "g.wacz", "w") as zipped:
        zipped.write(plain, "archive/g.warc.gz")
    assert len(warc_files(tmp_path / "in")) == 2
    state = FetchState()
    reading = read_archives([tmp_path / "in"], settings, state=state)
    taken = [next(reading) for _ in range(8)]
    reading.close()  # type: ignore[attr-defined]
    later = FetchState.from_arrow(archives=state.dump_archives())
    rest = [r for r in read_archives([tmp_path / "in"], settings, state=later) if isinstance(r, Page)]
    pages = [r for r in taken if isinstance(r, Page)]
    # The page under way when the run was killed comes again; none is missing.
    assert len(pages) + len(rest) == 13
    assert [p.url for p in rest] == [f"http://a.example/{n}" for n in range(6)][-len(rest) :]
    assert [r for r in read_archives([tmp_path / "in"], settings, state=later) if isinstance(r, Page)] == []


def test_only_pages_of_the_sources_come_and_missing_files_are_named(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    foreign(tmp_path / "f.warc.gz", b"<p>0</p>", b"<p>1</p>")
    chosen = Source(
        key="outlet:a",
        name="A",
        country=None,
        homepage="http://a.example/",
        domains=("a.example",),
        language="en",
        is_wire=False,
        is_state_media=False,
        timezone="UTC",
        exclude=("/0$",),
        verified="never",
    )
    results = list(read_archives([tmp_path / "f.warc.gz", tmp_path / "none"], settings, [chosen]))
    assert [(r.url, r.source_key) for r in results if isinstance(r, Page)] == [("http://a.example/1", "outlet:a")]
    assert [r.reason for r in results if isinstance(r, Outcome)] == ["done", "unreadable_file"]
