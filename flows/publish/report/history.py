"""Histories of positions as stretches of time: what the step charts and the distances are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, day_of

LATEST = 60  # stretches per history; older ones are not drawn


@dataclass(frozen=True)
class Key:
    """One history: an actor on an issue and scope, in one voice."""

    issue: str
    scope: str | None
    actor_id: str
    voice: str


@dataclass(frozen=True)
class Stretch:
    """A level from `start` to before `end`; end None: still.

    is_older: the text does not say since when; `start` is then the day of the first report, and it was held before.
    """

    start: date
    end: date | None
    is_older: bool
    level: int
    row: Row

    def covers(self, day: date) -> bool:
        """Whether the position was held on that day."""
        return self.start <= day and (self.end is None or day < self.end)


def histories(parts: Parts, conflict: Row) -> dict[Key, list[Stretch]]:
    """Per history its stretches in order of time; positions without a level are not in it."""
    rows = parts.reader.rows(
        "select * from positions where coalesce(conflict_key, '') = ? and level is not null "
        "and actor_id in (select unnest(?)) qualify row_number() over (partition by actor_id, issue_key, scope_key, "
        "voice order by coalesce(valid_from_date, known_from_at) desc, position_id) <= ? "
        "order by issue_key, scope_key, actor_id, voice, coalesce(valid_from_date, known_from_at), position_id",
        conflict["key"],
        [p["actor_id"] for p in conflict["parties"]],
        LATEST,
    )
    grouped: dict[Key, list[Row]] = {}
    for row in rows:
        key = Key(row["issue_key"], row["scope_key"], row["actor_id"], row["voice"])
        grouped.setdefault(key, []).append(row)
    return {key: _stretches(group) for key, group in grouped.items()}


def level_on(stretches: list[Stretch], day: date) -> Stretch | None:
    """The stretch that covers the day; the latest where two do."""
    return next((s for s in reversed(stretches) if s.covers(day)), None)


def _stretches(rows: list[Row]) -> list[Stretch]:
    """A position ends where its own end is, or where the next one begins, whichever is first."""
    stretches = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        start = _start(row)
        if start is None:
            continue
        next_start = _start(following) if following else None
        ends: list[date] = [d for d in (row["valid_to_date"], next_start) if d is not None]
        stretches.append(
            Stretch(
                start=start,
                end=min(ends) if ends else None,
                is_older=row["valid_from_date"] is None,
                level=row["level"],
                row=row,
            )
        )
    return [s for s in stretches if s.end is None or s.start < s.end]


def _start(row: Row) -> date | None:
    return day_of(row["valid_from_date"], row["known_from_at"])
