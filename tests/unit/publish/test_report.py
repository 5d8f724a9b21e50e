"""The report page: whole, self-contained, within its size, and deaf to what an article tells it to do.

Not here: how it looks and behaves in a browser (tests/integration/test_report_browser.py).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.publish.report import write_report
from flows.publish.report.axis import TimeAxis
from flows.publish.report.evidence import link
from flows.publish.report.limits import Limits
from flows.publish.report.meetings import title_of
from flows.publish.report.page import FOLDER, render
from flows.publish.report.reader import shorten
from flows.publish.report.words import span
from flows.settings import Settings
from tests.fixtures.published import build, key, many

HOSTILE = (
    "</script><script>window.hit=1</script><img src=x onerror=window.hit=2>\" onclick='window.hit=3' "
    "<!-- {{ 7*7 }} {% raw %} ]]> javascript:window.hit=4 \u2028 &amp; '; drop table events; -- [bold]x[/] =1+1 :smile:"
)
SECTIONS = ["week", "board", "steps", "distance", "meetings", "breakers", "statements", "guide"]


class Page(HTMLParser):
    """What a browser would make of the page: elements with attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text = ""
        self._open: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._open = tag
            self.raw.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw[-1] = (self._open, self.raw[-1][1] + data)
        else:
            self.text += data

    def ids(self) -> set[str | None]:
        return {attributes.get("id") for _, attributes in self.elements}

    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(next(text for _, text in self.raw if text.startswith("{")))
        return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("published") / "communique.duckdb")


@pytest.fixture(scope="module")
def html(published: Path) -> str:
    return render(published)


def test_all_parts_are_there(html: str) -> None:
    page = Page(html)
    assert page.ids() >= set(SECTIONS)
    assert "What changed in the week to 26 Apr 2025" in page.text
    assert "9 moves by 5 parties: 3 concessions, 2 new positions and 1 rejected." in page.text


def test_the_page_is_written_whole_and_again_the_same(published: Path, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = write_report(settings, tmp_path / "new" / "report.html", published).read_bytes()
    again = write_report(settings, tmp_path / "new" / "report.html", published).read_bytes()
    assert first == again
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["report.html"]


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="communique run"):
        write_report(Settings(data_dir=tmp_path), tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_an_empty_warehouse_is_a_page_too(tmp_path: Path) -> None:
    page = Page(render(build(tmp_path / "empty.duckdb", empty=True)))
    assert page.ids() >= set(SECTIONS)
    assert "No move is known yet" in page.text
    assert page.data()["facts"] == {}


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    page = Page(html)
    loading = {"img", "link", "iframe", "object", "embed", "video", "audio", "source", "base", "form-action"}
    assert not loading & {tag for tag, _ in page.elements}
    assert not [a for _, a in page.elements if "src" in a or "srcset" in a or "style" in a or "action" in a]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", "".join(text for _, text in page.raw[:1]))
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(|Function\(", page.raw[-1][1])
    followed = [a["href"] or "" for tag, a in page.elements if tag == "a"]
    assert all(href.startswith(("#", "https://")) for href in followed)


def test_the_policy_allows_its_own_two_blocks_alone(html: str) -> None:
    page = Page(html)
    policy = next(a["content"] or "" for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    style, _, script = (text for _, text in page.raw)
    for text in (style, script):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_words_stay_words(tmp_path: Path, html: str) -> None:
    hostile = Page(render(build(tmp_path / "hostile.duckdb", hostile=HOSTILE)))
    tame = Page(html)
    assert {tag for tag, _ in hostile.elements} == {tag for tag, _ in tame.elements}
    assert not [a for _, a in hostile.elements if any(name.startswith("on") for name in a)]
    assert len(hostile.raw) == 3
    assert hostile.raw[2] == tame.raw[2]  # the script is the page's own, to the letter
    words = [text for fact in hostile.data()["facts"].values() for _, text, _ in fact.get("excerpts", [])]
    assert HOSTILE in words


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://news.example/a?b=c", True),
        ("http://news.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("urn:communique:0123456789abcdef", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, followed: bool) -> None:
    assert link(url) == (url if followed else None)


def test_every_mark_leads_to_evidence(html: str) -> None:
    page = Page(html)
    data = page.data()
    targets = {(a["href"] or "")[1:] for tag, a in page.elements if tag == "a" and (a["href"] or "").startswith("#")}
    facts = {t for t in targets if t.split("-")[0] in ("change", "position", "event", "statement")}
    assert facts
    assert facts <= set(data["facts"])
    for anchor in facts:
        fact = data["facts"][anchor]
        assert fact["excerpts"], anchor
        assert all(document in data["documents"] for _, _, document in fact["excerpts"])
        assert data["chains"][fact["chain"]]["hops"]


def test_a_chain_is_told_hop_by_hop(html: str) -> None:
    chain = Page(html).data()["chains"][key("sc-line")]
    assert [hop[1] for hop in chain["hops"]] == ["The Dnipro Ledger", "Harbour Wire", "people familiar with the talks"]
    assert chain["grade"] == "C"


def test_reserved_words_are_not_shown(tmp_path: Path) -> None:
    path = build(tmp_path / "reserved.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("update documents set rights = 'metadata_only'")
        connection.execute("update evidence set text = null")
        connection.execute("update statements set text = null")
    page = Page(render(path))
    assert page.text.count("The outlet reserves its words") == 9 + 12  # moves of the week, statements shown
    assert not re.search(r"“(None)?”", page.text)
    assert all(text is None for fact in page.data()["facts"].values() for _, text, _ in fact["excerpts"])


def test_public_and_reported_positions_stand_side_by_side(html: str) -> None:
    row = html[html.index("The parts of the four regions that Ukraine holds", html.index('id="board"')) :]
    cell = row[: row.index("</td>")]
    public, reported = "Claimant gets every area it claims", "Current line is the settlement line"
    assert cell.index(public) < cell.index(reported) < cell.index("by report")
    assert 'class="ring"' in cell


def test_the_distance_is_counted_on_the_scale(html: str) -> None:
    part = html[html.index('id="distance"') : html.index('id="meetings"')]
    row = part[part.index("The parts of the four regions that Ukraine holds") :]
    row = row[: row.index("</tr>")]
    assert "<b>5</b> of 6" in row  # all claimed (5) against full restoration (0), known on the wider scope
    assert "by report 3" in row
    assert "wider scope: Donetsk, Luhansk, Kherson and Zaporizhzhia regions" in row


def test_meetings_stand_under_their_status(html: str) -> None:
    part = html[html.index('id="meetings"') : html.index('id="breakers"')]
    planned, held, off = part.split("<h3>")[1:]
    assert "Talks: Russia and Ukraine" in planned
    assert "held at a lower level" in held
    assert "stayed away: Marco Rubio and Steve Witkoff" in held
    assert "postponed" in off


def test_a_plan_whose_day_has_passed_says_so(tmp_path: Path) -> None:
    path = build(tmp_path / "passed.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("update events set status = 'planned' where title like 'Witkoff visits%'")
        connection.execute("delete from evidence where fact_table = 'events'")
        connection.execute("update event_mentions set initiator_text = 'The envoy', target_text = 'the Kremlin'")
    html = render(path)
    part = html[html.index('id="meetings"') : html.index('id="breakers"')]
    ahead, passed = part.split("<li")[1:3]
    assert "Istanbul" in ahead
    assert "no report" not in ahead
    assert "Moscow" in passed
    assert "no report that it took place" in passed
    excerpts = Page(html).data()["facts"][f"event-{key('e-kremlin')}"]["excerpts"]
    assert [text for _, text, _ in excerpts] == ["The envoy … visit … the Kremlin"]


def test_a_scoop_belongs_to_the_outlet_it_goes_back_to(html: str) -> None:
    part = html[html.index('id="breakers"') : html.index('id="statements"')]
    assert part.index("Harbour Wire") < part.index("The Dnipro Ledger")
    assert "over all moves it is <b>1.8</b>" in part


@pytest.mark.slow
def test_a_large_warehouse_stays_small_on_the_page(tmp_path: Path) -> None:
    html = render(many(tmp_path / "many.duckdb", statements=1_000_000, changes=20_000))
    assert len(html.encode()) < 5_000_000
    assert "more older statements are in the published tables" in html
    assert len(Page(html).data()["statements"]) == Limits().statements


def test_rows_beyond_the_limits_are_counted(published: Path) -> None:
    html = render(published, Limits(week_changes=2, board_rows=1, charts=1, meetings=1, outlets=1, statements=3))
    assert "7 more moves of this week are in the published tables." in html
    assert "9 more lines are in the published tables." in html
    assert "4 more meetings are in the published tables." in html
    assert "11 more older statements are in the published tables." in html


def test_a_move_that_another_followed_keeps_its_mark_and_its_line(tmp_path: Path) -> None:
    """Superseded means followed, not withdrawn: a chart of the last moves alone would tell no story."""
    path = build(tmp_path / "followed.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("update proposal_changes set superseded_by_change_id = 'later'")
        connection.execute("update positions set known_to_at = timestamp '2025-04-27' where valid_to_date is not null")
    followed, plain = render(path), render(build(tmp_path / "plain.duckdb"))
    for part in ('class="line ', 'href="#m-concession"', '<h2 class="reading">'):
        assert followed.count(part) == plain.count(part) > 0


def test_the_axis_breaks_where_years_lie_before_a_busy_spring() -> None:
    last = date(2025, 5, 25)
    axis = TimeAxis.over([date(2022, 3, 29), date(2025, 3, 11), last], last, 0, 100)
    assert axis.turn is not None
    assert axis.x(date(2022, 3, 29)) == 0
    assert axis.x(axis.turn) == axis.turn_x == 20
    assert axis.x(last) == 100
    assert axis.ticks()[0] == (0, "2022")
    assert TimeAxis.over([date(2025, 3, 11)], last, 0, 100).turn is None


def test_the_break_leaves_most_days_on_the_wide_part() -> None:
    last = date(2026, 6, 30)
    early = [date(2022, 3, 29), date(2023, 5, 1), date(2024, 9, 1)]
    busy = [date(2025, 1, 10) + timedelta(days=10 * n) for n in range(40)]
    axis = TimeAxis.over([*early, *busy], last, 0, 100)
    assert axis.turn is not None
    assert sum(day >= axis.turn for day in busy) > len(busy) / 2
    assert axis.x(busy[-1]) - axis.x(axis.turn) > 40
    even = [date(2022, 1, 1) + timedelta(days=60 * n) for n in range(27)]
    assert TimeAxis.over(even, last, 0, 100).turn in (None, last - timedelta(days=900))


def test_the_charts_say_what_lies_before_the_break(tmp_path: Path) -> None:
    path = build(tmp_path / "old.duckdb")
    assert "Time runs faster" not in render(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update positions set valid_from_date = date '2021-05-01' where conflict_key = 'ukr-rus' "
            "and issue_key = 'ceasefire' and valid_from_date = date '2025-03-04'"
        )
    assert re.search(r"Time runs faster left of the dotted line: 1 position from 2021 to \d+ \w+ 20", render(path))


@pytest.mark.parametrize(
    ("title", "place", "told"),
    [
        ("talks, London, 2025-04-23, postponed", "London", "Talks in London"),
        ("talks, planned", None, "Talks (the texts name no parties)"),
        ("talks between the two envoys, 2025-04-23", "London", "Talks between the two envoys"),
    ],
)
def test_a_meeting_of_nobody_known_has_its_place(title: str, place: str | None, told: str) -> None:
    assert title_of({"event_type": "talks", "title": title, "place_name": place}, []) == told


def test_a_report_that_says_what_is_said_in_public_says_which(tmp_path: Path) -> None:
    path = build(tmp_path / "same.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update positions as p set level = o.level from positions as o "
            "where o.voice = 'official' and o.is_current and p.voice != 'official' "
            "and (p.actor_id, p.issue_key, p.scope_key) = (o.actor_id, o.issue_key, o.scope_key)"
        )
    page = render(path)
    assert "The same</a>" not in page
    assert re.search(r'</a> <span class="how">as in public, by report', page)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read_on_the_paper(scheme: int) -> None:
    css = (FOLDER / "report.css").read_text(encoding="utf8")
    colours = {name: pair[scheme] for name, *pair in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", css)}
    assert {"paper", "ink", "soft", "link", "alarm", "c1", "c2", "c3", "c4", "c5"} <= set(colours)
    for name in set(colours) - {"paper", "raised", "rule"}:
        lighter, darker = sorted((luminance(colours[name]), luminance(colours["paper"])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, name  # WCAG 2.2, 1.4.3


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        (date(2025, 4, 1), date(2025, 4, 21), "month", "1–21 Apr 2025"),
        (None, date(2025, 4, 22), "on_or_before", "on or before 22 Apr 2025"),
        (date(2025, 4, 22), date(2025, 4, 22), "approx_day", "about 22 Apr 2025"),
        (date(2025, 3, 30), date(2025, 4, 2), "week", "30 Mar 2025 – 2 Apr 2025"),
        (None, None, "unknown", "date not given"),
    ],
)
def test_dates_are_no_more_exact_than_the_text(
    first: date | None, last: date | None, precision: str, words: str
) -> None:
    assert span(first, last, precision) == words


def test_long_words_are_cut_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two …"
    assert shorten("short", 9) == "short"
    assert shorten(None, 9) is None
