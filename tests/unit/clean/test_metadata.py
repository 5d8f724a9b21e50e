"""Title, authors and dates as pages declare and show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from flows.clean.dates import Moment, find_dates, parse_moment, url_day, zone_of
from flows.clean.extract import parse_page
from flows.clean.metadata import Hints, Metadata, declared_url, read_metadata
from flows.clean.structured import read_structured
from flows.clean.titles import strip_site_name

URL = "https://weir-post.example/world/story"


def _read(head: str = "", body: str = "", url: str = URL, **hints: Any) -> Metadata:
    tree = parse_page(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>")
    assert tree is not None
    return read_metadata(tree, url, Hints(**hints))


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Talks resume in Doha | The Weir Post", "Talks resume in Doha"),
        ("The Weir Post :: Talks resume in Doha", "Talks resume in Doha"),
        ("Talks resume in Doha – World – Weir Post", "Talks resume in Doha – World"),
        ("Talks resume - and stop again", "Talks resume - and stop again"),
        ("Minister: no deal without Weir", "Minister: no deal without Weir"),
        ("Talks resume in Doha | Middle East | The Weir Post", "Talks resume in Doha"),
        ("Talks resume in Doha | Middle East", "Talks resume in Doha | Middle East"),
        ("Talks resume in Doha: The Weir Post", "Talks resume in Doha"),
        ("Talks resume in Doha — Weir Post World News", "Talks resume in Doha"),
    ],
)
def test_the_site_is_taken_off_the_title_and_nothing_else(given: str, expected: str) -> None:
    assert strip_site_name(given, {"theweirpost"}) == expected


def test_the_headline_is_the_heading_that_agrees_with_what_is_declared() -> None:
    head = (
        "<title>Talks resume in Doha after a week | Weir</title><meta "
        'property="og:title" content="Talks resume in Doha">'
    )
    body = "<h1>World news</h1><h1>Talks resume in Doha after a week</h1>"
    assert _read(head, body).title == "Talks resume in Doha after a week"


def test_a_heading_about_something_else_does_not_win_over_what_is_declared() -> None:
    head = '<meta property="og:title" content="Talks resume in Doha"><title>Talks resume in Doha</title>'
    assert _read(head, "<h1>“Why is nobody watering these poor plants?”</h1>").title == "Talks resume in Doha"


AUTHORS = {
    "a list of people": (
        _json_ld('{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ann Moss"},{"name":"Bo Lind"}]}'),
        "",
        ("Ann Moss", "Bo Lind"),
    ),
    "a reference to another node": (
        _json_ld('{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@id":"#p","name":"Ann Moss"}]}'),
        "",
        ("Ann Moss",),
    ),
    "one meta value for three": (
        '<meta name="author" content="By Ann Moss, Bo Lind and Cy Dahl">',
        "",
        ("Ann Moss", "Bo Lind", "Cy Dahl"),
    ),
    "a byline in capitals with its agency": (
        "",
        '<div class="byline">By ANN MOSS and BO LIND<br>Associated Press</div>',
        ("Ann Moss", "Bo Lind", "Associated Press"),
    ),
    "a place behind the name": ("", '<p class="author">Ann Moss in Geneva</p>', ("Ann Moss",)),
    "a definition list": ("", "<dl><dt>Written by</dt><dd>Ann Moss</dd></dl>", ("Ann Moss",)),
    "an address is no name": ('<meta property="article:author" content="https://social.example/weir">', "", ()),
    "a phrase is no name": ("", '<div class="byline">The Russian and Syrian defence ministries</div>', ()),
    "a byline that knows more than the metadata": (
        _json_ld('{"@type":"NewsArticle","author":"Ann Moss"}'),
        '<span class="author">Ann Moss</span> and <span class="author">Bo Lind</span>',
        ("Ann Moss", "Bo Lind"),
    ),
}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reuters Staff", ("Reuters",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("Ann Moss, AP", ("Ann Moss", "AP")),
        ("Ann Moss with AFP", ("Ann Moss", "AFP")),
        ("ann.moss@news.example (Ann Moss)", ("Ann Moss",)),
        ("Ann Moss @annmoss", ("Ann Moss",)),
        ("Ann Moss, PhD", ("Ann Moss",)),
        ("Ann Moss, Defence and security editor", ("Ann Moss",)),
        ("Ann Moss Middle East correspondent", ("Ann Moss",)),
        ("Chief political correspondent Ann Moss", ("Ann Moss",)),
        ("Ann Moss is a reporter in Geneva", ("Ann Moss",)),
        ("Reporting by Ann Moss in Geneva; Editing by Bo Lind", ("Ann Moss",)),
        ("Ann Moss and news agencies", ("Ann Moss",)),
        ("Ann Moss and Bo Lind for the Weir", ("Ann Moss", "Bo Lind")),
    ],
)
def test_what_stands_around_a_name_is_no_name(line: str, expected: tuple[str, ...]) -> None:
    assert _read(f'<meta name="author" content="{line}">', "").authors == expected


@pytest.mark.parametrize(("head", "body", "expected"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors(head: str, body: str, expected: tuple[str, ...]) -> None:
    assert _read(head, body).authors == expected


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2025-04-22T23:30:00-04:00", date(2025, 4, 22), datetime(2025, 4, 23, 3, 30)),
        ("2025-04-22", date(2025, 4, 22), None),
        ("20250422T101500Z", date(2025, 4, 22), datetime(2025, 4, 22, 10, 15)),
        ("1745317800", date(2025, 4, 22), datetime(2025, 4, 22, 10, 30)),
        ("April 22, 2025 at 6:05 p.m. EDT", date(2025, 4, 22), datetime(2025, 4, 22, 22, 5)),
        ("22 April 2025, 18:20 (MSK)", date(2025, 4, 22), datetime(2025, 4, 22, 15, 20)),
        ("Tuesday 22nd April 2025", date(2025, 4, 22), None),
        ("22.04.2025", date(2025, 4, 22), None),
        ("4/22/2025", date(2025, 4, 22), None),
        ("22/4/2025", date(2025, 4, 22), None),
    ],
)
def test_dates_are_read_with_their_zone(text: str, day: date, at: datetime | None) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert (moment.day, moment.at) == (day, at)


@pytest.mark.parametrize("text", ["", "yesterday", "2025-02-30", "99 April 2025", "April 2025", "12:30"])
def test_what_is_no_date_stays_none(text: str) -> None:
    assert parse_moment(text) is None


def test_a_time_without_zone_is_read_in_the_outlets_own() -> None:
    moment = parse_moment("2025-04-22T01:30:00", zone_of("Europe/Kyiv"))
    assert moment == Moment(date(2025, 4, 22), datetime(2025, 4, 21, 22, 30))


def test_the_day_is_the_outlets_own_when_the_time_is_in_utc() -> None:
    dates = _read(
        '<meta property="article:published_time" content="2025-04-22T22:30:00Z">', time_zone="Europe/Kyiv"
    ).dates
    assert (dates.published_date, dates.published_at) == (date(2025, 4, 23), datetime(2025, 4, 22, 22, 30))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2025/04/22/story", date(2025, 4, 22)),
        ("https://a.example/news/story-20250422", date(2025, 4, 22)),
        ("https://a.example/world/2025/apr/22/story", date(2025, 4, 22)),
        ("https://a.example/story-1234567890", None),
        ("https://a.example/2025/13/45/story", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert url_day(url) == day


@pytest.mark.parametrize("wrong", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2199-01-01", "soon"])
def test_a_declared_date_that_cannot_be_gives_way_to_the_shown_one(wrong: str) -> None:
    head = _json_ld(f'{{"@type":"NewsArticle","datePublished":"{wrong}"}}')
    dates = _read(head, '<div class="display-date">April 22, 2025 at 1:45 p.m. EDT</div>').dates
    assert (dates.published_at, dates.published_basis if hasattr(dates, "published_basis") else dates.basis) == (
        datetime(2025, 4, 22, 17, 45),
        "in_text",
    )
    assert "cannot be" in dates.warning


@pytest.mark.parametrize(
    "body",
    [
        "<div class='meta'>Updated April 25, 2025 <span>Published April 22, 2025</span></div>",
        "<p>22 April 2025</p><p>The ministry said on 3 March 2024 that it would wait.</p>",
        "<p>Oslo, 22 April 2025 – The ministry said so.</p>",
        "<div>Tuesday, April 22, 2025</div>",
    ],
)
def test_a_day_that_only_readers_see(body: str) -> None:
    dates = _read("", body).dates
    assert (dates.published_date, dates.basis) == (date(2025, 4, 22), "in_text")


def test_a_day_in_a_sentence_is_no_day_of_publication() -> None:
    assert _read("", "<p>The ministry said on 3 March 2024 that it would wait.</p>").dates.published_date is None


def test_the_address_overrules_a_date_of_migration() -> None:
    head = '<meta property="article:published_time" content="2024-02-19T10:00:00Z">'
    dates = _read(head, url="https://a.example/2023/07/19/story").dates
    assert (dates.published_date, dates.basis) == (date(2023, 7, 19), "in_text")
    shown = _read(head, "<time>July 19, 2023</time>", url="https://a.example/news/2023/07/story").dates
    assert shown.published_date == date(2023, 7, 19)


def test_dates_of_other_articles_and_comments_do_not_count() -> None:
    body = (
        '<div class="related"><time datetime="2024-01-01">1 Jan</time></div><div '
        'class="comment"><time>2024-02-02</time></div>'
    )
    assert _read("", body).dates.basis == "unknown"


def test_what_a_feed_says_fills_the_gap_and_no_more() -> None:
    supplied = Moment(date(2025, 4, 21), datetime(2025, 4, 21, 9))
    assert _read("", published=supplied).dates.basis == "supplied"
    head = '<meta property="article:published_time" content="2025-04-22T10:00:00Z">'
    assert _read(head, published=supplied).dates.published_date == date(2025, 4, 22)


def test_no_page_is_younger_than_its_visit() -> None:
    tree = parse_page('<html><head><meta name="date" content="2025-04-25"></head><body>x</body></html>')
    dates = find_dates(tree, read_structured(tree), URL, latest=date(2025, 4, 23))
    assert dates.published_date is None


def test_a_saved_page_names_its_own_address() -> None:
    assert (
        declared_url(b"<html><head><link rel='canonical' href='https://a.example/x?a=1&amp;b=2'>")
        == "https://a.example/x?a=1&b=2"
    )
    assert declared_url("<p>nothing</p>") is None
