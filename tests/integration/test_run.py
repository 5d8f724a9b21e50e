"""The main job on the sample newsroom: what `make run` does. Slow, and worth it: every stage is the real one."""

from __future__ import annotations

import duckdb
import pytest

from tests.integration.conftest import Ended, Installation

# Tables that must not be empty after the sample run.
FILLED = (
    "documents actors actor_aliases actor_roles actor_mentions source_chains source_chain_hops statements "
    "statement_issues events event_participants event_status_history event_mentions position_mentions positions "
    "proposal_changes proposals claim_reactions review_queue evidence issues issue_scale issue_poles scopes conflicts "
    "outlets outcomes releases"
)


@pytest.mark.slow
def test_first_run_fills_every_table_and_is_quiet(sample: tuple[Installation, Ended]) -> None:
    installed, ended = sample
    assert ended.code == 0, ended.err
    assert ended.err == ""
    assert "Traceback" not in ended.out
    assert "communique.duckdb" in ended.out
    with duckdb.connect(str(installed.settings.published_db), read_only=True) as connection:
        empty = [
            name for name in FILLED.split() if connection.execute(f"select count(*) from {name}").fetchone() == (0,)
        ]
    assert empty == []


@pytest.mark.slow
def test_every_statement_is_the_text_at_its_offsets(sample: tuple[Installation, Ended]) -> None:
    installed, _ = sample
    with duckdb.connect(str(installed.settings.published_db), read_only=True) as connection:
        connection.execute(f"attach '{installed.settings.raw_db}' as raw (read_only)")
        wrong = connection.execute(
            "select s.statement_id from statements as s inner join raw.documents as d using (document_id) "
            "where s.text <> substring(d.text, s.char_start + 1, s.char_end - s.char_start)"
        ).fetchall()
        checked = connection.execute("select count(*) from statements where text is not null").fetchone()
    assert wrong == []
    assert checked is not None
    assert checked[0] > 500


@pytest.mark.slow
def test_second_run_reads_only_what_changed(sample: tuple[Installation, Ended]) -> None:
    installed, _ = sample
    again = installed("run", "--sample")
    assert again.code == 0, again.err
    assert again.err == ""
    with duckdb.connect(str(installed.settings.published_db), read_only=True) as connection:
        last = "(select max(run_id) from outcomes where stage = 'fetch')"
        fetched = connection.execute(
            f"select count(*) from outcomes where stage = 'fetch' and status = 'ok' and run_id = {last}"
        ).fetchone()
        annotated = connection.execute(
            f"select count(*) from outcomes where stage = 'annotate' and run_id = {last}"
        ).fetchone()
        versions = connection.execute(
            "select version_cause, is_latest_version from documents where version_count = 2 order by all"
        ).fetchall()
    assert fetched == (1,)  # the corrected article
    assert annotated == (1,)
    assert versions == [("first", False), ("publisher", True)]
    third = installed("run", "--sample")
    assert third.code == 0, third.err
    assert "Nothing new" in third.out


@pytest.mark.slow
def test_questions_can_be_asked_in_every_form(sample: tuple[Installation, Ended]) -> None:
    installed, _ = sample
    for form in ("table", "csv", "json"):
        answer = installed("query", "select count(*) as n from documents", "--format", form)
        assert answer.code == 0, answer.err
        assert "105" in answer.out or "106" in answer.out
    unknown = installed("query", "--name", "q99")
    assert unknown.code == 2
    assert "q01" in unknown.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "key", "shown"),
    [
        ("statements", "statement_id", ["sourcing chain", "what decided the spans", "parse of the sentence"]),
        ("events", "event_id", ["mentions", "trigger"]),
        ("proposal_changes", "change_id", ["to position", "core"]),
        ("positions", "position_id", ["words to row", "core"]),
    ],
)
def test_a_row_is_explained(sample: tuple[Installation, Ended], table: str, key: str, shown: list[str]) -> None:
    installed, _ = sample
    with duckdb.connect(str(installed.settings.published_db), read_only=True) as connection:
        rows = connection.execute(f"select {key} from {table} order by 1 limit 1").fetchall()
    ended = installed("explain", rows[0][0])
    assert ended.code == 0, ended.err
    assert [words for words in shown if words not in ended.out] == []
    assert max(len(line.rstrip()) for line in ended.out.splitlines()) <= 160


@pytest.mark.slow
def test_an_unknown_id_is_named(sample: tuple[Installation, Ended]) -> None:
    ended = sample[0]("explain", "not-an-id")
    assert ended.code != 0
    assert "not-an-id" in ended.err
