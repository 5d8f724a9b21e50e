"""`communique sources add URL`: finds the feeds and sitemaps of a site and writes a manifest to be completed.

What a site does not say (country, state ownership, time zone) is left at a marked default: a person decides it. The
few usual addresses are tried only when neither the page nor robots.txt names a listing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flows.discover.urls import canonical_url, host_of
from flows.fetch.client import FetchClient
from flows.fetch.hosts import origin_of
from flows.fetch.robots import listed_sitemaps
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.check import check_feed
from flows.sources.schema import Feed, FeedKind

_TYPES: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_USUAL: tuple[tuple[str, FeedKind], ...] = (
    ("/rss.xml", "rss"),
    ("/feed/", "rss"),
    ("/rss", "rss"),
    ("/atom.xml", "atom"),
    ("/feed.json", "json"),
    ("/news-sitemap.xml", "news_sitemap"),
    ("/sitemap.xml", "sitemap"),
)
MAX_FEEDS = 6


@dataclass(frozen=True)
class Site:
    """What was found out about a site. `feeds` have each been read once; `tried` are those that gave nothing."""

    homepage: str
    host: str
    name: str
    language: str
    feeds: tuple[Feed, ...] = ()
    tried: tuple[str, ...] = ()


def inspect_site(url: str, client: FetchClient, settings: Settings) -> Site | Outcome:
    """Name, language and working listings of the site at `url`, or the Outcome of reading its page."""
    if "://" not in url:
        url = "https://" + url
    page = client.fetch(url, conditional=False)
    if isinstance(page, Outcome):
        return replace(page, stage="discover")
    head = _Head()
    head.feed(page.body[:1_000_000].decode(_codec(page.encoding), "replace"))
    head.close()
    host = host_of(page.final_url).removeprefix("www.")
    site = Site(page.final_url, host, " ".join(head.name.split()) or host, head.language or "en")
    named = [
        Feed(url=urljoin(page.final_url, link), kind=kind) for link, kind in head.feeds if _full(page.final_url, link)
    ]
    robots = client.state.host(origin_of(page.final_url)).robots_text or ""
    named += [Feed(url=link, kind="news_sitemap" if "news" in link else "sitemap") for link in listed_sitemaps(robots)]
    usual = [Feed(url=urljoin(page.final_url, path), kind=kind) for path, kind in _USUAL]
    return _with_listings(site, named, usual, client, settings)


def _with_listings(site: Site, named: list[Feed], usual: list[Feed], client: FetchClient, settings: Settings) -> Site:
    working: dict[str, Feed] = {}
    tried: list[str] = []
    for feed in [*named, *usual]:
        if len(working) >= MAX_FEEDS or (feed in usual and working):
            break
        key = canonical_url(feed.url)
        if key is None or key in working or feed.url in tried:
            continue
        check = check_feed(feed, None, client, settings)
        if check.reason == "done" and check.address_count:
            working[key] = feed
        else:
            tried.append(feed.url)
    return replace(site, feeds=tuple(working.values()), tried=tuple(tried))


def write_manifest(site: Site, folder: Path, country: str | None = None) -> Path:
    """Writes `<folder>/<country>/<host>.yml` (`int` without a country) and gives its path.

    Raises FileExistsError when it is there already: manifests are people's work and never overwritten.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", site.host.rpartition(".")[0] or site.host).strip("-")
    path = folder / (country.lower() if country else "int") / f"{slug}.yml"
    lines = [
        f"key: outlet:{slug}",
        f"name: {_quoted(site.name)}",
        f"country: {country or 'null  # ISO 3166-1 alpha-3; null is for international bodies'}",
        f"homepage: {_quoted(site.homepage)}",
        "domains:",
        f"  - {site.host}",
        f"language: {_quoted(site.language)}",
        "feeds:" if site.feeds else "feeds: []  # none was found",
    ]
    for feed in site.feeds:
        lines += [f"  - url: {_quoted(feed.url)}", f"    kind: {feed.kind}"]
    lines += [
        "is_wire: false  # a news agency whose texts others reprint?",
        "is_state_media: false  # owned or directed by a government?",
        "timezone: UTC  # in which the site means times without a zone",
        "politeness:",
        "  delay_seconds: 2",
        "  concurrency: 1",
        "rights: full_text  # or metadata_only, skip",
        "verified: never",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


class _Head(HTMLParser):
    """Feeds, language and name of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.feeds: list[tuple[str, FeedKind]] = []
        self.language = ""
        self.site_name = ""
        self.title = ""
        self._in_title = False

    @property
    def name(self) -> str:
        """og:site_name, or the last part of the title, where sites put their name."""
        return self.site_name or re.split(r"\s[|–—-]\s", self.title.strip())[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        if tag == "html":
            match = re.match(r"[a-z]{2,3}(?=$|-|_)", found.get("lang", "").lower())
            self.language = match[0] if match else ""
        elif tag == "link" and "alternate" in found.get("rel", "").lower().split():
            kind = _TYPES.get(found.get("type", "").strip().lower())
            if kind and found.get("href"):
                self.feeds.append((found["href"].strip(), kind))
        elif tag == "meta" and found.get("property", "").lower() == "og:site_name":
            self.site_name = self.site_name or found.get("content", "")
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


def _full(base: str, link: str) -> bool:
    try:
        return urlsplit(urljoin(base, link)).scheme in ("http", "https")
    except ValueError:
        return False


def _codec(name: str | None) -> str:
    try:
        return codecs.lookup(name or "utf-8").name
    except LookupError:
        return "utf-8"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
