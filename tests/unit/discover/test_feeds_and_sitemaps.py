"""Feeds, sitemaps and lists as candidates. Attacks with sockets are in integration/test_hostile_server.py."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.discover.candidate import Candidate
from flows.discover.dates import parse_time
from flows.discover.feeds import BadListingError, parse_feed
from flows.discover.gdelt import read_gdelt
from flows.discover.lists import read_list
from flows.discover.merge import merged
from flows.discover.sitemaps import Entry, parse_sitemap
from flows.fetch.limits import Limits
from flows.outcomes import Outcome
from flows.sources.schema import Source

LIMITS = Limits(200_000_000, 200_000_000, 200, 0, 0)
KYIV = Source(
    key="outlet:a",
    name="A",
    country="UKR",
    homepage="https://a.example/",
    domains=("a.example",),
    language="en",
    is_wire=False,
    is_state_media=False,
    timezone="Europe/Kyiv",
    verified="never",
)


def entries(data: bytes) -> list[Entry]:
    return list(parse_sitemap(io.BytesIO(data), LIMITS))


def feed(data: bytes, **options: str) -> list[Candidate]:
    return list(parse_feed(data, "https://a.example/feed", KYIV, **options))


# ---- times ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, 01 Mar 2025 10:00:00 GMT", datetime(2025, 3, 1, 10)),
        ("Sat, 01 Mar 2025 10:00:00 +0200", datetime(2025, 3, 1, 8)),
        ("2025-03-01T10:00:00Z", datetime(2025, 3, 1, 10)),
        ("2025-07-01T10:00:00", datetime(2025, 7, 1, 7)),
        ("2025-03-01", datetime(2025, 2, 28, 22)),
        ("2025-03", datetime(2025, 2, 28, 22)),
        ("20250301101500", datetime(2025, 3, 1, 10, 15)),
        ("20250301T101500Z", datetime(2025, 3, 1, 10, 15)),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("2025-13-45", None),
        ("yesterday", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("", None),
        (None, None),
    ],
)
def test_times_with_their_zone(text: str | None, expected: datetime | None) -> None:
    assert parse_time(text, "Europe/Kyiv") == expected


@given(st.text(max_size=70))
def test_no_time_breaks_it(text: str) -> None:
    found = parse_time(text)
    assert found is None or found.tzinfo is None


# ---- feeds ----

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><language>en-GB</language>
<item><title>Talks &amp; &lt;b&gt;terms&lt;/b&gt;</title><link>https://a.example/1?utm_source=rss</link><guid>g1</guid>
<pubDate>Sat, 01 Mar 2025 10:00:00</pubDate></item>
<item><title>Relative</title><link>/2</link></item>
<item><title>By guid</title><guid>https://a.example/3</guid></item>
<item><title>Again</title><link>https://a.example/1#x</link></item>
<item><title>No link</title></item>
<item><title>Bad</title><link>javascript:x</link></item></channel></rss>"""


def test_rss() -> None:
    found = feed(RSS.encode())
    assert [c.canonical_url for c in found] == [f"https://a.example/{n}" for n in (1, 2, 3)]
    assert found[0].title == "Talks & terms"
    assert found[0].url == "https://a.example/1?utm_source=rss"
    assert found[0].published_at == datetime(2025, 3, 1, 8)
    assert (found[0].source_key, found[0].language, found[0].guid) == ("outlet:a", "en", "g1")


def test_atom_and_the_time_of_change() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">T</title>
    <link rel="alternate" href="https://a.example/1"/><link rel="enclosure" href="https://a.example/x.mp3"/>
    <published>2025-03-01T10:00:00Z</published><updated>2025-03-02T10:00:00Z</updated></entry></feed>"""
    (found,) = feed(body)
    assert (found.url, found.published_at) == ("https://a.example/1", datetime(2025, 3, 1, 10))
    assert found.changed_at == datetime(2025, 3, 2, 10)


def test_json_feed() -> None:
    items: list[object] = [
        {"id": "1", "url": "https://a.example/1", "title": "T", "date_published": "2025-03-01T10:00:00Z"},
        {"id": "https://a.example/2"},
        {"id": 3},
        "nonsense",
    ]
    found = feed(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode())
    assert [c.url for c in found] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body>no</body></html>", b"{}", b'{"items": 5}', b"{" * 50_000, b"\x00\xff" * 99, b"<a>" * 30_000],
)
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(BadListingError):
        feed(data)


def test_a_feed_cut_in_the_middle_gives_its_beginning() -> None:
    cut = RSS[: RSS.index("By guid")].encode()
    assert [c.canonical_url for c in feed(cut)][:2] == ["https://a.example/1", "https://a.example/2"]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_parsers(data: bytes) -> None:
    for parse in (feed, entries):
        with contextlib.suppress(BadListingError):
            assert isinstance(parse(b"<rss><channel><item>" + data), list)


# ---- sitemaps ----


def test_a_news_sitemap() -> None:
    body = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc> https://a.example/1?a=1&amp;b=2 </loc><lastmod>2025-03-02</lastmod>
    <image:image><image:loc>https://a.example/p.jpg</image:loc><image:title>Photo</image:title></image:image>
    <news:news><news:publication><news:name>A</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2025-03-01T10:00:00+02:00</news:publication_date><news:title>“Talks”</news:title></news:news></url>
    <url><loc>https://a.example/2</loc></url></urlset>"""
    first, second = entries(body.encode())
    assert first == Entry(
        False, "https://a.example/1?a=1&b=2", "2025-03-02", "“Talks”", "2025-03-01T10:00:00+02:00", "en"
    )
    assert second.loc == "https://a.example/2"
    assert [e.loc for e in entries(gzip.compress(body.encode()))] == [first.loc, second.loc]
    assert [e.loc for e in entries(body.replace("UTF-8", "utf-16").encode("utf-16"))] == [first.loc, second.loc]
    assert [e.loc for e in entries(body.replace("UTF-8", "windows-1251").encode("cp1251"))] == [first.loc, second.loc]


def test_an_index_and_a_text_sitemap() -> None:
    index = b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc><lastmod>2025-03-01</lastmod></sitemap></sitemapindex>"
    assert entries(index) == [Entry(True, "https://a.example/s.xml", "2025-03-01")]
    text = b"\xef\xbb\xbfhttps://a.example/1\r\n\r\nhttps://a.example/2"
    assert [e.loc for e in entries(text)] == ["https://a.example/1", "https://a.example/2"]


def test_damage_keeps_what_stands_before() -> None:
    body = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(5_000))
    for data in (body, body + b"</wrong>", gzip.compress(body)[:-2000]):
        found: list[Entry] = []
        with pytest.raises(BadListingError):
            found.extend(parse_sitemap(io.BytesIO(data), LIMITS))
    reading = parse_sitemap(io.BytesIO(body), LIMITS)
    assert next(reading).loc == "https://a.example/0"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"<rss><channel/></rss>",
        b'<?xml version="1.0" encoding="no-such"?><urlset/>',
        b'<?xml version="1.0" encoding="hex"?><urlset/>',
        b"<a>" * 100,
        b"<urlset " + b"a" * 3_000_000,
        gzip.compress(b"\0" * 60_000_000),
    ],
    ids=["empty", "blank", "a feed", "unknown encoding", "odd encoding", "deep", "one long tag", "bomb"],
)
def test_what_is_no_sitemap_says_so(data: bytes) -> None:
    with pytest.raises(BadListingError):
        entries(data)


class _Endless(io.RawIOBase):
    """A sitemap of 200,000 addresses that is made while it is read (a million in integration)."""

    def __init__(self) -> None:
        self.number = 0
        self.rest = b"<urlset>"

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.number, self.rest = 0, b"<urlset>"
        return 0

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self.rest) < len(buffer) and self.number <= 200_000:
            if self.number == 200_000:
                self.rest += b"</urlset>"
            else:
                block = range(self.number, self.number + 1000)
                self.rest += b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in block)
            self.number += 1 if self.number == 200_000 else 1000
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def test_many_addresses_need_no_memory() -> None:
    reading = parse_sitemap(io.BufferedReader(_Endless()), LIMITS)
    count = sum(1 for _, _ in zip(range(150_000), reading, strict=False))
    tracemalloc.start()
    try:
        count += sum(1 for _ in reading)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert count == 200_000


# ---- lists and GDELT ----


def test_a_list_names_its_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(
        b"\xef\xbb\xbf# comment\nhttps://a.example/1\n\nnot one\nhttps://a.example/1/\n\xff\xfe\nhttps://b.example/2"
    )
    for file in (path, tmp_path / "list.txt.gz"):
        if file.suffix == ".gz":
            file.write_bytes(gzip.compress(path.read_bytes()))
        results = list(read_list(file, [KYIV]))
        found = [(c.url, c.source_key) for c in results if isinstance(c, Candidate)]
        assert found == [("https://a.example/1", "outlet:a"), ("https://b.example/2", None)]
        assert [o.subject[-2:] for o in results if isinstance(o, Outcome)] == [":4", ":6"]
    (missing,) = list(read_list(tmp_path / "none.txt"))
    assert isinstance(missing, Outcome)
    assert missing.reason == "unreadable_file"
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"https://a.example/1\n" * 9)[:-9])
    assert [r.reason for r in read_list(tmp_path / "cut.gz") if isinstance(r, Outcome)] == ["unreadable_file"]


def gkg(url: str, kind: str = "1") -> str:
    return "\t".join(["20250301101500-1", "20250301101500", kind, "a.example", url, *[""] * 22])


def test_gdelt_files(tmp_path: Path) -> None:
    mention = "\t".join(["99", "20250301", "20250301101500", "1", "a.example", "https://a.example/m", *["1"] * 10])
    rows = [gkg("https://a.example/1"), gkg("https://a.example/1"), gkg("BBC Monitoring", "2"), "short line", mention]
    rows.append(gkg("https://other.example/1"))
    plain = tmp_path / "20250301101500.gkg.csv"
    plain.write_text("\n".join(rows), encoding="utf-8")
    packed = tmp_path / "20250301101500.gkg.csv.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.write(plain, plain.name)
    for path in (plain, packed):
        results = list(read_gdelt(path, [KYIV]))
        found = [c for c in results if isinstance(c, Candidate)]
        assert [c.url for c in found] == ["https://a.example/1", "https://a.example/m"]
        assert found[0].changed_at == datetime(2025, 3, 1, 10, 15)
        assert found[0].published_at is None
        assert [(o.reason, o.detail) for o in results if isinstance(o, Outcome)] == [
            ("done", "2 addresses, 1 of other sites, 2 unusable lines")
        ]
    assert len([c for c in read_gdelt(plain) if isinstance(c, Candidate)]) == 3


def test_gdelt_doc_json_and_damage(tmp_path: Path) -> None:
    path = tmp_path / "doc.json"
    article = {"url": "https://a.example/1", "title": "T", "seendate": "20250301T101500Z", "language": "Ukrainian"}
    path.write_text(json.dumps({"articles": [article, {"title": "no address"}, 5]}), encoding="utf-8")
    results = list(read_gdelt(path))
    (found,) = [c for c in results if isinstance(c, Candidate)]
    assert (found.title, found.language) == ("T", "uk")
    for data in (b'{"articles": 5}', b"{" * 99_999, b"PK\x03\x04broken"):
        path.write_bytes(data)
        assert next(r.reason for r in read_gdelt(path) if isinstance(r, Outcome)) in ("unreadable_file", "bad_record")
    (missing,) = list(read_gdelt(tmp_path / "none"))
    assert isinstance(missing, Outcome)


# ---- merging ----


def _count_from(start: int) -> Iterator[int]:
    return iter(range(start, start + 100))


def test_merged_gives_everything_and_passes_errors_on() -> None:
    makers: list[Callable[[], Iterator[int]]] = [partial(_count_from, start) for start in (0, 1000, 2000)]
    got = list(merged(makers, 3))
    assert sorted(got) == [*range(100), *range(1000, 1100), *range(2000, 2100)]
    assert [n for n in got if n < 100] == list(range(100))

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        list(merged([broken, makers[0]], 2))
    endless = merged([lambda: iter(int, 1), lambda: iter(int, 1)], 2)
    assert next(endless) == 0
    endless.close()  # type: ignore[attr-defined]
