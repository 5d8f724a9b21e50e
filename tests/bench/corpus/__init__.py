"""Synthetic corpora: annotated documents for the warehouse side, article texts for real parsing. Same seed, same rows."""

from tests.bench.corpus.annotated import land
from tests.bench.corpus.articles import invent

__all__ = ["invent", "land"]
