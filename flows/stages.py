"""The stages of a run as plain functions of Settings: each does its work, lands it, and returns what it did.

Nothing here knows the scheduler; pipeline.py wraps these in Prefect, the command line calls them one by one.
Every function that writes expects the write lock to be held by its caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any

import pyarrow as pa

from flows.land.load import (
    documents_to_annotate,
    land_annotations,
    land_outcomes,
)
from flows.language.annotate import ANNOTATOR_VERSION
from flows.language.parse import Record
from flows.language.pool import Annotated, annotate_texts, joined
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.transform import dbt, incremental, seeds
from flows.transform.floors import missed_floors
from flows.transform.results import record_tests
from flows.workers import OpenPool

LAND_SECONDS = 10.0  # after which annotations are stored
LAND_BATCHES = 16  # or so many batches: they wait in memory

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Report:
    """What a stage did: a count of what it worked on and the outcomes it recorded."""

    stage: str
    count: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failures(self) -> list[Outcome]:
        """Outcomes that a person should look at."""
        return [o for o in self.outcomes if o.status == "failed"]


def annotate(settings: Settings, run_id: str, progress: Progress = silent, cluster: OpenPool | None = None) -> Report:
    """Annotates every landed text that this annotator version has not seen. Copies of one text are parsed once."""
    waiting = documents_to_annotate(settings, ANNOTATOR_VERSION)
    report = Report("annotate")
    records = sorted(_records(waiting), key=lambda record: record[1])  # copies meet in one batch
    work = annotate_texts(
        records,
        settings.spacy_model,
        settings.annotate_processes,
        settings.annotate_batch_size,
        cluster,
    )
    for batch in _together(work):
        land_annotations(settings, batch.tables, ANNOTATOR_VERSION, batch.document_ids)
        report.count += len(batch.document_ids)
        report.outcomes += [Outcome("annotate", i, "internal_error", detail=t) for i, t in batch.failures.items()]
        report.outcomes += [Outcome("annotate", i) for i in batch.document_ids]
        progress(report.count, waiting.num_rows)
    land_outcomes(settings, run_id, report.outcomes)
    return report


def _together(work: Iterable[Annotated]) -> Iterator[Annotated]:
    """What came within some seconds as one batch: a transaction with the checkpoint after it costs much the same for
    one batch as for many. A run that is killed loses no more than these seconds."""
    waiting: list[Annotated] = []
    since = monotonic()
    for batch in work:
        waiting.append(batch)
        if monotonic() - since >= LAND_SECONDS or len(waiting) == LAND_BATCHES:
            yield joined(waiting)
            waiting, since = [], monotonic()
    if waiting:
        yield joined(waiting)


def group_stories(settings: Settings) -> None:
    """Gives every landed document its story: copies of one text, whoever printed it."""
    from flows.stories import update_stories

    update_stories(settings)


def build(settings: Settings, run_id: str, *, tests: bool = True, everything: bool = False) -> Report:
    """Codes what is new or changed among the landed facts into the warehouse, or everything, and tests it.

    Raises dbt.BuildFailed after recording why, and seeds.UnreadableSeed.
    """
    seeds.load(settings)
    try:
        results = incremental.build(settings, tests=tests, everything=everything)
    except dbt.BuildFailed as failure:
        land_outcomes(settings, run_id, failure.outcomes)
        raise
    report = Report("build", len(results), dbt.outcomes_of(results))
    if tests:
        record_tests(settings, results)
        report.outcomes += missed_floors(settings)
    land_outcomes(settings, run_id, report.outcomes)
    return report


def _records(table: pa.Table) -> Iterator[Record]:
    for row in table.to_pylist():
        known: dict[str, Any] = {
            "published": row["published_date"],
            "title": row["title"],
            "outlet_key": row["source_key"],
            "outlet_name": row["outlet_name"],
        }
        yield row["document_id"], row["text"], known


def chunked(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of up to `size` items, in order."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
