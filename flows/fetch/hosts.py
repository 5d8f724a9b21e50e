"""What the client knows and allows per host: pacing, quarantine, Retry-After, and the age of cached site files.

Turns policy (politeness.py) and memory (state.py) into a yes, a wait or a FetchError. Sends nothing itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flows.fetch.errors import FetchError
from flows.fetch.page import utc_now
from flows.fetch.politeness import LONGEST_REST_SECONDS, Pacer, quarantine_until
from flows.fetch.state import FetchState, HostRecord
from flows.settings import Settings
from flows.sources.schema import Source


def origin_of(url: str) -> str:
    """scheme://host[:port] in lower case: what robots.txt and quarantine hang on."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def host_name(url: str) -> str:
    """The host without port: what pacing hangs on."""
    return (urlsplit(url).hostname or "").lower()


class Hosts:
    """Rules per host for one client."""

    def __init__(self, settings: Settings, state: FetchState) -> None:
        self.settings = settings
        self.state = state
        self.pacer = Pacer()
        self._lock = threading.Lock()
        self._site_locks: dict[str, threading.RLock] = {}

    def pace(self, url: str, source: Source | None, crawl_delay: float | None = None) -> tuple[float, int]:
        """Pause in seconds and concurrency for the host of `url`: manifest, else setting; robots.txt may slow it."""
        manners = source.politeness if source is not None and source.owns(url) else None
        delay = self.settings.host_delay_seconds
        if manners is not None and manners.delay_seconds is not None:
            delay = manners.delay_seconds
        concurrency = manners.concurrency if manners is not None else 1
        if crawl_delay:
            delay, concurrency = max(delay, crawl_delay), 1
        return delay, concurrency

    def check(self, url: str) -> None:
        """Waits out a short Retry-After. Raises FetchError when the host rests longer than `max_wait_seconds`."""
        record = self.state.host(origin_of(url))
        now = utc_now()
        rest = (record.not_before - now).total_seconds() if record.not_before is not None else 0.0
        # No host is ever left alone for longer: the clock was ahead when the rest began.
        if record.not_before is not None and 0 < rest <= LONGEST_REST_SECONDS:
            reason = record.not_before_reason or "quarantined"
            if reason == "quarantined" or rest > self.settings.max_wait_seconds:
                raise FetchError(reason, f"{record.origin} rests until {record.not_before:%Y-%m-%d %H:%M:%S} UTC")
            self.pacer.sleep(rest)
        wait = self.pacer.wait_seconds(host_name(url))
        if wait != float("inf") and wait > self.settings.max_wait_seconds:
            raise FetchError("rate_limited", f"{record.origin} wants a pause of {wait:.0f} s; left to the next run")

    @contextmanager
    def slot(self, url: str, source: Source | None, crawl_delay: float | None = None) -> Iterator[None]:
        """Holds one slot of the host of `url`, after its pause."""
        delay, concurrency = self.pace(url, source, crawl_delay)
        with self.pacer.slot(host_name(url), delay, concurrency):
            if self.pacer.stopped:
                raise FetchError("unreachable", "the run is being given up")
            yield

    def answered(self, url: str) -> None:
        """The host works: its failures are forgotten."""
        record = self.state.host(origin_of(url))
        if record.failure_count or record.not_before:
            self._change(record.origin, failure_count=0, not_before=None, not_before_reason=None)

    def failed(self, url: str) -> None:
        """One more passing failure in a row; enough of them are a quarantine."""
        s, now = self.settings, utc_now()
        origin = origin_of(url)
        failures = self.state.host(origin).failure_count + 1
        until = quarantine_until(failures, s.host_failures_before_quarantine, s.quarantine_seconds, now)
        if until is None:
            self._change(origin, failure_count=failures)
        else:
            self._change(origin, failure_count=failures, not_before=until, not_before_reason="quarantined")

    def asked_to_wait(self, url: str, seconds: float) -> None:
        """The host sent Retry-After."""
        until = utc_now() + timedelta(seconds=seconds)
        rest = self.state.host(origin_of(url)).not_before
        if rest is not None and rest > until:
            return  # a quarantine lasts longer
        self._change(origin_of(url), not_before=until, not_before_reason="rate_limited")

    def fresh(self, at: datetime | None, seconds: float) -> bool:
        """Whether something read at `at` may still be used; not when it was read later than now."""
        return at is not None and 0 <= (utc_now() - at).total_seconds() < seconds

    def remember(self, origin: str, **changes: object) -> HostRecord:
        """Changes fields of the record of `origin` and gives the new record."""
        return self._change(origin, **changes)

    def site_lock(self, origin: str) -> threading.RLock:
        """Held while a site-wide file is read, so that two threads do not read it twice."""
        with self._lock:
            return self._site_locks.setdefault(origin, threading.RLock())

    def _change(self, origin: str, **changes: object) -> HostRecord:
        with self._lock:
            record = replace(self.state.host(origin), **changes)  # type: ignore[arg-type]
            self.state.put_host(record)
            return record
