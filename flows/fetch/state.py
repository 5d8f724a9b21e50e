"""What is known of addresses and hosts between runs: validators, failures, quarantine, robots.txt, archive positions.

An object in memory that is loaded from and dumped to rows; the landing layer stores them (tables `fetches` and
`hosts`). Store the record of a page only together with the page itself: a validator that is remembered for a text
that was lost would hide that text for ever, since the server would go on answering "not modified".
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import pyarrow as pa

_TIME = pa.timestamp("us")

# One row per address that was asked for. kind: page | listing (a feed or sitemap).
FETCHES = pa.schema(
    [
        ("canonical_url", pa.string()),
        ("url", pa.string()),
        ("kind", pa.string()),
        ("source_key", pa.string()),
        ("found_in", pa.string()),
        ("http_status", pa.int32()),
        ("reason", pa.string()),
        ("etag", pa.string()),
        ("last_modified", pa.string()),
        ("body_sha256", pa.string()),
        ("first_fetched_at", _TIME),
        ("last_fetched_at", _TIME),
        ("changed_at", _TIME),
        ("failure_count", pa.int32()),
    ]
)

# One row per origin (scheme://host:port).
HOSTS = pa.schema(
    [
        ("origin", pa.string()),
        ("failure_count", pa.int32()),
        ("not_before", _TIME),
        ("not_before_reason", pa.string()),
        ("robots_text", pa.string()),
        ("robots_status", pa.int32()),
        ("robots_reason", pa.string()),
        ("robots_at", _TIME),
        ("tdmrep_text", pa.string()),
        ("tdmrep_at", _TIME),
    ]
)

# One row per file of a foreign archive: how far it has been read.
ARCHIVES = pa.schema(
    [("name", pa.string()), ("file_bytes", pa.int64()), ("next_offset", pa.int64()), ("is_finished", pa.bool_())]
)


@dataclass
class UrlRecord:
    """The last word on one address. `reason` is the outcome's reason; times are naive UTC."""

    canonical_url: str
    url: str
    kind: str = "page"
    source_key: str | None = None
    found_in: str | None = None
    http_status: int | None = None
    reason: str = "done"
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    first_fetched_at: datetime | None = None
    last_fetched_at: datetime | None = None
    changed_at: datetime | None = None
    failure_count: int = 0


@dataclass
class HostRecord:
    """What is known of one origin. `not_before` is the end of a quarantine or of a Retry-After."""

    origin: str
    failure_count: int = 0
    not_before: datetime | None = None
    not_before_reason: str | None = None
    robots_text: str | None = None
    robots_status: int | None = None
    robots_reason: str | None = None
    robots_at: datetime | None = None
    tdmrep_text: str | None = None
    tdmrep_at: datetime | None = None


@dataclass
class ArchiveRecord:
    """How far one WARC file has been read; another size means another file."""

    name: str
    file_bytes: int
    next_offset: int
    is_finished: bool


class FetchState:
    """All records of one run. Safe for several threads. Only changed records are dumped."""

    def __init__(
        self,
        urls: Iterable[Mapping[str, Any]] = (),
        hosts: Iterable[Mapping[str, Any]] = (),
        archives: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self._lock = threading.RLock()
        self._urls = {r.canonical_url: r for r in (UrlRecord(**_known(UrlRecord, row)) for row in urls)}
        self._hosts = {r.origin: r for r in (HostRecord(**_known(HostRecord, row)) for row in hosts)}
        self._archives = {r.name: r for r in (ArchiveRecord(**_known(ArchiveRecord, row)) for row in archives)}
        self._changed_archives: set[str] = set()
        self._changed_urls: set[str] = set()
        self._changed_hosts: set[str] = set()

    @classmethod
    def from_arrow(
        cls, fetches: pa.Table | None = None, hosts: pa.Table | None = None, archives: pa.Table | None = None
    ) -> FetchState:
        """The state that stored tables describe; None stands for an empty one."""
        return cls(*(table.to_pylist() if table is not None else () for table in (fetches, hosts, archives)))

    def url(self, canonical_url: str) -> UrlRecord | None:
        """The record of an address, or None when it was never asked for."""
        with self._lock:
            return self._urls.get(canonical_url)

    def put_url(self, record: UrlRecord) -> None:
        """Replaces the record of an address."""
        with self._lock:
            self._urls[record.canonical_url] = record
            self._changed_urls.add(record.canonical_url)

    def host(self, origin: str) -> HostRecord:
        """The record of an origin, made when there is none. Change it through `put_host` only."""
        with self._lock:
            return self._hosts.get(origin) or HostRecord(origin)

    def put_host(self, record: HostRecord) -> None:
        """Replaces the record of an origin."""
        with self._lock:
            self._hosts[record.origin] = record
            self._changed_hosts.add(record.origin)

    def archive(self, name: str) -> ArchiveRecord | None:
        """How far a WARC file has been read, or None when it is new."""
        with self._lock:
            return self._archives.get(name)

    def put_archive(self, record: ArchiveRecord) -> None:
        """Notes how far a WARC file has been read."""
        with self._lock:
            self._archives[record.name] = record
            self._changed_archives.add(record.name)

    def forget_validators(self, canonical_url: str) -> None:
        """Makes the next visit to a listing unconditional: something that it lists is still to be fetched."""
        with self._lock:
            record = self._urls.get(canonical_url)
            if record is not None and (record.etag or record.last_modified or record.body_sha256):
                record.etag = record.last_modified = record.body_sha256 = None
                self._changed_urls.add(canonical_url)

    def pages_of(self, source_key: str) -> Iterator[UrlRecord]:
        """Every known page of a source, in order of address."""
        with self._lock:
            found = [r for r in self._urls.values() if r.source_key == source_key and r.kind == "page"]
        yield from sorted(found, key=lambda r: r.canonical_url)

    def dump_fetches(self, addresses: Iterable[str] | None = None) -> pa.Table:
        """Changed address records as a table of schema FETCHES. Dumped ones count as stored.

        With `addresses` (canonical or as requested) only the pages among them. Listings come with the last dump,
        that without `addresses`: what a listing named may still wait to be fetched, and a stored validator would
        hide it from the next run.
        """
        with self._lock:
            chosen = set(self._changed_urls)
            if addresses is not None:
                named = set(addresses)
                pages = (self._urls[u] for u in chosen)
                chosen = {
                    r.canonical_url for r in pages if r.kind == "page" and (r.canonical_url in named or r.url in named)
                }
            self._changed_urls -= chosen
            rows = [asdict(self._urls[u]) for u in sorted(chosen)]
        return pa.Table.from_pylist(rows, schema=FETCHES)

    def dump_hosts(self) -> pa.Table:
        """Changed host records as a table of schema HOSTS."""
        with self._lock:
            rows = [asdict(self._hosts[o]) for o in sorted(self._changed_hosts)]
            self._changed_hosts.clear()
        return pa.Table.from_pylist(rows, schema=HOSTS)

    def dump_archives(self) -> pa.Table:
        """Changed archive positions as a table of schema ARCHIVES. Store it with the pages that were read."""
        with self._lock:
            rows = [asdict(self._archives[n]) for n in sorted(self._changed_archives)]
            self._changed_archives.clear()
        return pa.Table.from_pylist(rows, schema=ARCHIVES)


def _known(kind: type[UrlRecord | HostRecord | ArchiveRecord], row: Mapping[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(kind)}
    return {k: v for k, v in row.items() if k in names}
