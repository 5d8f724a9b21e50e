"""Writes what a news site publishes about itself: RSS 2.0, Atom, news sitemaps, a sitemap index, robots.txt.

All entries of an outlet stand in each of its feeds (real feeds keep only the newest), since the sample is read
once from the start. Addresses carry no port.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from flows.newsroom.articles import Outlet

RSS_PATH = "/rss.xml"
ATOM_PATH = "/atom.xml"
NEWS_SITEMAP_PATH = "/news-sitemap.xml"
SITEMAP_INDEX_PATH = "/sitemap.xml"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_NS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@dataclass(frozen=True)
class Entry:
    """One line of a feed: an article, or a special page that the feed lists."""

    url: str
    title: str
    summary: str
    published_at: datetime
    changed_at: datetime
    authors: tuple[str, ...]
    section: str


def rss(outlet: Outlet, entries: Sequence[Entry]) -> str:
    """RSS 2.0. The state agency omits pubDate and the Ledger adds tracking parameters, as real feeds do."""
    dated = outlet.date_style != "visible_text_only"
    tracking = "?utm_source=rss&utm_medium=feed" if outlet.template == "online" else ""
    items = "".join(
        f"<item><title>{escape(e.title)}</title><link>{escape(e.url + tracking)}</link>"
        f'<guid isPermaLink="{"false" if tracking else "true"}">{escape(e.url)}</guid>'
        f"<description>{escape(e.summary)}</description><category>{escape(e.section)}</category>"
        + "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in e.authors)
        + (f"<pubDate>{format_datetime(e.published_at)}</pubDate>" if dated else "")
        + "</item>\n"
        for e in entries
    )
    return (
        f'{_XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>http://{outlet.host}/</link>"
        f"<description>{escape(outlet.tagline)}</description><language>{outlet.language}</language>\n"
        f"{items}</channel></rss>\n"
    )


def atom(outlet: Outlet, entries: Sequence[Entry]) -> str:
    """Atom (RFC 4287)."""
    updated = max((e.changed_at for e in entries), default=datetime.fromtimestamp(0, UTC))
    items = "".join(
        f'<entry><title>{escape(e.title)}</title><link rel="alternate" href={quoteattr(e.url)}/>'
        f"<id>{escape(e.url)}</id><published>{_stamp(e.published_at)}</published>"
        f"<updated>{_stamp(e.changed_at)}</updated><summary>{escape(e.summary)}</summary>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in e.authors)
        + "</entry>\n"
        for e in entries
    )
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.name)}</title>'
        f'<link rel="self" href="http://{outlet.host}{ATOM_PATH}"/><link href="http://{outlet.host}/"/>'
        f"<id>http://{outlet.host}/</id><updated>{_stamp(updated)}</updated>"
        f"<author><name>{escape(outlet.name)}</name></author>\n{items}</feed>\n"
    )


def news_sitemap(outlet: Outlet, entries: Sequence[Entry]) -> str:
    """A sitemap with the news extension: publication name and language, date and title of each page."""
    urls = "".join(
        f"<url><loc>{escape(e.url)}</loc><lastmod>{_stamp(e.changed_at)}</lastmod><news:news>"
        f"<news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{_stamp(e.published_at)}</news:publication_date>"
        f"<news:title>{escape(e.title)}</news:title></news:news></url>\n"
        for e in entries
    )
    return f"{_XML}<urlset {_SITEMAP_NS} {_NEWS_NS}>\n{urls}</urlset>\n"


def sitemap_index(outlet: Outlet, years: Sequence[int]) -> str:
    """An index of one news sitemap per year."""
    parts = "".join(f"<sitemap><loc>http://{outlet.host}{yearly_sitemap_path(y)}</loc></sitemap>\n" for y in years)
    return f"{_XML}<sitemapindex {_SITEMAP_NS}>\n{parts}</sitemapindex>\n"


def yearly_sitemap_path(year: int) -> str:
    return f"/sitemaps/news-{year}.xml"


def robots(outlet: Outlet) -> str:
    """robots.txt: the outlet's own rules and the sitemaps it has."""
    lines = ["User-agent: *", *outlet.robots]
    if "news_sitemap" in outlet.feeds:
        lines.append(f"Sitemap: http://{outlet.host}{NEWS_SITEMAP_PATH}")
    if "sitemap_index" in outlet.feeds:
        lines.append(f"Sitemap: http://{outlet.host}{SITEMAP_INDEX_PATH}")
    return "\n".join(lines) + "\n"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
