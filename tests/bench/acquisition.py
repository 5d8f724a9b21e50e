"""Acquisition in figures: fetch, clean and land against trafilatura alone; memory while a WARC file is streamed.

Both sides of a ratio work on the same pages with the same number of processes, whose start counts on both sides.
Seconds of processors are told beside those of the clock: they hold on a machine that has other work.
"""

from __future__ import annotations

import io
import json
import resource
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import acquire
from flows.discover.candidate import Candidate
from flows.newsroom import Newsroom
from flows.newsroom.pages import Page
from flows.settings import Settings
from flows.stages import chunked
from flows.workers import worker_pool

PAGES = 600
RECORDS = 20_000
# What real news pages carry around their text: the mean of 80 pages of 2019 is 162 KB, 690 elements.
_SCRIPT = (
    "<script>window.__state = " + json.dumps([{"id": n, "slug": f"story-{n}"} for n in range(3_700)]) + "</script>"
)
_MENU = "".join(f'<li class="menu-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(60))
_CARDS = "".join(
    f'<div class="card teaser"><div><a href="/story/{n}"><h4>What another story of this day tells, number {n}</h4></a>'
    f"<span>{n % 12} hours ago</span></div></div>"
    for n in range(60)
)


def corpus(newsroom: Newsroom, count: int = PAGES) -> dict[str, bytes]:
    """Address -> page: the articles of the sample, several times over, inside pages of the size that real ones have.

    The newsroom serves them from then on.
    """
    found: dict[str, bytes] = {}
    articles = newsroom.library.articles
    for number in range(count):
        article = articles[number % len(articles)]
        html = newsroom.page(article.outlet.host, article.path).body.decode()
        html = html.replace("</head>", f"{_SCRIPT}</head>", 1).replace("<body", f"<!-- {number} --><body", 1)
        html = html.replace("</body>", f'<nav><ul>{_MENU}</ul></nav><aside class="related">{_CARDS}</aside></body>', 1)
        path = f"{article.path.rstrip('/')}/copy-{number}"
        newsroom.site[article.outlet.host, path] = Page(html.encode())
        found[f"http://{article.outlet.host}{path}"] = html.encode()
    return found


@dataclass(frozen=True)
class Speed:
    """Pages per second of the clock, and per second of processors in all processes."""

    clock: float
    processors: float


def acquisition_speed(folder: Path, count: int = PAGES) -> tuple[Speed, Speed]:
    """Fetch (over HTTP from this very process), clean and land; and trafilatura alone."""
    with Newsroom(Settings().newsroom_dir) as newsroom:
        pages = corpus(newsroom, count)
        hosts = dict.fromkeys(newsroom.hosts, f"127.0.0.1:{newsroom.port}")
        settings = Settings(data_dir=folder, connect_to=hosts, allow_loopback=True, host_delay_seconds=0.0)

        def ours() -> None:
            addresses = [Candidate(url, url) for url in pages]
            fetching = partial(acquire.fetch_addresses, settings, addresses, [], "bench")
            fetched, _, landed = acquire.land_while_fetching(settings, [], "bench", fetching)
            assert fetched.count == count, [o for o in fetched.outcomes if o.status == "failed"][:3]
            assert landed.count > 0.9 * count

        def alone() -> None:
            with worker_pool(settings.annotate_processes) as pool:
                list(pool.map(_extract, chunked(pages.values(), 10)))

        return _speed(ours, count), _speed(alone, count)


def warc_memory(folder: Path, records: int = RECORDS) -> tuple[float, float]:
    """Peak MiB of a process that reads a WARC file of `records` pages: after a tenth of it, and at its end."""
    path = folder / "crawl.warc.gz"
    _write_warc(path, records)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_stream, path, folder / "data", records).result()


def _speed(work: Callable[[], None], count: int) -> Speed:
    clock, processors = time.perf_counter(), _processor_seconds()
    work()
    return Speed(count / (time.perf_counter() - clock), count / (_processor_seconds() - processors))


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _extract(bodies: Iterable[bytes]) -> None:
    from trafilatura import bare_extraction

    for body in bodies:
        bare_extraction(body, with_metadata=True)


def _write_warc(path: Path, records: int) -> None:
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(records):
            body = f"<html><body><p>Record {number}. {'The envoys met again. ' * 200}</p></body></html>".encode()
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            address = f"http://crawl.example/{number}"
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers
            )
            writer.write_record(record)


def _stream(path: Path, folder: Path, records: int) -> tuple[float, float]:
    early: list[float] = []

    def watch(done: int, total: int) -> None:
        if not early and done >= records // 10:
            early.append(_peak())

    report = acquire.backfill(Settings(data_dir=folder), [path], [], "bench", watch)
    assert report.count == records
    return early[0], _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
