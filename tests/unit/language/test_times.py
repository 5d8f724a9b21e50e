"""Time expressions: window, precision and anchor with the tense of their clause. Not here: which event a time dates."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.language import clauses, time_patterns, times
from flows.language.parse import parse_text

TUESDAY = date(2031, 4, 22)
D = date


def one(text: str, published: date | None = TUESDAY) -> tuple[date | None, date | None, str, str]:
    """The only time of a text, as (from, to, precision, anchor)."""
    rows = times.mark(parse_text(text, published=published))
    assert len(rows) == 1, [r["text"] for r in rows]
    return rows[0]["from_date"], rows[0]["to_date"], rows[0]["precision"], rows[0]["anchor"]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "anchor"),
    [
        ("The envoys will meet in Bern on Wednesday.", D(2031, 4, 23), D(2031, 4, 23), "day", "publication"),
        ("The envoys met in Bern on Wednesday.", D(2031, 4, 16), D(2031, 4, 16), "day", "publication"),
        ("The envoys are scheduled to meet on Friday.", D(2031, 4, 25), D(2031, 4, 25), "day", "publication"),
        ("The envoys plan to meet on Friday.", D(2031, 4, 25), D(2031, 4, 25), "day", "publication"),
        ("The minister pulled out of Thursday's talks.", D(2031, 4, 24), D(2031, 4, 24), "day", "publication"),
        ("The minister spoke on Tuesday.", TUESDAY, TUESDAY, "day", "publication"),
        ("The envoys met last Friday.", D(2031, 4, 18), D(2031, 4, 18), "day", "publication"),
        ("They will meet next Monday.", D(2031, 4, 28), D(2031, 4, 28), "day", "publication"),
        ("They met earlier this month.", D(2031, 4, 1), D(2031, 4, 21), "month", "publication"),
        ("She would travel there later this week, he said.", D(2031, 4, 22), D(2031, 4, 27), "week", "publication"),
        ("Talks will resume next week.", D(2031, 4, 28), D(2031, 5, 4), "week", "publication"),
        ("Talks broke down last month.", D(2031, 3, 1), D(2031, 3, 31), "month", "publication"),
        ("The truce ended in late March.", D(2031, 3, 21), D(2031, 3, 31), "month", "publication"),
        ("The paper was signed on April 22.", TUESDAY, TUESDAY, "day", "publication"),
        ("The paper was signed on April 11, 2029.", D(2029, 4, 11), D(2029, 4, 11), "day", "explicit"),
        ("The paper was signed on 11 April 2029.", D(2029, 4, 11), D(2029, 4, 11), "day", "explicit"),
        ("Lorvia annexed the port in 2022.", D(2022, 1, 1), D(2022, 12, 31), "year", "explicit"),
        ("The war broke out in February 2029.", D(2029, 2, 1), D(2029, 2, 28), "month", "explicit"),
        ("They met three days ago.", D(2031, 4, 19), D(2031, 4, 19), "day", "publication"),
        ("They met yesterday.", D(2031, 4, 21), D(2031, 4, 21), "day", "publication"),
        ("The port is closed right now.", TUESDAY, TUESDAY, "approx_day", "publication"),
        ("The guns fell silent for three days.", None, None, "unknown", "none"),
        ("They met on 2030-02-03.", D(2030, 2, 3), D(2030, 2, 3), "day", "explicit"),
        ("A vote took place the following day.", None, None, "unknown", "other_event"),
    ],
)
def test_window_follows_tense(text: str, first: date | None, last: date | None, precision: str, anchor: str) -> None:
    assert one(text) == (first, last, precision, anchor)


def test_since_leaves_the_end_open() -> None:
    first, last, precision, _ = one("The crossing has been shut since March 2029.")
    assert (first, last, precision) == (D(2029, 3, 1), None, "month")


def test_before_leaves_the_beginning_open() -> None:
    first, last, precision, _ = one("The troops must leave before May 1.")
    assert (first, last, precision) == (None, D(2031, 4, 30), "on_or_before")


@pytest.mark.parametrize(
    "text",
    [
        "Lorvia may scale back its demands.",
        "Crowds march on the palace.",
        "About 2000 people fled.",
        "He won the second round.",
    ],
)
def test_words_that_are_no_times(text: str) -> None:
    assert times.mark(parse_text(text, published=TUESDAY)) == []


@pytest.mark.parametrize(
    "text", ["They met on Wednesday.", "They met last month.", "They met on April 11.", "They met yesterday."]
)
def test_without_a_day_of_publication_a_missing_date_stays_missing(text: str) -> None:
    assert one(text, None)[:3] == (None, None, "unknown")


def test_without_a_day_of_publication_absolute_dates_resolve() -> None:
    assert one("They met on April 11, 2029.", None)[0] == D(2029, 4, 11)


def test_inside_a_quote_the_utterance_is_the_anchor() -> None:
    rows = times.mark(parse_text("“We will sign it tomorrow,” the minister said on Sunday.", published=TUESDAY))
    assert rows[0]["anchor"] == "utterance"


def test_attach_gives_each_time_its_nearest_clause() -> None:
    document = parse_text("Akerele said on Monday that the envoys would meet on Friday.", published=TUESDAY)
    rows = times.mark(document)
    found, _ = clauses.mark(document, [], [])
    times.attach(rows, found)
    lemma = {c["clause_number"]: c["lemma"] for c in found}
    assert [lemma[r["clause_number"]] for r in rows] == ["say", "meet"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.one_of(st.none(), st.dates()))
def test_any_text_and_any_day_give_rows_and_no_exception(text: str, published: date | None) -> None:
    for row in times.mark(parse_text(f"They met on Friday, {text} ago last week.", published=published)):
        assert row["from_date"] is None or row["to_date"] is None or row["from_date"] <= row["to_date"]


PHRASES = st.sampled_from(
    """since until by from as|of early on between may Jan. monday 12 3rd 2024 in last next this the coming start middle
    end mid late spring about some more|than a couple|of few several two hours weeks ago later before previous same day
    that following with within ahead during for past today tonight right|now moment weekend recently soon its his
    2024-05-06 at said talks %""".split()  # noqa: SIM905
)


@given(st.lists(PHRASES, max_size=12).map(lambda words: " ".join(words).replace("|", " ")))
@settings(max_examples=300)
def test_the_look_at_the_first_word_loses_no_time(text: str) -> None:
    whole = re.compile(time_patterns.PATTERN.pattern.replace(f"(?={time_patterns.FIRST})", ""), re.IGNORECASE)
    spans = [match.span() for match in time_patterns.PATTERN.finditer(text)]
    assert spans == [match.span() for match in whole.finditer(text)]
