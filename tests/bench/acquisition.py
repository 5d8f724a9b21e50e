"""Acquisition in figures: fetch, clean and land against trafilatura alone; memory while a WARC file is streamed.

Both sides of a ratio work on the same pages with the same number of processes, whose start counts on both sides.
Seconds of processors are told beside those of the clock: they hold on a machine that has other work.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
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
from tests.bench.clock import Spent, peak_mib, spent
from tests.bench.table import Line
from tests.bench.workload import Workload

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


def corpus(newsroom: Newsroom, count: int) -> dict[str, bytes]:
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


def acquisition(work: Workload) -> Iterator[Line]:
    """Fetch over loopback, clean and land, against trafilatura alone."""
    count = work.sizes.pages
    ours, alone = acquisition_cost(work.folder / "pages", count)
    what, size = "fetch + clean + land, against trafilatura", f"{count} pages of real size"
    yield Line(what, size, "pages/s", count / ours.clock, count / alone.clock)
    yield Line(what, size, "pages/CPU s", count / ours.processors, count / alone.processors)


def memory(work: Workload) -> Iterator[Line]:
    """Whether memory stays flat over a long WARC file."""
    early, late = warc_memory(work.folder, work.sizes.records)
    yield Line(
        "memory at the end of a WARC file, against after a tenth", f"{work.sizes.records:,} records", "MiB", late, early
    )


def acquisition_cost(folder: Path, count: int) -> tuple[Spent, Spent]:
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
                list(pool.map(extract, chunked(pages.values(), 10)))

        return spent(ours), spent(alone)


def warc_memory(folder: Path, records: int) -> tuple[float, float]:
    """Peak MiB of a process that reads a WARC file of `records` pages: after a tenth of it, and at its end."""
    path = folder / "crawl.warc.gz"
    _write_warc(path, records)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_stream, path, folder / "data", records).result()


def extract(bodies: Iterable[bytes | str]) -> None:
    """What the extraction library costs by itself, with the option that our cleaner needs."""
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
            early.append(peak_mib())

    report = acquire.backfill(Settings(data_dir=folder), [path], [], "bench", watch)
    assert report.count == records
    return early[0], peak_mib()
