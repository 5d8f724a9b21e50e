"""Step charts: positions over time, one small chart per issue and scope, every move a mark whose shape is its type.

Colour says who, shape says what, a dashed line says by report. Coordinates only: the template draws.
"""

from __future__ import annotations

from datetime import date

from flows.publish.report.axis import TimeAxis
from flows.publish.report.chart import LEFT, RIGHT, chart
from flows.publish.report.history import Key, Stretch, histories
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, left_out
from flows.publish.report.week import latest_day


def charts(parts: Parts) -> list[Row]:
    """Per conflict with a history: {key, name, parties, charts, left_out, turn, early}, most moves first."""
    last = latest_day(parts)
    groups = [_conflict(parts, conflict, last) for conflict in parts.conflicts if last]
    return [group for group in groups if group["charts"]]


def _conflict(parts: Parts, conflict: Row, last: date) -> Row:
    found = histories(parts, conflict)
    moves = {
        (r["issue_key"], r["scope_key"]): r["moves"]
        for r in parts.reader.rows(
            "select issue_key, scope_key, count(*) as moves from proposal_changes "
            "where coalesce(conflict_key, '') = ? group by all",
            conflict["key"],
        )
    }
    groups: dict[tuple[str, str | None], dict[Key, list[Stretch]]] = {}
    for key, stretches in found.items():
        if stretches:
            groups.setdefault((key.issue, key.scope), {})[key] = stretches
    # A single position that never moved has no story over time: the board has it.
    telling = {g: h for g, h in groups.items() if moves.get(g, 0) > 0 or len({k.actor_id for k in h}) > 1}
    ranked = sorted(
        telling, key=lambda g: (-moves.get(g, 0), -len({k.actor_id for k in telling[g]}), g[0], g[1] or "")
    )[: parts.limits.charts]
    days = [s.start for g in ranked for h in telling[g].values() for s in h]
    axis = TimeAxis.over(
        days, last, LEFT + 8, RIGHT - 14
    )  # one for all charts of a conflict, so that they can be compared
    drawn = [chart(parts, conflict, group, telling[group], axis) for group in ranked]
    early = sum(day < axis.turn for day in days) if axis.turn else 0
    return {**conflict, "charts": drawn, "left_out": left_out(drawn, len(telling)), "turn": axis.turn, "early": early}
