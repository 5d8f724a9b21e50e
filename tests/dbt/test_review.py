"""People overrule rules: what they accept, reject and correct is coded so, and again after every re-coding.

The texts are made for the test. The dictionaries are copied, since decisions are kept among them.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import review, stages
from flows.ingest import to_documents
from flows.ingest.lines import record_of_row
from flows.land.load import land_documents
from flows.publish import release
from flows.settings import PROJECT_ROOT, Settings

TEXTS = {
    "2024-03-10": "Russia is ready to freeze the war along the current front line, Dmitry Peskov said.",
    "2024-05-10": "The Kremlin ruled out a ceasefire.",
    "2024-07-10": "Russia agreed to an unconditional ceasefire of 30 days, Dmitry Peskov said.",
    "2024-09-10": "Ukraine may accept a ceasefire, a German minister said.",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A published world of four articles, with dictionaries of its own."""
    folder = tmp_path_factory.mktemp("review")
    shutil.copytree(PROJECT_ROOT / "dbt_project", folder / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    made = Settings(data_dir=folder / "data", cache_dir=folder / "cache", dbt_dir=folder / "dbt", annotate_processes=1)
    rows = [{"id": d, "text": t, "date": d, "url": f"https://example.org/{d}"} for d, t in TEXTS.items()]
    table, _ = to_documents([record_of_row(row, "review") for row in rows], made)
    land_documents(made, table)
    stages.annotate(made, "test")
    stages.group_stories(made)
    code(made)
    return made


def code(settings: Settings) -> None:
    """Codes everything again and publishes it."""
    stages.build(settings, "test", tests=False)
    release.publish(settings)


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        return connection.execute(query).fetchall()


def decide(path: Path, chosen: dict[str, str], **filled: str) -> Path:
    """The exported CSV with a decision in the rows that have the chosen values."""
    with path.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    hits = [row for row in rows if all(row[name] == value for name, value in chosen.items())]
    assert hits, rows
    for row in hits:
        row.update(filled)
    judged = path.with_name("judged.csv")
    with judged.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return judged


CEASEFIRES = """
    select change_type, from_level, to_level from proposal_changes
    where actor_key = 'RUS' and issue_key = 'ceasefire' order by made_to_date"""


def test_decisions_survive_the_next_coding(settings: Settings, tmp_path: Path) -> None:
    before = ask(settings, CEASEFIRES)
    assert before == [("new", None, 0), ("accepted", 0, 4)]
    assert review.export(settings, tmp_path, size=100, seed=1)["sample.csv"] == len(
        ask(settings, "select 1 from proposal_changes")
    )

    correction = {"decision": "correct", "corrected_level": "3", "decided_by": "A. Judge", "reason": "has conditions"}
    judged = decide(tmp_path / "sample.csv", {"issue_key": "ceasefire", "change_type": "accepted"}, **correction)
    assert review.take(settings, judged) == review.Taken(1)
    acceptance = {"decision": "accept", "decided_by": "A. Judge"}
    judged = decide(tmp_path / "sample.csv", {"issue_key": "ceasefire", "change_type": "new"}, **acceptance)
    assert review.take(settings, judged) == review.Taken(1)
    code(settings)
    assert ask(settings, CEASEFIRES) == [("new", None, 0), ("accepted", 0, 3)]
    judged_rows = ask(settings, "select stratum, value, judged_count, right_count from judged_precision order by all")
    assert ("all", "all", 2, 1) in judged_rows
    low, high = ask(settings, "select precision_low, precision_high from judged_precision where stratum = 'all'")[0]
    assert (round(low, 3), round(high, 3)) == (0.095, 0.905)

    judged = decide(tmp_path / "sample.csv", {"issue_key": "ceasefire", "change_type": "new"}, decision="reject")
    assert review.take(settings, judged, by="B. Judge") == review.Taken(1)
    code(settings)
    assert [row[0] for row in ask(settings, CEASEFIRES)] == ["accepted"]
    assert ("reject", "B. Judge") in ask(settings, "select decision, decided_by from reviews")


def test_an_accepted_reading_leaves_the_queue_and_is_coded(settings: Settings, tmp_path: Path) -> None:
    review.export(settings, tmp_path, size=0, seed=1)
    queued = [json.loads(line) for line in (tmp_path / "queue.jsonl").read_text(encoding="utf8").splitlines()]
    doubted = next(row for row in queued if row["actor_key"] == "UKR" and row["issue_key"] == "ceasefire")
    place = f"document_id = '{doubted['document_id']}' and char_start = {doubted['char_start']}"
    assert not ask(settings, f"select 1 from position_mentions where {place}")
    judged = tmp_path / "judged.jsonl"
    judged.write_text(json.dumps({**doubted, "decision": "accept"}), encoding="utf8")
    assert review.take(settings, judged, by="A. Judge") == review.Taken(1)
    code(settings)
    assert ask(settings, f"select 1 from position_mentions where {place}")
    assert not ask(settings, f"select 1 from review_queue where {place} and issue_key = 'ceasefire'")


def test_a_line_that_cannot_be_used_is_told_and_the_rest_is_taken(settings: Settings, tmp_path: Path) -> None:
    review.export(settings, tmp_path, size=100, seed=1)
    row = json.loads((tmp_path / "sample.jsonl").read_text(encoding="utf8").splitlines()[0])
    lines = [
        {**row, "decision": "maybe"},
        {**row, "decision": "correct"},
        {**row, "decision": "correct", "corrected_level": "99"},
        {**row, "decision": "accept", "corrected_level": "1"},
        {**row, "decision": "correct", "corrected_issue_key": "weather"},
        {**row, "decision": None},
        {**row, "decision": "accept"},
    ]
    path = tmp_path / "judged.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf8")
    taken = review.take(settings, path, by="C. Judge")
    assert taken.count == 1
    assert [fault.split(": ", 1)[0] for fault in taken.faults] == [f"judged.jsonl, line {n}" for n in (1, 2, 3, 4, 5)]
    assert review.take(settings, path).faults[-1].endswith("name who decided, or give --by")


def test_a_file_of_another_kind_is_named(settings: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf8")
    with pytest.raises(LookupError, match="has no column fact_table"):
        review.take(settings, other)
