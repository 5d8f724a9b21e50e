"""How often a host may be asked: pauses, concurrency, back-off, Retry-After and quarantine.

Pacing is per host name and lives in memory; what must survive a run (Retry-After, quarantine) is in the host record
of state.py. Whether a page may be asked for at all is robots.py's matter.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER_SECONDS = 86_400.0
MAX_QUARANTINE_SECONDS = 86_400.0
LONGEST_REST_SECONDS = max(MAX_RETRY_AFTER_SECONDS, MAX_QUARANTINE_SECONDS)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date; `now` is naive UTC), at most one day.

    None when there is no header or it makes no sense. RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MAX_RETRY_AFTER_SECONDS)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is not None:
        when = when.astimezone(UTC).replace(tzinfo=None)
    return min(max((when - now).total_seconds(), 0.0), MAX_RETRY_AFTER_SECONDS)


def backoff_seconds(attempt: int, base: float, cap: float = 60.0) -> float:
    """Pause before retry number `attempt` (from 0): doubling, with half of it left to chance so that clients spread."""
    return float(min(cap, base * 2.0 ** min(attempt, 30)) * random.uniform(0.5, 1.0))


def quarantine_until(failures: int, threshold: int, base_seconds: float, now: datetime) -> datetime | None:
    """End of the rest that `failures` in a row earn, doubling with each beyond `threshold`; None below it."""
    if failures < threshold:
        return None
    seconds = min(base_seconds * 2.0 ** min(failures - threshold, 30), MAX_QUARANTINE_SECONDS)
    return now + timedelta(seconds=seconds)


@dataclass
class _Pace:
    next_at: float = 0.0
    in_flight: int = 0
    delay: float = 0.0


class Pacer:
    """Hands out slots per host. Several threads may ask; `stop` wakes all who wait."""

    def __init__(self) -> None:
        self._paces: dict[str, _Pace] = {}
        self._change = threading.Condition()
        self._stopped = threading.Event()

    def wait_seconds(self, host: str, concurrency: int = 1) -> float:
        """Seconds until `host` may be asked; infinite while all its slots are taken."""
        with self._change:
            pace = self._paces.get(host)
            if pace is None:
                return 0.0
            if pace.in_flight >= concurrency:
                return float("inf")
            return max(pace.next_at - time.monotonic(), 0.0)

    @contextmanager
    def slot(self, host: str, delay: float, concurrency: int = 1) -> Iterator[None]:
        """Waits for a slot of `host`, holds it, and lets the pause begin when it is given back."""
        with self._change:
            pace = self._paces.setdefault(host, _Pace())
            while pace.in_flight >= concurrency and not self._stopped.is_set():
                self._change.wait()
            pace.in_flight += 1
            start = max(time.monotonic(), pace.next_at)
            pace.next_at = start + delay
        try:
            self.sleep(start - time.monotonic())
            yield
        finally:
            with self._change:
                pace.in_flight -= 1
                pace.next_at = max(pace.next_at, time.monotonic() + delay)
                self._change.notify_all()

    def sleep(self, seconds: float) -> None:
        """Sleeps, or less when stopped."""
        if seconds > 0:
            self._stopped.wait(seconds)

    @property
    def stopped(self) -> bool:
        """True once `stop` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ends every wait, now and later: the run is being given up."""
        self._stopped.set()
        with self._change:
            self._change.notify_all()
