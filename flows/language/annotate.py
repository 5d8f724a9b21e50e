"""One Document through all annotators, in their order, to the rows of language.duckdb.

The order is the only knowledge of this file: mentions and clusters first (attribution asks who is who), then times,
then attribution and sourcing, then clauses (which ask what is inside a quote). Each annotator is a function of the
Document and what came before; none of them touches a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from flows.language.document import Document
from flows.language.schema import TABLES

# Raised whenever rows could differ for the same text: a new model, rule or repair.
ANNOTATOR_VERSION = "6"

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def annotate(document: Document) -> Rows:
    """Rows of every table of schema.TABLES for one text. Any Unicode text gives rows and no exception."""
    from flows.language import attribution, clauses, mentions, sourcing, times

    rows: Rows = {"sentences": document.sentence_rows()}
    rows["mentions"] = mentions.mark(document)
    rows["times"] = times.mark(document)
    rows["attributions"] = attribution.mark(document, rows["mentions"], rows["times"])
    hops, sentence_chains = sourcing.chain(document, rows["mentions"], rows["attributions"])
    rows["source_hops"], rows["sentence_chains"] = hops, sentence_chains
    rows["clauses"], rows["clause_arguments"] = clauses.mark(document, rows["mentions"], rows["attributions"])
    times.attach(rows["times"], rows["clauses"])
    return rows


def to_tables(batches: Iterable[Rows]) -> dict[str, pa.Table]:
    """One Arrow table per language table for the rows of many documents."""
    collected: Rows = {name: [] for name in TABLES}
    for rows in batches:
        for name, found in rows.items():
            collected[name].extend(found)
    return {name: pa.Table.from_pylist(found, schema=TABLES[name]) for name, found in collected.items()}
