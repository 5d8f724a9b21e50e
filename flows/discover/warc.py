"""Back-fill from foreign archives: folders of WARC and WACZ files (Common Crawl's CC-NEWS) as pages, resumable.

The one way of discovery that already has the bodies. Nothing is held in memory but the page under way; positions
are kept in the fetch state, so that a killed run goes on inside the file where it was.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.discover.urls import host_of
from flows.fetch.page import Page
from flows.fetch.rights import from_headers, from_html, head_only, strictest
from flows.fetch.state import ArchiveRecord, FetchState
from flows.fetch.warcfile import container, read_warc, warc_files
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source

# A position is noted at least this often, so that files with few wanted pages resume too.
NOTE_EVERY = 500


def read_archives(
    places: Iterable[Path],
    settings: Settings,
    sources: Iterable[Source] = (),
    state: FetchState | None = None,
    since: datetime | None = None,
) -> Iterator[Page | Outcome]:
    """The pages of all WARC files at `places`, those of `sources` only (all, when there are none), from `since` on.

    Resumes where `state` says; a finished file is not opened again unless its size changed. The position moves past
    a page only when the next one is asked for, so storing the state after a batch can never lose a page of it.
    """
    index = _by_domain(sources)
    state = state if state is not None else FetchState()
    for place in places:
        try:
            if not place.exists():
                raise FileNotFoundError(f"{place} does not exist")
            names = warc_files(place)
        except (OSError, zipfile.BadZipFile) as error:
            yield Outcome("discover", str(place), "unreadable_file", detail=str(error)[:300])
            continue
        if not names:
            yield Outcome("discover", str(place), "unreadable_file", detail="no WARC or WACZ file is there")
        for name in names:
            yield from _file(name, settings, index, state, since)


def _file(
    name: str, settings: Settings, index: dict[str, Source], state: FetchState, since: datetime | None
) -> Iterator[Page | Outcome]:
    size = container(name).stat().st_size
    known = state.archive(name)
    if known is not None and known.file_bytes == size and known.is_finished:
        return
    # A file that grew goes on where it ended; one that shrank is another file.
    start = known.next_offset if known is not None and known.file_bytes <= size else 0
    position, records, damaged = start, 0, False
    for item in read_warc(name, settings, start):
        if isinstance(item, Outcome):
            damaged = damaged or item.reason == "bad_archive"
            yield item
            continue
        records += 1
        page = _wanted(item.page, index, since)
        if page is not None:
            yield page
        position = item.next_offset
        if page is not None or records % NOTE_EVERY == 0:
            state.put_archive(ArchiveRecord(name, size, position, False))
    state.put_archive(ArchiveRecord(name, size, position, True))
    if not damaged:
        yield Outcome("discover", name, "done", detail=f"{records} pages", byte_count=size - start)


def _by_domain(sources: Iterable[Source]) -> dict[str, Source]:
    return {domain: source for source in sources for domain in source.domains}


def _wanted(page: Page, index: dict[str, Source], since: datetime | None) -> Page | None:
    if since is not None and page.fetched_at < since:
        return None
    rights = "full_text"
    source: Source | None = None
    if index:
        labels = host_of(page.final_url).split(".")
        parents = (".".join(labels[n:]) for n in range(len(labels) - 1))
        source = next((index[p] for p in parents if p in index), None)
        if source is None or not source.wants(page.canonical_url) or source.rights == "skip":
            return None
        rights = source.rights
    reserved = from_headers(page.headers).reserved or from_html(page.body).reserved
    if reserved:
        rights = strictest(rights, "metadata_only")
    body = head_only(page.body) if rights == "metadata_only" else page.body
    return replace(page, source_key=source.key if source else page.source_key, rights=rights, body=body)
