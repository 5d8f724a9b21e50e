"""Moves and positions as the evidence panel tells them: one way for every part of the page that shows them."""

from __future__ import annotations

from flows.publish.report import words
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, shorten


def register_change(parts: Parts, row: Row) -> str:
    """The anchor of a move's evidence; every part of the page that shows a move calls this."""
    names = parts.names
    source = row["source_text"]
    return parts.evidence.register(
        "proposal_changes",
        row["change_id"],
        row["reading"] or words.CHANGE.get(row["change_type"], ""),
        [
            ("Party", names.actor_name(row["actor_id"])),
            ("Issue", names.issue(row["issue_key"])),
            ("About", names.scope(row["scope_key"])),
            ("Move", f"{words.CHANGE.get(row['change_type'], '')}, {words.VOICE.get(row['voice'], '')}"),
            ("From", names.stand(row["issue_key"], row["from_level"])),
            ("To", names.stand(row["issue_key"], row["to_level"])),
            ("Condition", row["condition_text"] or ""),
            ("Closer to", names.actor_name(row["closer_to_actor_id"]) if row["closer_to_actor_id"] else ""),
            ("Away from", names.actor_name(row["away_from_actor_id"]) if row["away_from_actor_id"] else ""),
            ("Made", words.made(row)),
            ("How firmly", words.capital(words.STATUS.get(row["epistemic_status"], ""))),
            ("Hedged with", row["hedges"] or ""),
            ("The text calls it", " – ".join(p for p in (row["claimed_label"], row["claimed_by"]) if p)),
            ("Source", shorten(source, parts.limits.excerpt_length) or ""),
            ("Party's answer", words.capital(words.REACTION.get(row["party_reaction"], ""))),
            ("Reported in", reach(row)),
        ],
        row["chain_id"],
    )


def reach(row: Row) -> str:
    """'5 articles, 1 independent source': republication is not corroboration."""
    articles = words.count(row["document_count"] or 0, "article")
    return f"{articles}, {words.count(row['root_count'] or 0, 'independent source')}"


def register_position(parts: Parts, row: Row) -> str:
    """The anchor of a position's evidence."""
    names = parts.names
    what = names.stand(row["issue_key"], row["level"]) or row["position_text"] or words.plain(row["modality"])
    return parts.evidence.register(
        "positions",
        row["position_id"],
        f"{names.actor_name(row['actor_id'])}: {what}",
        [
            ("Issue", names.issue(row["issue_key"])),
            ("About", names.scope(row["scope_key"])),
            ("Voice", words.capital(words.VOICE.get(row["voice"], ""))),
            ("Position", row["position_text"] or ""),
            ("Level means", names.meaning(row["issue_key"], row["level"])),
            ("Said as", words.capital(words.plain(row["modality"]))),
            ("Condition", row["condition_text"] or ""),
            ("Spoken by", names.actor_name(row["spoken_by_actor_id"]) if row["spoken_by_actor_id"] else ""),
            ("Held from", words.span(row["valid_from_date"], None, row["valid_from_precision"])
             if row["valid_from_date"] else "before it was first reported"),
            ("Held until", words.day(row["valid_to_date"])),
            ("How firmly", words.capital(words.STATUS.get(row["epistemic_status"], ""))),
            ("Reported in", reach(row)),
        ],
        row["chain_id"],
    )  # fmt: skip
