"""`communique review`: what people should judge goes out as files, and what they decided comes back into a seed.

Two files go out, each as CSV and as JSON lines: the queue of what the rules were not sure of, and a random sample of
the published changes, whose judgements give `judged_precision`. A judge fills in `decision` (accept, reject, correct),
for a correction one or more `corrected_…` columns, and `reason`. Decisions are kept under natural keys in
seeds/reviews/decisions.csv, so that they survive every re-coding; the next run codes with them.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.publish.export.tables import CSV, copy, csv_query
from flows.settings import Settings

KEY = [
    *("fact_table", "document_id", "char_start", "char_end", "actor_key", "issue_key", "scope_key", "voice"),
    *("change_type", "near_date"),
]
CORRECTIONS = ["corrected_actor_key", "corrected_issue_key", "corrected_scope_key", "corrected_level"]
CORRECTIONS.append("corrected_modality")
SEED = [*KEY, "best_grade", "is_sample", "decision", *CORRECTIONS, "decided_by", "reason", "decided_date"]
DECISIONS = ("accept", "reject", "correct")

Row = dict[str, Any]

# What a judge sees of a row, whichever file it is in: the key, the reading, the words, where they stand.
_SHOWN = f"""
    select
        {", ".join(f"r.{name}" for name in KEY)}, r.best_grade, r.is_sample, r.level, r.modality, r.why as doubt,
        r.reading,
        case when d.rights = 'full_text' then substring(t.text, r.char_start + 1, r.char_end - r.char_start) end
            as quote,
        d.outlet_key, d.published_date, d.title, d.url,
        null::varchar as decision, {", ".join(f"null::varchar as {name}" for name in CORRECTIONS)},
        null::varchar as decided_by, null::varchar as reason
    from rows as r
    inner join documents as d on r.document_id = d.document_id
    left join raw.documents as t on r.document_id = t.document_id
    order by r.place, r.fact_id
"""
_QUEUE = f"""
    with rows as (
        select *, false as is_sample, reason as why, near_date as place from review_queue
    ) {_SHOWN}
"""
# The draw depends on ids and the given number alone: drawn again it is the same, whatever was added in between.
_SAMPLE = f"""
    with drawn as (
        select * from proposal_changes order by md5(change_id || $seed) limit $size
    ),
    rows as (
        select
            'proposal_changes' as fact_table, c.change_id as fact_id, e.document_id, e.char_start, e.char_end,
            c.actor_key, c.issue_key, c.scope_key, c.voice, c.change_type, p.modality, c.to_level as level,
            coalesce(c.made_to_date, c.first_reported_at::date) as near_date, c.best_grade, true as is_sample,
            null as why, c.reading, md5(c.change_id || $seed) as place
        from drawn as c
        inner join positions as p on c.to_position_id = p.position_id
        inner join lateral (
            select m.document_id, m.char_start, m.char_end from position_mentions as m
            where m.position_id = c.to_position_id order by m.document_id, m.char_start limit 1
        ) as e on true
    ) {_SHOWN}
"""
_OPENING = """
    select distinct m.document_id, m.char_start, m.char_end
    from proposal_changes as c
    inner join position_mentions as m on c.to_position_id = m.position_id
    where c.actor_key = ? and c.issue_key = ? and c.scope_key = ? and c.voice = ? and c.change_type = ?
        and coalesce(c.made_to_date, c.first_reported_at::date) = ?
"""


@dataclass
class Taken:
    """What `take` did: decisions kept, and a sentence for each line that could not be used."""

    count: int = 0
    faults: list[str] = field(default_factory=list)


def export(settings: Settings, folder: Path, *, size: int, seed: int) -> dict[str, int]:
    """Writes queue.csv, queue.jsonl, sample.csv and sample.jsonl into `folder`; returns rows by file name.

    Raises FileNotFoundError before a first release.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = {}
    with _published(settings) as connection:
        connection.execute(f"create temp table queue as {_QUEUE}")
        connection.execute(f"create temp table sample as {_SAMPLE}", {"seed": str(seed), "size": size})
        for name in ("queue", "sample"):
            written[f"{name}.csv"] = copy(connection, csv_query(connection, name), folder / f"{name}.csv", CSV)
            written[f"{name}.jsonl"] = copy(connection, f"from {name}", folder / f"{name}.jsonl", "format json")
    return written


def take(settings: Settings, path: Path, *, by: str | None = None) -> Taken:
    """Reads decided rows of a file that `export` wrote and keeps them in the seed; a newer decision replaces an older.

    Rows without a decision are left alone. A row that cannot be used is told with its line and reason, the rest is
    taken. `by` stands where a row names nobody. Raises FileNotFoundError, and LookupError for a file of another kind.
    """
    taken = Taken()
    kept = {_identity(row): row for row in _read_seed(decisions_path(settings))}
    with _published(settings) as connection:
        known = _vocabulary(connection)
        for number, row in _lines(path):
            if not _text(row, "decision"):
                continue
            decided = {name: _text(row, name) for name in SEED}
            decided["decided_by"] = decided["decided_by"] or by or ""
            decided["decided_date"] = decided["decided_date"] or date.today().isoformat()
            decided["is_sample"] = str(decided["is_sample"].lower() in ("true", "1", "yes")).lower()
            if fault := _fault(decided, known):
                taken.faults.append(f"{path.name}, line {number}: {fault}")
                continue
            taken.count += 1
            for entry in [decided, *_corrections(connection, decided)]:
                kept[_identity(entry)] = entry
    if taken.count:
        _write_seed(decisions_path(settings), kept.values())
    return taken


def _corrections(connection: duckdb.DuckDBPyConnection, decided: Row) -> Iterator[Row]:
    """A corrected change is corrected where it was read: in each reading that opened its position."""
    if decided["fact_table"] != "proposal_changes" or decided["decision"] != "correct":
        return
    meant = [decided[n] for n in ("actor_key", "issue_key", "scope_key", "voice", "change_type", "near_date")]
    for document_id, start, end in connection.execute(_OPENING, meant).fetchall():
        place = {"document_id": document_id, "char_start": str(start), "char_end": str(end)}
        yield {**decided, **place, "fact_table": "position_mentions", "change_type": "", "is_sample": "false"}


def _fault(decided: Row, known: dict[str, set[str]]) -> str | None:
    given = [name for name in CORRECTIONS if decided[name]]
    if decided["decision"] not in DECISIONS:
        return f"decision is {decided['decision']!r}; write accept, reject or correct, or leave it empty"
    if not decided["decided_by"]:
        return "nobody is named in decided_by; name who decided, or give --by"
    if decided["decision"] == "correct" and not given:
        return f"a correction needs one of {', '.join(CORRECTIONS)}"
    if decided["decision"] != "correct" and given:
        return f"{given[0]} is filled in, but the decision is {decided['decision']}; write correct"
    if missing := [n for n in (*KEY[:4], "issue_key") if not decided[n]]:
        return f"{missing[0]} is empty; keep the columns that the export filled in"
    for name, words in known.items():
        if _value(decided, name) and _value(decided, name) not in words:
            return f"{name} is {_value(decided, name)!r}, which nobody knows; see the table {_TABLES[name]}"
    return None


def _value(decided: Row, name: str) -> str:
    """What is looked up: a level is one of its issue."""
    issue_key = decided["corrected_issue_key"] or decided["issue_key"]
    return f"{issue_key} {decided[name]}" if name == "corrected_level" and decided[name] else str(decided[name])


_TABLES = {
    "fact_table": "reviews",
    "corrected_issue_key": "issues",
    "corrected_scope_key": "scopes",
    "corrected_modality": "positions",
    "corrected_level": "issue_scale",
}
MODALITIES = {
    *("offers", "proposes", "floats", "demands", "accepts", "accepts_conditionally", "ready_to", "rejects"),
    *("rules_out", "reaffirms", "withdraws_demand", "withdraws_offer", "threatens_exit", "hopes", "implements"),
}


def _vocabulary(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    def words(query: str) -> set[str]:
        return {str(row[0]) for row in connection.execute(query).fetchall()}

    return {
        "fact_table": {"proposal_changes", "position_mentions"},
        "corrected_issue_key": words("select issue_key from issues"),
        "corrected_scope_key": words("select scope_key from scopes"),
        "corrected_modality": MODALITIES,
        "corrected_level": words("select issue_key || ' ' || level from issue_scale"),
    }


def _identity(row: Row) -> tuple[str, ...]:
    """What a decision is about: a change by who, what and when, a reading by its place."""
    place = KEY[1:4] if row["fact_table"] == "position_mentions" else KEY[6:]
    return tuple(row[name] for name in ("fact_table", "actor_key", "issue_key", *place))


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    """(line number, row) of a CSV or JSON lines file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".csv":
            reader = csv.DictReader(file)
            if missing := [name for name in (*KEY, "decision") if name not in (reader.fieldnames or [])]:
                raise LookupError(
                    f"{path} has no column {missing[0]}; take a file that `communique review export` wrote."
                )
            yield from ((reader.line_num, row) for row in reader)
        elif path.suffix in (".jsonl", ".ndjson"):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _object(path, number, line)
        else:
            raise LookupError(f"{path} is neither .csv nor .jsonl; take a file that `communique review export` wrote.")


def _object(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise LookupError(f"{path}, line {number}: no JSON ({error}); mend the line and take the file again.") from None
    if not isinstance(row, dict):
        raise LookupError(f"{path}, line {number}: not an object; mend the line and take the file again.")
    return row


def _text(row: Row, name: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reading it as a formula."""
    value = row.get(name)
    text = "" if value is None else str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _published(settings: Settings) -> duckdb.DuckDBPyConnection:
    if not settings.published_db.exists():
        raise FileNotFoundError(2, "nothing is published yet", str(settings.published_db))
    connection = duckdb.connect(":memory:")
    for name, path in (("published", settings.published_db), ("raw", settings.raw_db)):
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as {name} (read_only)")
    connection.execute("set search_path = 'memory,published'")
    return connection


def decisions_path(settings: Settings) -> Path:
    """The seed that holds what people decided."""
    return settings.dbt_dir / "seeds" / "reviews" / "decisions.csv"


def _read_seed(path: Path) -> list[Row]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def _write_seed(path: Path, rows: Iterable[Row]) -> None:
    half = path.with_suffix(".part")
    with half.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, SEED, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: [row[name] for name in SEED]))
    os.replace(half, path)
