"""When a page was published: what it declares, what it shows, what its address says, and which of them can be true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.clean.structured import Structured, plain

FIRST_DAY = date(1991, 8, 6)  # nothing on the web is older
_MONTH_NAMES = (
    "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
    "sep sept september", "oct october", "nov november", "dec december",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_ISO = re.compile(
    r"^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?", re.I)  # fmt: skip
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\.?,?\s+(?P<year>\d{{4}})\b", re.I
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I)
_DOTTED = re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b")
_SLASHED = re.compile(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4})\b")
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.]\d{2})?\s*(?P<half>[ap])?\.?m?\.?\s*(?:\(?(?P<zone>[A-Z]{2,4}|[+-]\d{2}:?\d{2})\b)?",
    re.I,
)  # fmt: skip
# Abbreviations that news sites print; ambiguous ones (IST, CST) are read as the press uses them most.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180,
    "EST": -300, "EDT": -240, "ET": -300, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "GST": 240,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AEST": 600, "AEDT": 660,
}  # fmt: skip
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[/_-]?(?P<month>0[1-9]|1[0-2]|[1-9](?=[/_-]))"
    r"[/_-]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_-]))(?!\d)"
)
_URL_NAMED = re.compile(rf"/(?P<year>(?:19|20)\d{{2}})/{_MONTH}/(?P<day>\d{{1,2}})(?!\d)", re.I)

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "publication-date", "published", "published_time", "article.published", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created",
    "rnews:datepublished",
    "article_date_original", "originalpublicationdate", "citation_publication_date", "citation_date", "ptime", "pdate",
    "article:post_date", "displaydate", "bt:pubdate", "date", "article-publish-date", "created", "datecreated",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified",
                  "article:modified", "modified_time", "lastmod", "revision_date")  # fmt: skip
_SHOWN = re.compile(r"publish|pubdate|posted|post-date|entry-date|byline|dateline|timestamp|article-?date|date", re.I)
_SAYS_PUBLISHED = re.compile(r"\s*(?:first\s+)?(?:published|posted)\b", re.I)
_A_MONTH = _MONTH.replace("?P<month>", "?:")
_WRITTEN_DAY = rf"(?:\d{{1,2}}\.?\s+{_A_MONTH}\.?,?\s+\d{{4}}|{_A_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}})"
_ONLY_DATE = re.compile(
    rf"(?:date:?\s+)?(?:\w{{3,9}}day,?\s+)?(?:{_WRITTEN_DAY}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}})"
    r"(?:\W{1,4}(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?)?",
    re.I,
)
_DATELINE = re.compile(rf"[A-Z][\w.' -]{{2,30}},\s+(?i:{_WRITTEN_DAY})\s*(?:[-–—:.(]|$)")
_UPDATED = re.compile(r"\b(?:updated|modified|last\s+update|edited)\b", re.I)


@dataclass(frozen=True)
class Moment:
    """A day as written, and the UTC time when the source gives a clock time. `is_zoned`: it named its zone."""

    day: date
    at: datetime | None = None
    is_zoned: bool = False
    is_utc: bool = False


@dataclass(frozen=True)
class Dates:
    """Publication and modification of a page. `warning` names a declared date that cannot be."""

    published_at: datetime | None = None
    published_date: date | None = None
    basis: str = "unknown"
    modified_at: datetime | None = None
    warning: str = ""


def zone_of(name: str | None) -> ZoneInfo | None:
    """The named time zone, or None when there is none of that name."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset(text: str) -> timezone | None:
    if text.upper() in _ZONES:
        return timezone(timedelta(minutes=_ZONES[text.upper()]))
    found = re.fullmatch(r"([+-])(\d{2}):?(\d{2})?", text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes)) if minutes < 24 * 60 else None


def _moment(day: date, hour: int, minute: int, second: int, zone_text: str | None, zone: ZoneInfo | None) -> Moment:
    offset = _offset(zone_text) if zone_text else None
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=offset or zone or UTC)
        at = local.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return Moment(day)
    is_utc = offset is not None and offset.utcoffset(None) == timedelta(0)
    if is_utc and zone is not None:
        day = local.astimezone(zone).date()
    return Moment(day, at, offset is not None, is_utc)


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_moment(text: str | None, zone: ZoneInfo | None = None, *, month_first: bool = True) -> Moment | None:
    """The first date in `text` with its clock time, or None. A clock time without a zone is read in `zone`, else UTC.

    Reads ISO 8601, RFC 2822, '23 April 2025', 'April 23, 2025', '23.04.2025', and 4/23/2025 by `month_first`
    (the other way round where only that is a date).
    """
    if not text:
        return None
    if re.fullmatch(r"\s*1\d{9}(?:\d{3})?\s*", text):  # seconds or milliseconds since 1970
        seconds = int(text) / (1000 if len(text.strip()) == 13 else 1)
        return _from_epoch(seconds, zone)
    if (found := _ISO.match(text)) and (day := _day(found[1], found[2], found[3])):
        if found[4] is None:
            return Moment(day)
        return _moment(day, int(found[4]), int(found[5]), int(found[6] or 0), found[7], zone)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _DOTTED, _SLASHED):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month: int | str
            if pattern is _SLASHED:
                order = ("a", "b") if month_first else ("b", "a")
                month, number = parts[order[0]], parts[order[1]]
                day = _day(parts["year"], month, number) or _day(parts["year"], number, month)
            else:
                month = parts["month"] if parts["month"].isdigit() else _MONTHS[parts["month"].lower().rstrip(".")]
                day = _day(parts["year"], month, parts["day"])
            if day is None:
                continue
            near = text[max(0, match.start() - 30) : match.start()] + " " + text[match.end() : match.end() + 30]
            clock = _CLOCK.search(near)
            if clock is None or int(clock["hour"]) > 23 or int(clock["minute"]) > 59:
                return Moment(day)
            hour = int(clock["hour"])
            if clock["half"]:
                hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
            return _moment(day, hour, int(clock["minute"]), 0, clock["zone"], zone)
    return None


def _from_epoch(seconds: float, zone: ZoneInfo | None) -> Moment:
    at = datetime.fromtimestamp(seconds, UTC)
    return Moment(at.astimezone(zone or UTC).date(), at.replace(tzinfo=None), True, True)


def url_day(url: str) -> date | None:
    """The day in an address like …/2025/04/23/… or …-20250423…, or None."""
    if match := _URL_NAMED.search(url):
        return _day(match["year"], _MONTHS[match["month"].lower()], match["day"])
    for match in _URL_DAY.finditer(url):
        if day := _day(match["year"], match["month"], match["day"]):
            return day
    return None


def url_month(url: str) -> tuple[int, int] | None:
    """(year, month) in an address like …/2025/04/…, or None."""
    if match := re.search(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?=/)", url):
        return int(match[1]), int(match[2])
    return None


def _contradicts(day: date, month: tuple[int, int] | None) -> bool:
    """True when a day is later than the month in the address by more than its first days."""
    return month is not None and (day - timedelta(days=3)).replace(day=1) > date(month[0], month[1], 1)


def _declared(structured: Structured, zone: ZoneInfo | None, last: date) -> tuple[list[Moment], str]:
    warning, found = "", []
    values = [
        plain(node.get(key))
        for node in structured.articles[:1]
        for key in ("datePublished", "dateCreated", "uploadDate")
    ]
    values += [structured.first(name) for name in _PUBLISHED_META]
    if not structured.articles:
        values += [plain(node.get("datePublished")) for node in structured.nodes if node.get("datePublished")]
    for value in values:
        if not value:
            continue
        moment = parse_moment(value, zone)
        if moment and FIRST_DAY <= moment.day <= last:
            found.append(moment)
        else:
            warning = warning or f"declared date {value[:40]!r} cannot be"
    return found, warning


def _shown(tree: Any, zone: ZoneInfo | None, last: date) -> list[Moment]:
    """Dates in <time> elements and in short elements whose class says date, outside lists of other articles."""
    found: list[tuple[int, Moment]] = []
    for element in tree.iter("time", "span", "div", "p", "abbr", "small", "li", "em"):
        label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        is_time = element.tag == "time"
        says_so = _SAYS_PUBLISHED.match(element.text or "") is not None
        if not is_time and not says_so and not _SHOWN.search(label):
            continue
        text = " ".join(element.text_content().split())
        if len(text) > 120 or _UPDATED.match(text) or re.search(r"modif|updated", label, re.I):
            continue
        moment = parse_moment(element.get("datetime") or element.get("content"), zone) or parse_moment(text, zone)
        if moment is None or not FIRST_DAY <= moment.day <= last:
            continue
        if _is_elsewhere(element):
            continue
        rank = (
            0
            if says_so or re.search(r"publish|pubdate|posted", label, re.I) or "pubdate" in element.attrib
            else 1
            if is_time
            else 2
        )
        found.append((rank, moment))
    return [moment for _, moment in sorted(found, key=lambda item: item[0])]


def _is_elsewhere(element: Any) -> bool:
    names = " ".join(f"{a.get('class') or ''} {a.get('id') or ''}" for a in element.iterancestors()).lower()
    return re.search(r"comment|related|sidebar|recommend|most-|popular|teaser|footer|latest|widget", names) is not None


def _alone(tree: Any, zone: ZoneInfo | None, last: date) -> Moment | None:
    """The first date that is all of an element, or stands in a dateline, as ministries print it."""
    for element in tree.iter("p", "span", "div", "li", "td", "em", "strong", "b", "small", "h4", "h5", "h6"):
        text = " ".join((element.text or "").split())
        if (_ONLY_DATE.fullmatch(text) or _DATELINE.match(text)) and not _is_elsewhere(element):
            moment = parse_moment(text[:60], zone)
            if moment and FIRST_DAY <= moment.day <= last:
                return moment
    return None


def find_dates(tree: Any, structured: Structured, url: str, *, zone: ZoneInfo | None = None,
               supplied: Moment | None = None, latest: date | None = None) -> Dates:  # fmt: skip
    """Publication and modification of a page.

    Order: declared (JSON-LD, Open Graph, meta), shown in the page, in the address, supplied from outside (a feed).
    No date after `latest` (the day of fetching plus one) is believed. A declared day later than the address's by more
    than two days is the day of a migration or of the visit: the address wins.
    """
    last = latest or (datetime.now(UTC).date() + timedelta(days=1))
    declared, warning = _declared(structured, zone, last)
    in_url = url_day(url)
    if in_url and not FIRST_DAY <= in_url <= last:
        in_url = None
    modified = None
    for value in [plain(n.get("dateModified")) for n in structured.articles[:1]] + [structured.first(*_MODIFIED_META)]:
        if (moment := parse_moment(value, zone)) and moment.at and FIRST_DAY <= moment.day <= last:
            modified = moment.at
            break
    if declared:
        best = declared[0]
        timed = next((m for m in declared if m.at and abs((m.day - best.day).days) <= 1), None)
        best = best if best.at else timed or best
        if in_url and (best.day - in_url).days > 2:
            return Dates(
                None, in_url, "in_text", modified, f"declared date {best.day} is later than the address's {in_url}"
            )
        month = None if in_url else url_month(url)
        if _contradicts(best.day, month):
            shown = [m for m in _shown(tree, zone, last) if (m.day.year, m.day.month) == month]
            if shown:
                return Dates(shown[0].at, shown[0].day, "in_text", modified, f"declared date {best.day} is too late")
        day = best.day
        if in_url and best.is_utc and zone is None and abs((day - in_url).days) <= 1:
            day = in_url
        return Dates(best.at, day, "metadata", modified, warning)
    shown = _shown(tree, zone, last)
    if in_url:
        near = next((m for m in shown if abs((m.day - in_url).days) <= 1), None)
        return Dates(near.at if near else None, in_url, "in_text", modified, warning)
    if supplied:
        return Dates(supplied.at, supplied.day, "supplied", modified, warning)
    if shown:
        return Dates(shown[0].at, shown[0].day, "in_text", modified, warning)
    alone = _alone(tree, zone, last)
    return (
        Dates(alone.at, alone.day, "in_text", modified, warning)
        if alone
        else Dates(None, None, "unknown", modified, warning)
    )
