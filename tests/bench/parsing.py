"""Cleaning and annotation, each against the library it stands on, and the whole run against the sum of both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.land.sources import land_sources
from flows.language.parse import installed, load_pipeline
from flows.language.pool import annotate_texts
from flows.publish import release
from flows.settings import Settings
from flows.stages import chunked
from flows.transform import incremental, seeds
from flows.workers import worker_pool
from tests.bench import language
from tests.bench.acquisition import extract
from tests.bench.clock import Spent, spent
from tests.bench.table import Line
from tests.bench.workload import Workload


def clean(work: Workload) -> Iterator[Line]:
    """Extraction, metadata, dates, boilerplate: to_documents against trafilatura alone. Processor seconds."""
    pages, settings = work.sample_pages, work.settings
    to_documents(pages[:2], settings)  # imports and first-use tables, for both sides
    extract([page.body for page in pages[:2]])
    alone = spent(lambda: extract([page.body for page in pages]))
    ours = spent(lambda: to_documents(pages, settings))
    size = f"{len(pages)} pages of the sample"
    yield _rate("clean, against trafilatura", size, "pages/CPU s", len(pages), ours.processors, alone.processors)


def annotate(work: Workload) -> Iterator[Line]:
    """The language layer against bare spaCy, its start, and the share of attribution. Processor seconds."""
    start = spent(lambda: load_pipeline(work.settings.spacy_model))
    cost = language.cost(work.texts, work.settings.spacy_model, work.settings.annotate_batch_size)
    size = f"{cost.words:,} words"
    yield _rate("annotate, against spaCy", size, "words/CPU s", cost.words, cost.layer, cost.spacy)
    yield Line("attribution, against spaCy's parse", size, "CPU s", cost.attribution, cost.spacy)
    yield Line("start-up of the language model", "", "s", start.clock)


def processes(work: Workload) -> Iterator[Line]:
    """Words per second of the clock with two worker processes (their start counts) and with one."""
    settings = work.settings
    texts = [record for n in range(2) for record in ((f"{i}-{n}", text, known) for i, text, known in work.texts)]
    words = sum(len(text.split()) for _, text, _ in texts)
    load_pipeline(settings.spacy_model)

    def with_processes(count: int) -> Spent:
        return spent(lambda: list(annotate_texts(texts, settings.spacy_model, count, settings.annotate_batch_size)))

    one, two = with_processes(1), with_processes(2)
    yield _rate("annotate with two processes, against one", f"{words:,} words", "words/s", words, two.clock, one.clock)


def whole(work: Workload) -> Iterator[Line]:
    """Pages to a published release against trafilatura and spaCy alone, with the same number of processes."""
    pages = work.invented_pages(work.sizes.articles)
    settings = work.settings.model_copy(update={"data_dir": work.folder / "whole"})
    land_sources(settings, work.sources)
    start = work.prepare() + spent(lambda: seeds.load(settings))
    texts: list[str] = []
    parts = {
        "clean and land": spent(lambda: texts.extend(_clean_and_land(settings, pages))),
        "annotate": spent(lambda: stages.annotate(settings, "bench")),
        "stories": spent(lambda: stages.group_stories(settings)),
        "code and test": spent(lambda: incremental.build(settings)),
        "publish": spent(lambda: release.publish(settings)),
    }
    ours = sum(parts.values(), Spent(0, 0))
    alone = spent(lambda: _libraries_alone(settings, pages, texts))
    size, what = f"{len(pages):,} articles", "whole run, against trafilatura + spaCy"
    yield _rate(what, size, "articles/s", len(pages), ours.clock, alone.clock)
    yield _rate(what, size, "articles/CPU s", len(pages), ours.processors, alone.processors)
    for name, part in parts.items():
        yield Line(f"whole run: {name}", size, "CPU s", part.processors)
    yield Line("start-up: dbt compiles, dictionaries are loaded", "", "s", start.clock)


def _clean_and_land(settings: Settings, pages: list[Record]) -> list[str]:
    documents, _ = to_documents(pages, settings)
    land_documents(settings, documents)
    texts: list[str] = documents.column("text").to_pylist()
    return texts


def _libraries_alone(settings: Settings, pages: list[Record], texts: list[str]) -> None:
    """Cleaning runs in one process here on both sides; the parse in as many as a run uses."""
    extract([page.body for page in pages])
    with worker_pool(settings.annotate_processes, _pipeline, settings.spacy_model) as pool:
        list(pool.map(_parse, ((batch, settings) for batch in chunked(sorted(texts, key=len), 24))))


@lru_cache(maxsize=1)
def _pipeline(name: str) -> Language:
    return installed(name)


def _parse(work: tuple[list[str], Settings]) -> None:
    texts, settings = work
    for _ in _pipeline(settings.spacy_model).pipe(texts, batch_size=settings.annotate_batch_size):
        pass


def _rate(what: str, size: str, unit: str, count: int, ours: float, alone: float) -> Line:
    return Line(what, size, unit, count / ours, count / alone)
