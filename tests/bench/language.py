"""What the language layer costs beside spaCy as it is installed, in CPU seconds of one process, both on the same texts.

CPU time, not the clock: other programs on the machine then slow both sides alike. The rounds alternate and the
smallest of each counts, so a disturbance of one round does not decide.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from flows.language import attribution, mentions, times
from flows.language.document import Document
from flows.language.parse import Record, installed, parse_texts
from flows.language.pool import annotate_batch

ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """CPU seconds for the same texts: spaCy alone, the whole layer with its Arrow tables, attribution by itself."""

    words: int
    spacy: float
    layer: float
    attribution: float

    @property
    def ratio(self) -> float:
        """Words per second of the whole layer, 1 being bare spaCy."""
        return self.spacy / self.layer

    @property
    def attribution_share(self) -> float:
        """Attribution after the parse as a share of the parse's own time."""
        return self.attribution / self.spacy


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call in this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def cost(records: list[Record], model: str, batch_size: int = 16) -> Cost:
    """Measures one batch of (document_id, text, known) records; both pipelines are loaded and warm before."""
    nlp = installed(model)
    texts = [text for _, text, _ in records]
    annotate_batch(records[:2], model, batch_size)
    list(nlp.pipe(texts[:2], batch_size=batch_size))
    documents = list(parse_texts(records, model, batch_size))
    found = [(document, mentions.mark(document), times.mark(document)) for document in documents]
    rounds = [
        (
            cpu(lambda: [doc for doc in nlp.pipe(texts, batch_size=batch_size)]),  # noqa: C416
            cpu(lambda: annotate_batch(records, model, batch_size)),
            cpu(lambda: [attribution.mark(fresh(d), m, t) for d, m, t in found]),
        )
        for _ in range(ROUNDS)
    ]
    spacy, layer, attributed = (min(column) for column in zip(*rounds, strict=True))
    return Cost(sum(d.word_count for d in documents), spacy, layer, attributed)


def fresh(document: Document) -> Document:
    """The document without what was computed from it, so that each round pays for its tree."""
    return Document(document.document_id, document.text, document.tokens, document.sentences, document.published)
