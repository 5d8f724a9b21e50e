"""The board: issues by parties, with the position each party holds now, in public and by report.

A cell compares what the party says with what is reported of it; where the two differ the gap is the news. Only
positions believed now (known_to_at is null) and held now (is_current) are here.
"""

from __future__ import annotations

from itertools import pairwise

from flows.publish.report import words
from flows.publish.report.facts import register_position
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, left_out, shorten

_CURRENT = """
    select p.* from positions as p
    where coalesce(p.conflict_key, '') = ? and p.known_to_at is null and p.is_current
        and p.actor_id in (select unnest(?))
    qualify row_number() over (
        partition by p.actor_id, p.issue_key, p.scope_key, p.voice
        order by p.valid_from_date desc nulls last, p.known_from_at desc, p.position_id) = 1
"""


def boards(parts: Parts) -> list[Row]:
    """Per conflict with a position: {name, parties, rows, left_out}; a row has one cell per party."""
    return [board for conflict in parts.conflicts if (board := _board(parts, conflict))["rows"]]


def _board(parts: Parts, conflict: Row) -> Row:
    actors = [p["actor_id"] for p in conflict["parties"]]
    held = parts.reader.rows(
        f"with held as ({_CURRENT}), weight as (select issue_key, scope_key, count(distinct actor_id) as actors, "
        "count(*) as positions, max(known_from_at) as last_at from held group by all) "
        "select h.* from held as h inner join (select *, row_number() over (order by actors desc, positions desc, "
        "last_at desc, issue_key, scope_key) as place from weight) as w "
        "on h.issue_key = w.issue_key and h.scope_key is not distinct from w.scope_key where w.place <= ? "
        "order by min(w.place) over (partition by h.issue_key), h.issue_key, w.place, h.voice, h.position_id",
        conflict["key"], actors, parts.limits.board_rows,
    )  # fmt: skip
    total = parts.reader.number(
        f"select count(*) from (select distinct issue_key, scope_key from ({_CURRENT}))", conflict["key"], actors
    )
    grouped: dict[tuple[str, str | None], list[Row]] = {}
    for row in held:
        grouped.setdefault((row["issue_key"], row["scope_key"]), []).append(row)
    rows = [_row(parts, conflict, issue, scope, group) for (issue, scope), group in grouped.items()]
    for before, after in pairwise(rows):
        after["same_issue"] = before["issue"] == after["issue"]
    return {**conflict, "rows": rows, "left_out": left_out(rows, total)}


def _row(parts: Parts, conflict: Row, issue: str, scope: str | None, held: list[Row]) -> Row:
    levels = parts.names.levels(issue)
    cells = [_cell(parts, [r for r in held if r["actor_id"] == p["actor_id"]], p) for p in conflict["parties"]]
    return {
        "issue": parts.names.issue(issue),
        "scope": parts.names.scope(scope),
        "low": parts.names.level(issue, levels[0]) if levels else "",
        "high": parts.names.level(issue, levels[-1]) if levels else "",
        "levels": levels,
        "cells": cells,
        "same_issue": False,
    }


def _cell(parts: Parts, held: list[Row], party: Row) -> Row:
    """Public and reported side by side; `gap` where both have a level and the levels differ."""
    voices = {row["voice"]: _held(parts, row) for row in reversed(held)}
    public = voices.pop("official", None)
    others = [voices[v] for v in ("reported_private", "attributed_by_other") if v in voices]
    levels = {p["level"] for p in [public, *others] if p and p["level"] is not None}
    has_gap = public is not None and len(levels) > 1
    return {"party": party, "public": public, "others": others, "has_gap": has_gap, "has_level": bool(levels)}


def _held(parts: Parts, row: Row) -> Row:
    names = parts.names
    text = shorten(row["position_text"], 70)
    return {
        "anchor": register_position(parts, row),
        "level": row["level"],
        "label": names.stand(row["issue_key"], row["level"]) or text or words.plain(row["modality"]),
        "voice": row["voice"],
        "voice_words": words.capital(words.VOICE.get(row["voice"], "")),
        "grade": row["best_grade"] or "E",
        "is_conditional": bool(row["is_conditional"]),
        "is_disputed": row["epistemic_status"] in words.DISPUTED,
    }
