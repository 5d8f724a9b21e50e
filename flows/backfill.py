"""Back-fill: archives give pages as they are, GDELT files and lists give addresses to fetch; both land as ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from flows import acquire
from flows.discover.candidate import Candidate
from flows.discover.gdelt import read_gdelt
from flows.discover.lists import read_list
from flows.land.lock import write_lock
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.registry import load_sources
from flows.stages import Report

GDELT_ENDINGS = (".gkg.csv", ".mentions.csv", ".gkg.csv.zip", ".mentions.csv.zip", ".json")
LIST_ENDINGS = (".txt", ".csv", ".txt.gz", ".csv.gz")


def backfill(settings: Settings, places: list[Path], run_id: str, all_sites: bool = False) -> Iterator[Report]:
    """Reads every place and lands what it gives; a report per step. Unless `all_sites`, only known outlets count."""
    sources = load_sources()
    known = [] if all_sites else sources
    gdelt = [p for p in places if p.name.lower().endswith(GDELT_ENDINGS)]
    lists = [p for p in places if p not in gdelt and p.name.lower().endswith(LIST_ENDINGS)]
    archives = [p for p in places if p not in gdelt and p not in lists]
    with write_lock(settings, "backfill"):
        if archives:
            read = partial(acquire.backfill, settings, archives, known, run_id)
            yield from acquire.land_while_fetching(settings, sources, run_id, read)
        if gdelt or lists:
            addresses = chain(
                *(read_gdelt(p, sources, only_sources=not all_sites) for p in gdelt),
                *(read_list(p, sources) for p in lists),
            )
            read = partial(acquire.fetch_addresses, settings, _once(addresses), sources, run_id)
            yield from acquire.land_while_fetching(settings, sources, run_id, read)


def _once(addresses: Iterable[Candidate | Outcome]) -> Iterator[Candidate | Outcome]:
    """Each address once, though several files name it: GDELT's two kinds of files always overlap."""
    seen: set[str] = set()
    for found in addresses:
        if isinstance(found, Candidate):
            if found.canonical_url in seen:
                continue
            seen.add(found.canonical_url)
        yield found
