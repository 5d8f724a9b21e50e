"""A time axis for small charts, in SVG units.

News comes in bursts: three rounds of talks in one spring, one text three years before. Where the early part would
squeeze the recent one, the axis has a marked break: all before it shares a fifth of the width. The part to the right
of the break is long enough for most of the days, so that it is the few that are squeezed and not the many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BREAK_BEYOND = 540  # days
RECENT = (270, 540, 900, 1350)  # days to the right of a break: the first that hold most of what is drawn
MOST = 0.5
EARLY_LEAST = 180  # days to the left of a break, else none is needed
EARLY_SHARE = 0.2
END_TICK = 62  # units that the last day's own label needs


@dataclass(frozen=True)
class TimeAxis:
    """Dates from `first` to `last` between two x positions; `turn` is the day of the break, if any."""

    first: date
    last: date
    left: float
    right: float
    turn: date | None = None

    @classmethod
    def over(cls, days: list[date], last: date, left: float, right: float) -> TimeAxis:
        """The axis for these days up to `last`, at least four weeks long."""
        first = min([*days, last - timedelta(days=28)])
        return cls(first, max([*days, last]), left, right, _turn(days, first, last))

    @property
    def turn_x(self) -> float:
        """Where the break is; the left end without one."""
        return self.left + (self.right - self.left) * (EARLY_SHARE if self.turn else 0)

    def x(self, day: date) -> float:
        """The position of a day, to a tenth of a unit. Days outside lie on the ends."""
        day = min(max(day, self.first), self.last)
        if self.turn and day < self.turn:
            return round(self.left + (self.turn_x - self.left) * _share(self.first, self.turn, day), 1)
        return round(self.turn_x + (self.right - self.turn_x) * _share(self.turn or self.first, self.last, day), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """(x, label): at most four month beginnings, the first year before a break, and the last day."""
        start = self.turn or self.first
        months = [m for m in _months(start, self.last) if m >= start]
        step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 600) if len(months) <= 4 * s)
        chosen = [m for m in months if (m.month - 1 + 12 * m.year) % step == 0] or months[:1]
        ticks = [(self.left, str(self.first.year))] if self.turn else []
        year = self.first.year if self.turn else None
        for month in chosen:
            ticks.append((self.x(month), f"{month:%b}" if month.year == year else f"{month:%b %Y}"))
            year = month.year
        if not ticks or ticks[-1][0] < self.right - END_TICK:
            ticks.append((self.right, f"{self.last.day} {self.last:%b}"))
        return ticks


def _turn(days: list[date], first: date, last: date) -> date | None:
    """The day of the break: the latest one after which most of the days lie; None where no break is needed."""
    if (last - first).days <= BREAK_BEYOND:
        return None
    for length in RECENT:
        turn = last - timedelta(days=length)
        if sum(day >= turn for day in days) >= MOST * len(days):
            return turn if (turn - first).days >= EARLY_LEAST else None
    return None


def _share(first: date, last: date, day: date) -> float:
    return (day - first).days / max(1, (last - first).days)


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while (following := (months[-1] + timedelta(days=32)).replace(day=1)) <= last:
        months.append(following)
    return months
