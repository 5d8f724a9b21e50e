"""What the parts of the bench work on, made once and when first needed; and how much of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.land.sources import land_sources
from flows.newsroom import Newsroom, load_library
from flows.newsroom.articles import Article
from flows.newsroom.pages import Press
from flows.settings import Settings
from flows.sources.registry import load_sources
from flows.sources.schema import Source
from flows.transform import compiled, incremental, seeds
from tests.bench.clock import Spent, spent
from tests.bench.corpus import invent, land


@dataclass(frozen=True)
class Sizes:
    """How much a run works on."""

    sample: int  # articles of the sample newsroom: the parsed corpus that the annotated one is made from
    texts: int  # invented articles, for parts that parse in one process
    articles: int  # invented articles, for the whole run
    pages: int  # fetched pages of real size
    records: int  # of a WARC file
    warehouses: tuple[int, ...]  # documents
    new: int  # documents added to each
    sentences: int  # coded again
    mentions: int  # of positions
    questions: int  # documents of the published file that is asked


SIZES = {
    "quick": Sizes(40, 24, 60, 60, 2_000, (200, 600), 50, 5_000, 50_000, 20_000),
    "usual": Sizes(106, 300, 2_000, 600, 20_000, (1_000, 10_000), 500, 50_000, 1_000_000, 100_000),
    "full": Sizes(
        *(106, 300, 5_000, 600, 20_000), (1_000, 10_000, 100_000, 1_000_000), 500, 200_000, 1_000_000, 1_000_000
    ),
}


class Workload:
    """Corpora, databases and builds in one folder."""

    def __init__(self, folder: Path, sizes: Sizes) -> None:
        self.folder, self.sizes = folder, sizes
        self.settings = Settings(data_dir=folder / "base", cache_dir=folder / "cache")
        self._preparing: Spent | None = None
        self._warehouses: dict[int, tuple[Settings, Spent]] = {}

    @cached_property
    def sources(self) -> list[Source]:
        """The sample's outlets."""
        return load_sources([self.settings.newsroom_dir / "manifests"])

    @cached_property
    def sample_pages(self) -> list[Record]:
        """Article pages of the sample as its sites serve them."""
        newsroom = Newsroom(self.settings.newsroom_dir)
        articles = newsroom.library.articles
        chosen = [
            articles[n * len(articles) // self.sizes.sample] for n in range(min(self.sizes.sample, len(articles)))
        ]
        return [_record(a, newsroom.page(a.outlet.host, a.path).body) for a in chosen]

    def invented_pages(self, count: int) -> list[Record]:
        """Pages of invented articles, with the same templates."""
        press = Press(load_library(self.settings.newsroom_dir), visit=1)
        return [_record(a, press.article(a).body) for a in invent(self.settings, count)]

    @cached_property
    def texts(self) -> list[tuple[str, str, dict[str, object]]]:
        """(document_id, text, known) of invented articles, as the language layer takes them."""
        documents, _ = to_documents(self.invented_pages(self.sizes.texts), self.settings)
        return [(d["document_id"], d["text"], {"published": d["published_date"]}) for d in documents.to_pylist()]

    @cached_property
    def base(self) -> Settings:
        """The sample, parsed and landed."""
        documents, _ = to_documents(self.sample_pages, self.settings)
        land_sources(self.settings, self.sources)
        land_documents(self.settings, documents)
        stages.annotate(self.settings, "bench")
        stages.group_stories(self.settings)
        return self.settings

    def prepare(self) -> Spent:
        """Has dbt compile the project, which is paid once per state of its files; what that cost when it was done."""
        if self._preparing is None:
            settings = self.base  # dbt opens its databases
            self._preparing = spent(lambda: compiled.compile_models(settings))
        return self._preparing

    def warehouse(self, documents: int) -> tuple[Settings, Spent]:
        """A warehouse coded and tested from so many synthetic documents, and what coding everything cost."""
        if documents not in self._warehouses:
            self.prepare()
            made = land(self.base, self.folder / f"warehouse-{documents}", documents)
            seeds.load(made)
            self._warehouses[documents] = made, spent(lambda: incremental.build(made, everything=True))
        return self._warehouses[documents]

    def copy(self, settings: Settings, name: str) -> Settings:
        """The same databases in another folder, to be spoiled."""
        shutil.copytree(settings.data_dir, self.folder / name, ignore=shutil.ignore_patterns("published", "spool"))
        return settings.model_copy(update={"data_dir": self.folder / name})


def _record(article: Article, body: bytes) -> Record:
    return Record(article.url, body, is_html=True, input_kind="page", url=article.url, source_key=article.outlet.key)
