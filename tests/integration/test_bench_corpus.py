"""Annotated documents without a parse: rows that quote a text quote it, and a warehouse can be coded from them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.settings import Settings
from flows.transform import incremental, seeds
from tests.bench.corpus import land
from tests.bench.corpus.annotated import LABEL
from tests.integration.conftest import Ended, Installation

# A hop named by "the paper" keeps the words that name it elsewhere, so hops are not among these.
QUOTING = {"mentions": "surface", "clause_arguments": "text", "times": "text"}


def opened(settings: Settings) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{settings.raw_db}' as raw (read_only)")
    connection.execute(f"attach '{settings.language_db}' as language (read_only)")
    return connection


@pytest.mark.slow
def test_offsets_are_true_and_a_larger_corpus_adds_to_a_smaller(
    sample: tuple[Installation, Ended], tmp_path: Path
) -> None:
    made = land(sample[0].settings, tmp_path / "grown", 100)
    with opened(made) as connection:
        smaller = connection.execute("from raw.documents order by document_id").fetchall()
    made = land(sample[0].settings, tmp_path / "grown", 300)
    once = land(sample[0].settings, tmp_path / "once", 300)
    with opened(made) as connection, opened(once) as other:
        documents = connection.execute("from raw.documents order by document_id").fetchall()
        assert documents == other.execute("from raw.documents order by document_id").fetchall()
        assert {row[0] for row in smaller} < {row[0] for row in documents}
        for table, column in QUOTING.items():
            wrong, rows = connection.execute(
                f"select count(*) filter (where r.{column} <> d.text[r.char_start + 1:r.char_end]), "
                f"count(*) filter (where r.{column} is not null and r.char_start is not null) "
                f"from language.{table} as r inner join raw.documents as d using (document_id)"
            ).fetchone()
            assert (wrong, rows > 300) == (0, True), table
        counts = connection.execute(
            "select count(*), count(distinct document_id), count(*) filter (version_number = 2), "
            "count(*) filter (not is_latest_version), count(*) filter (collection_key <> $1) from raw.documents",
            [LABEL],
        ).fetchone()
        assert counts == (300, 300, 15, 15, 0)
        assert connection.execute("select count(*) from language.stories where not is_story_origin").fetchone() == (45,)
    with pytest.raises(ValueError, match="give a multiple of 10"):
        land(sample[0].settings, tmp_path / "odd", 55)
    seeds.load(made)
    assert not [result for result in incremental.build(made, everything=True) if result.failed]
