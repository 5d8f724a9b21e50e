"""Turns the newsroom's library into the pages its hosts serve: (host, path) -> Page.

Pure: library in, bytes out, the same bytes for the same visit. Serving is server.py's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.newsroom import feeds
from flows.newsroom.articles import Article, Library, Outlet, SpecialPage

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """One response, whole: status, body, type, and what a conditional request is compared with."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    last_modified: datetime | None = None
    location: str | None = None

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'


def build_site(library: Library, visit: int) -> dict[tuple[str, str], Page]:
    """Every page of every host on the given visit (1: first versions, 2 and later: corrected ones)."""
    site: dict[tuple[str, str], Page] = {}
    press = Press(library, visit)
    for outlet in library.outlets:
        for path, page in press.pages_of(outlet).items():
            site[outlet.host, path] = page
    return site


class Press:
    """Renders the pages of a library with the templates beside it."""

    def __init__(self, library: Library, visit: int) -> None:
        self.library = library
        self.visit = visit
        self.furniture: dict[str, Any] = yaml.safe_load((library.root / "furniture.yml").read_text(encoding="utf-8"))
        self.templates = Environment(
            loader=FileSystemLoader(library.root / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def pages_of(self, outlet: Outlet) -> dict[str, Page]:
        """All paths of one host."""
        articles = self.library.of(outlet)
        special = [s for s in self.library.special if s.outlet.key == outlet.key]
        pages = {article.path: self.article(article) for article in articles}
        pages |= {s.path: self.special(s) for s in special}
        pages["/"] = self.listing(outlet, outlet.name, articles)
        for section in sorted({a.section for a in articles}):
            mine = [a for a in articles if a.section == section]
            pages[f"/section/{section}/"] = self.listing(outlet, section.replace("-", " ").title(), mine)
        return pages | self.feeds(outlet, articles, special)

    def article(self, first: Article) -> Page:
        """One article page. Links to other articles show their first titles, so a correction changes one page."""
        article = self.library.as_seen(first, self.visit)
        outlet = article.outlet
        others = [a for a in self.library.of(outlet) if a.ref != article.ref]
        seed = int(sha256(article.ref.encode()).hexdigest(), 16)
        local = article.published_at.astimezone(outlet.zone)
        body = self.templates.get_template(f"{outlet.template}.html.j2").render(
            article=article,
            outlet=outlet,
            local=local,
            day_month_year=f"{local.day} {local:%B %Y}",
            modified_local=article.modified_at.astimezone(outlet.zone) if article.modified_at else None,
            related=_pick(others, seed, 3),
            comments=_pick(self.furniture["comments"].get(outlet.language, []), seed, 3),
            promo=_pick(self.furniture["promos"].get(outlet.language, []), seed, 1)[0],
            caption=article.caption or _pick(self.furniture["captions"][outlet.language], seed, 1)[0],
            stale_date=self.library.stale_dates.get(article.ref),
        )
        declared = self.library.charsets.get(article.ref)
        content_type = f"text/html; charset={declared}" if declared else HTML
        return Page(body.encode("utf-8"), content_type, last_modified=article.changed_at)

    def special(self, page: SpecialPage) -> Page:
        """Redirects, missing and gone pages, and pages without news."""
        text = self.templates.get_template("_plain.html.j2").render(
            outlet=page.outlet, title=page.title, paragraphs=page.paragraphs
        )
        return Page(
            text.encode("utf-8"),
            status=page.status,
            location=f"http://{page.outlet.host}{page.target}" if page.target else None,
        )

    def listing(self, outlet: Outlet, title: str, articles: list[Article]) -> Page:
        """The home page or a section page: links only."""
        sections = sorted({a.section for a in self.library.of(outlet)})
        text = self.templates.get_template("_listing.html.j2").render(
            outlet=outlet, title=title, articles=articles, sections=sections
        )
        return Page(text.encode("utf-8"), last_modified=_latest(articles))

    def feeds(self, outlet: Outlet, articles: list[Article], special: list[SpecialPage]) -> dict[str, Page]:
        """robots.txt and whatever feeds the outlet publishes."""
        seen = [self.library.as_seen(a, self.visit) for a in articles]
        entries = [
            feeds.Entry(a.url, a.title, a.lead, a.published_at, a.changed_at, a.authors, a.section) for a in seen
        ] + [
            feeds.Entry(s.url, s.title, s.title, s.listed_at, s.listed_at, (), "news")
            for s in special
            if s.listed and s.listed_at
        ]
        entries.sort(key=lambda e: (e.published_at, e.url), reverse=True)
        changed = _latest(seen)

        def page(text: str, content_type: str = XML) -> Page:
            return Page(text.encode("utf-8"), content_type, last_modified=changed)

        pages = {"/robots.txt": Page(feeds.robots(outlet).encode(), "text/plain; charset=utf-8")}
        if "rss" in outlet.feeds:
            pages[feeds.RSS_PATH] = page(feeds.rss(outlet, entries), "application/rss+xml; charset=utf-8")
        if "atom" in outlet.feeds:
            pages[feeds.ATOM_PATH] = page(feeds.atom(outlet, entries), "application/atom+xml; charset=utf-8")
        if "news_sitemap" in outlet.feeds:
            pages[feeds.NEWS_SITEMAP_PATH] = page(feeds.news_sitemap(outlet, entries))
        if "sitemap_index" in outlet.feeds:
            years = sorted({e.published_at.year for e in entries})
            pages[feeds.SITEMAP_INDEX_PATH] = page(feeds.sitemap_index(outlet, years))
            for year in years:
                of_year = [e for e in entries if e.published_at.year == year]
                pages[feeds.yearly_sitemap_path(year)] = page(feeds.news_sitemap(outlet, of_year))
        return pages


def _latest(articles: list[Article]) -> datetime | None:
    return max((a.changed_at for a in articles), default=None)


def _pick(pool: list[T], seed: int, count: int) -> list[T]:
    """Up to ``count`` neighbours of the pool from a place that the seed decides; no randomness."""
    start = seed % len(pool) if pool else 0
    return [pool[(start + i) % len(pool)] for i in range(min(count, len(pool)))]
