"""One logical request: redirects hop by hop, robots.txt and pacing at each, retries for what passes.

Sits between the client (what is wanted) and the transport (one exchange). Gives bytes and headers, no pages.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TypeVar
from urllib.parse import urljoin

from flows import __version__
from flows.discover.urls import canonical_url, is_http
from flows.fetch import rights as tdm
from flows.fetch.errors import FetchError
from flows.fetch.hosts import Hosts, origin_of
from flows.fetch.limits import Limits
from flows.fetch.page import utc_now
from flows.fetch.politeness import backoff_seconds, retry_after_seconds
from flows.fetch.robots import ALLOW_ALL, MAX_BYTES, Robots, parse_robots
from flows.fetch.state import HostRecord
from flows.fetch.transport import Exchange, Gate, Transport
from flows.settings import Settings
from flows.sources.schema import Source

T = TypeVar("T")

AGENT = "CommuniqueBot"
REDIRECTS = (301, 302, 303, 307, 308)
REFUSED = (401, 402, 403, 407, 451)
# A site that cannot be reached at all has no robots.txt either; its own reason is the better message.
_PLAIN_REASONS = ("dns_failure", "forbidden_address", "tls_failure", "unreachable", "bad_url")


@dataclass(frozen=True)
class Request:
    """What is wanted. `only_wanted` applies the source's filters to every address on the way."""

    url: str
    source: Source | None
    limits: Limits
    headers: dict[str, str] = field(default_factory=dict)
    gate: Gate = lambda status, headers: True
    only_wanted: bool = False


@dataclass(frozen=True)
class Answer:
    """The end of a chain of redirects with status 200 or 203."""

    final_url: str
    status: int
    headers: dict[str, str]
    wire_bytes: int
    body_bytes: int


class Requester:
    """Sends requests under all manners. Safe for several threads."""

    def __init__(self, settings: Settings, transport: Transport, hosts: Hosts) -> None:
        self.settings = settings
        self.transport = transport
        self.hosts = hosts
        self._parsed: dict[str, tuple[str, Robots]] = {}

    def get(self, request: Request, sink: IO[bytes]) -> Answer:
        """The answer, its body in `sink`. Raises FetchError."""

        def once() -> Answer:
            sink.seek(0)
            sink.truncate()
            return self._follow(request, sink)

        return self._patiently(once)

    def reservation(self, url: str, source: Source | None) -> tdm.Reservation:
        """What the site-wide tdmrep.json reserves for `url`. A site without a readable one reserves nothing.

        Raises FetchError when the host may not or cannot be asked at all.
        """
        if not is_http(url):
            raise FetchError("bad_url", url[:200])
        origin = origin_of(url)
        with self.hosts.site_lock(origin):
            record = self.hosts.state.host(origin)
            if not self.hosts.fresh(record.tdmrep_at, self.settings.robots_cache_seconds):
                self.hosts.check(url)
                self._robots(url, source)
                text = self._site_file(origin + "/.well-known/tdmrep.json", source)
                record = self.hosts.remember(origin, tdmrep_text=text, tdmrep_at=utc_now())
        return tdm.from_tdmrep(record.tdmrep_text, url) if record.tdmrep_text else tdm.NOTHING

    def _patiently(self, act: Callable[[], T]) -> T:
        attempt = 0
        while True:
            try:
                return act()
            except FetchError as error:
                wait = error.retry_after
                if wait is None:
                    wait = backoff_seconds(attempt, self.settings.backoff_seconds)
                give_up = attempt >= self.settings.fetch_retries or self.hosts.pacer.stopped
                if not error.passing or give_up or wait > self.settings.max_wait_seconds:
                    raise
            self.hosts.pacer.sleep(wait)
            attempt += 1

    def _follow(self, request: Request, sink: IO[bytes]) -> Answer:
        url, seen = request.url, set[str]()
        for _ in range(self.settings.max_redirects + 1):
            self._check(url, request, seen)
            robots = self._robots(url, request.source)
            if not robots.allows(url):
                raise FetchError("robots_forbidden", f"robots.txt of {origin_of(url)} disallows it")
            exchange = self._send(url, request, robots.crawl_delay, sink)
            if exchange.status not in REDIRECTS or "location" not in exchange.headers:
                return _judged(url, request, exchange)
            url = _target(url, exchange)
        raise FetchError(
            "too_many_redirects", f"more than {self.settings.max_redirects}, last to {url[:200]}", status=302
        )

    def _check(self, url: str, request: Request, seen: set[str]) -> None:
        if not is_http(url):
            raise FetchError("bad_url", url[:200])
        if url in seen:
            raise FetchError("too_many_redirects", f"a loop at {url[:200]}", status=302)
        seen.add(url)
        if request.only_wanted and request.source is not None and not request.source.wants(canonical_url(url) or url):
            raise FetchError("filtered", f"{url[:200]} is not what {request.source.key} includes")
        self.hosts.check(url)

    def _send(self, url: str, request: Request, crawl_delay: float | None, sink: IO[bytes]) -> Exchange:
        def gate(status: int, headers: dict[str, str]) -> bool:
            if status not in (200, 203):
                return False
            declared = headers.get("content-length", "")
            if declared.isdigit() and len(declared) < 20 and int(declared) > request.limits.wire_bytes:
                raise FetchError("too_large", f"{declared} bytes announced", status=status)
            return request.gate(status, headers)

        headers = {**self._manners(request.source), **(request.headers if url == request.url else {})}
        with self.hosts.slot(url, request.source, crawl_delay):
            try:
                exchange = self.transport.exchange(url, headers, request.limits, sink, gate)
            except FetchError as error:
                if error.passing:
                    self.hosts.failed(url)
                raise
        status = exchange.status
        asked = retry_after_seconds(exchange.headers.get("retry-after"), utc_now())
        if status == 429 or (status == 503 and asked is not None):
            # 429 without a time still means: slower.
            seconds = asked if asked is not None else self.settings.backoff_seconds * 10
            self.hosts.failed(url)
            self.hosts.asked_to_wait(url, seconds)
            raise FetchError(
                "rate_limited", f"asked to wait {seconds:.0f} s", passing=True, status=status, retry_after=seconds
            )
        if status >= 500:
            self.hosts.failed(url)
            raise FetchError("http_error", f"status {status}", passing=True, status=status)
        self.hosts.answered(url)
        return exchange

    def _manners(self, source: Source | None) -> dict[str, str]:
        languages = (
            f"{source.language}, en;q=0.8, *;q=0.5" if source is not None and source.language != "en" else "en, *;q=0.5"
        )
        return {
            "User-Agent": f"{AGENT}/{__version__} (+{self.settings.contact})",
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate, br",
            "Accept-Language": languages,
        }

    def _robots(self, url: str, source: Source | None) -> Robots:
        origin = origin_of(url)
        with self.hosts.site_lock(origin):
            record = self.hosts.state.host(origin)
            keep = self.settings.robots_retry_seconds if record.robots_reason else self.settings.robots_cache_seconds
            if not self.hosts.fresh(record.robots_at, keep):
                record = self._read_robots(origin, source)
        if record.robots_reason:
            raise FetchError(
                record.robots_reason, f"robots.txt of {origin} gives status {record.robots_status or 'none'}"
            )
        if not record.robots_text:
            return ALLOW_ALL
        known = self._parsed.get(origin)
        if known is None or known[0] != record.robots_text:
            known = self._parsed[origin] = (record.robots_text, parse_robots(record.robots_text, AGENT))
        return known[1]

    def _read_robots(self, origin: str, source: Source | None) -> HostRecord:
        sink = io.BytesIO()
        status: int | None = None
        reason: str | None = None
        try:
            status = self._patiently(lambda: self._chain(origin + "/robots.txt", source, sink))
        except FetchError as error:
            status = error.status
            if error.reason == "too_large":
                status = 200  # section 2.5: what was read counts
            elif error.reason != "too_many_redirects":  # section 2.3.1.2: as if there were none
                reason = error.reason if error.reason in _PLAIN_REASONS else "robots_unreachable"
        text = sink.getvalue()[:MAX_BYTES].decode("utf-8", "replace") if status == 200 and not reason else ""
        return self.hosts.remember(
            origin, robots_text=text, robots_status=status, robots_reason=reason, robots_at=utc_now()
        )

    def _site_file(self, url: str, source: Source | None) -> str:
        sink = io.BytesIO()
        try:
            status = self._chain(url, source, sink)
        except FetchError:
            return ""
        return sink.getvalue().decode("utf-8", "replace") if status == 200 else ""

    def _chain(self, url: str, source: Source | None, sink: io.BytesIO) -> int:
        """Final status of a file that speaks for the whole site; its body is in `sink`. robots.txt is not asked."""
        sink.seek(0)
        sink.truncate()
        s = self.settings
        limits = Limits(MAX_BYTES, MAX_BYTES, s.max_ratio, s.first_byte_seconds, s.total_seconds)
        request, seen = Request(url, source, limits), set[str]()
        for _ in range(6):
            self._check(url, request, seen)
            exchange = self._send(url, request, None, sink)
            if exchange.status not in REDIRECTS or "location" not in exchange.headers:
                return exchange.status
            url = _target(url, exchange)
        raise FetchError("too_many_redirects", f"robots.txt leads on and on, last to {url[:200]}", status=302)


def _target(url: str, exchange: Exchange) -> str:
    # http.client reads header bytes as Latin-1; servers mean UTF-8.
    location = exchange.headers["location"].strip()
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise FetchError("bad_url", f"redirect to {location[:200]!r}", status=exchange.status) from error


def _judged(url: str, request: Request, exchange: Exchange) -> Answer:
    status = exchange.status
    if status in (200, 203):
        return Answer(url, status, exchange.headers, exchange.wire_bytes, exchange.body_bytes)
    if status == 304 and request.headers:
        raise FetchError("not_modified", "", status=status)
    named = {404: "not_found", 410: "gone"}
    reason = named.get(status) or ("forbidden" if status in REFUSED else "http_error")
    raise FetchError(reason, f"status {status}" + (f" at {url[:200]}" if url != request.url else ""), status=status)
