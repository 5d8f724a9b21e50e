"""What changed in the latest week of the data, and how firmly each move is known.

The week is the seven days that end with the newest article, not the week of the calendar: a page made on a Monday
would otherwise be empty. A move belongs to the week in which it was first reported.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from flows.publish.report import words
from flows.publish.report.evidence import link
from flows.publish.report.facts import reach, register_change
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, day_of, left_out, shorten

_SHOWN = "first_reported_at >= ?"


def latest_day(parts: Parts) -> date | None:
    """The day of the newest article or move; None in an empty warehouse."""
    row = parts.reader.row(
        "select greatest((select max(published_at) from documents), "
        "(select max(first_reported_at) from proposal_changes)) as last_at"
    )
    return day_of(row.get("last_at"))


def week(parts: Parts) -> Row:
    """{first, last, headline, lede, grades, changes, left_out}. Where the week has no move, the latest one that has."""
    last = day_of(parts.reader.row("select max(first_reported_at) as at from proposal_changes").get("at"))
    end = latest_day(parts)
    is_quiet = bool(last and end and last <= end - timedelta(days=7))
    if is_quiet:
        end = last
    if end is None or last is None:
        return {"changes": [], "left_out": 0, "last": end, "grades": [], "lede": "", "is_quiet": True}
    first = end - timedelta(days=6)
    rows = parts.reader.rows(
        f"select * from proposal_changes where {_SHOWN} order by best_grade nulls last, root_count desc, "
        "document_count desc, first_reported_at desc, change_id limit ?",
        first,
        parts.limits.week_changes,
    )
    total = parts.reader.number(f"select count(*) from proposal_changes where {_SHOWN}", first)
    changes = [_change(parts, row) for row in rows]
    quotes = _quotes(parts, [row["change_id"] for row in rows])
    for change in changes:
        change["quote"] = quotes.get(change["change_id"])
    return {
        "first": first,
        "last": end,
        "is_quiet": is_quiet,
        "lede": _lede(rows, total),
        "grades": _grades(changes),
        "changes": changes,
        "left_out": left_out(changes, total),
    }


def _change(parts: Parts, row: Row) -> Row:
    names = parts.names
    by, origin = names.outlet(row["reported_by"]), names.outlet(row["origin_outlet"])
    levels = names.levels(row["issue_key"])
    return {
        **row,
        "anchor": register_change(parts, row),
        "actor": names.actor_name(row["actor_id"]),
        "colour": parts.colour(row["conflict_key"], row["actor_id"]),
        "issue": names.issue(row["issue_key"]),
        "scope": names.scope(row["scope_key"]),
        "kind": words.CHANGE.get(row["change_type"], ""),
        "voice_words": words.VOICE.get(row["voice"], ""),
        "made": words.made(row),
        "grade_words": words.GRADE.get(row["best_grade"] or "", ""),
        "status_words": words.STATUS.get(row["epistemic_status"], ""),
        "is_disputed": row["epistemic_status"] in words.DISPUTED,
        "reaction_words": words.REACTION.get(row["party_reaction"], ""),
        "first_reported": words.day(row["first_reported_at"]),
        "reported": f"{by}, after {origin}" if origin and origin != by else by,
        "reach": reach(row),
        "levels": levels,
        "from_label": names.stand(row["issue_key"], row["from_level"]),
        "to_label": names.stand(row["issue_key"], row["to_level"]),
    }


def _quotes(parts: Parts, ids: list[str]) -> dict[str, Row]:
    """Per move: the longest core passage of its earliest article, with outlet, day and link."""
    rows = parts.reader.rows(
        "select e.fact_id, e.text, d.url, d.outlet_key, d.published_date from evidence as e "
        "inner join documents as d using (document_id) where e.fact_table = 'proposal_changes' and e.kind = 'core' "
        "and e.fact_id in (select unnest(?)) qualify row_number() over (partition by e.fact_id "
        "order by d.published_at, d.document_id, length(e.text) desc nulls last, e.char_start) = 1",
        ids,
    )
    return {
        r["fact_id"]: {
            "text": shorten(r["text"], parts.limits.excerpt_length),
            "url": link(r["url"]),
            "outlet": parts.names.outlet(r["outlet_key"]) or "The article",
            "day": words.day(r["published_date"]),
        }
        for r in rows
    }


def _lede(rows: list[Row], total: int) -> str:
    """One sentence of counts: how many moves of which kind, and how many a party itself stands behind."""
    kinds = Counter(row["change_type"] for row in rows)
    named = [
        words.count(number, words.CHANGE[kind].lower(), PLURAL.get(kind, words.CHANGE[kind].lower()))
        for kind, number in kinds.most_common(3)
        if kind in words.CHANGE
    ]
    firm = sum(1 for row in rows if row["best_grade"] == "A")
    parties = len({row["actor_id"] for row in rows})
    start = f"{words.count(total, 'move')} by {words.count(parties, 'party', 'parties')}"
    on_record = "all" if firm == len(rows) == total else str(firm) if firm else "none"
    is_on_record = "is a party itself" if firm == 0 else "a party itself is"
    return f"{start}: {words.listed(named)}. On {on_record} of them {is_on_record} on record."


PLURAL = {
    "new": "new positions",
    "concession": "concessions",
    "hardening": "hardenings",
    "shift": "shifts",
    "withdrawn": "withdrawn",
    "conditional": "conditional offers",
}


def _grades(changes: list[Row]) -> list[Row]:
    """Grade by grade, firmest first: the moves as marks."""
    return [
        {"grade": grade, "words": text, "changes": [c for c in changes if (c["best_grade"] or "E") == grade]}
        for grade, text in words.GRADE.items()
    ]
