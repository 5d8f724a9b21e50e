"""The stages that bring documents in: fetch (network, no database), clean and land (database, no network), ingest.

Between fetching and cleaning, pages wait in the spool together with their outcomes and with what the fetcher learned
of their addresses; so cleaning may go on while fetching does. A batch lands in one transaction: a page that was never
landed is never called unchanged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.discover.candidate import Candidate
from flows.discover.walk import discover
from flows.discover.warc import read_archives
from flows.fetch.archive import Archive, archived
from flows.fetch.archive import replay as replay_archive
from flows.fetch.client import FetchClient
from flows.fetch.page import Page
from flows.fetch.pool import fetch_all
from flows.fetch.state import FetchState
from flows.ingest import Record, read_inputs, record_of_page, to_documents
from flows.land import spool
from flows.land.forget import forgotten_outlets
from flows.land.load import fetch_state, land_batch, land_outcomes
from flows.land.sources import land_sources
from flows.land.tables import outcomes_table
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source
from flows.stages import Progress, Report, chunked, silent
from flows.workers import OpenPool, worker_pool

Clean = Callable[[list[Record]], tuple[pa.Table, list[Outcome]]]

# Pages and bytes of one spooled batch: what a kill costs at most, and what hostile pages can take of the memory.
SPOOL_PAGES = 100
SPOOL_BYTES = 100_000_000
# Batches of fewer pages are cleaned in this process: two more processes take a second to start.
POOLED_PAGES = 60
LOOK_SECONDS = 0.1  # between two looks into the spool while pages are being fetched

PAGES = pa.schema(
    [
        ("origin", pa.string()),
        ("url", pa.string()),
        ("source_key", pa.string()),
        ("body", pa.large_binary()),
        ("http_charset", pa.string()),
        ("rights", pa.string()),
        ("fetched_at", pa.timestamp("us")),
        ("hint_title", pa.string()),
        ("hint_published", pa.timestamp("us")),
    ]
)


def fetch(settings: Settings, sources: list[Source], run_id: str, progress: Progress = silent) -> Report:
    """Discovers candidates of the sources and fetches them into the spool."""
    land_sources(settings, sources)
    barred = forgotten_outlets(settings)
    sources = [s for s in sources if s.key not in barred]
    state = _state(settings)
    with FetchClient(settings, state) as client:
        return _fetch(settings, run_id, client, discover(sources, client, settings), sources, progress)


def fetch_addresses(
    settings: Settings,
    addresses: Iterable[Candidate | Outcome],
    sources: list[Source],
    run_id: str,
    progress: Progress = silent,
) -> Report:
    """Fetches addresses that somebody named or a list holds, manners and bounds as ever."""
    with FetchClient(settings, _state(settings)) as client:
        return _fetch(settings, run_id, client, addresses, sources, progress)


def backfill(
    settings: Settings, places: list[Path], sources: list[Source], run_id: str, progress: Progress = silent
) -> Report:
    """Pages of WARC and WACZ files or folders into the spool, streamed, resumable inside a file."""
    state = _state(settings)
    whole = [place.resolve() for place in places]
    return _spool(settings, run_id, state, read_archives(whole, settings, sources, state), progress)


def replay(settings: Settings, run_id: str, since: datetime | None, source_key: str | None) -> Report:
    """The own archive into the spool again, for a better cleaner; nothing is asked of any site."""
    return _spool(settings, run_id, FetchState(), replay_archive(settings, since, source_key), silent)


def land_while_fetching(
    settings: Settings,
    sources: list[Source],
    run_id: str,
    fetching: Callable[[], Report],
    progress: Progress = silent,
    cluster: OpenPool | None = None,
) -> list[Report]:
    """Runs `fetching` in a thread, and cleans and lands its batches here as they come: reports of both.

    What a killed run left in the spool is landed first, so that its pages are not asked for again.
    """
    left = clean(settings, sources, run_id, progress, cluster=cluster)
    with ThreadPoolExecutor(1, thread_name_prefix="fetching") as thread:
        fetched = thread.submit(fetching)
        cleaned = clean(settings, sources, run_id, progress, lambda: not fetched.done(), cluster)
    return [fetched.result(), left, cleaned]


def clean(
    settings: Settings,
    sources: list[Source],
    run_id: str,
    progress: Progress = silent,
    more: Callable[[], bool] = lambda: False,
    cluster: OpenPool | None = None,
) -> Report:
    """Cleans and lands every batch of the spool, oldest first, and looks again as long as `more` are to come."""
    report = Report("clean")
    with _cleaner(settings, sources, cluster) as work:

        def land(tables: Any, label: str) -> None:
            documents, outcomes = work(_records(tables["pages"]))
            landed = {name: table for name, table in tables.items() if name != "pages"}
            landed["documents"] = documents
            landed["outcomes"] = pa.concat_tables([tables["outcomes"], outcomes_table(run_id, outcomes)])
            report.count += len(land_batch(settings, landed).new)
            report.outcomes.extend(outcomes)
            progress(report.count, 0)

        damaged: dict[Path, str] = {}
        comes = True
        while comes:
            comes = more()  # asked before draining: the last batch is there when nothing more comes
            landed, found = spool.drain(settings, "pages", land)
            damaged |= found
            if comes and not landed:
                time.sleep(LOOK_SECONDS)
    lost = [Outcome("land", str(path), "damaged_batch", detail=why) for path, why in damaged.items()]
    if lost:
        land_outcomes(settings, run_id, lost)
    report.outcomes += lost
    return report


def ingest(settings: Settings, inputs: list[str], collection: str, run_id: str) -> Report:
    """Reads files, folders, JSON lines, WARC files and addresses, and lands them."""
    from flows.sources.registry import load_sources

    report = Report("ingest")
    sources = load_sources()
    land_sources(settings, sources)
    addresses: list[Candidate] = []

    def records() -> Iterator[Record | Outcome]:
        for item in read_inputs(inputs, settings):
            if isinstance(item, Candidate):
                addresses.append(item)
            else:
                yield item

    for chunk in chunked(records(), SPOOL_PAGES):
        documents, outcomes = to_documents(chunk, settings, collection, sources)
        landed = land_batch(settings, {"documents": documents, "outcomes": outcomes_table(run_id, outcomes)})
        report.count += len(landed.new)
        report.outcomes.extend(outcomes)
    if addresses:
        report.outcomes += fetch_addresses(settings, addresses, sources, run_id).outcomes
        cleaned = clean(settings, sources, run_id)
        report.count += cleaned.count
        report.outcomes += cleaned.outcomes
    return report


def _state(settings: Settings) -> FetchState:
    return FetchState.from_arrow(*(fetch_state(settings, table) for table in ("fetches", "hosts", "archives")))


def _fetch(
    settings: Settings,
    run_id: str,
    client: FetchClient,
    candidates: Iterable[Candidate | Outcome],
    sources: list[Source],
    progress: Progress,
) -> Report:
    results = fetch_all(candidates, client, settings, sources)
    with Archive(settings) as archive:
        return _spool(settings, run_id, client.state, archived(results, archive), progress)


def _spool(
    settings: Settings, run_id: str, state: FetchState, results: Iterator[Page | Outcome], progress: Progress
) -> Report:
    """Pages and outcomes as they come, into batches of the spool."""
    report = Report("fetch")
    for chunk in _batches(_watched(results, progress)):
        pages = [item for item in chunk if isinstance(item, Page)]
        outcomes = [item.outcome() if isinstance(item, Page) else item for item in chunk]
        _write(settings, run_id, state, pages, outcomes)
        report.count += len(pages)
        report.outcomes.extend(outcomes)
    _write(settings, run_id, state, [], [])
    return report


def _watched(results: Iterator[Page | Outcome], progress: Progress) -> Iterator[Page | Outcome]:
    count = 0
    for item in results:
        count += isinstance(item, Page)
        progress(count, 0)
        yield item


def _batches(results: Iterator[Page | Outcome]) -> Iterator[list[Page | Outcome]]:
    batch: list[Page | Outcome] = []
    size = 0
    for item in results:
        batch.append(item)
        size += len(item.body) if isinstance(item, Page) else 0
        if len(batch) >= SPOOL_PAGES or size >= SPOOL_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _write(settings: Settings, run_id: str, state: FetchState, pages: list[Page], outcomes: list[Outcome]) -> None:
    addresses = None if not pages and not outcomes else {p.canonical_url for p in pages} | {o.subject for o in outcomes}
    tables = {
        "pages": pa.Table.from_pylist([_page_row(page) for page in pages], schema=PAGES),
        "outcomes": outcomes_table(run_id, outcomes),
        "fetches": state.dump_fetches(addresses),
        "hosts": state.dump_hosts(),
        "archives": state.dump_archives(),
    }
    if any(table.num_rows for table in tables.values()):
        spool.write_batch(settings, "pages", tables, run_id)


def _page_row(page: Page) -> dict[str, Any]:
    record = record_of_page(page)
    return {name: getattr(record, name) for name in PAGES.names}


def _records(pages: pa.Table) -> list[Record]:
    return [Record(is_html=True, input_kind="page", **row) for row in pages.to_pylist()]


@contextmanager
def _cleaner(settings: Settings, sources: list[Source], cluster: OpenPool | None) -> Iterator[Clean]:
    """Cleans one batch of records after another: here, on a cluster, or in processes from the first large batch on."""
    here = partial(to_documents, settings=settings, collection=settings.collection, sources=sources)
    with ExitStack() as stack:
        pools: list[Executor] = []

        def work(records: list[Record]) -> tuple[pa.Table, list[Outcome]]:
            if not pools and len(records) < POOLED_PAGES and cluster is None:
                return here(records)
            if not pools:
                pool = cluster() if cluster else worker_pool(settings.annotate_processes)
                pools.append(stack.enter_context(pool))
            # Small parts, since pages differ much in what they cost; to_documents([]) gives the empty table.
            parts = chunked(records, 1 + len(records) // (4 * settings.annotate_processes))
            done = [here([]), *pools[0].map(here, parts)]
            return pa.concat_tables([table for table, _ in done]), list(chain.from_iterable(o for _, o in done))

        yield work
