"""How far apart the two sides of an issue are: the levels between them on the issue's scale, over time.

The two sides are those whose aims are the ends of the scale (issue_poles). A side without a position on a scope is
taken at the nearest wider scope. The distance is a number of steps of an ordinal scale: 4 is further than 2, not
twice as far.
"""

from __future__ import annotations

from datetime import date, timedelta

from flows.publish.report.axis import TimeAxis
from flows.publish.report.facts import register_position
from flows.publish.report.history import Key, Stretch, histories, level_on
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, left_out
from flows.publish.report.week import latest_day

WIDTH, HEIGHT, PAD = 160.0, 34.0, 4.0
EARLIER = timedelta(days=90)

_POLES = """
    select l.issue_key, l.scope_key, la.actor_id as low_id, ha.actor_id as high_id
    from issue_poles as l
    inner join issue_poles as h on h.conflict_key = l.conflict_key and h.issue_key = l.issue_key
        and h.scope_key is not distinct from l.scope_key and h.pole = 'high'
    inner join actors as la on la.actor_key = l.actor_key
    inner join actors as ha on ha.actor_key = h.actor_key
    where l.conflict_key = ? and l.pole = 'low'
    order by all
"""
History = dict[Key, list[Stretch]]


def distances(parts: Parts) -> list[Row]:
    """Per conflict with two known sides: {key, name, rows, left_out}; the furthest apart first."""
    last = latest_day(parts)
    groups = [_conflict(parts, conflict, last) for conflict in parts.conflicts if last]
    return [group for group in groups if group["rows"]]


def _conflict(parts: Parts, conflict: Row, last: date) -> Row:
    found = histories(parts, conflict)
    colours = {p["actor_id"]: p["colour"] for p in conflict["parties"]}
    rows: list[Row] = []
    starts = [s.start for h in found.values() for s in h]
    axis = TimeAxis.over(starts, last, PAD, WIDTH - PAD)
    for pole in parts.reader.rows(_POLES, conflict["key"]):
        ids = (pole["low_id"], pole["high_id"])
        scopes = {k.scope for k in found if k.issue == pole["issue_key"] and k.actor_id in ids}
        if pole["scope_key"] is not None:
            scopes = {s for s in scopes if pole["scope_key"] in parts.names.ancestors(s)}
        for scope in sorted(scopes, key=lambda s: s or ""):
            if row := _row(parts, found, pole, scope, axis):
                row["low"]["colour"], row["high"]["colour"] = colours.get(ids[0], 0), colours.get(ids[1], 0)
                rows.append(row)
    rows.sort(key=lambda r: (-r["now"], -r["moves"], r["issue"], r["scope"]))
    shown = rows[: parts.limits.distances]
    ends = {"first": axis.first, "last": axis.last}
    return {**conflict, **ends, "rows": shown, "left_out": left_out(shown, len(rows))}


def _row(parts: Parts, found: History, pole: Row, scope: str | None, axis: TimeAxis) -> Row | None:
    """One issue and scope; None where a side has no position now, or neither has one on this very scope."""
    issue = pole["issue_key"]
    sides = [_side(parts, found, issue, scope, actor) for actor in (pole["low_id"], pole["high_id"])]
    if not all(side["official"] for side in sides) or all(side["scope"] != scope for side in sides):
        return None
    last = axis.last
    now = [level_on(side["official"], last) for side in sides]
    if now[0] is None or now[1] is None:
        return None
    reported = [level_on(side["reported_private"], last) or n for side, n in zip(sides, now, strict=True)]
    apart = abs(now[0].level - now[1].level)
    by_report = abs(_level(reported[0]) - _level(reported[1]))
    before = _apart([side["official"] for side in sides], last - EARLIER)
    levels = parts.names.levels(issue)
    most = max(levels) - min(levels) if levels else max(apart, 1)
    days = sorted({s.start for side in sides for h in (side["official"],) for s in h})
    return {
        "issue": parts.names.issue(issue),
        "scope": parts.names.scope(scope),
        "low": _end(parts, now[0]),
        "high": _end(parts, now[1]),
        "now": apart,
        "most": most,
        "by_report": by_report if by_report != apart else None,
        "change": None if before is None else apart - before,
        "moves": len(days),
        "spark": _spark(sides, days, axis, most),
        "wider": next((parts.names.scope(side["scope"]) for side in sides if side["scope"] != scope), ""),
    }


def _side(parts: Parts, found: History, issue: str, scope: str | None, actor_id: str) -> Row:
    """A side's histories on the scope, else on the nearest wider one."""
    line: list[str | None] = [*parts.names.ancestors(scope)] or [scope]
    for candidate in line:
        voices = {v: found.get(Key(issue, candidate, actor_id, v), []) for v in ("official", "reported_private")}
        if voices["official"]:
            return {"scope": candidate, **voices}
    return {"scope": scope, "official": [], "reported_private": []}


def _apart(sides: list[list[Stretch]], day: date) -> int | None:
    low, high = (level_on(side, day) for side in sides)
    return abs(low.level - high.level) if low and high else None


def _level(stretch: Stretch | None) -> int:
    return stretch.level if stretch else 0


def _end(parts: Parts, stretch: Stretch) -> Row:
    row = stretch.row
    return {
        "name": parts.names.actor_name(row["actor_id"]),
        "label": parts.names.stand(row["issue_key"], row["level"]),
        "anchor": register_position(parts, row),
    }


def _spark(sides: list[Row], days: list[date], axis: TimeAxis, most: int) -> Row:
    """A step line of the public distance, in a box of WIDTH by HEIGHT; empty parts where a side is unknown."""
    path, pen_down = "", False
    for day, following in zip([axis.first, *days], [*days, axis.last], strict=True):
        apart = _apart([side["official"] for side in sides], day)
        if apart is None:
            pen_down = False
            continue
        y = round(HEIGHT - PAD - (HEIGHT - 2 * PAD) * apart / max(most, 1), 1)
        path += f"V{y}H{axis.x(following)}" if pen_down else f"M{axis.x(day)} {y}H{axis.x(following)}"
        pen_down = True
    return {"width": WIDTH, "height": HEIGHT, "d": path, "turn_x": axis.turn_x if axis.turn else None}
