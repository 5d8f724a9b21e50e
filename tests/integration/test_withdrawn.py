"""What a publisher takes out of an article is kept as withdrawn; what a cleaner loses, or is told again, is not.

Three articles, each a closed world: one is corrected, one is only cleaned by another version, one loses its facts and
gets them back. The warehouse is built before and after, as a run would. Not shown here: the numbering of versions
(tests/unit/land).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from flows import stages
from flows.ingest import Record, to_documents
from flows.land.load import land_documents
from flows.land.tables import DOCUMENTS
from flows.settings import Settings

pytestmark = pytest.mark.slow
KEPT = "Russia demands that Ukraine withdraw its troops from all four regions, Kremlin spokesman Dmitry Peskov said."
GONE = (
    "Ukraine accepted permanent neutrality, President Volodymyr Zelenskyy said.\n\n"
    "The foreign ministers of Ukraine and Turkey met in Ankara on 27 February 2025."
)
BEFORE, AFTER = f"{KEPT}\n\n{GONE}", f"{KEPT}\n\nAn earlier text of this article misread a speech."
AGAIN = f"{KEPT}\n\n{GONE}\n\nThe passage was put back."
FIRST = datetime(2025, 3, 1, 8)
CHANGED = datetime(2025, 3, 2, 9, 30)
# By collection: text, page (its bytes) and cleaner of each version, one a day.
VERSIONS = {
    "corrected": [(BEFORE, "a", "1"), (AFTER, "b", "1")],
    "recleaned": [(BEFORE, "a", "1"), (AFTER, "a", "2")],
    "readded": [(BEFORE, "a", "1"), (AFTER, "b", "1"), (AGAIN, "c", "1")],
}


def land(settings: Settings, collection: str, number: int) -> None:
    """Lands one version as if it had been fetched on its day; the publisher says when it was changed."""
    text, page, cleaner = VERSIONS[collection][number]
    record = Record(
        origin=collection, body=text, is_html=False, input_kind="jsonl", url=f"https://{collection}.example/1",
        published=FIRST.isoformat() + "Z", collection=collection,
    )  # fmt: skip
    (row,) = to_documents([record], settings)[0].to_pylist()
    row |= {"html_sha256": page, "cleaner_version": cleaner, "fetched_at": FIRST + timedelta(days=3 + number)}
    row["modified_at"] = CHANGED + timedelta(days=number - 1) if number else None
    land_documents(settings, pa.Table.from_pylist([row], schema=DOCUMENTS))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], duckdb.DuckDBPyConnection]:
    """The ids of the facts published before the corrections, and the warehouse after them."""
    folder = tmp_path_factory.mktemp("withdrawn")
    settings = Settings(data_dir=folder, cache_dir=folder / "cache", annotate_processes=1)
    before: set[str] = set()
    for number in range(3):
        for collection, versions in VERSIONS.items():
            if number < len(versions):
                land(settings, collection, number)
        stages.annotate(settings, "test")
        stages.group_stories(settings)
        stages.build(settings, "test", tests=number == 2)
        if number == 0:
            with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
                before = {row[0] for row in connection.execute(
                    "select statement_id from marts.statements union select event_mention_id from marts.event_mentions "
                    "union select position_mention_id from marts.position_mentions").fetchall()}  # fmt: skip
    return before, duckdb.connect(str(settings.warehouse_db), read_only=True)


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    return list(connection.execute(query).to_arrow_table().to_pylist())


def test_a_correction_withdraws_what_it_no_longer_carries(built: tuple[set[str], duckdb.DuckDBPyConnection]) -> None:
    before, connection = built
    found = rows(connection, "from marts.withdrawn_facts where collection_key = 'corrected'")
    assert {row["fact_table"] for row in found} == {"statements", "event_mentions", "position_mentions"}
    assert {row["known_from_at"] for row in found} == {FIRST}
    assert {row["known_to_at"] for row in found} == {CHANGED}, "belief ends when the publisher says, not when we fetch"
    assert {row["fact_id"] for row in found} <= before, "under the ids that were published"
    assert all(row["text"] in GONE for row in found), "what still stands there is not withdrawn"
    (position,) = [row for row in found if row["fact_table"] == "position_mentions"]
    assert position["issue_key"] == "alliance_neutrality"
    assert position["actor_id"] is not None


def test_the_other_tables_tell_what_is_believed_now(built: tuple[set[str], duckdb.DuckDBPyConnection]) -> None:
    connection = built[1]
    withdrawn = "(select fact_id from marts.withdrawn_facts)"
    for table, key in (("statements", "statement_id"), ("event_mentions", "event_mention_id"),
                       ("position_mentions", "position_mention_id")):  # fmt: skip
        assert rows(connection, f"from marts.{table} where {key} in {withdrawn}") == []
        old = "select document_id from marts.documents where not is_latest_version"
        assert rows(connection, f"from marts.{table} where document_id in ({old})") == []
    moves = rows(
        connection, "select distinct collection_key from marts.positions where issue_key = 'alliance_neutrality'"
    )
    assert {row["collection_key"] for row in moves} == {"readded"}


@pytest.mark.parametrize(("collection", "cause"), [("recleaned", "cleaner"), ("readded", "publisher")])
def test_nothing_else_is_withdrawn(
    collection: str, cause: str, built: tuple[set[str], duckdb.DuckDBPyConnection]
) -> None:
    documents = rows(built[1], f"from marts.documents where collection_key = '{collection}'")
    assert len(documents) == len(VERSIONS[collection])
    assert {row["version_cause"] for row in documents} == {"first", cause}
    assert rows(built[1], f"from marts.withdrawn_facts where collection_key = '{collection}'") == []
