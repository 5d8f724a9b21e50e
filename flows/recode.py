"""What changed dictionaries would do to the events: the archive coded again beside the warehouse, and compared with it.

Nothing of the warehouse changes. Two events are the same when they have one id, else when they share a mention: the id
is the hash of the earliest mention, which a changed rule may add or drop.
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
# What an event is compared by; its title says the rest.
COLUMNS = (
    "event_type", "status", "act_code", "cameo_code", "from_date", "to_date", "date_precision", "place_name", "title",
)  # fmt: skip


@dataclass
class Difference:
    """Events that only the new coding has, that only the old one had, and (was, now) of those that look different."""

    added: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    altered: list[tuple[Row, Row]] = field(default_factory=list)
    kept_count: int = 0


def changes(was: Row, now: Row) -> dict[str, tuple[Any, Any]]:
    """column -> (was, now) where the two differ; `participants` and `mention_count` are compared too."""
    return {
        name: (was[name], now[name]) for name in was if name not in ("event_id", "mentions") and was[name] != now[name]
    }


def diff(settings: Settings) -> Difference:
    """Codes all landed facts with the dictionaries as they stand on disk, and compares with the last build.

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
        return compare(events(settings.warehouse_db), events(scratch.warehouse_db))


def events(warehouse: Path) -> list[Row]:
    """The events of a built warehouse, with their participants and the places of their mentions, oldest id first."""
    query = f"""
        select e.event_id, {", ".join(f"e.{name}" for name in COLUMNS)},
            (select string_agg(a.name || ' (' || p.role || ', ' || p.attendance || ')', '; ' order by a.name, p.role)
             from marts.event_participants as p inner join marts.actors as a on p.actor_id = a.actor_id
             where p.event_id = e.event_id) as participants,
            (select list_sort(list(distinct m.document_id || ':' || m.trigger_start))
             from marts.event_mentions as m where m.event_id = e.event_id) as mentions
        from marts.events as e order by e.event_id"""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows: list[Row] = connection.execute(query).to_arrow_table().to_pylist()
    return [
        {**row, "mentions": set(row["mentions"] or []), "mention_count": len(row["mentions"] or [])} for row in rows
    ]


def compare(was: list[Row], now: list[Row]) -> Difference:
    """Pairs the events of two codings, first by id, then by a shared mention, and sorts them by what became of them."""
    found = Difference()
    new = {row["event_id"]: row for row in now}
    pairs = [(row, new.pop(row["event_id"])) for row in was if row["event_id"] in new]
    at = {mention: event_id for event_id, row in sorted(new.items(), reverse=True) for mention in row["mentions"]}
    paired = {row["event_id"] for row, _ in pairs}
    for row in was:
        if row["event_id"] in paired:
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


def as_json(found: Difference) -> Row:
    """The difference as plain values: lists of events, and for an altered one the columns that differ."""
    plain = [
        [{k: v for k, v in row.items() if k != "mentions"} for row in rows] for rows in (found.added, found.dropped)
    ]
    altered = [
        {
            "event_id": now["event_id"],
            "was_event_id": was["event_id"],
            "title": now["title"],
            "changes": changes(was, now),
        }
        for was, now in found.altered
    ]
    return {"added": plain[0], "dropped": plain[1], "altered": altered, "kept_count": found.kept_count}
