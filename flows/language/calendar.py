"""Windows of days: weeks, months, years and named days seen from an anchor day. Pure date arithmetic, no text.

Weeks run from Monday to Sunday (ISO 8601). A window is (from, to), both days included.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Window = tuple[date | None, date | None]
DAY = timedelta(days=1)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (30 February, year 0)."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift(day: date, days: int) -> date:
    """The day moved; the ends of the calendar hold."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def week_of(day: date, offset: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the day's week, or of a week so many weeks later."""
    monday = shift(day, 7 * offset - day.weekday())
    return monday, shift(monday, 6)


def month_window(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; months beyond 1..12 run over into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, 1), 9999)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def part_of_month(year: int, month: int, part: str) -> tuple[date, date]:
    """Early (1–10), mid (11–20) or late (21–end) in a month."""
    first, last = month_window(year, month)
    if part == "early":
        return first, date(first.year, first.month, 10)
    if part == "mid":
        return date(first.year, first.month, 11), date(first.year, first.month, 20)
    return date(first.year, first.month, 21), last


def part_of_year(year: int, part: str) -> tuple[date, date]:
    """Early (January–April), mid (May–August) or late (September–December) in a year."""
    start = {"early": 1, "mid": 5, "late": 9}[part]
    return date(year, start, 1), month_window(year, start + 3)[1]


def nearest_weekday(anchor: date, weekday: int, direction: str) -> date:
    """The weekday nearest to the anchor in that direction; the anchor itself counts both ways."""
    if direction == "future":
        return shift(anchor, (weekday - anchor.weekday()) % 7)
    return shift(anchor, -((anchor.weekday() - weekday) % 7))


def nearest_year(anchor: date, month: int, day: int, direction: str) -> date | None:
    """The date without a year as seen from the anchor: back, forward, or the nearer one."""
    found = [d for y in (-1, 0, 1) if 1 <= anchor.year + y <= 9999 and (d := safe_date(anchor.year + y, month, day))]
    if direction == "past":
        found = [d for d in found if d <= anchor] or found
        return max(found, default=None)
    if direction == "future":
        near = [d for d in found if d >= anchor] or found
        return min(near, default=None)
    return min(found, key=lambda d: abs((d - anchor).days), default=None)


def month_year(anchor: date, month: int, direction: str) -> int:
    """The year that a month without a year means."""
    if direction == "future":
        return anchor.year if month >= anchor.month else anchor.year + 1
    if direction == "past":
        return anchor.year if month <= anchor.month else anchor.year - 1
    distance = {y: abs((anchor.year + y - anchor.year) * 12 + month - anchor.month) for y in (-1, 0, 1)}
    return anchor.year + min(distance, key=lambda y: distance[y])


def clip(window: tuple[date, date], anchor: date, direction: str) -> tuple[date, date]:
    """The part of a window around the anchor that has passed, or that is still to come."""
    first, last = window
    if first <= anchor <= last:
        if direction == "past":
            return first, anchor
        if direction == "future":
            return anchor, last
    return window
