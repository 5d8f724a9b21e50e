"""The published vocabularies in words for readers, and dates as people write them. Sentence case; no number here."""

from __future__ import annotations

from datetime import date

from flows.publish.report.reader import Row

CHANGE = {
    "new": "New position",
    "concession": "Concession",
    "hardening": "Hardening",
    "shift": "Shift",
    "withdrawn": "Withdrawn",
    "rejected": "Rejected",
    "accepted": "Accepted",
    "conditional": "Conditional offer",
    "clarified": "Clarified",
}
VOICE = {
    "official": "in public",
    "reported_private": "by report",
    "attributed_by_other": "by another's account",
}
STATUS = {
    "confirmed_by_party": "confirmed by the party",
    "stated_by_other_party": "said by another party",
    "reported_named_outlet": "reported by a named outlet",
    "anonymous_officials": "from people who are not named",
    "leaked_document": "from a leaked document",
    "unattributed": "no source given",
    "contested": "contested",
    "denied": "denied",
}
GRADE = {
    "A": "a party itself on record",
    "B": "another named official or a document",
    "C": "a named outlet, or several unnamed sources",
    "D": "one unnamed source or a leak",
    "E": "no source given",
}
REACTION = {
    "confirmed": "the party confirms it",
    "denied": "the party denies it",
    "non_denial": "the party neither confirms nor denies it",
    "no_comment": "the party declines to comment",
    "silent": "the party has not spoken to it",
}
ROOT = {
    "party_on_record": "the party on record",
    "counterparty_on_record": "the other side on record",
    "official_document": "an official document",
    "leaked_document": "a leaked document",
    "named_outlet": "a named outlet",
    "anonymous_officials": "unnamed officials",
    "anonymous_people": "unnamed people",
    "unattributed": "no source",
}
SPEECH_ACT = {
    "assert": "states",
    "propose": "proposes",
    "offer": "offers",
    "demand": "demands",
    "accept": "accepts",
    "reject": "rejects",
    "rule_out": "rules out",
    "threaten": "threatens",
    "confirm": "confirms",
    "deny": "denies",
    "condition": "sets a condition",
    "decline_comment": "declines to comment",
    "warn": "warns",
    "assess": "assesses",
    "hope": "hopes",
    "announce": "announces",
}
HOP = {
    "publisher": "Published by",
    "cited_outlet": "citing",
    "person": "quoting",
    "anonymous": "quoting, unnamed,",
    "document": "from the document",
    "social_post": "from a post by",
    "broadcast": "from a broadcast of",
}
EVIDENCE = {
    "core": "The words",
    "from_state": "Where it came from",
    "to_state": "Where it went",
    "condition": "The condition",
    "date": "The date",
    "sourcing": "The source",
    "hedge": "The hedge",
}
DISPUTED = frozenset({"contested", "denied"})


def plain(code: str | None) -> str:
    """A code without words of its own, as words: 'non_denial' is 'non denial'."""
    return (code or "").replace("_", " ")


def capital(text: str) -> str:
    """The same text with a capital first letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def day(value: date | None) -> str:
    """22 Apr 2025."""
    return f"{value.day} {value:%b %Y}" if value else ""


def span(first: date | None, last: date | None, precision: str | None) -> str:
    """When something happened, no more exactly than the text says."""
    if precision == "on_or_before" or (first is None and last is not None):
        return f"on or before {day(last)}"
    if first is None:
        return "date not given"
    if last is None or last == first:
        return ("about " if precision == "approx_day" else "") + day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def made(row: Row) -> str:
    """When a move was made."""
    return span(row["made_from_date"], row["made_to_date"], row["made_precision"])


def count(number: int, one: str, many: str | None = None) -> str:
    """'1 article', '3 articles', '1,204 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""
