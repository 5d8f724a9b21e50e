"""Annotation of many texts over processes: each worker loads one pipeline and sends back Arrow tables.

Texts go out in batches of about equal length, so that no worker idles at the end. A text that fails is
reported by id with the error and does not take its batch with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa

from flows.language.annotate import annotate, to_tables
from flows.language.document import Document, from_rows
from flows.language.parse import Record, load_pipeline, parse_texts
from flows.workers import OpenPool, worker_pool

# Characters in one batch: about twenty news articles. Larger ones leave a process idle at the end of a small
# run, smaller ones cost more in start-up of spaCy's batches.
BATCH_CHARACTERS = 60_000


@dataclass
class Annotated:
    """What came of one batch: language tables, the ids that were annotated, and error texts by id."""

    tables: dict[str, pa.Table]
    document_ids: list[str]
    failures: dict[str, str] = field(default_factory=dict)


def annotate_texts(
    records: Iterable[Record], model: str, processes: int, batch_size: int, cluster: OpenPool | None = None
) -> Iterator[Annotated]:
    """Annotates (document_id, text, known) records; batches come back as they are done, in any order. Two and two more
    per process are under way at a time; with a cluster its workers parse, and `processes` is how many it has.

    Raises flows.language.parse.ModelMissing before any work when the pipeline is not installed.
    """
    batches = _batches(records)
    first = next(batches, None)
    if first is None:
        return
    second = next(batches, None) if processes > 1 or cluster else None
    if second is None:
        load_pipeline(model)
        yield annotate_batch(first, model, batch_size)
        for batch in batches:
            yield annotate_batch(batch, model, batch_size)
        return
    with cluster() if cluster else worker_pool(processes, _start, model) as pool:
        waiting: set[Future[Annotated]] = {
            pool.submit(annotate_batch, batch, model, batch_size)
            for batch in (first, second, *islice(batches, 2 * processes))
        }
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
            waiting |= {pool.submit(annotate_batch, batch, model, batch_size) for batch in islice(batches, len(done))}


def annotate_batch(batch: list[Record], model: str, batch_size: int) -> Annotated:
    """One batch in this process. When the batch fails as a whole, its texts are tried one by one."""
    try:
        rows = [annotate(document) for document in _documents(batch, model, batch_size)]
        return Annotated(to_tables(rows), [record[0] for record in batch])
    except Exception as error:
        if len(batch) == 1:
            return Annotated({}, [], {batch[0][0]: f"{type(error).__name__}: {error}"})
    parts = [annotate_batch([record], model, 1) for record in batch]
    return joined(parts)


def joined(parts: list[Annotated]) -> Annotated:
    """Several batches as one."""
    good = [part for part in parts if part.document_ids]
    tables = {name: pa.concat_tables([p.tables[name] for p in good]) for name in (good[0].tables if good else {})}
    failures = {document_id: text for part in parts for document_id, text in part.failures.items()}
    return Annotated(tables, [i for part in good for i in part.document_ids], failures)


def _documents(batch: list[Record], model: str, batch_size: int) -> Iterator[Document]:
    """The batch parsed, each text once: a copy gets the parse of the first, with what is known of itself."""
    first = {text: document_id for document_id, text, _ in reversed(batch)}
    unique = [record for record in batch if first[record[1]] == record[0]]
    parses: dict[str, Document] = {}
    for document in parse_texts(unique, model, batch_size):
        parses[document.document_id] = document
        yield document
    for document_id, text, known in batch:
        if first[text] != document_id:
            yield from_rows(document_id, text, parses[first[text]].sentence_rows(), **known)


def _start(model: str) -> None:
    """A worker's own start: one thread per process, and a lower priority than whoever watches."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    load_pipeline(model)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record[1])
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
