"""Times as listings write them (RFC 822, ISO 8601, bare digits), as naive UTC. Dates of articles are not read here."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

EARLIEST_YEAR = 1990
_DIGITS = re.compile(r"\d{8}(\d{6})?$|\d{8}T\d{6}Z?$")


def parse_time(text: str | None, zone: str = "UTC") -> datetime | None:
    """The time that `text` names, naive and in UTC; one without an offset is meant in `zone`. None when unreadable.

    A year before 1990 or a time that no calendar has is unreadable: listings write such things for "unknown".
    """
    value = (text or "").strip()
    if not value or len(value) > 64:
        return None
    found = _digits(value) or _iso(value) or _rfc822(value)
    if found is None:
        return None
    try:
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(zone))
        found = found.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, KeyError):
        return None
    return found if found.year >= EARLIEST_YEAR else None


def _digits(value: str) -> datetime | None:
    if not _DIGITS.match(value):
        return None
    digits = re.sub(r"\D", "", value)
    try:
        found = datetime.strptime(digits, "%Y%m%d%H%M%S" if len(digits) == 14 else "%Y%m%d")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC)  # GDELT and WARC write UTC


def _iso(value: str) -> datetime | None:
    # W3C dates may be a year and a month only, which fromisoformat does not read.
    if re.fullmatch(r"\d{4}-\d{2}", value):
        value += "-01"
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _rfc822(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
