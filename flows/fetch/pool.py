"""Fetching many candidates at once: threads across hosts, order within a host, a bound on what waits in memory.

A host that must pause does not hold a thread: its queue waits while others are served. Stops cleanly when the
receiver stops reading.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from flows.discover.candidate import Candidate
from flows.fetch.client import FetchClient
from flows.fetch.hosts import host_name
from flows.fetch.page import Page, utc_now
from flows.fetch.state import UrlRecord
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source

# Candidates read ahead: enough to find other hosts while one pauses, small beside one page.
READ_AHEAD = 2_000


def is_due(candidate: Candidate, known: UrlRecord | None, settings: Settings) -> bool:
    """Whether a candidate is to be asked for now.

    Unknown ones are. A known page is visited again when its listing says that it changed since, or after
    `revisit_growth` of the time it has been known, until `revisit_days` have passed. One that was visited later than
    now was visited by a clock that was ahead; it is visited again.
    """
    if known is None or known.last_fetched_at is None or known.first_fetched_at is None:
        return True
    if candidate.changed_at is not None and candidate.changed_at > known.last_fetched_at:
        return True
    now = utc_now()
    if known.last_fetched_at > now:
        return True
    if now - known.first_fetched_at > timedelta(days=settings.revisit_days):
        return False
    return now - known.last_fetched_at >= (known.last_fetched_at - known.first_fetched_at) * settings.revisit_growth


@dataclass
class _Host:
    waiting: deque[Candidate] = field(default_factory=deque)
    in_flight: int = 0


def fetch_all(
    candidates: Iterable[Candidate | Outcome],
    client: FetchClient,
    settings: Settings,
    sources: Iterable[Source] = (),
) -> Iterator[Page | Outcome]:
    """One Page or Outcome per candidate, as they finish; candidates of one host keep their order.

    Outcomes among the candidates (those of discovery) are passed on. `sources` gives manners, rights and filters to
    candidates that carry a source key. Holds at most READ_AHEAD candidates and `fetch_workers` pages.
    """
    return _Run(candidates, client, settings, {s.key: s for s in sources}).results()


class _Run:
    def __init__(
        self,
        candidates: Iterable[Candidate | Outcome],
        client: FetchClient,
        settings: Settings,
        sources: dict[str, Source],
    ) -> None:
        self.candidates = candidates
        self.client = client
        self.settings = settings
        self.sources = sources
        self.hosts: dict[str, _Host] = {}
        self.inbox: queue.Queue[Candidate | Outcome | BaseException | None] = queue.Queue(READ_AHEAD)
        self.done: queue.Queue[tuple[str, Page | Outcome]] = queue.Queue()
        self.wake = threading.Event()
        self.stop = threading.Event()
        self.running = 0

    def results(self) -> Iterator[Page | Outcome]:
        feeder = threading.Thread(target=self._feed, name="fetch-feeder", daemon=True)
        feeder.start()
        pool = ThreadPoolExecutor(self.settings.fetch_workers, thread_name_prefix="fetch")
        try:
            yield from self._schedule(pool)
        finally:
            self.stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            feeder.join()

    def _feed(self) -> None:
        last: BaseException | None = None
        try:
            for item in self.candidates:
                if not self._offer(item):
                    return
        except BaseException as error:  # handed to the reader of the results, in whose thread it belongs
            last = error
        finally:
            # Discovery has threads of its own, which end when its generator is closed.
            close = getattr(self.candidates, "close", None)
            if close is not None:
                close()
        self._offer(last)

    def _offer(self, item: Candidate | Outcome | BaseException | None) -> bool:
        while not self.stop.is_set():
            try:
                self.inbox.put(item, timeout=0.2)
            except queue.Full:
                continue
            self.wake.set()
            return True
        return False

    def _schedule(self, pool: ThreadPoolExecutor) -> Iterator[Page | Outcome]:
        ended = False
        while True:
            self.wake.clear()
            while not ended and self._waiting() < READ_AHEAD:
                try:
                    item = self.inbox.get_nowait()
                except queue.Empty:
                    break
                if item is None:
                    ended = True
                elif isinstance(item, BaseException):
                    raise item
                elif isinstance(item, Outcome):
                    yield item
                else:
                    refusal = self._refusal(item)
                    if refusal is not None:
                        yield refusal
                    else:
                        self.hosts.setdefault(host_name(item.url), _Host()).waiting.append(item)
            pause = self._dispatch(pool)
            while True:
                try:
                    host, result = self.done.get_nowait()
                except queue.Empty:
                    break
                self._returned(host)
                yield result
                pause = 0.0
            if ended and not self.running and not self.hosts:
                return
            self.wake.wait(pause)

    def _waiting(self) -> int:
        return sum(len(h.waiting) for h in self.hosts.values())

    def _refusal(self, candidate: Candidate) -> Outcome | None:
        known = self.client.state.url(candidate.canonical_url)
        if is_due(candidate, known, self.settings):
            return None
        return Outcome("fetch", candidate.url, "not_due", candidate.source_key)

    def _dispatch(self, pool: ThreadPoolExecutor) -> float:
        """Starts what may start; gives the seconds until the next host may be ready."""
        pause = 0.2
        for name, host in self.hosts.items():
            while host.waiting and self.running < self.settings.fetch_workers:
                source = self.sources.get(host.waiting[0].source_key or "")
                concurrency = source.politeness.concurrency if source is not None else 1
                wait = self.client.hosts.pacer.wait_seconds(name, concurrency)
                # Beyond the longest wait the client says so in an outcome; until then the queue of the host waits.
                if host.in_flight >= concurrency or wait == float("inf"):
                    break
                if 0 < wait <= self.settings.max_wait_seconds:
                    pause = min(pause, wait)
                    break
                candidate = host.waiting.popleft()
                host.in_flight += 1
                self.running += 1
                pool.submit(self._work, name, candidate, source)
        return max(pause, 0.005)

    def _work(self, host: str, candidate: Candidate, source: Source | None) -> None:
        if self.stop.is_set():
            return
        result = self.client.fetch(candidate.url, source, candidate=candidate)
        self.done.put((host, result))
        self.wake.set()

    def _returned(self, name: str) -> None:
        self.running -= 1
        host = self.hosts[name]
        host.in_flight -= 1
        if not host.waiting and not host.in_flight:
            del self.hosts[name]
