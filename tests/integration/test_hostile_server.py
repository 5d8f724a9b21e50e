"""A server that does everything wrong: no request crashes, each leaves an outcome with a reason code, time is bounded.

Detects a missing bound, a leaked exception, a private address that is reached. Not a test of good manners (see
unit/fetch/test_manners.py).
"""

from __future__ import annotations

import gzip
import resource
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

from flows.discover.candidate import Candidate
from flows.discover.walk import discover
from flows.fetch.client import FetchClient
from flows.fetch.page import Page
from flows.fetch.pool import fetch_all
from flows.fetch.state import FetchState
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Feed, Source
from tests.fixtures.hostile import HostileServer, Visit

PAGE = b"<!doctype html><html><head><title>Talks</title></head><body><p>Envoys met in Muscat.</p></body></html>"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


def settings_for(tmp_path: Path, **changes: Any) -> Settings:
    small: dict[str, Any] = {
        "data_dir": tmp_path,
        "allow_loopback": True,
        "host_delay_seconds": 0,
        "backoff_seconds": 0.01,
        "fetch_retries": 0,
        "first_byte_seconds": 0.6,
        "total_seconds": 1.0,
        "max_wire_bytes": 2_000_000,
        "max_body_bytes": 5_000_000,
        "max_wait_seconds": 0.5,
        "read_tdmrep": False,
        "host_failures_before_quarantine": 100,
        "fetch_workers": 4,
    }
    return Settings(**{**small, **changes})


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FetchClient]:
    with FetchClient(settings_for(tmp_path)) as made:
        yield made


def reason_of(result: Page | Outcome) -> str:
    assert isinstance(result, Outcome), f"a page came: {result!r:.200}"
    assert result.stage == "fetch"
    return result.reason


def chunked(visit: Visit, pieces: Iterator[bytes], **headers: str) -> None:
    visit.head(200, Content_Type="text/html", Transfer_Encoding="chunked", **headers)
    for piece in pieces:
        if visit.stop.is_set():
            return
        visit.send(b"%x\r\n%s\r\n" % (len(piece), piece))
    visit.send(b"0\r\n\r\n")


# ---- time ----


def test_a_slow_drip_of_body_ends_at_the_deadline(server: HostileServer, client: FetchClient) -> None:
    def drip(visit: Visit) -> None:
        visit.head(200, Content_Type="text/html", Content_Length="100000")
        visit.drip(b"x" * 100_000, 0.05)

    server.routes["/drip"] = drip
    started = time.monotonic()
    assert reason_of(client.fetch(server.url("/drip"))) == "timeout"
    assert time.monotonic() - started < 2.5


def test_a_slow_drip_of_headers_ends_at_the_first_byte_limit(server: HostileServer, client: FetchClient) -> None:
    server.routes["/slow"] = lambda visit: visit.drip(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1000, 0.05)
    started = time.monotonic()
    assert reason_of(client.fetch(server.url("/slow"))) == "timeout"
    assert time.monotonic() - started < 2.0


def test_silence_is_a_timeout(server: HostileServer, client: FetchClient) -> None:
    server.routes["/silent"] = lambda visit: visit.hang()
    assert reason_of(client.fetch(server.url("/silent"))) == "timeout"


def test_a_dripping_tls_handshake_ends_at_the_deadline(server: HostileServer, client: FetchClient) -> None:
    # A plain socket that accepts and never shakes hands.
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        started = time.monotonic()
        outcome = client.fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        assert reason_of(outcome) in ("timeout", "robots_unreachable", "tls_failure")
        assert time.monotonic() - started < 3.0
    finally:
        listener.close()


# ---- size ----


def test_an_endless_body_is_too_large(server: HostileServer, client: FetchClient) -> None:
    def endless(visit: Visit) -> None:
        chunked(visit, iter(lambda: b"a" * 65_536, b""))

    server.routes["/endless"] = endless
    assert reason_of(client.fetch(server.url("/endless"))) == "too_large"


def test_html_of_50_mb_is_too_large_and_not_read(server: HostileServer, client: FetchClient) -> None:
    def huge(visit: Visit) -> None:
        visit.head(200, Content_Type="text/html", Content_Length=str(50_000_000))
        for _ in range(500):
            visit.send(b"<p>" + b"a" * 99_997)

    server.routes["/huge"] = huge
    assert reason_of(client.fetch(server.url("/huge"))) == "too_large"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_gzip_bomb_is_stopped_in_little_memory(server: HostileServer, client: FetchClient, layers: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(100)) + packer.flush()
    if layers == 2:
        bomb = gzip.compress(bomb)
    server.routes["/bomb"] = lambda v: v.reply(bomb, Content_Encoding=", ".join(["gzip"] * layers))
    tracemalloc.start()
    try:
        assert reason_of(client.fetch(server.url("/bomb"))) == "bomb"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_brotli_bomb_is_stopped(server: HostileServer, client: FetchClient) -> None:
    bomb = brotli.compress(b"\0" * 100_000_000, quality=1)
    server.routes["/bomb"] = lambda v: v.reply(bomb, Content_Encoding="br")
    assert reason_of(client.fetch(server.url("/bomb"))) == "bomb"


def test_ten_content_encodings_are_refused(server: HostileServer, client: FetchClient) -> None:
    server.routes["/deep"] = lambda v: v.reply(b"x", Content_Encoding=", ".join(["gzip"] * 10))
    assert reason_of(client.fetch(server.url("/deep"))) == "bad_encoding"


# ---- damage ----


def test_fewer_bytes_than_announced_are_truncated(server: HostileServer, client: FetchClient) -> None:
    server.routes["/short"] = lambda v: v.reply(PAGE, Content_Length="5000")
    assert reason_of(client.fetch(server.url("/short"))) == "truncated"


def test_more_bytes_than_announced_do_not_leak_into_the_next_page(server: HostileServer, client: FetchClient) -> None:
    server.routes["/long"] = lambda v: v.reply(PAGE + b"HTTP/1.1 200 OK\r\n\r\nsmuggled", Content_Length=str(len(PAGE)))
    server.routes["/next"] = lambda v: v.reply(PAGE)
    first, second = client.fetch(server.url("/long")), client.fetch(server.url("/next"))
    assert isinstance(first, Page)
    assert first.body == PAGE
    assert reason_of(second) if isinstance(second, Outcome) else second.body == PAGE


def test_a_length_that_is_no_number_does_not_crash(server: HostileServer, client: FetchClient) -> None:
    server.routes["/odd"] = lambda v: v.reply(PAGE, Content_Length="many")
    result = client.fetch(server.url("/odd"))
    assert isinstance(result, Page) or result.reason in ("unreachable", "truncated", "http_error")


@pytest.mark.parametrize("keep", [0.5, 0.98])
def test_truncated_gzip_is_truncated(server: HostileServer, client: FetchClient, keep: float) -> None:
    packed = gzip.compress(PAGE * 200)
    cut = packed[: int(len(packed) * keep)]
    server.routes["/cut"] = lambda v: v.reply(cut, Content_Encoding="gzip")
    assert reason_of(client.fetch(server.url("/cut"))) == "truncated"


def test_what_is_called_gzip_and_is_not_is_bad_encoding(server: HostileServer, client: FetchClient) -> None:
    server.routes["/lie"] = lambda v: v.reply(PAGE, Content_Encoding="gzip")
    assert reason_of(client.fetch(server.url("/lie"))) == "bad_encoding"


def test_a_connection_cut_in_a_chunk_is_truncated(server: HostileServer, client: FetchClient) -> None:
    def cut(visit: Visit) -> None:
        visit.head(200, Content_Type="text/html", Transfer_Encoding="chunked")
        visit.send(b"1000\r\n<html>")

    server.routes["/cut"] = cut
    assert reason_of(client.fetch(server.url("/cut"))) == "truncated"


def test_garbage_instead_of_http_is_unreachable(server: HostileServer, client: FetchClient) -> None:
    server.routes["/garbage"] = lambda v: v.send(b"\x00\xff\x00garbage\r\n\r\n" * 50)
    assert reason_of(client.fetch(server.url("/garbage"))) in ("unreachable", "truncated")


def test_a_hundred_thousand_headers_are_an_outcome(server: HostileServer, client: FetchClient) -> None:
    server.routes["/headers"] = lambda v: v.send(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\n")
    assert reason_of(client.fetch(server.url("/headers"))) in ("unreachable", "timeout")


@pytest.mark.parametrize("label", ["no-such-charset", "utf-7", "hex", "\xff\xfe"])
def test_a_wrong_charset_is_passed_on_as_a_hint_and_bytes_stay(
    server: HostileServer, client: FetchClient, label: str
) -> None:
    server.routes["/charset"] = lambda v: v.reply(PAGE, Content_Type=f"text/html; charset={label}")
    page = client.fetch(server.url("/charset"))
    assert isinstance(page, Page)
    assert page.body == PAGE


def test_nul_bytes_pass_through(server: HostileServer, client: FetchClient) -> None:
    body = PAGE.replace(b"Muscat", b"Mus\x00cat")
    server.routes["/nul"] = lambda v: v.reply(body)
    page = client.fetch(server.url("/nul"))
    assert isinstance(page, Page)
    assert page.body == body


# ---- redirects and addresses ----


def test_a_redirect_loop_and_a_chain_are_too_many(server: HostileServer, client: FetchClient) -> None:
    server.routes["/loop"] = lambda v: v.reply(b"", 302, Location="/loop2")
    server.routes["/loop2"] = lambda v: v.reply(b"", 302, Location="/loop")
    for number in range(20):
        server.routes[f"/chain{number}"] = lambda v, n=number: v.reply(b"", 301, Location=f"/chain{n + 1}")  # type: ignore[misc]
    assert reason_of(client.fetch(server.url("/loop"))) == "too_many_redirects"
    assert reason_of(client.fetch(server.url("/chain0"))) == "too_many_redirects"
    assert server.hits["/chain6"] == 0


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://192.168.1.1:8080/",
        "http://0x0a000001/",
    ],
)
def test_a_redirect_to_a_private_address_is_forbidden(server: HostileServer, client: FetchClient, target: str) -> None:
    server.routes["/out"] = lambda v: v.reply(b"", 302, Location=target)
    assert reason_of(client.fetch(server.url("/out"))) in ("forbidden_address", "dns_failure")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user:secret@127.0.0.1/"])
def test_a_redirect_to_another_scheme_is_a_bad_url(server: HostileServer, client: FetchClient, target: str) -> None:
    server.routes["/out"] = lambda v: v.reply(b"", 302, Location=target)
    assert reason_of(client.fetch(server.url("/out"))) == "bad_url"


def test_loopback_is_forbidden_unless_opened(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/"] = lambda v: v.reply(PAGE)
    with FetchClient(settings_for(tmp_path, allow_loopback=False)) as closed:
        assert reason_of(closed.fetch(server.url("/"))) == "forbidden_address"
    assert not server.hits


def test_a_name_that_resolves_to_a_private_address_is_forbidden(
    server: HostileServer, client: FetchClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"inside.example": "10.1.2.3", "meta.example": "169.254.169.254"}
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *rest: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[host], port))],
    )
    for host in answers:
        assert reason_of(client.fetch(f"http://{host}/")) == "forbidden_address"


def test_the_peer_is_checked_after_connecting(
    server: HostileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public answer whose connection ends on loopback (rebinding, a transparent proxy): nothing is sent."""
    from flows.fetch import guard

    server.routes["/"] = lambda v: v.reply(PAGE)
    real = guard.is_allowed
    calls: list[str] = []

    def fooled(address: str, allow_loopback: bool = False) -> bool:
        calls.append(address)
        return len(calls) == 1 or real(address, allow_loopback)

    monkeypatch.setattr(guard, "is_allowed", fooled)
    with FetchClient(settings_for(tmp_path, allow_loopback=False)) as closed:
        assert reason_of(closed.fetch(server.url("/"))) == "forbidden_address"
    assert len(calls) == 2
    assert not server.hits


# ---- manners that servers demand ----


def test_429_with_a_date_far_off_rests_the_host(server: HostileServer, client: FetchClient) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    server.routes["/busy"] = lambda v: v.reply(b"", 429, Retry_After=when)
    assert reason_of(client.fetch(server.url("/busy"))) == "rate_limited"
    assert reason_of(client.fetch(server.url("/other"))) == "rate_limited"
    assert server.hits["/other"] == 0


def test_429_with_seconds_is_waited_for_and_tried_again(server: HostileServer, tmp_path: Path) -> None:
    def busy_once(visit: Visit) -> None:
        if server.hits["/busy"] == 1:
            visit.reply(b"", 429, Retry_After="1")
        else:
            visit.reply(PAGE)

    server.routes["/busy"] = busy_once
    with FetchClient(settings_for(tmp_path, fetch_retries=1, max_wait_seconds=5)) as patient:
        assert isinstance(patient.fetch(server.url("/busy")), Page)
    first, second = (at for path, at in server.times if path == "/busy")
    assert second - first >= 0.95


@pytest.mark.parametrize("value", ["soon", "-5", "Thu, 99 Foo 2026 99:99:99 GMT", "9" * 400, ""])
def test_a_senseless_retry_after_does_not_crash(server: HostileServer, client: FetchClient, value: str) -> None:
    server.routes["/busy"] = lambda v: v.reply(b"", 429, Retry_After=value)
    assert reason_of(client.fetch(server.url("/busy"))) == "rate_limited"


def test_a_storm_of_503_ends_in_quarantine(server: HostileServer, tmp_path: Path) -> None:
    server.routes.update({f"/{n}": lambda v: v.reply(b"", 503) for n in range(20)})
    state = FetchState()
    with FetchClient(settings_for(tmp_path, fetch_retries=1, host_failures_before_quarantine=5), state) as stormed:
        reasons = [reason_of(stormed.fetch(server.url(f"/{n}"))) for n in range(20)]
    assert reasons[:2] == ["http_error", "http_error"]
    assert set(reasons[3:]) == {"quarantined"}
    assert sum(server.hits.values()) <= 7
    # The quarantine outlives the run.
    later = FetchState.from_arrow(state.dump_fetches(), state.dump_hosts())
    with FetchClient(settings_for(tmp_path), later) as again:
        assert reason_of(again.fetch(server.url("/1"))) == "quarantined"


def test_robots_that_times_out_forbids(server: HostileServer, client: FetchClient) -> None:
    server.routes["/robots.txt"] = lambda visit: visit.hang()
    server.routes["/"] = lambda v: v.reply(PAGE)
    assert reason_of(client.fetch(server.url("/"))) == "robots_unreachable"
    assert server.hits["/"] == 0


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_fails_forbids(server: HostileServer, client: FetchClient, status: int) -> None:
    server.routes["/robots.txt"] = lambda v: v.reply(b"", status)
    server.routes["/"] = lambda v: v.reply(PAGE)
    assert reason_of(client.fetch(server.url("/"))) == "robots_unreachable"
    assert server.hits["/"] == 0


def test_robots_of_endless_size_is_read_in_part(server: HostileServer, client: FetchClient) -> None:
    server.routes["/robots.txt"] = lambda v: chunked(
        v, iter([b"User-agent: *\nDisallow: /secret\n"] + [b"# padding\n" * 6_000] * 40)
    )
    server.routes["/open"] = lambda v: v.reply(PAGE)
    assert reason_of(client.fetch(server.url("/secret"))) == "robots_forbidden"
    assert isinstance(client.fetch(server.url("/open")), Page)


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "not_found"), (410, "gone"), (403, "forbidden"), (451, "forbidden")]
)
def test_statuses_have_their_reasons_and_are_respected(
    server: HostileServer, client: FetchClient, status: int, reason: str
) -> None:
    server.routes["/page"] = lambda v: v.reply(b"", status)
    assert reason_of(client.fetch(server.url("/page"))) == reason
    assert reason_of(client.fetch(server.url("/page"))) == reason
    assert server.hits["/page"] == (2 if status == 404 else 1)


def test_a_refused_connection_is_unreachable(server: HostileServer, client: FetchClient) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    assert reason_of(client.fetch(f"http://127.0.0.1:{port}/")) == "unreachable"


@pytest.mark.parametrize(
    "url", ["", "not a url", "ftp://a.example/", "http://", "http://[::1", "http://a b/", "http://x:99999/"]
)
def test_bad_addresses_are_bad_urls(client: FetchClient, url: str) -> None:
    assert reason_of(client.fetch(url)) == "bad_url"


def test_a_pdf_is_not_read(server: HostileServer, client: FetchClient) -> None:
    server.routes["/report"] = lambda v: v.reply(b"%PDF", Content_Type="application/pdf")
    assert reason_of(client.fetch(server.url("/report"))) == "not_html"


# ---- listings ----


def source(server: HostileServer, *feeds: tuple[str, str]) -> Source:
    return Source(
        key="outlet:hostile",
        name="Hostile",
        country=None,
        homepage="http://hostile.example/",
        domains=("hostile.example",),
        language="en",
        feeds=tuple(Feed(url=f"http://hostile.example{path}", kind=kind) for path, kind in feeds),  # type: ignore[arg-type]
        is_wire=False,
        is_state_media=False,
        timezone="UTC",
        verified="never",
    )


def listed(server: HostileServer, tmp_path: Path, kind: str, **changes: Any) -> list[Candidate | Outcome]:
    connect = {"hostile.example": f"127.0.0.1:{server.port}"}
    settings = settings_for(tmp_path, connect_to=connect, **changes)
    with FetchClient(settings) as client:
        return list(discover([source(server, ("/list", kind))], client, settings))


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><rss version="2.0"><channel><item>
<link>http://hostile.example/a</link><title>&j;</title></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


@pytest.mark.parametrize("kind", ["rss", "atom", "sitemap", "news_sitemap"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_a_bad_feed(server: HostileServer, tmp_path: Path, kind: str, encoding: str) -> None:
    body = BOMB.decode().encode(encoding)
    server.routes["/list"] = lambda v: v.reply(body, Content_Type="application/xml")
    results = listed(server, tmp_path, kind)
    assert [r.reason for r in results if isinstance(r, Outcome)] == ["bad_feed"]
    assert not [r for r in results if isinstance(r, Candidate)]


def test_external_entities_are_not_read(server: HostileServer, tmp_path: Path) -> None:
    body = (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{server.url("/stolen")}">]>'
        "<urlset><url><loc>http://hostile.example/&x;</loc></url></urlset>"
    ).encode()
    server.routes["/list"] = lambda v: v.reply(body, Content_Type="application/xml")
    assert [r.reason for r in listed(server, tmp_path, "sitemap") if isinstance(r, Outcome)] == ["bad_feed"]
    assert server.hits["/stolen"] == 0


def test_invalid_utf_8_in_a_feed_and_a_sitemap_still_gives_addresses(server: HostileServer, tmp_path: Path) -> None:
    rss = (
        b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>Caf\xe9 \xff\x00'
        b"</title><link>http://hostile.example/a</link></item></channel></rss>"
    )
    sitemap = b"<urlset><url><loc>http://hostile.example/b</loc><x>\xff\xfe\x00</x></url></urlset>"
    for kind, body, expected in (("rss", rss, "/a"), ("sitemap", sitemap, "/b")):
        server.routes["/list"] = lambda v, b=body: v.reply(b, Content_Type="application/xml")  # type: ignore[misc]
        found = [r.url for r in listed(server, tmp_path, kind) if isinstance(r, Candidate)]
        assert found == [f"http://hostile.example{expected}"]


def test_duplicate_guids_lose_no_article(server: HostileServer, tmp_path: Path) -> None:
    items = b"".join(
        b"<item><guid>same</guid><link>http://hostile.example/%d</link><title>t</title></item>" % (n % 5)
        for n in range(10)
    )
    body = b'<rss version="2.0"><channel><title>x</title>%s</channel></rss>' % items
    server.routes["/list"] = lambda v: v.reply(body, Content_Type="application/rss+xml")
    found = [r for r in listed(server, tmp_path, "rss") if isinstance(r, Candidate)]
    assert [c.url[-1] for c in found] == ["0", "1", "2", "3", "4"]
    assert [bool(c.guid) for c in found] == [True, False, False, False, False]


def test_a_million_addresses_are_streamed(server: HostileServer, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        yield packer.compress(b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
        for thousand in range(1_000):
            rows = (b"<url><loc>http://hostile.example/%d</loc></url>" % (thousand * 1000 + n) for n in range(1000))
            yield packer.compress(b"".join(rows)) or b" "[:0]
        yield packer.compress(b"</urlset>") + packer.flush()

    def send(visit: Visit) -> None:
        chunked(visit, (p for p in pieces() if p), Content_Encoding="gzip")

    server.routes["/list"] = send
    connect = {"hostile.example": f"127.0.0.1:{server.port}"}
    settings = settings_for(
        tmp_path, connect_to=connect, max_candidates_per_source=2_000_000, total_seconds=20.0, first_byte_seconds=10.0
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with FetchClient(settings) as client:
        taken = sum(
            isinstance(r, Candidate) for r in discover([source(server, ("/list", "sitemap"))], client, settings)
        )
    assert taken == 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_an_index_that_leads_to_itself_and_elsewhere_ends(server: HostileServer, tmp_path: Path) -> None:
    body = b"".join(
        b"<sitemap><loc>%s</loc></sitemap>" % u
        for u in (
            b"http://hostile.example/list",
            b"http://hostile.example/list?page=2",
            b"http://other.example/sitemap.xml",
            b"http://10.0.0.1/sitemap.xml",
        )
    )
    server.routes["/list"] = lambda v: v.reply(b"<sitemapindex>%s</sitemapindex>" % body, Content_Type="text/xml")
    server.routes["/list?page=2"] = lambda v: v.reply(b"<sitemapindex></sitemapindex>", Content_Type="text/xml")
    results = listed(server, tmp_path, "sitemap")
    assert [r.reason for r in results if isinstance(r, Outcome)].count("filtered") == 2
    assert server.hits["/list"] == 1


def test_a_page_instead_of_a_feed_is_a_bad_feed(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/list"] = lambda v: v.reply(PAGE)
    for kind in ("rss", "sitemap", "json"):
        reasons = [r.reason for r in listed(server, tmp_path, kind) if isinstance(r, Outcome)]
        assert reasons == ["bad_feed"], kind


# ---- many at once ----


def test_every_candidate_gets_exactly_one_result(server: HostileServer, tmp_path: Path) -> None:
    server.routes.update({f"/{n}": (lambda v: v.reply(PAGE)) for n in range(0, 40, 2)})
    server.routes["/9"] = lambda v: v.send(b"garbage")
    server.routes["/11"] = lambda v: v.reply(b"", 302, Location="http://10.0.0.1/")
    settings = settings_for(tmp_path)
    urls = [server.url(f"/{n}") for n in range(40)]
    with FetchClient(settings) as client:
        results = list(fetch_all([Candidate(u, u) for u in urls], client, settings))
    assert sorted(r.url if isinstance(r, Page) else r.subject for r in results) == sorted(urls)
    assert sum(isinstance(r, Page) for r in results) == 20


def test_giving_up_in_the_middle_leaves_no_thread_waiting(server: HostileServer, tmp_path: Path) -> None:
    server.routes.update({f"/{n}": (lambda v: v.reply(PAGE)) for n in range(50)})
    settings = settings_for(tmp_path)
    started = time.monotonic()
    with FetchClient(settings) as client:
        results = fetch_all(
            (Candidate(server.url(f"/{n}"), server.url(f"/{n}")) for n in range(10_000)), client, settings
        )
        next(results)
        results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 5
