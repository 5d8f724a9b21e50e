"""Synthetic corpora, the same for the same seed: annotated documents for the warehouse, article texts to be parsed."""

from tests.bench.corpus.annotated import land
from tests.bench.corpus.articles import invent

__all__ = ["invent", "land"]
