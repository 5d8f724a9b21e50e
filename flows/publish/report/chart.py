"""One step chart: lines, marks, whiskers and names as coordinates in SVG units. Which charts there are: steps.py."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flows.publish.report import words
from flows.publish.report.axis import TimeAxis
from flows.publish.report.facts import register_change, register_position
from flows.publish.report.history import Key, Stretch
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row

# Levels are named left of the lines, parties right of them: nothing is written over a line.
WIDTH, LEFT, RIGHT, TOP, ROW = 560.0, 148.0, 456.0, 16.0, 28.0
DODGE = 4.0  # units between two lines on one level
LEAD = 16.0  # dotted, before the first report of what was held already
END_LABEL = 13.0  # least distance of two names at the right

_CHANGES = """
    select * from proposal_changes
    where coalesce(conflict_key, '') = ? and issue_key = ? and scope_key is not distinct from ?
    order by coalesce(made_from_date, made_to_date) desc nulls last, change_id limit ?
"""


@dataclass(frozen=True)
class Frame:
    """Where a level and a day lie in one chart. `sharing`: per level the lines that are ever on it, in their order."""

    axis: TimeAxis
    levels: list[int]
    sharing: dict[int, list[Key]]

    def y(self, level: int, key: Key | None = None) -> float:
        """The height of a level: the highest level on top; lines that share one are drawn beside each other."""
        steps = max(self.levels) - min(max(level, min(self.levels)), max(self.levels))
        lines = self.sharing.get(level, [])
        dodge = (lines.index(key) - (len(lines) - 1) / 2) * DODGE if key in lines else 0.0
        return round(TOP + ROW * steps + dodge, 1)

    @property
    def bottom(self) -> float:
        return TOP + ROW * (max(self.levels) - min(self.levels))


def chart(
    parts: Parts, conflict: Row, group: tuple[str, str | None], found: dict[Key, list[Stretch]], axis: TimeAxis
) -> Row:
    issue, scope = group
    changes = parts.reader.rows(_CHANGES, conflict["key"], issue, scope, parts.limits.chart_changes)
    levels = parts.names.levels(issue) or sorted({s.level for h in found.values() for s in h})
    colours = {p["actor_id"]: p["colour"] for p in conflict["parties"]}
    order = sorted(found, key=lambda k: (colours[k.actor_id], k.voice))
    sharing = {level: [k for k in order if any(s.level == level for s in found[k])] for level in levels}
    frame = Frame(axis, levels, sharing)
    marked = {c["to_position_id"] for c in changes}
    marks = [m for c in changes if (m := _change_mark(parts, frame, found, c, colours))]
    for key in order:
        marks += [_held_mark(parts, frame, key, s, colours) for s in found[key] if s.row["position_id"] not in marked]
    marks.sort(key=lambda m: (m["x"], m["y"], m["anchor"]))
    return {
        "issue": parts.names.issue(issue),
        "scope": parts.names.scope(scope),
        "anchor": f"chart-{conflict['key']}-{issue}-{scope or ''}",
        "width": WIDTH,
        "height": frame.bottom + 38,
        "left": LEFT,
        "right": RIGHT,
        "bottom": frame.bottom,
        "turn_x": axis.turn_x if axis.turn else None,
        "grid": [
            {"y": frame.y(v), "label": parts.names.level(issue, v) or str(v), "meaning": parts.names.meaning(issue, v)}
            for v in levels
        ],
        "ticks": axis.ticks(),
        "lines": [_line(frame, key, found[key], colours) for key in order],
        "marks": marks,
        "ends": _ends(parts, frame, found, order, colours),
        "changes": sorted((_told(parts, c) for c in changes), key=lambda c: c["made_sort"]),
    }


def _line(frame: Frame, key: Key, stretches: list[Stretch], colours: dict[str, int]) -> Row:
    """The solid part, and the dotted lead before a position was first reported."""
    path, lead, x_end = "", "", None
    for s in stretches:
        y = frame.y(s.level, key)
        x1, x2 = frame.axis.x(s.start), frame.axis.x(s.end) if s.end else RIGHT
        if s.is_older:
            lead += f"M{round(max(x1 - LEAD, LEFT), 1)} {y}H{x1}"
        path += f"V{y}H{x2}" if x_end is not None and x_end == x1 else f"M{x1} {y}H{x2}"
        x_end = x2
    return {"d": path, "lead": lead, "colour": colours[key.actor_id], "is_reported": key.voice != "official"}


def _change_mark(
    parts: Parts, frame: Frame, found: dict[Key, list[Stretch]], change: Row, colours: dict[str, int]
) -> Row | None:
    """A move's mark on its line; None where the move has no level or its actor no line. The whisker: the days it may
    have been made on."""
    key = Key(change["issue_key"], change["scope_key"], change["actor_id"], change["voice"])
    level = change["to_level"] if change["to_level"] is not None else change["from_level"]
    first, last = change["made_from_date"], change["made_to_date"]
    if level is None or key not in found or not (first or last):
        return None
    x, x2 = frame.axis.x(first or last), frame.axis.x(last or first)
    return {
        "x": x,
        "y": frame.y(level, key),
        "whisker": x2 if x2 - x > 3 else None,
        "kind": change["change_type"],
        "colour": colours[change["actor_id"]],
        "anchor": register_change(parts, change),
        "title": f"{words.CHANGE.get(change['change_type'], '')}, {words.made(change)}: {change['reading'] or ''}",
    }


def _held_mark(parts: Parts, frame: Frame, key: Key, stretch: Stretch, colours: dict[str, int]) -> Row:
    row = stretch.row
    label = parts.names.stand(key.issue, stretch.level)
    voice = words.VOICE.get(key.voice, "")
    return {
        "x": frame.axis.x(stretch.start),
        "y": frame.y(stretch.level, key),
        "whisker": None,
        "kind": "held",
        "colour": colours[key.actor_id],
        "anchor": register_position(parts, row),
        "title": f"Position of {parts.names.actor_name(key.actor_id)}, {voice}: {label}",
    }


def _ends(
    parts: Parts, frame: Frame, found: dict[Key, list[Stretch]], order: list[Key], colours: dict[str, int]
) -> list[Row]:
    """Each party's name once, at the end of its public line if it has one, names pushed apart."""
    ends: dict[str, Row] = {}
    for key in sorted(order, key=lambda k: k.voice != "official"):
        level = found[key][-1].level
        name = parts.names.actor_name(key.actor_id)
        name = name if len(name) <= 14 else name[:12].rstrip() + "…"
        ends.setdefault(key.actor_id, {"y": frame.y(level, key), "name": name, "colour": colours[key.actor_id]})
    placed = sorted(ends.values(), key=lambda e: (e["y"], e["colour"]))
    for above, below in pairwise(placed):
        below["y"] = max(below["y"], above["y"] + END_LABEL)
    return placed


def _told(parts: Parts, change: Row) -> Row:
    """A move as a row of the table under its chart."""
    return {
        "anchor": register_change(parts, change),
        "made": words.made(change),
        "made_sort": str(change["made_from_date"] or change["made_to_date"] or ""),
        "actor": parts.names.actor_name(change["actor_id"]),
        "kind": words.CHANGE.get(change["change_type"], ""),
        "voice": words.VOICE.get(change["voice"], ""),
        "from": parts.names.stand(change["issue_key"], change["from_level"]) or "–",
        "to": parts.names.stand(change["issue_key"], change["to_level"]) or "–",
    }
