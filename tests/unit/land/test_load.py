"""Landing: once, whole, in any order of versions, and annotations that replace themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from flows.fetch.state import FETCHES, HOSTS
from flows.land import load
from flows.land.database import both_databases, language_database, raw_database, transaction
from flows.language.schema import TABLES
from flows.outcomes import Outcome
from flows.settings import Settings
from tests.unit.land.conftest import Make


def _rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with both_databases(settings) as connection:
        return connection.execute(query).fetchall()


def _versions(settings: Settings) -> dict[str, tuple[int, str, bool]]:
    rows = _rows(settings, "select document_id, version_number, version_cause, is_latest_version from raw.documents")
    return {row[0]: row[1:] for row in rows}


def _sentences(*ids: str) -> pa.Table:
    rows = [{"document_id": i, "sentence_number": 0, "pos": ["NOUN", "PUNCT"]} for i in ids]
    return pa.Table.from_pylist(rows, schema=TABLES["sentences"])


def test_landing_twice_lands_once(settings: Settings, documents: Make) -> None:
    batch = documents({"document_id": "a"}, {"document_id": "b", "url": "https://news.example/b"})
    assert load.land_documents(settings, batch).new == ["a", "b"]
    again = load.land_documents(settings, batch)
    assert (again.new, again.known) == ([], 2)
    assert _rows(settings, "select count(*) from raw.documents") == [(2,)]


def test_the_text_comes_back_as_it_went_in(settings: Settings, documents: Make) -> None:
    text = "A\r\nb\u0301 \U0001f600 “c”\t \u2028 end\n\n"
    load.land_documents(settings, documents({"document_id": "a", "text": text}))
    assert _rows(settings, "select text from raw.documents") == [(text,)]


def test_another_text_of_the_publisher_is_a_new_version(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents({"document_id": "a"}))
    later = {"fetched_at": datetime(2025, 4, 24), "html_sha256": "html-2"}
    load.land_documents(settings, documents({"document_id": "b", **later}))
    assert _versions(settings) == {"a": (1, "first", False), "b": (2, "publisher", True)}


def test_another_text_of_the_cleaner_is_no_change_of_the_publisher(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents({"document_id": "a"}))
    load.land_documents(settings, documents({"document_id": "b", "cleaner_version": "2"}))
    assert _versions(settings) == {"a": (1, "first", False), "b": (2, "cleaner", True)}


def test_a_replay_finds_out_that_a_change_was_the_cleaner_s(settings: Settings, documents: Make) -> None:
    """New cleaner and new bytes at once look like the publisher, until the old bytes are cleaned again."""
    load.land_documents(settings, documents({"document_id": "a"}))
    new = {"document_id": "b", "cleaner_version": "2", "html_sha256": "html-2", "fetched_at": datetime(2025, 4, 24)}
    load.land_documents(settings, documents(new))
    assert _versions(settings)["b"][1] == "publisher"
    load.land_documents(settings, documents({"document_id": "b", "cleaner_version": "2"}))
    assert _versions(settings)["b"][1] == "cleaner"


def test_a_publisher_who_goes_back_makes_the_old_version_the_latest(settings: Settings, documents: Make) -> None:
    for number, name in enumerate(["a", "b", "a"]):
        row = {"document_id": name, "fetched_at": datetime(2025, 4, 23 + number), "html_sha256": f"html-{number}"}
        load.land_documents(settings, documents(row))
    assert _versions(settings) == {"a": (1, "first", True), "b": (2, "publisher", False)}


@pytest.mark.parametrize("order", [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]])
def test_versions_do_not_depend_on_the_order_of_landing(settings: Settings, documents: Make, order: list[str]) -> None:
    days = {"a": 1, "b": 2, "c": 3}
    for name in order:
        row = {"document_id": name, "fetched_at": datetime(2025, 4, days[name]), "html_sha256": f"html-{name}"}
        load.land_documents(settings, documents(row))
    assert _versions(settings) == {"a": (1, "first", False), "b": (2, "publisher", False), "c": (3, "publisher", True)}


def test_versions_stay_inside_their_collection(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents({"document_id": "a"}, {"document_id": "b", "collection_key": "other"}))
    assert _versions(settings) == {"a": (1, "first", True), "b": (1, "first", True)}


def test_outcomes_land_once(settings: Settings) -> None:
    outcomes = [Outcome("fetch", "https://news.example/a", "timeout", detail="20 s"), Outcome("clean", "x")]
    load.land_outcomes(settings, "run-1", outcomes)
    load.land_outcomes(settings, "run-1", outcomes)
    found = _rows(settings, "select stage, status, reason from raw.outcomes order by stage")
    assert found == [("clean", "ok", "done"), ("fetch", "failed", "timeout")]


def test_fetch_state_keeps_the_last_word(settings: Settings) -> None:
    for status in (200, 304):
        fetch = {"canonical_url": "https://news.example/a", "http_status": status}
        load.land_fetch_state(
            settings,
            fetches=pa.Table.from_pylist([fetch], schema=FETCHES),
            hosts=pa.Table.from_pylist([{"origin": "https://news.example"}], schema=HOSTS),
        )
    assert load.fetch_state(settings, "fetches").column("http_status").to_pylist() == [304]
    assert load.fetch_state(settings, "hosts").num_rows == 1


def test_a_batch_lands_whole_or_not_at_all(settings: Settings, documents: Make) -> None:
    broken = pa.table({"no_such_column": [1]})
    with pytest.raises(duckdb.Error):
        load.land_batch(settings, {"documents": documents({"document_id": "a"}), "fetches": broken})
    assert _rows(settings, "select count(*) from raw.documents") == [(0,)]


def test_only_what_is_not_annotated_is_handed_out(settings: Settings, documents: Make) -> None:
    rows = [
        {"document_id": "a", "published_at": datetime(2025, 2, 1)},
        {"document_id": "b", "published_at": datetime(2025, 1, 1), "url": "u:b"},
        {"document_id": "c", "language_code": "uk", "url": "u:c"},
        {"document_id": "d", "language_code": None, "url": "u:d"},
    ]
    load.land_documents(settings, documents(*rows))
    assert load.documents_to_annotate(settings, "v1").column("document_id").to_pylist() == ["b", "a", "d"]
    load.land_annotations(settings, {"sentences": _sentences("b", "a")}, "v1", ["a", "b", "d"])
    assert load.documents_to_annotate(settings, "v1").num_rows == 0
    assert load.documents_to_annotate(settings, "v2", limit=2).num_rows == 2
    counts = _rows(settings, "select document_id, sentence_count, word_count from language.annotated order by 1")
    assert counts == [("a", 1, 1), ("b", 1, 1), ("d", 0, 0)]


def test_annotating_again_replaces(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents({"document_id": "a"}))
    for version in ("v1", "v1", "v2"):
        load.land_annotations(settings, {"sentences": _sentences("a")}, version)
    found = _rows(settings, "select document_id, annotator_version from language.sentences")
    assert found == [("a", "v2")]
    assert _rows(settings, "select annotator_version from language.annotated") == [("v2",)]


def test_a_changed_language_schema_drops_annotations_and_keeps_texts(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents({"document_id": "a"}))
    load.land_annotations(settings, {"sentences": _sentences("a")}, "v1")
    with duckdb.connect(str(settings.language_db)) as connection:
        connection.execute("alter table sentences drop column role")
    assert load.documents_to_annotate(settings, "v1").num_rows == 1
    with language_database(settings, read_only=True) as connection:
        assert connection.execute("select count(*) from sentences").fetchone() == (0,)


def test_a_file_of_a_newer_version_is_refused(settings: Settings) -> None:
    with raw_database(settings) as connection:
        connection.execute("insert into schema_migrations values (999, 'later', now())")
    with pytest.raises(RuntimeError, match="update communique"), raw_database(settings):
        pass


def test_a_failed_transaction_leaves_nothing(settings: Settings) -> None:
    with raw_database(settings) as connection:
        insert = "insert into releases (release_id, published_at) values ('r', now())"
        with pytest.raises(duckdb.ConstraintException), transaction(connection):
            connection.execute(f"{insert}; {insert}")
        assert connection.execute("select count(*) from releases").fetchone() == (0,)
