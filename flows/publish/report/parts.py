"""What every part of the page is given, and the conflicts and parties that the parts agree on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flows.publish.report.evidence import Evidence
from flows.publish.report.limits import Limits
from flows.publish.report.names import Names
from flows.publish.report.reader import Reader, Row


@dataclass
class Parts:
    """The open file, the names, the evidence registered so far, and the limits."""

    reader: Reader
    names: Names
    evidence: Evidence
    limits: Limits

    @cached_property
    def conflicts(self) -> list[Row]:
        """{key, name, parties}: the conflicts with most positions.

        parties: {actor_id, name, colour}, those with most positions. A colour belongs to a party within its
        conflict, in every part of the page.
        """
        rows = self.reader.rows(
            "select coalesce(conflict_key, '') as key, count(*) as positions, max(known_from_at) as last_at "
            "from positions where known_to_at is null group by all order by positions desc, key limit ?",
            self.limits.conflicts,
        )
        return [
            {"key": row["key"], "name": self.names.conflict(row["key"]), "parties": self._parties(row["key"])}
            for row in rows
        ]

    def colour(self, conflict: str | None, actor_id: str | None) -> int:
        """The number of a party's colour; 0, the ink, for anyone beyond the board's columns."""
        parties: list[Row] = next((c["parties"] for c in self.conflicts if c["key"] == (conflict or "")), [])
        return next((int(p["colour"]) for p in parties if p["actor_id"] == actor_id), 0)

    @cached_property
    def conflicts_left_out(self) -> int:
        """Conflicts beyond the limit."""
        total = self.reader.number(
            "select count(distinct coalesce(conflict_key, '')) from positions where known_to_at is null"
        )
        return total - len(self.conflicts)

    def _parties(self, conflict: str) -> list[Row]:
        """The owners of a pole first: they are the parties to the conflict; then mediators by positions held."""
        rows = self.reader.rows(
            "select p.actor_id, count(*) as positions, bool_or(o.actor_key is not null) as owns_pole "
            "from positions as p left join actors as a on a.actor_id = p.actor_id "
            "left join (select distinct actor_key from issue_poles where conflict_key = ?) as o "
            "on o.actor_key = a.actor_key "
            "where coalesce(p.conflict_key, '') = ? and p.known_to_at is null and p.actor_id is not null "
            "group by all order by owns_pole desc, positions desc, p.actor_id limit ?",
            conflict, conflict, self.limits.parties,
        )  # fmt: skip
        return [
            {"actor_id": row["actor_id"], "name": self.names.actor_name(row["actor_id"]), "colour": number}
            for number, row in enumerate(rows, 1)
        ]
