"""What a site sees of the client: conditional requests, pauses, order, robots.txt, rights, an honest name.

Uses a small server on loopback; servers that attack are in integration/test_hostile_server.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from flows.discover.candidate import Candidate
from flows.discover.urls import canonical_url
from flows.discover.walk import discover
from flows.fetch.client import FetchClient
from flows.fetch.page import Page, utc_now
from flows.fetch.pool import fetch_all, is_due
from flows.fetch.state import FETCHES, HOSTS, FetchState, UrlRecord
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Feed, Politeness, Source
from tests.fixtures.hostile import HostileServer, Visit

PAGE = b"<html><head><title>T</title></head><body>one</body></html>"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


def made(server: HostileServer, tmp_path: Path, **changes: Any) -> Settings:
    hosts = ("a.example", "b.example", "www.a.example")
    values: dict[str, Any] = {
        "data_dir": tmp_path,
        "allow_loopback": True,
        "connect_to": dict.fromkeys(hosts, f"127.0.0.1:{server.port}"),
        "host_delay_seconds": 0,
        "backoff_seconds": 0.01,
        "read_tdmrep": False,
        "contact": "https://desk.example/bot",
    }
    return Settings(**{**values, **changes})


def source(**changes: Any) -> Source:
    values: dict[str, Any] = {
        "key": "outlet:a",
        "name": "A",
        "country": "GBR",
        "homepage": "http://a.example/",
        "domains": ("a.example",),
        "language": "en",
        "is_wire": False,
        "is_state_media": False,
        "timezone": "UTC",
        "verified": "never",
    }
    return Source(**{**values, **changes})


def candidates(*urls: str) -> list[Candidate]:
    return [Candidate(u, canonical_url(u) or u, "outlet:a") for u in urls]


def reason(result: Page | Outcome) -> str:
    return result.reason if isinstance(result, Outcome) else "page"


def test_the_client_names_itself_and_how_to_reach_us(server: HostileServer, tmp_path: Path) -> None:
    seen: list[dict[str, str]] = []

    def note(visit: Visit) -> None:
        seen.append(visit.headers)
        visit.reply(PAGE, Set_Cookie="track=1")

    server.routes["/x"] = server.routes["/y"] = note
    with FetchClient(made(server, tmp_path)) as client:
        client.fetch("http://a.example/x")
        client.fetch("http://a.example/y")
    assert seen[0]["user-agent"].startswith("CommuniqueBot/")
    assert "(+https://desk.example/bot)" in seen[0]["user-agent"]
    assert seen[0]["host"] == "a.example"
    assert "cookie" not in seen[1]


def test_an_unchanged_page_is_not_sent_twice(server: HostileServer, tmp_path: Path) -> None:
    def page(visit: Visit) -> None:
        if visit.headers.get("if-none-match") == '"v1"':
            visit.head(304, Connection="close")
        else:
            visit.reply(PAGE, ETag='"v1"', Last_Modified="Sat, 01 Mar 2025 10:00:00 GMT")

    server.routes["/x"] = page
    settings, state = made(server, tmp_path), FetchState()
    with FetchClient(settings, state) as client:
        first = client.fetch("http://a.example/x")
    assert isinstance(first, Page)
    assert (first.etag, first.last_modified) == ('"v1"', "Sat, 01 Mar 2025 10:00:00 GMT")
    stored = FetchState.from_arrow(state.dump_fetches(), state.dump_hosts())
    with FetchClient(settings, stored) as client:
        assert reason(client.fetch("http://a.example/x?utm_source=feed#top")) == "not_modified"
        assert reason(client.fetch("http://a.example/x", conditional=False)) == "page"


def test_the_same_bytes_without_validators_are_not_modified(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/x"] = lambda v: v.reply(PAGE)
    with FetchClient(made(server, tmp_path)) as client:
        assert reason(client.fetch("http://a.example/x")) == "page"
        assert reason(client.fetch("http://a.example/x")) == "not_modified"
        server.routes["/x"] = lambda v: v.reply(PAGE.replace(b"one", b"two"))
        assert reason(client.fetch("http://a.example/x")) == "page"


def test_a_failed_page_is_asked_for_without_validators(server: HostileServer, tmp_path: Path) -> None:
    seen: list[bool] = []

    def page(visit: Visit) -> None:
        seen.append("if-none-match" in visit.headers)
        if len(seen) == 2:
            visit.reply(b"", 404)
        else:
            visit.reply(PAGE, ETag='"v1"')

    server.routes["/x"] = page
    with FetchClient(made(server, tmp_path)) as client:
        results = [reason(client.fetch("http://a.example/x")) for _ in range(3)]
    assert results[:2] == ["page", "not_found"]
    assert seen == [False, True, False]


def test_robots_is_read_once_and_obeyed_with_its_delay(server: HostileServer, tmp_path: Path) -> None:
    rules = b"User-agent: CommuniqueBot\nCrawl-delay: 0.2\nDisallow: /private\n"
    server.routes["/robots.txt"] = lambda v: v.reply(rules, Content_Type="text/plain")
    server.routes.update({f"/{n}": (lambda v: v.reply(PAGE)) for n in range(3)})
    settings = made(server, tmp_path)
    with FetchClient(settings) as client:
        urls = [f"http://a.example/{n}" for n in range(3)] + ["http://a.example/private/x"]
        results = list(fetch_all(candidates(*urls), client, settings, [source()]))
    assert sorted(map(reason, results)) == ["page", "page", "page", "robots_forbidden"]
    assert server.hits["/robots.txt"] == 1
    times = [at for path, at in server.times if path != "/robots.txt"]
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


def test_a_crawl_delay_beyond_patience_is_left_to_the_next_run(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/robots.txt"] = lambda v: v.reply(b"User-agent: *\nCrawl-delay: 600\n")
    server.routes.update({f"/{n}": (lambda v: v.reply(PAGE)) for n in range(5)})
    settings = made(server, tmp_path, max_wait_seconds=1)
    with FetchClient(settings) as client:
        urls = [f"http://a.example/{n}" for n in range(5)]
        results = [reason(r) for r in fetch_all(candidates(*urls), client, settings)]
    assert results.count("page") == 1
    assert results.count("rate_limited") == 4


def test_one_host_keeps_order_and_pause_while_another_goes_on(server: HostileServer, tmp_path: Path) -> None:
    server.routes.update({f"/{n}": (lambda v: v.reply(PAGE)) for n in range(8)})
    settings = made(server, tmp_path)
    slow = source(politeness=Politeness(delay_seconds=0.15))
    items = candidates(*(f"http://a.example/{n}" for n in range(4)))
    items += [replace(c, source_key=None) for c in candidates(*(f"http://b.example/{n}" for n in range(4, 8)))]
    with FetchClient(settings) as client:
        list(fetch_all(items, client, settings, [slow]))
    order = [int(path[1:]) for path, _ in server.times if path != "/robots.txt"]
    assert [n for n in order if n < 4] == [0, 1, 2, 3]
    assert set(order[:5]) >= {4, 5, 6, 7}
    times = [at for path, at in server.times if path in ("/0", "/1", "/2", "/3")]
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(times))


def test_filters_hold_for_the_final_address_too(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/go"] = lambda v: v.reply(b"", 302, Location="http://b.example/ad")
    server.routes["/in"] = lambda v: v.reply(b"", 302, Location="/video/1")
    server.routes["/ok"] = lambda v: v.reply(b"", 301, Location="http://www.a.example/news/1")
    server.routes["/ad"] = server.routes["/video/1"] = server.routes["/news/1"] = lambda v: v.reply(PAGE)
    chosen = source(exclude=("/video/",))
    with FetchClient(made(server, tmp_path)) as client:
        assert reason(client.fetch("http://a.example/go", chosen)) == "filtered"
        assert reason(client.fetch("http://a.example/in", chosen)) == "filtered"
        page = client.fetch("http://a.example/ok", chosen)
        assert isinstance(page, Page)
        assert page.final_url == "http://www.a.example/news/1"
        assert page.canonical_url == "http://a.example/ok"
    assert server.hits["/ad"] == server.hits["/video/1"] == 0


@pytest.mark.parametrize("carrier", ["tdmrep", "header", "meta", "manifest"])
def test_a_reservation_leaves_only_metadata(server: HostileServer, tmp_path: Path, carrier: str) -> None:
    reserved = json.dumps([{"location": "/", "tdm-reservation": 1}]).encode()
    if carrier == "tdmrep":
        server.routes["/.well-known/tdmrep.json"] = lambda v: v.reply(reserved, Content_Type="application/json")
    extra: dict[str, Any] = {"TDM_Reservation": "1"} if carrier == "header" else {}
    meta = b'<meta name="tdm-reservation" content="1">' if carrier == "meta" else b""
    body = PAGE.replace(b"</head>", meta + b"</head>")
    server.routes["/x"] = lambda v: v.reply(body, **extra)
    chosen = source(rights="metadata_only") if carrier == "manifest" else source()
    with FetchClient(made(server, tmp_path, read_tdmrep=True)) as client:
        page = client.fetch("http://a.example/x", chosen)
    assert isinstance(page, Page)
    assert page.rights == "metadata_only"
    assert page.rights_basis
    assert b"one" not in page.body
    assert b"<title>T</title>" in page.body
    with FetchClient(made(server, tmp_path, read_tdmrep=True, on_reservation="skip")) as client:
        strict = client.fetch("http://a.example/x", chosen)
    assert reason(strict) == ("page" if carrier == "manifest" else "rights_reserved")


def test_a_source_marked_skip_is_never_asked(server: HostileServer, tmp_path: Path) -> None:
    settings = made(server, tmp_path)
    closed = source(rights="skip", feeds=(Feed(url="http://a.example/rss", kind="rss"),))
    with FetchClient(settings) as client:
        assert [reason(r) for r in discover([closed], client, settings) if isinstance(r, Outcome)] == [
            "rights_reserved"
        ]
        assert reason(client.fetch("http://a.example/x", closed)) == "rights_reserved"
    assert not server.hits


def test_a_passing_failure_is_tried_again_with_a_pause(server: HostileServer, tmp_path: Path) -> None:
    def shaky(visit: Visit) -> None:
        if server.hits["/x"] < 3:
            visit.reply(b"", 502)
        else:
            visit.reply(PAGE)

    server.routes["/x"] = shaky
    with FetchClient(made(server, tmp_path, backoff_seconds=0.1)) as client:
        assert reason(client.fetch("http://a.example/x")) == "page"
    times = [at for path, at in server.times if path == "/x"]
    assert len(times) == 3
    assert times[1] - times[0] >= 0.05
    assert times[2] - times[1] >= 0.1


def test_a_listing_with_a_failed_page_is_read_in_full_again(server: HostileServer, tmp_path: Path) -> None:
    feed = b'<rss version="2.0"><channel><item><link>http://a.example/x</link><title>t</title></item></channel></rss>'

    def listing(visit: Visit) -> None:
        if visit.headers.get("if-none-match") == '"f"':
            visit.head(304, Connection="close")
        else:
            visit.reply(feed, Content_Type="application/rss+xml", ETag='"f"')

    server.routes["/rss"] = listing
    server.routes["/x"] = lambda v: v.reply(b"", 500)
    settings, state = made(server, tmp_path, fetch_retries=0, revisit_growth=0), FetchState()
    chosen = source(feeds=(Feed(url="http://a.example/rss", kind="rss"),))

    def run() -> list[str]:
        with FetchClient(settings, state) as client:
            return [reason(r) for r in fetch_all(discover([chosen], client, settings), client, settings, [chosen])]

    assert run() == ["done", "http_error"]
    server.routes["/x"] = lambda v: v.reply(PAGE)
    assert sorted(run()) == ["done", "page"]
    # All is well: the listing is unchanged now, and known pages are looked at for corrections.
    assert sorted(run()) == ["not_modified", "not_modified"]


def test_validators_of_listings_are_stored_last(server: HostileServer, tmp_path: Path) -> None:
    state = FetchState()
    state.put_url(UrlRecord("http://a.example/rss", "http://a.example/rss", kind="listing", etag="x"))
    state.put_url(UrlRecord("http://a.example/1", "http://a.example/1?utm_source=x", etag="y"))
    both = ["http://a.example/rss", "http://a.example/1?utm_source=x"]
    assert state.dump_fetches(both).column("canonical_url").to_pylist() == ["http://a.example/1"]
    assert state.dump_fetches().column("canonical_url").to_pylist() == ["http://a.example/rss"]
    assert state.dump_fetches().num_rows == 0


def test_state_survives_the_way_through_arrow(server: HostileServer, tmp_path: Path) -> None:
    server.routes["/x"] = lambda v: v.reply(PAGE, ETag='"v"')
    state = FetchState()
    with FetchClient(made(server, tmp_path), state) as client:
        client.fetch("http://a.example/x")
    before = state.url("http://a.example/x")
    fetches, hosts = state.dump_fetches(), state.dump_hosts()
    assert fetches.schema == FETCHES
    assert hosts.schema == HOSTS
    again = FetchState.from_arrow(fetches, hosts)
    assert again.url("http://a.example/x") == before
    assert again.host("http://a.example").robots_status == 404


def known(first: timedelta, last: timedelta) -> UrlRecord:
    now = utc_now()
    return UrlRecord("u", "u", first_fetched_at=now - first, last_fetched_at=now - last)


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=1), timedelta(hours=1), True),
        (timedelta(hours=10), timedelta(hours=1), False),
        (timedelta(hours=10), timedelta(hours=5), True),
        (timedelta(days=31), timedelta(days=20), False),
    ],
)
def test_revisits_grow_rarer_and_end(first: timedelta, last: timedelta, due: bool) -> None:
    item = Candidate("u", "u")
    assert is_due(item, known(first, last), Settings()) is due
    assert is_due(item, None, Settings())
    changed = replace(item, changed_at=datetime(2999, 1, 1))
    assert is_due(changed, known(first, last), Settings())
