"""Who breaks news, and how loud its echo is: articles per independent source of a move.

A move is broken by the outlet whose own reporting the chain ends in (origin_outlet); else by the first to publish.
"""

from __future__ import annotations

from flows.publish.report import words
from flows.publish.report.facts import register_change
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, left_out

_BROKEN = """
    select
        coalesce(origin_outlet, reported_by) as outlet_key,
        count(*) as moves,
        count(*) filter (where party_reaction = 'confirmed' or epistemic_status = 'confirmed_by_party') as confirmed,
        count(*) filter (where party_reaction = 'denied' or epistemic_status in ('contested', 'denied')) as disputed,
        sum(document_count) / greatest(sum(root_count), 1) as echo
    from proposal_changes
    where coalesce(origin_outlet, reported_by) is not null
    group by all
"""


def breakers(parts: Parts) -> Row:
    """{outlets, left_out, most, echo, echoed}: moves broken per outlet, the mean echo, and the most echoed moves."""
    rows = parts.reader.rows(f"{_BROKEN} order by moves desc, outlet_key limit ?", parts.limits.outlets)
    total = parts.reader.number(f"select count(*) from ({_BROKEN})")
    sums = parts.reader.row(
        "select sum(document_count) as articles, sum(root_count) as roots, count(*) as moves from proposal_changes"
    )
    for row in rows:
        row["name"] = words.capital(parts.names.outlet(row["outlet_key"]))
    echoed = parts.reader.rows(
        "select * from proposal_changes where document_count > root_count "
        "order by document_count / greatest(root_count, 1) desc, document_count desc, change_id limit ?",
        parts.limits.echoed,
    )
    return {
        "outlets": rows,
        "left_out": left_out(rows, total),
        "most": max((r["moves"] for r in rows), default=1),
        "echo": (sums.get("articles") or 0) / max(sums.get("roots") or 0, 1),
        "echoed": [_echoed(parts, row) for row in echoed],
        "most_articles": max((r["document_count"] for r in echoed), default=1),
    }


def _echoed(parts: Parts, row: Row) -> Row:
    return {
        "anchor": register_change(parts, row),
        "conflict": row["conflict_key"] or "",
        "reading": row["reading"],
        "articles": row["document_count"] or 0,
        "stories": row["story_count"] or 0,
        "roots": row["root_count"] or 0,
    }
