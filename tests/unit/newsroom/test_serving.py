"""The sample sites over HTTP on loopback: pages, feeds, conditional requests, redirects, gone pages, corrections."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from flows.newsroom import Article, Newsroom

ROOT = Path(__file__).resolve().parents[3] / "data" / "newsroom"
CORRECTED = "dnipro-ledger/azovstal-defenders-freed-exchange"
LD_JSON = r"<script type=\"application/ld\+json\".*?>(.*?)</script>"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(ROOT) as opened:
        yield opened


def get(
    newsroom: Newsroom, url: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    """Status, headers (lower-case names) and body of one request to the host that ``url`` names."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", newsroom.port, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        answer = connection.getresponse()
        names = {k.lower(): v for k, v in answer.getheaders()}
        return answer.status, names, answer.read().decode("utf-8")
    finally:
        connection.close()


def article(newsroom: Newsroom, ref: str) -> Article:
    return next(a for a in newsroom.library.articles if a.ref == ref)


def test_every_article_is_served_whole(newsroom: Newsroom) -> None:
    for a in newsroom.library.articles:
        status, headers, body = get(newsroom, a.url)
        assert status == 200, a.url
        assert headers["content-type"].startswith("text/html")
        text = unescape(body)
        assert a.title in text
        assert all(p in text for p in a.paragraphs), a.url


def _listed(newsroom: Newsroom, host: str) -> set[str]:
    """Addresses in all feeds and sitemaps of a host, tracking parameters cut off."""
    found: set[str] = set()
    for path in ("/rss.xml", "/atom.xml"):
        status, _, body = get(newsroom, f"http://{host}{path}")
        if status == 200:
            parsed = feedparser.parse(body)
            assert not parsed.bozo, (host, path)
            found |= {entry.link.split("?")[0] for entry in parsed.entries}
    maps = [f"http://{host}{path}" for path in ("/news-sitemap.xml", "/sitemap.xml")]
    while maps:
        status, _, body = get(newsroom, maps.pop())
        if status == 200:
            places = set(re.findall(r"<loc>(.*?)</loc>", body))
            if "<sitemapindex" in body:
                maps.extend(places)
            else:
                found |= places
    return found


def test_feeds_list_every_article_and_the_listed_special_pages(newsroom: Newsroom) -> None:
    for outlet in newsroom.library.outlets:
        wanted = {a.url for a in newsroom.library.of(outlet)}
        wanted |= {s.url for s in newsroom.library.special if s.listed and s.outlet.key == outlet.key}
        assert _listed(newsroom, outlet.host) == wanted


def test_feeds_carry_what_each_outlet_gives(newsroom: Newsroom) -> None:
    wire = feedparser.parse(get(newsroom, "http://harbour-wire.example/rss.xml")[2])
    agency = feedparser.parse(get(newsroom, "http://zarechny-agency.example/rss.xml")[2])
    ledger = feedparser.parse(get(newsroom, "http://dnipro-ledger.example/rss.xml")[2])
    paper = feedparser.parse(get(newsroom, "http://whitehall-remembrancer.example/atom.xml")[2])
    assert (wire.version, paper.version) == ("rss20", "atom10")
    assert all("published_parsed" in e for e in wire.entries + paper.entries)
    assert not any("published_parsed" in e for e in agency.entries)
    assert all("utm_source=rss" in e.link for e in ledger.entries)


def test_conditional_requests_are_answered_304(newsroom: Newsroom) -> None:
    for url in (article(newsroom, CORRECTED).url, "http://harbour-wire.example/rss.xml"):
        _, headers, _ = get(newsroom, url)
        for condition in (
            {"If-None-Match": headers["etag"]},
            {"If-None-Match": f'"other", W/{headers["etag"]}'},
            {"If-Modified-Since": headers["last-modified"]},
        ):
            status, again, body = get(newsroom, url, condition)
            assert (status, body) == (304, "")
            assert again["etag"] == headers["etag"]
        assert get(newsroom, url, {"If-None-Match": '"other"'})[0] == 200
        assert get(newsroom, url, {"If-Modified-Since": "Mon, 03 Jan 2000 00:00:00 GMT"})[0] == 200
        assert get(newsroom, url, {"If-Modified-Since": "yesterday"})[0] == 200


def test_gone_missing_moved_and_unknown(newsroom: Newsroom) -> None:
    special = {s.kind: s for s in newsroom.library.special}
    assert get(newsroom, special["not_found"].url)[0] == 404
    assert get(newsroom, special["gone"].url)[0] == 410
    status, headers, _ = get(newsroom, special["redirect"].url)
    assert status == 301
    assert get(newsroom, headers["location"])[0] == 200
    assert get(newsroom, "http://harbour-wire.example/no-such-page")[0] == 404
    assert get(newsroom, "http://elsewhere.example/")[0] == 421


def test_a_page_without_news_and_a_private_one_are_listed(newsroom: Newsroom) -> None:
    for kind in ("not_article", "private"):
        page = next(s for s in newsroom.library.special if s.kind == kind)
        status, _, body = get(newsroom, page.url)
        assert (status, page.listed) == (200, True)
        assert "NewsArticle" not in body


def test_robots_rules_differ_by_host(newsroom: Newsroom) -> None:
    wire = get(newsroom, "http://harbour-wire.example/robots.txt")[2]
    assert "Crawl-delay: 0" in wire
    assert "Disallow: /private/" in wire
    assert "Sitemap: http://harbour-wire.example/news-sitemap.xml" in wire
    assert "Disallow: /private/" not in get(newsroom, "http://zarechny-agency.example/robots.txt")[2]


def test_second_visit_serves_the_corrected_text_and_changes_nothing_else(newsroom: Newsroom) -> None:
    first = article(newsroom, CORRECTED)
    with Newsroom(ROOT, visit=2) as later:
        old, new = get(newsroom, first.url), get(later, first.url)
        assert "released 205 Ukrainians" in old[2]
        assert "Correction:" not in old[2]
        assert "released 215 Ukrainians" in new[2]
        assert "Correction:" in new[2]
        assert get(later, first.url, {"If-None-Match": old[1]["etag"]})[0] == 200
        assert get(later, first.url, {"If-Modified-Since": old[1]["last-modified"]})[0] == 200
        changed = {key for key, page in later.site.items() if page.etag != newsroom.site[key].etag}
    host = first.outlet.host
    assert changed - {(host, "/rss.xml"), (host, "/news-sitemap.xml")} == {(host, first.path)}


def test_dates_stand_where_the_outlet_puts_them(newsroom: Newsroom) -> None:
    pages = {o.template: get(newsroom, newsroom.library.of(o)[0].url)[2] for o in newsroom.library.outlets}
    assert "datetime" not in pages["agency"]
    assert "published_time" not in pages["agency"]
    assert "ld+json" not in pages["agency"]
    assert "ld+json" not in pages["review"]
    assert "1970-01-01" in pages["daily"]
    assert "published_time" not in pages["review"]
    assert "<time datetime=" in pages["review"]
    assert "dateModified" in pages["online"]


def test_json_ld_parses(newsroom: Newsroom) -> None:
    kinds = set()
    for a in newsroom.library.articles:
        for block in re.findall(LD_JSON, newsroom_page(newsroom, a), re.S):
            data = json.loads(block)
            kinds.add("list" if isinstance(data, list) else "graph" if "@graph" in data else "object")
    assert kinds == {"list", "graph", "object"}


def newsroom_page(newsroom: Newsroom, a: Article) -> str:
    return newsroom.page(a.outlet.host, a.path).body.decode("utf-8")


def test_paywall_stub_and_wrong_charset(newsroom: Newsroom) -> None:
    stub = next(a for a in newsroom.library.articles if a.paywalled)
    body = newsroom_page(newsroom, stub)
    assert '"isAccessibleForFree": false' in body
    assert "Subscribe to continue reading" in body
    ref, declared = next(iter(newsroom.library.charsets.items()))
    wrong = article(newsroom, ref)
    status, headers, text = get(newsroom, wrong.url)
    assert (status, headers["content-type"]) == (200, f"text/html; charset={declared}")
    assert not text.isascii()  # so the header matters: the bytes are UTF-8


def test_head_counting_and_query(newsroom: Newsroom) -> None:
    url = newsroom.library.articles[0].url
    before, answered = newsroom.requests[url], newsroom.statuses[200]
    status, headers, body = get(newsroom, url + "?utm_source=rss", method="HEAD")
    assert (status, body) == (200, "")
    assert int(headers["content-length"]) > 1000
    assert newsroom.requests[url] == before + 1
    assert newsroom.statuses[200] == answered + 1
    assert newsroom.connect_to[newsroom.hosts[0]] == ("127.0.0.1", newsroom.port)


def test_a_closed_newsroom_has_no_port() -> None:
    with pytest.raises(RuntimeError, match="not open"):
        _ = Newsroom(ROOT).port
