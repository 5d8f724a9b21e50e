"""What window each kind of time expression means: one rule per kind; no tree and no document.

Deictic words (today, last week, Wednesday) need the anchor day and, where they could lie on both sides of it, the
direction that the clause gives. "Late March" is a third of the month, "late 2024" a third of the year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flows.language import calendar as cal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "few": 4, "several": 5, "dozen": 12,
}  # fmt: skip
LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365, "decade": 3652, "hour": 0}


@dataclass(slots=True)
class Found:
    """A resolved time: first and last day (null: open or unknown), precision and anchor as in schema.TIMES."""

    first: date | None
    last: date | None
    precision: str
    anchor: str


Rule = Callable[[re.Match[str], date | None, str], Found | None]


def resolve(match: re.Match[str], anchor: date | None, direction: str) -> Found | None:
    """The window of a match of PATTERN seen from the anchor day; None when the words name no time after all."""
    kind = next(k for k in RULES if match.group(k) is not None)
    found = RULES[kind](match, anchor, direction)
    lead = match.groupdict().get(f"{kind}_lead")
    return _open(found, lead.lower()) if found and lead else found


def _open(found: Found, lead: str) -> Found:
    """ "since April" has no end, "by April" and "before April" no beginning."""
    if lead in ("since", "from", "as of"):
        return Found(found.first, None, found.precision, found.anchor)
    if lead == "after":
        return Found(found.first, None, "unknown" if found.first is None else found.precision, found.anchor)
    last = found.last
    if lead == "before" and found.first is not None:
        last = cal.shift(found.first, -1)
    return Found(None, last, "on_or_before" if last else "unknown", found.anchor)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _daynum(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _window(window: tuple[date, date] | None, precision: str, anchor: str) -> Found:
    first, last = window or (None, None)
    return Found(first, last, precision if first else "unknown", anchor)


def _day(day: date | None, anchor: str, precision: str = "day") -> Found:
    return Found(day, day, precision if day else "unknown", anchor)


def _iso(m: re.Match[str], _anchor: date | None, _direction: str) -> Found | None:
    return _day(cal.safe_date(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"])), "explicit")


def _dated(year: str | None, month: int, day: int, anchor: date | None, direction: str) -> Found | None:
    if year:
        found = cal.safe_date(int(year), month, day)
        return _day(found, "explicit") if found else None
    if anchor is None:
        return _day(None, "publication")
    return _day(cal.nearest_year(anchor, month, day, direction), "publication")


def _range(m: re.Match[str], anchor: date | None, direction: str) -> Found | None:
    first = _dated(m["rm_y"], _month(m["rm_m"]), _daynum(m["rm_a"]), anchor, direction)
    last = _dated(m["rm_y"], _month(m["rm_n"] or m["rm_m"]), _daynum(m["rm_b"]), anchor, direction)
    if not first or not last:
        return None
    if first.first and last.first and first.first > last.first:
        return Found(last.first, last.first, "day", last.anchor)
    return Found(first.first, last.last, "day" if first.first else "unknown", first.anchor)


def _of_month(year: str | None, month: int, part: str, anchor: date | None, direction: str) -> Found:
    if not year and anchor is None:
        return _day(None, "publication")
    y = int(year) if year else cal.month_year(anchor or date.min, month, direction)
    basis = "explicit" if year else "publication"
    if part:
        return _window(cal.part_of_month(y, month, part), "month", basis)
    window = cal.month_window(y, month)
    if not year and anchor:
        window = cal.clip(window, anchor, direction)
    return _window(window, "month", basis)


def _part(words: str) -> str:
    return (
        "early"
        if re.search(r"early|start|beginning", words, re.I)
        else "mid"
        if re.search("mid", words, re.I)
        else "late"
    )


def _month_alone(m: re.Match[str], anchor: date | None, direction: str) -> Found | None:
    words = m.group().lower()
    month = _month(m["mo_m"])
    if anchor and words.startswith("last"):
        return _window(cal.month_window(anchor.year - (month >= anchor.month), month), "month", "publication")
    if anchor and words.startswith("next"):
        return _window(cal.month_window(anchor.year + (month <= anchor.month), month), "month", "publication")
    return _of_month(None, month, "", anchor, "none" if words.startswith("this") else direction)


def _season(m: re.Match[str], _anchor: date | None, _direction: str) -> Found:
    return _season_window(m["se_s"].lower(), int(m["se_y"]), "explicit")


def _season_window(season: str, year: int, basis: str) -> Found:
    start = SEASONS[season]
    return Found(cal.month_window(year, start)[0], cal.month_window(year, start + 2)[1], "quarter", basis)


def _year(m: re.Match[str], _anchor: date | None, _direction: str) -> Found | None:
    if not m["yr_in"] and not m["year_lead"]:
        return None
    return Found(date(int(m["yr_y"]), 1, 1), date(int(m["yr_y"]), 12, 31), "year", "explicit")


def _weekday(m: re.Match[str], anchor: date | None, direction: str) -> Found:
    if anchor is None:
        return _day(None, "publication")
    weekday = WEEKDAYS.index(m["wd_d"].lower())
    lead = re.sub(r"\s+", " ", (m["wd_p"] or "").lower()).strip()
    if lead.startswith("next"):
        return _day(cal.shift(cal.week_of(anchor, 1)[0], weekday), "publication")
    if lead in ("the following", "coming", "this coming"):
        return _day(cal.nearest_weekday(cal.shift(anchor, 1), weekday, "future"), "publication")
    if lead in ("last", "this past"):
        return _day(cal.nearest_weekday(cal.shift(anchor, -1), weekday, "past"), "publication")
    if lead == "this":
        return _day(cal.shift(cal.week_of(anchor)[0], weekday), "publication")
    if (m["weekday_lead"] or "").lower() in ("until", "till", "by", "before"):
        direction = "future" if direction != "past" or m["weekday_lead"].lower() in ("until", "till") else direction
    elif (m["weekday_lead"] or "").lower() == "since":
        direction = "past"
    return _day(cal.nearest_weekday(anchor, weekday, direction), "publication")


def _count(words: str) -> int:
    last = [w for w in words.lower().split() if w in NUMBERS or w.isdigit()]
    pick = next((w for w in reversed(last) if w not in ("a", "an")), last[-1] if last else "one")
    return min(int(pick) if pick.isdigit() else NUMBERS[pick], 999)


def _unit(words: str) -> str:
    return words.lower().rstrip("s")


def _ago(m: re.Match[str], anchor: date | None, _direction: str) -> Found:
    if anchor is None:
        return _day(None, "publication")
    return _offset(anchor, -_count(m["ag_n"]), _unit(m["ag_u"]), bool(re.search("couple|few|several", m["ag_n"], re.I)))


def _offset(anchor: date, count: int, unit: str, is_vague: bool) -> Found:
    """The day, week, month or year that lies so many units away."""
    if unit == "hour":
        return _day(anchor, "publication", "approx_day")
    if unit == "day":
        day = cal.shift(anchor, count)
        if is_vague:
            return Found(cal.shift(day, -2), cal.shift(day, 2), "approx_day", "publication")
        return _day(day, "publication")
    if unit in ("week", "fortnight"):
        return _window(cal.week_of(anchor, count * (2 if unit == "fortnight" else 1)), "week", "publication")
    if unit in ("month", "quarter"):
        step = count * (3 if unit == "quarter" else 1)
        return _window(cal.month_window(anchor.year, anchor.month + step), "month", "publication")
    year = min(max(anchor.year + count * (10 if unit == "decade" else 1), 1), 9999)
    return Found(date(year, 1, 1), date(year, 12, 31), "year", "publication")


def _ahead(m: re.Match[str], anchor: date | None, direction: str) -> Found:
    if anchor is None or (direction == "past" and not m["ah_c"]):
        return Found(None, None, "unknown", "none" if anchor else "publication")  # "in three days": how long it took
    if m.group().lower().startswith("within") or m["ah_c"]:
        span = _count(m["ah_n"]) * LENGTHS[_unit(m["ah_u"])]
        return Found(anchor, cal.shift(anchor, span), "week" if span < 31 else "month", "publication")
    return _offset(anchor, _count(m["ah_n"]), _unit(m["ah_u"]), "few" in m["ah_n"])


def _over(m: re.Match[str], anchor: date | None, _direction: str) -> Found:
    if anchor is None:
        return _day(None, "publication")
    span = _count(m["ov_n"]) * LENGTHS[_unit(m["ov_u"])]
    precision = "week" if span < 31 else "month" if span < 365 else "year"
    if m["ov_p"].lower() in ("past", "last"):
        return Found(cal.shift(anchor, -span), anchor, precision, "publication")
    return Found(anchor, cal.shift(anchor, span), precision, "publication")


def _unknown(_m: re.Match[str], _anchor: date | None, _direction: str) -> Found:
    return Found(None, None, "unknown", "none")


def _other(_m: re.Match[str], _anchor: date | None, _direction: str) -> Found:
    return Found(None, None, "unknown", "other_event")


def _relative(m: re.Match[str], anchor: date | None, direction: str) -> Found:
    if anchor is None:
        return _day(None, "publication")
    lead, unit = re.sub(r"\s+", " ", m["re_p"].lower()), m["re_u"].lower()
    if unit in ("morning", "afternoon", "evening", "night"):
        return _day(cal.shift(anchor, -1 if lead == "last" else 1 if lead == "next" else 0), "publication")
    step = -1 if re.search("last|past|previous", lead) else 1 if re.search("next|coming", lead) else 0
    if unit in SEASONS:
        return _season_window(unit, anchor.year + step, "publication")
    window, precision = _unit_window(anchor, unit, step)
    if lead.startswith(("early", "late")) and unit in ("month", "year"):
        first, part = window[0], lead.split()[0]
        window = (
            cal.part_of_month(first.year, first.month, part) if unit == "month" else cal.part_of_year(first.year, part)
        )
        return _window(window, precision, "publication")
    if unit == "weekend" and step == 0:
        past = cal.week_of(anchor, -1)
        if direction == "past" and anchor.weekday() < 5:
            window = cal.shift(past[0], 5), past[1]
    elif lead == "earlier this":
        window = window[0], max(window[0], cal.shift(anchor, -1))
    elif lead == "later this":
        window = min(anchor, window[1]), window[1]
    elif step == 0:
        window = cal.clip(window, anchor, direction)
    return _window(window, precision, "publication")


def _unit_window(anchor: date, unit: str, step: int) -> tuple[tuple[date, date], str]:
    if unit == "week":
        return cal.week_of(anchor, step), "week"
    if unit == "weekend":
        monday, sunday = cal.week_of(anchor, step)
        return (cal.shift(monday, 5), sunday), "approx_day"
    if unit == "month":
        return cal.month_window(anchor.year, anchor.month + step), "month"
    if unit == "quarter":
        start = (anchor.month - 1) // 3 * 3 + 1 + 3 * step
        return (cal.month_window(anchor.year, start)[0], cal.month_window(anchor.year, start + 2)[1]), "quarter"
    year = min(max(anchor.year + step, 1), 9999)
    return (date(year, 1, 1), date(year, 12, 31)), "year"


def _day_word(m: re.Match[str], anchor: date | None, direction: str) -> Found:
    if anchor is None:
        return _day(None, "publication")
    word = re.sub(r"\s+", " ", m["dw"].lower())
    if word == "overnight":
        return Found(cal.shift(anchor, -1), anchor, "approx_day", "publication")
    if word in ("right now", "currently", "at present", "at the moment"):
        return _day(anchor, "publication", "approx_day")
    if word.endswith("the weekend"):
        monday, sunday = cal.week_of(anchor, -1 if anchor.weekday() < 5 and direction != "future" else 0)
        return Found(cal.shift(monday, 5), sunday, "approx_day", "publication")
    step = -2 if "before yesterday" in word else 2 if "after tomorrow" in word else 0
    step = step or (-1 if "yesterday" in word else 1 if "tomorrow" in word else 0)
    return _day(cal.shift(anchor, step), "publication")


def _vague(m: re.Match[str], anchor: date | None, _direction: str) -> Found:
    if anchor is None or re.search("soon|shortly", m["va"], re.I):
        return Found(None, None, "unknown", "publication")
    if re.search("coming|next", m["va"], re.I):
        span = 7 if "day" in m["va"].lower() else 31 if "week" in m["va"].lower() else 92
        return Found(anchor, cal.shift(anchor, span), "week" if span < 31 else "month", "publication")
    return Found(None, anchor, "on_or_before", "publication")


RULES: dict[str, Rule] = {
    "iso": _iso,
    "range_md": _range,
    "md": lambda m, a, d: _dated(m["md_y"], _month(m["md_m"]), _daynum(m["md_d"]), a, d),
    "dm": lambda m, a, d: _dated(m["dm_y"], _month(m["dm_m"]), _daynum(m["dm_d"]), a, d),
    "part_month": lambda m, a, d: _of_month(m["pm_y"], _month(m["pm_m"]), _part(m["pm_p"]), a, d),
    "month_year": lambda m, a, d: _of_month(m["my_y"], _month(m["my_m"]), "", a, d),
    "part_year": lambda m, _a, _d: _window(cal.part_of_year(int(m["py_y"]), _part(m["py_p"])), "year", "explicit"),
    "season": _season,
    "month_alone": _month_alone,
    "year": _year,
    "weekday": _weekday,
    "ago": _ago,
    "other": _other,
    "ahead": _ahead,
    "over": _over,
    "duration": _unknown,
    "relative": _relative,
    "day_word": _day_word,
    "vague": _vague,
}
