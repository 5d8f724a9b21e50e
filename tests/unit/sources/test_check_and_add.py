"""Checking sources and adding sites, against a small site on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.fetch.client import FetchClient
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.add import Site, inspect_site, write_manifest
from flows.sources.check import check_sources
from flows.sources.manifest import load_manifest
from flows.sources.registry import choose, load_sources
from flows.sources.schema import Feed, Source
from tests.fixtures.hostile import HostileServer

RSS = b"""<rss version="2.0"><channel><title>T</title><item><title>a</title><link>http://a.example/news/1</link>
<pubDate>Sat, 01 Mar 2025 10:00:00 GMT</pubDate></item><item><link>http://a.example/shop/1</link></item></channel></rss>"""
HOME = b"""<!doctype html><html lang="en-GB"><head><title>Front page | The A's Courier</title>
<link rel="alternate" type="application/rss+xml" href="/feeds/news"><link rel="alternate" hreflang="uk" href="/uk">
<link rel="alternate" type="application/atom+xml" href="/broken"></head><body>x</body></html>"""
MAP = b"<sitemapindex><sitemap><loc>http://a.example/s1.xml</loc></sitemap></sitemapindex>"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[HostileServer, FetchClient, Settings]]:
    with HostileServer() as server:
        server.routes["/"] = lambda v: v.reply(HOME)
        server.routes["/feeds/news"] = lambda v: v.reply(RSS, Content_Type="application/rss+xml")
        server.routes["/map.xml"] = lambda v: v.reply(MAP, Content_Type="application/xml")
        settings = Settings(
            data_dir=tmp_path,
            allow_loopback=True,
            connect_to={"a.example": f"127.0.0.1:{server.port}", "b.example": "127.0.0.1:1"},
            host_delay_seconds=0,
            fetch_retries=0,
        )
        with FetchClient(settings) as client:
            yield server, client, settings


def source(*feeds: Feed, **changes: Any) -> Source:
    values: dict[str, Any] = {
        "key": "outlet:a",
        "name": "A",
        "country": None,
        "homepage": "http://a.example/",
        "domains": ["a.example"],
        "language": "en",
        "feeds": feeds,
        "is_wire": False,
        "is_state_media": False,
        "timezone": "UTC",
        "verified": "never",
    }
    return Source(**{**values, **changes})


def test_a_check_tells_what_answers_and_what_to_do(site: tuple[HostileServer, FetchClient, Settings]) -> None:
    _, client, settings = site
    rss = Feed(url="http://a.example/feeds/news", kind="rss")
    good = source(rss, Feed(url="http://a.example/map.xml", kind="sitemap"), include=["/news/"])
    missing = source(rss, Feed(url="http://a.example/none", kind="rss"))
    narrow = source(rss, include=["/no-such-section/"])
    swapped = source(Feed(url="http://a.example/feeds/news", kind="sitemap"))
    checks = list(check_sources([good, missing, narrow, swapped], client, settings))
    assert [c.answers for c in checks] == [True, False, False, False]
    assert (checks[0].feeds[0].address_count, checks[0].feeds[0].wanted_count) == (2, 1)
    assert checks[0].feeds[0].newest_at is not None
    assert checks[1].feeds[1].reason == "not_found"
    assert "correct the manifest" in checks[2].feeds[0].advice
    assert checks[3].feeds[0].reason == "bad_feed"
    assert not source().feeds


def test_a_site_is_inspected_and_its_manifest_loads(
    site: tuple[HostileServer, FetchClient, Settings], tmp_path: Path
) -> None:
    server, client, settings = site
    server.routes["/robots.txt"] = lambda v: v.reply(b"Sitemap: http://a.example/map.xml\n", Content_Type="text/plain")
    found = inspect_site("http://a.example/", client, settings)
    assert isinstance(found, Site)
    assert (found.name, found.language, found.host) == ("The A's Courier", "en", "a.example")
    assert [(f.url, f.kind) for f in found.feeds] == [
        ("http://a.example/feeds/news", "rss"),
        ("http://a.example/map.xml", "sitemap"),
    ]
    assert found.tried == ("http://a.example/broken",)
    path = write_manifest(found, tmp_path / "manifests", "GBR")
    assert path == tmp_path / "manifests" / "gbr" / "a.yml"
    loaded = load_manifest(path)
    assert (loaded.key, loaded.name, loaded.verified) == ("outlet:a", "The A's Courier", "never")
    with pytest.raises(FileExistsError):
        write_manifest(found, tmp_path / "manifests", "GBR")
    assert load_manifest(write_manifest(found, tmp_path / "manifests")).country is None


def test_usual_addresses_are_tried_when_nothing_is_named(
    site: tuple[HostileServer, FetchClient, Settings], tmp_path: Path
) -> None:
    server, client, settings = site
    server.routes["/"] = lambda v: v.reply(b"<html><head><title></title></head><body>x</body></html>")
    server.routes["/feed/"] = lambda v: v.reply(RSS, Content_Type="application/rss+xml")
    found = inspect_site("http://a.example/", client, settings)
    assert isinstance(found, Site)
    assert [f.url for f in found.feeds] == ["http://a.example/feed/"]
    assert found.name == "a.example"
    server.routes["/feed/"] = lambda v: v.reply(b"", 404)
    with FetchClient(settings) as fresh:
        bare = inspect_site("http://a.example/", fresh, settings)
    assert isinstance(bare, Site)
    assert bare.feeds == ()
    assert load_manifest(write_manifest(bare, tmp_path / "bare")).feeds == ()


def test_a_site_that_does_not_answer_is_an_outcome(site: tuple[HostileServer, FetchClient, Settings]) -> None:
    _, client, settings = site
    for url in ("http://b.example/", "nonsense://x"):
        result = inspect_site(url, client, settings)
        assert isinstance(result, Outcome)
        assert result.status == "failed"


def test_sources_are_chosen_by_key_and_an_unknown_key_is_named_with_near_ones() -> None:
    sources = load_sources()
    assert choose(sources, []) == sources
    assert [s.key for s in choose(sources, ["nato", "outlet:osce"])] == [
        s.key for s in sources if s.key in ("outlet:nato", "outlet:osce")
    ]
    with pytest.raises(LookupError) as refused:
        choose(sources, ["outlet:nato", "outlet:un-nwes", "NOSUCH"])
    said = str(refused.value)
    assert "outlet:un-nwes. Did you mean outlet:un-news" in said
    assert "No outlet has the key outlet:NOSUCH. `communique sources list`" in said
    assert "key outlet:nato" not in said
