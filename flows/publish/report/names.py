"""Names for keys: actors, outlets, issues, levels, scopes, conflicts. Where there are very many actors they are looked
up when asked for; the rest are short reference tables, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.publish.report.reader import Reader, Row
from flows.publish.report.words import capital, plain

ACTORS_AT_ONCE = 20_000  # more are looked up one by one as the page needs them


@dataclass(frozen=True)
class Actor:
    """An actor as the page writes it."""

    actor_id: str
    key: str
    name: str


class Names:
    """Every lookup returns words; an unknown key comes back as itself, in words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._actors: dict[str | None, Actor | None] = {None: None}
        if reader.number("select count(*) from actors") <= ACTORS_AT_ONCE:
            for row in reader.rows("select actor_id, actor_key, name from actors"):
                self._actors[row["actor_id"]] = _actor(row)
        self._issues = {r["issue_key"]: r for r in reader.rows("select * from issues")}
        self._scopes = {r["scope_key"]: r for r in reader.rows("select * from scopes")}
        self._conflicts = {r["conflict_key"]: r["name"] for r in reader.rows("select * from conflicts")}
        self._outlets = {r["outlet_key"]: r["name"] for r in reader.rows("select * from outlets")}
        self._levels: dict[str, dict[int, Row]] = {}
        for row in reader.rows("select * from issue_scale order by issue_key, level"):
            self._levels.setdefault(row["issue_key"], {})[row["level"]] = row

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor, or None where the id is null or unknown."""
        if actor_id not in self._actors:
            row = self._reader.row("select actor_id, actor_key, name from actors where actor_id = ?", actor_id)
            self._actors[actor_id] = _actor(row) if row else None
        return self._actors[actor_id]

    def actor_name(self, actor_id: str | None) -> str:
        """The actor's name; 'unknown' where there is none."""
        actor = self.actor(actor_id)
        return actor.name if actor else "unknown"

    def outlet(self, outlet_key: str | None) -> str:
        """An outlet's name; empty for none."""
        if not outlet_key:
            return ""
        if outlet_key in self._outlets:
            return str(self._outlets[outlet_key])
        row = self._reader.row("select name from actors where actor_key = ?", outlet_key)
        return str(row.get("name") or outlet_key.removeprefix("outlet:").replace("-", " ").title())

    def issue(self, issue_key: str | None) -> str:
        """An issue's name."""
        return str(self._issues.get(issue_key, {}).get("name") or capital(plain(issue_key)))

    def scope(self, scope_key: str | None) -> str:
        """A scope's name; empty where the text named none."""
        if not scope_key or scope_key == "general":
            return ""
        return str(self._scopes.get(scope_key, {}).get("name") or capital(plain(scope_key)))

    def ancestors(self, scope_key: str | None) -> list[str]:
        """The scope itself, then its parents up to the root."""
        line: list[str] = []
        while scope_key and scope_key not in line:
            line.append(scope_key)
            scope_key = self._scopes.get(scope_key, {}).get("parent_scope_key")
        return line

    def conflict(self, conflict_key: str | None) -> str:
        """A conflict's name; 'Other' for none."""
        return str(self._conflicts.get(conflict_key) or "Other")

    def level(self, issue_key: str, level: int | None) -> str:
        """A level's label: 'Freeze settlement'. Empty for none."""
        return "" if level is None else capital(plain(self._levels.get(issue_key, {}).get(level, {}).get("label")))

    def stand(self, issue_key: str, level: int | None) -> str:
        """What holding a level comes to, as readings say it: 'Current line is the settlement line'. Empty for none."""
        words = re.sub(r" \([^)]*\)", "", self.meaning(issue_key, level)).split(";")[0].removesuffix(", held or not")
        return capital(words) or self.level(issue_key, level)

    def meaning(self, issue_key: str, level: int | None) -> str:
        """What a level means, in a few words."""
        return "" if level is None else str(self._levels.get(issue_key, {}).get(level, {}).get("description") or "")

    def levels(self, issue_key: str) -> list[int]:
        """The levels of an issue's scale, lowest first; empty where it has none."""
        return sorted(self._levels.get(issue_key, {}))


def _actor(row: Row) -> Actor:
    name = str(row["name"] or row["actor_key"]).removesuffix(" (government)")
    return Actor(row["actor_id"], row["actor_key"], name)
