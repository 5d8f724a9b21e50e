"""`make bench`: one table of ratios. The corpus is the sample newsroom, its pages as its sites serve them.

Each ratio sets our stage against the library it stands on, on the same input in the same run. Start-up (imports, the
model, dbt's own start) is shown apart. Not measured here: anything over the network.
"""

from __future__ import annotations

import platform
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.language.parse import load_pipeline, parse_texts
from flows.newsroom import Newsroom
from flows.publish import release
from flows.settings import Settings
from tests.bench import language
from tests.bench.acquisition import PAGES, RECORDS, acquisition_speed, warc_memory


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def pages(settings: Settings) -> list[Record]:
    """Every article page of the sample as its site serves it."""
    with Newsroom(settings.newsroom_dir) as newsroom:
        return [
            Record(
                origin=article.url,
                body=newsroom.page(article.outlet.host, article.path).body,
                is_html=True,
                input_kind="page",
                url=article.url,
            )
            for article in newsroom.library.articles
        ]


def trafilatura_alone(records: list[Record]) -> None:
    """What the extraction library costs by itself, with the options that our cleaner uses."""
    from trafilatura import bare_extraction

    for record in records:
        bare_extraction(record.body, with_metadata=True)


def main() -> None:
    """Measures and prints."""
    table = Table(
        title="Ratios within one run (higher is better for us; 1.00 is the library alone)", title_justify="left"
    )
    for name in ("what", "ours", "alone", "ratio"):
        table.add_column(name, justify="left" if name == "what" else "right")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), cache_dir=Path(folder) / "cache")
        records = pages(settings)
        to_documents(records[:2], settings)  # imports and first-use tables, for both sides
        alone = timed(lambda: trafilatura_alone(records))
        documents, _ = to_documents(records, settings)
        ours = timed(lambda: to_documents(records, settings))
        row(table, f"clean, {len(records)} pages: pages/s", len(records) / ours, len(records) / alone)

        acquisition_rows(table, Path(folder))

        start_up = timed(lambda: load_pipeline(settings.spacy_model))
        texts = [(d["document_id"], d["text"], {"published": d["published_date"]}) for d in documents.to_pylist()]
        parse = timed(lambda: list(parse_texts(texts, settings.spacy_model)))
        cost = language.cost(texts, settings.spacy_model)
        words = cost.words
        row(table, f"annotate, {words:,} words, 1 process: words/CPU s", words / cost.layer, words / cost.spacy)
        share = f"{cost.attribution_share:.0%}"
        table.add_row("attribution after the parse, share of bare spaCy's CPU time", share, "", "")

        land_documents(settings, documents)
        annotated = timed(lambda: stages.annotate(settings, "bench"))
        table.add_row(
            f"annotate and land, {settings.annotate_processes} processes", f"{words / annotated:,.0f}", "", ""
        )
        stages.group_stories(settings)
        first = timed(lambda: stages.build(settings, "bench", tests=False))
        again = timed(lambda: stages.build(settings, "bench", tests=False))
        sentences = count(settings.language_db, "sentences")
        table.add_row("seeds, parse of the project and first build: seconds", f"{first:.1f}", "", "")
        table.add_row(
            f"re-code {sentences:,} sentences (dbt's start included): sentences/s", f"{sentences / again:,.0f}", "", ""
        )
        whole = ours + annotated + again
        row(table, "clean + annotate + build: documents/s", len(texts) / whole, len(texts) / (alone + parse))
        table.add_row("publish: seconds", f"{timed(lambda: release.publish(settings)):.1f}", "", "")
        for name, path in (
            ("raw", settings.raw_db),
            ("language", settings.language_db),
            ("published", settings.published_db),
        ):
            table.add_row(f"{name}: bytes per document", f"{path.stat().st_size / len(texts):,.0f}", "", "")
        table.add_row("start-up of the language model: seconds", f"{start_up:.1f}", "", "")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add_row("peak memory of this process: MiB", f"{peak:,.0f}", "", "")
    console = Console(width=120)
    console.print(table)
    console.print(f"{platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}")


def acquisition_rows(table: Table, folder: Path) -> None:
    """Fetch, clean and land; and memory over a long WARC file, where 'alone' is the peak after a tenth of it."""
    ours, alone = acquisition_speed(folder / "pages")
    row(table, f"fetch + clean + land, {PAGES} pages of real size: pages/s", ours.clock, alone.clock)
    row(table, "the same, per second of processors", ours.processors, alone.processors)
    early, late = warc_memory(folder)
    row(table, f"stream a WARC of {RECORDS:,} records: peak MiB at its end, after a tenth", late, early)


def row(table: Table, what: str, ours: float, alone: float) -> None:
    """A line with a ratio."""
    table.add_row(what, f"{ours:,.1f}", f"{alone:,.1f}", f"{ours / alone:.2f}")


def count(path: Path, name: str) -> int:
    """Rows of a table in a database file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(f"select count(*) from {name}").fetchone()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    main()
