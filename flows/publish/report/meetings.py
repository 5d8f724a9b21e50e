"""Meetings planned, held and called off. A meeting is an event of type meeting, call, visit or talks."""

from __future__ import annotations

from datetime import date

from flows.publish.report import words
from flows.publish.report.facts import reach
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, left_out
from flows.publish.report.week import latest_day

GROUPS = (
    ("Planned", ("planned",)),
    ("Held", ("occurred", "ongoing", "downgraded")),
    ("Called off or put off", ("cancelled", "postponed", "refused", "did_not_occur")),
)
STATUS = {
    "ongoing": "under way",
    "downgraded": "held at a lower level",
    "cancelled": "cancelled",
    "postponed": "postponed",
    "refused": "refused",
    "did_not_occur": "did not take place",
}
NAMED = 6  # taking part, in a title
AWAY = ("withdrew", "declined", "excluded")


def meetings(parts: Parts) -> list[Row]:
    """Three groups: {title, total, rows, left_out}. Nearest to the latest day first, what lies ahead before."""
    last = latest_day(parts)
    return [_group(parts, title, statuses, last) for title, statuses in GROUPS]


def _group(parts: Parts, title: str, statuses: tuple[str, ...], last: date | None) -> Row:
    kinds = "event_type in ('meeting', 'call', 'visit', 'talks') and status in (select unnest(?))"
    # A plan whose day has passed without a report of it comes after those still ahead.
    rows = parts.reader.rows(
        f"select * from events where {kinds} order by status = 'planned' and coalesce(to_date, from_date) < ?, "
        "abs(date_diff('day', coalesce(from_date, to_date), ?)) nulls last, event_id limit ?",
        list(statuses),
        last,
        last,
        parts.limits.meetings,
    )
    total = parts.reader.number(f"select count(*) from events where {kinds}", list(statuses))
    people = _people(parts, [r["event_id"] for r in rows])
    told = [_meeting(parts, row, people.get(row["event_id"], []), last) for row in rows]
    return {"title": title, "total": total, "rows": told, "left_out": left_out(told, total)}


def _meeting(parts: Parts, row: Row, people: list[Row], last: date | None) -> Row:
    there = [p["name"] for p in people if p["attendance"] not in AWAY]
    away = [p["name"] for p in people if p["attendance"] in AWAY]
    when = words.span(row["from_date"], row["to_date"], row["date_precision"])
    ends = row["to_date"] or row["from_date"]
    title = title_of(row, there)
    return {
        "conflict": row["conflict_key"] or "",
        "title": title,
        "when": when,
        "place": row["place_name"],
        "status": STATUS.get(row["status"], ""),
        "is_overdue": row["status"] == "planned" and bool(last and ends and ends < last),
        "there": words.listed(there),
        "away": words.listed(away),
        "grade": row["best_grade"] or "E",
        "anchor": parts.evidence.register(
            "events",
            row["event_id"],
            title,
            [
                ("What", row["title"] or words.plain(row["event_type"])),
                ("Status", words.capital(words.plain(row["status"]))),
                ("When", when),
                ("Where", row["place_name"] or ""),
                ("Taking part", words.listed(there)),
                ("Stayed away", words.listed(away)),
                ("Reported in", reach(row)),
            ],
            _chain(parts, row["event_id"]),
        ),
    }


def title_of(row: Row, there: list[str]) -> str:
    """'Talks: Russia and Ukraine', 'Talks in London'. Day and status stand beside it; the published title has them."""
    kind = words.capital(words.plain(row["event_type"]))
    if not there:
        # Nobody known takes part: who it was in the words of the title, between its kind and its day; else the place.
        told = words.capital(str(row["title"] or kind).split(", ")[0])
        if told != kind:
            return told
        return f"{kind} in {row['place_name']}" if row["place_name"] else f"{kind} (the texts name no parties)"
    more = len(there) - NAMED
    return f"{kind}: {words.listed(there[:NAMED] + ([words.count(more, 'other')] if more > 0 else []))}"


def _people(parts: Parts, ids: list[str]) -> dict[str, list[Row]]:
    people: dict[str, list[Row]] = {}
    for row in parts.reader.rows(
        "select event_id, actor_id, arg_max(attendance, coalesce(as_of_date, date '0001-01-01')) as attendance "
        "from event_participants where event_id in (select unnest(?)) and actor_id is not null group by all "
        "order by event_id, actor_id",
        ids,
    ):
        if parts.names.actor(row["actor_id"]):
            name = parts.names.actor_name(row["actor_id"])
            people.setdefault(row["event_id"], []).append({"name": name, "attendance": row["attendance"]})
    return {event: sorted(rows, key=lambda r: str(r["name"])) for event, rows in people.items()}


def _chain(parts: Parts, event_id: str) -> str | None:
    """The chain of the newest report of its status."""
    row = parts.reader.row(
        "select chain_id from event_status_history where event_id = ? and chain_id is not null "
        "order by as_of_date desc nulls last, chain_id limit 1",
        event_id,
    )
    return row.get("chain_id")
