"""Repeated lines go; prose stays, whatever words it holds."""

from __future__ import annotations

import pytest

from flows.clean.boilerplate import is_boilerplate, remove_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Ministers meet again in May",
        "ADVERTISEMENT",
        "Sign up for our morning newsletter",
        "Follow us on Telegram and X",
        "Related articles",
        "© 2025 The Weir Post",
        "12 Comments",
        "Share this story on WhatsApp",
        "4 min read",
        "Reporting by Ann Moss; Editing by Bo Lind",
        "Published on 22 April 2025 at 10:15",
        "- - -",
    ],
)
def test_lines_that_pages_repeat(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "The minister shared the document with reporters.",
        "“Read more and talk less,” the envoy told the delegates who had waited since the morning in the hall.",
        "Ukraine will subscribe to the agreement only after a ceasefire, the president said.",
        "Related to this is the question of guarantees, which was not on the table on Tuesday.",
        "Advertisements for the army now hang in every station of the capital.",
        "Photographs of the meeting were published on Tuesday.",
    ],
)
def test_prose_stays(line: str) -> None:
    assert not is_boilerplate(line)


def test_head_and_tail_are_trimmed() -> None:
    lines = [
        "Envoys leave without a date",
        "Diplomacy",
        "Ann Moss in Geneva",
        "22 April 2025, 18:20",
        "The envoys left Geneva on Tuesday without a date for the next round.",
        "Both sides said that they would write to the mediators.",
        "Most read",
        "Rail strike ends",
        "Harvest delayed by rain",
    ]
    kept = remove_boilerplate(lines, "Envoys leave without a date", ("Ann Moss",), "Diplomacy")
    assert kept == lines[4:6]


def test_a_text_of_one_label_is_not_emptied() -> None:
    assert remove_boilerplate(["Talks go on"]) == ["Talks go on"]
