"""What changed dictionaries would do to the tables: the archive coded again beside the warehouse, and compared with it.

Nothing of the warehouse changes. Two facts are the same when they have one id, else when they share a mention: the id
of an event is the hash of its earliest mention, that of a position holds its level; a changed rule may change either.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from flows.settings import Settings
from flows.transform import compiled, seeds

Row = dict[str, Any]
# For every table one row per fact: fact_id, label (for people), mentions, and the columns that it is compared by.
QUERIES = {
    "events": """
        select e.event_id as fact_id, e.title || ' [' || coalesce(e.cameo_code, 'no code') || ', ' || e.status || ']'
            as label, e.event_type, e.status, e.act_code, e.cameo_code, e.from_date, e.to_date, e.date_precision,
            e.place_name, e.title,
            (select string_agg(a.name || ' (' || p.role || ', ' || p.attendance || ')', '; ' order by a.name, p.role)
             from {db}.marts.event_participants as p inner join names as a using (actor_id)
             where p.event_id = e.event_id) as participants,
            (select list_sort(list(distinct m.document_id || ':' || m.trigger_start))
             from {db}.marts.event_mentions as m where m.event_id = e.event_id) as mentions
        from {db}.marts.events as e""",
    "statements": """
        select s.statement_id as fact_id, coalesce(a.name, s.speaker_text, 'nobody named') || ' '
            || coalesce(s.cue, 'said') || ': ' || coalesce(s.text, '') as label, a.name as speaker,
            behalf.name as on_behalf_of, s.cue, s.speech_act, s.quote_type, s.medium, s.said_from_date, s.said_to_date,
            (select string_agg(distinct i.issue_key, '; ' order by i.issue_key)
             from {db}.marts.statement_issues as i where i.statement_id = s.statement_id) as issues,
            [s.document_id || ':' || s.char_start] as mentions
        from {db}.marts.statements as s
        left join names as a on s.speaker_actor_id = a.actor_id
        left join names as behalf on s.on_behalf_of_actor_id = behalf.actor_id""",
    "positions": """
        select p.position_id as fact_id, coalesce(a.name, p.actor_key) || ' on ' || p.issue_key || ' [' || p.voice
            || ', level ' || coalesce(p.level::varchar, 'open') || ']: ' || coalesce(p.position_text, '') as label,
            p.actor_key, p.issue_key, p.scope_key, p.voice, p.level, p.modality, p.valid_from_date, p.valid_to_date,
            p.is_current, p.best_grade,
            (select list_sort(list(distinct m.document_id || ':' || m.char_start || ':' || p.actor_id || p.issue_key))
             from {db}.marts.position_mentions as m where m.position_id = p.position_id) as mentions
        from {db}.marts.positions as p left join names as a using (actor_id)""",
    "proposal_changes": """
        select c.change_id as fact_id, c.reading as label, c.actor_key, c.issue_key, c.scope_key, c.voice,
            c.change_type, c.from_level, c.to_level, c.made_from_date, c.made_to_date, c.epistemic_status, c.best_grade,
            (select list_sort(list(distinct e.document_id || ':' || e.char_start || ':' || c.actor_id || c.issue_key))
             from {db}.marts.evidence as e where e.fact_table = 'proposal_changes' and e.fact_id = c.change_id
            ) as mentions
        from {db}.marts.proposal_changes as c""",
}
# Not compared: what only identifies or only says the rest again.
_NOT_COMPARED = ("fact_id", "label", "mentions")


@dataclass
class Difference:
    """Facts that only the new coding has, that only the old one had, and (was, now) of those that look different."""

    added: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    altered: list[tuple[Row, Row]] = field(default_factory=list)
    kept_count: int = 0


def changes(was: Row, now: Row) -> dict[str, tuple[Any, Any]]:
    """column -> (was, now) where the two differ; `mention_count` is compared too."""
    return {name: (was[name], now[name]) for name in was if name not in _NOT_COMPARED and was[name] != now[name]}


def diff(settings: Settings) -> dict[str, Difference]:
    """Codes all landed facts with the dictionaries as they stand on disk: what that changes, by table.

    Raises FileNotFoundError before a first build, dbt.BuildFailed and seeds.UnreadableSeed.
    """
    if not settings.warehouse_db.exists():
        raise FileNotFoundError(
            2, "nothing is coded yet, so there is nothing to compare with", str(settings.warehouse_db)
        )
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        scratch = settings.model_copy(update={"data_dir": Path(folder)})
        scratch.raw_db.symlink_to(settings.raw_db.resolve())
        scratch.language_db.symlink_to(settings.language_db.resolve())
        seeds.load(scratch)
        compiled.build(scratch)
        return differences(settings.warehouse_db, scratch.warehouse_db)


def differences(was: Path, now: Path) -> dict[str, Difference]:
    """The differences of two built warehouses by table. Only rows that are not equal leave the database."""
    found = {}
    with duckdb.connect(":memory:") as connection:
        for name, path in (("was", was), ("now", now)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        for table, query in QUERIES.items():
            for name in ("was", "now"):
                connection.execute(f"""
                    create or replace temp table {name}_rows as
                    with names as (select actor_id, min(name) as name from {name}.marts.actors group by actor_id)
                    {query.format(db=name)}""")
            old, new = _only_in(connection, "was", "now"), _only_in(connection, "now", "was")
            [(count,)] = connection.execute("select count(*) from now_rows").fetchall()
            found[table] = compare(old, new)
            found[table].kept_count += count - len(new)
    return found


def _only_in(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> list[Row]:
    query = f"from {one}_rows except from {other}_rows order by fact_id"
    rows: list[Row] = connection.execute(query).to_arrow_table().to_pylist()
    return [
        {**row, "mentions": set(row["mentions"] or []), "mention_count": len(row["mentions"] or [])} for row in rows
    ]


def compare(was: list[Row], now: list[Row]) -> Difference:
    """Pairs the facts of two codings, first by id, then by a shared mention, and sorts them by what became of them."""
    found = Difference()
    new = {row["fact_id"]: row for row in now}
    pairs = [(row, new.pop(row["fact_id"])) for row in was if row["fact_id"] in new]
    at = {mention: fact_id for fact_id, row in sorted(new.items(), reverse=True) for mention in row["mentions"]}
    paired = {row["fact_id"] for row, _ in pairs}
    for row in was:
        if row["fact_id"] in paired:
            continue
        shared = sorted({at[m] for m in row["mentions"] if m in at} & new.keys())
        if shared:
            pairs.append((row, new.pop(shared[0])))
        else:
            found.dropped.append(row)
    found.added = list(new.values())
    found.altered = [pair for pair in pairs if changes(*pair)]
    found.kept_count = len(pairs) - len(found.altered)
    return found


def as_json(found: dict[str, Difference]) -> Row:
    """The differences as plain values by table: lists of facts, and for an altered one the columns that differ."""
    return {table: _plain(difference) for table, difference in found.items()}


def _plain(found: Difference) -> Row:
    added, dropped = (
        [{k: v for k, v in row.items() if k != "mentions"} for row in rows] for rows in (found.added, found.dropped)
    )
    altered = [
        {
            "fact_id": now["fact_id"],
            "was_fact_id": was["fact_id"],
            "label": now["label"],
            "changes": changes(was, now),
        }
        for was, now in found.altered
    ]
    return {"added": added, "dropped": dropped, "altered": altered, "kept_count": found.kept_count}
