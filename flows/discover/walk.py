"""Discovery over sources: every feed and sitemap of every manifest, as one stream of candidates and outcomes.

Filters of the manifest apply here to the listed address (and in fetching again to the final one). Pages known from
earlier runs are offered again while corrections may be expected, since a feed forgets them within hours.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime

from flows.discover.candidate import Candidate
from flows.discover.dates import parse_time
from flows.discover.feeds import BadListingError, parse_feed
from flows.discover.merge import merged
from flows.discover.sitemaps import Entry, parse_sitemap
from flows.discover.urls import canonical_url, host_of
from flows.fetch.client import FetchClient
from flows.fetch.limits import Limits
from flows.fetch.pool import is_due
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Feed, Source

MAX_DEPTH = 3


def discover(
    sources: Iterable[Source], client: FetchClient, settings: Settings, since: datetime | None = None
) -> Iterator[Candidate | Outcome]:
    """Candidates of all sources, each address once per source, and one Outcome per listing that was read or not.

    `since` (naive UTC) leaves out what its listing dates earlier. A listing that the server calls unchanged gives
    no candidates, only an Outcome `not_modified`. Never raises for what the world does.
    """
    makers = [_SourceWalk(s, client, settings, since).run for s in sources]
    return merged(makers, settings.fetch_workers)


class _SourceWalk:
    def __init__(self, source: Source, client: FetchClient, settings: Settings, since: datetime | None) -> None:
        self.source = source
        self.client = client
        self.settings = settings
        self.since = since
        self.seen: set[int] = set()
        self.left = settings.max_candidates_per_source

    def run(self) -> Iterator[Candidate | Outcome]:
        if self.source.rights == "skip":
            yield Outcome(
                "discover", self.source.homepage, "rights_reserved", self.source.key, "the manifest says skip"
            )
            return
        for feed in self.source.feeds:
            try:
                if feed.kind in ("sitemap", "news_sitemap"):
                    yield from self._sitemaps(feed)
                else:
                    yield from self._feed(feed)
            except Exception as error:  # a fault of ours must not end the run
                text = f"{type(error).__name__}: {error}"[:300]
                yield Outcome("discover", feed.url, "internal_error", self.source.key, text)
        yield from self._revisits()

    def _feed(self, feed: Feed) -> Iterator[Candidate | Outcome]:
        listing = self.client.open_listing(feed.url, self.source)
        if isinstance(listing, Outcome):
            yield listing
            return
        with listing:
            data = listing.file.read(self.settings.max_feed_bytes + 1)
        if len(data) > self.settings.max_feed_bytes:
            yield self._bad(feed.url, "too_large", f"more than max_feed_bytes ({self.settings.max_feed_bytes})")
            return
        tally = _Tally()
        try:
            for candidate in parse_feed(data, feed.url, self.source, listing.headers.get("content-type", "")):
                yield from self._offer(candidate, tally)
        except BadListingError as error:
            yield self._bad(feed.url, "bad_feed", str(error))
            return
        yield self._read(feed.url, listing.byte_count, listing.duration_ms, tally)

    def _sitemaps(self, feed: Feed) -> Iterator[Candidate | Outcome]:
        waiting = deque([(feed.url, 0)])
        known = {canonical_url(feed.url)}
        read = 0
        while waiting:
            url, depth = waiting.popleft()
            if read >= self.settings.max_sitemaps:
                yield self._bad(
                    url, "filtered", f"more than max_sitemaps ({self.settings.max_sitemaps}) below one index"
                )
                return
            read += 1
            children: list[Entry] = []
            yield from self._sitemap(url, children)
            # The newest first, so that a bound on candidates leaves out the old.
            children.sort(key=lambda e: e.lastmod or "", reverse=True)
            for child in children:
                key = canonical_url(child.loc)
                if key is None or key in known:
                    continue
                known.add(key)
                if depth + 1 >= MAX_DEPTH:
                    yield self._bad(child.loc, "filtered", f"an index more than {MAX_DEPTH} deep")
                elif not (self.source.owns(child.loc) or host_of(child.loc) == host_of(url)):
                    yield self._bad(child.loc, "filtered", "the index leads to another site")
                elif not self._too_old(parse_time(child.lastmod, self.source.timezone)):
                    waiting.append((child.loc, depth + 1))

    def _sitemap(self, url: str, children: list[Entry]) -> Iterator[Candidate | Outcome]:
        listing = self.client.open_listing(url, self.source)
        if isinstance(listing, Outcome):
            yield listing
            return
        s = self.settings
        limits = Limits(s.max_listing_bytes, s.max_listing_bytes, s.max_ratio, s.first_byte_seconds, s.total_seconds)
        tally = _Tally()
        with listing:
            try:
                for entry in parse_sitemap(listing.file, limits):
                    if entry.is_sitemap:
                        children.append(entry)
                        continue
                    candidate = self._candidate(entry, url)
                    if candidate is None:
                        tally.unusable += 1
                    else:
                        yield from self._offer(candidate, tally)
                    if self.left <= 0:
                        break
            except BadListingError as error:
                yield self._bad(url, "bad_feed", f"{error} (after {tally.new} addresses)")
                return
        yield self._read(url, listing.byte_count, listing.duration_ms, tally)

    def _candidate(self, entry: Entry, found_in: str) -> Candidate | None:
        canonical = canonical_url(entry.loc)
        if canonical is None:
            return None
        zone = self.source.timezone
        return Candidate(
            url=entry.loc,
            canonical_url=canonical,
            source_key=self.source.key,
            title=entry.title or None,
            published_at=parse_time(entry.published, zone),
            found_in=found_in,
            language=(entry.language or self.source.language)[:3].rstrip("-").lower(),
            changed_at=parse_time(entry.lastmod, zone),
        )

    def _offer(self, candidate: Candidate, tally: _Tally) -> Iterator[Candidate]:
        mark = hash(candidate.canonical_url)
        if mark in self.seen:
            tally.repeated += 1
            return
        self.seen.add(mark)
        if not self.source.wants(candidate.canonical_url):
            tally.filtered += 1
        elif self._too_old(candidate.published_at or candidate.changed_at):
            tally.old += 1
        elif self.left <= 0:
            tally.beyond += 1
        else:
            known = self.client.state.url(candidate.canonical_url)
            if not is_due(candidate, known, self.settings):
                tally.known += 1
                return
            # Only unknown pages count, else the next run would stop at the same ones.
            if known is None:
                self.left -= 1
            tally.new += 1
            yield candidate

    def _too_old(self, when: datetime | None) -> bool:
        return self.since is not None and when is not None and when < self.since

    def _revisits(self) -> Iterator[Candidate]:
        for record in self.client.state.pages_of(self.source.key):
            candidate = Candidate(record.url, record.canonical_url, self.source.key, found_in=record.found_in or "")
            wanted = record.reason not in ("gone", "forbidden") and self.source.wants(record.canonical_url)
            if wanted and hash(record.canonical_url) not in self.seen and is_due(candidate, record, self.settings):
                yield candidate

    def _bad(self, url: str, reason: str, detail: str) -> Outcome:
        # A listing that could not be used to the end is read again in full.
        self.client.state.forget_validators(canonical_url(url) or "")
        return Outcome("discover", url[:2000], reason, self.source.key, detail[:500])

    def _read(self, url: str, size: int, took: int, tally: _Tally) -> Outcome:
        if tally.beyond or self.left <= 0:
            self.client.state.forget_validators(canonical_url(url) or "")
        return Outcome("discover", url[:2000], "done", self.source.key, str(tally), 200, size, took)


class _Tally:
    """What became of the addresses of one listing."""

    def __init__(self) -> None:
        self.new = self.known = self.filtered = self.old = self.repeated = self.unusable = self.beyond = 0

    def __str__(self) -> str:
        parts = [f"{self.new} addresses"]
        for count, text in (
            (self.known, "visited lately"),
            (self.filtered, "left out by the filters"),
            (self.old, "too old"),
            (self.repeated, "listed already"),
            (self.unusable, "not usable as an address"),
            (self.beyond, "beyond max_candidates_per_source"),
        ):
            if count:
                parts.append(f"{count} {text}")
        return ", ".join(parts)
