"""A throw-away warehouse of sentences, each a closed world: only what depends on the weights is coded again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from flows import extract, stages
from flows.event_training.regression import Table
from flows.event_training.sentences import Sentence
from flows.ingest.documents import to_documents
from flows.ingest.lines import record_of_row
from flows.land.load import land_documents
from flows.settings import Settings
from flows.transform import compiled, seeds


class Scratch:
    """Sentences landed, annotated and coded in `settings.data_dir`; a folder that has them already is used as it is."""

    def __init__(self, settings: Settings, sentences: list[Sentence]) -> None:
        rows = [{"id": s.id, "text": s.text, "date": s.date} for s in sentences]
        self.settings = settings
        self.documents, _ = to_documents((record_of_row(row, "training") for row in rows), settings, None)
        land_documents(settings, self.documents)
        stages.annotate(settings, "training")
        stages.group_stories(settings)
        seeds.load(settings)
        compiled.build(settings)

    def features(self) -> dict[str, set[str]]:
        """Sentence id -> the features of its clauses."""
        found: dict[str, set[str]] = defaultdict(set)
        query = (
            "select d.record_id, f.feature from intermediate.int_event_features_collect as f "
            "inner join raw.documents as d on f.document_id = d.document_id"
        )
        with compiled.connect(self.settings) as connection:
            for sentence_id, feature in connection.execute(query).fetchall():
                found[sentence_id].add(feature)
        return found

    def code(self, table: Table) -> Iterator[dict[str, Any]]:
        """What `communique extract` would print with these weights, in the order of the sentences."""
        models = compiled.compile_models(self.settings)
        with compiled.connect(self.settings) as connection:
            _replace_weights(connection, table)
            compiled.run(connection, compiled.downstream(models, "event_weights"))
        yield from extract.lines(self.settings, self.documents)
        seeds.stamp_path(self.settings).unlink(missing_ok=True)  # these weights are no dictionary of the project


def _replace_weights(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    rows = [{"feature": f or None, "root": r, "weight": w} for f in sorted(table) for r, w in sorted(table[f].items())]
    connection.register("trained", pa.Table.from_pylist(rows))
    connection.execute("create or replace table seeds.event_weights as select * from trained")
    connection.unregister("trained")
