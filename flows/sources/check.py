"""Does a source answer, and with what? For `communique sources check`: feeds and sitemaps are read, pages are not.

A manifest is marked as verified only by a person or by `mark_verified`, and only when every listing answered.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flows.discover.dates import parse_time
from flows.discover.feeds import BadListingError, parse_feed
from flows.discover.sitemaps import parse_sitemap
from flows.discover.urls import canonical_url
from flows.fetch.client import FetchClient, Listing
from flows.fetch.limits import Limits
from flows.fetch.page import utc_now
from flows.outcomes import REASONS, Outcome
from flows.settings import Settings
from flows.sources.registry import MANIFESTS, manifest_files
from flows.sources.schema import Feed, Source

# Enough to see what a sitemap holds without reading a million lines.
ENTRIES_READ = 5_000


@dataclass(frozen=True)
class FeedCheck:
    """What one listing gave. `wanted_count` of `address_count` addresses pass the filters; an index counts its maps."""

    url: str
    kind: str
    reason: str
    detail: str = ""
    address_count: int = 0
    wanted_count: int = 0
    newest_at: datetime | None = None

    @property
    def answers(self) -> bool:
        """True when the listing was read and leads to at least one wanted page or further sitemap."""
        return self.reason == "done" and self.wanted_count > 0

    @property
    def advice(self) -> str:
        """What to do, in one sentence; empty when all is well."""
        if self.reason == "done" and not self.address_count:
            return "The listing is empty; look for another one."
        if self.reason == "done" and not self.wanted_count:
            return "No address passes domains, include and exclude; correct the manifest."
        return REASONS[self.reason][1]


@dataclass(frozen=True)
class SourceCheck:
    """One row per source, with its listings."""

    source_key: str
    feeds: tuple[FeedCheck, ...] = field(default=())

    @property
    def answers(self) -> bool:
        """True when there are listings and every one of them answers."""
        return bool(self.feeds) and all(f.answers for f in self.feeds)


def check_sources(sources: Iterable[Source], client: FetchClient, settings: Settings) -> Iterator[SourceCheck]:
    """A check per source, in order. Never raises for what the world does."""
    for source in sources:
        yield SourceCheck(source.key, tuple(check_feed(feed, source, client, settings) for feed in source.feeds))


def check_feed(feed: Feed, source: Source | None, client: FetchClient, settings: Settings) -> FeedCheck:
    """Reads one listing unconditionally. Without a source every address counts as wanted."""
    listing = client.open_listing(feed.url, source, conditional=False)
    if isinstance(listing, Outcome):
        return FeedCheck(feed.url, feed.kind, listing.reason, listing.detail)
    with listing:
        try:
            return _count(feed, source, listing, settings)
        except BadListingError as error:
            return FeedCheck(feed.url, feed.kind, "bad_feed", str(error))


def _count(feed: Feed, source: Source | None, listing: Listing, settings: Settings) -> FeedCheck:
    found: list[tuple[str, datetime | None, bool]] = []
    if feed.kind in ("sitemap", "news_sitemap"):
        size = settings.max_listing_bytes
        limits = Limits(size, size, settings.max_ratio, settings.first_byte_seconds, settings.total_seconds)
        for entry in parse_sitemap(listing.file, limits):
            found.append((entry.loc, parse_time(entry.published) or parse_time(entry.lastmod), entry.is_sitemap))
            if len(found) >= ENTRIES_READ:
                break
    else:
        data = listing.file.read(settings.max_feed_bytes)
        for item in parse_feed(data, feed.url, source, listing.headers.get("content-type", "")):
            found.append((item.url, item.published_at, False))
    wanted = [f for f in found if f[2] or source is None or source.wants(canonical_url(f[0]) or f[0])]
    times = [when for _, when, _ in wanted if when is not None]
    newest = max(times) if times else None
    return FeedCheck(feed.url, feed.kind, "done", "", len(found), len(wanted), newest)


def manifest_of(key: str, dirs: Iterable[Path]) -> Path | None:
    """The file that declares `key`, or None."""
    line = re.compile(rf"^key:\s*['\"]?{re.escape(key)}['\"]?\s*(#.*)?$", re.MULTILINE)
    for path in manifest_files(dirs):
        if line.search(path.read_text(encoding="utf-8", errors="replace")):
            return path
    return None


def mark_verified(path: Path, day: date) -> None:
    """Writes `verified: <day>` into a manifest and changes nothing else. Raises ValueError when it has no such line."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)^verified:.*$", f"verified: {day.isoformat()}", text)
    if count != 1:
        raise ValueError(f"{path} has {count} lines that begin with `verified:`, not one")
    beside = path.with_name(path.name + ".new")
    beside.write_text(changed, encoding="utf-8")
    os.replace(beside, path)


def verified(checks: Iterable[SourceCheck], dirs: Iterable[Path] = (MANIFESTS,)) -> Iterator[SourceCheck]:
    """Passes checks on; the manifest of a source that answers gets today's date."""
    folders = list(dirs)
    for check in checks:
        path = manifest_of(check.source_key, folders) if check.answers else None
        if path:
            mark_verified(path, utc_now().date())
        yield check
