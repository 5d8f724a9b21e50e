"""Quotation marks to regions: every convention, and what is no quotation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.language import quotes


def inside(text: str) -> list[str]:
    return [text[r.inner_start : r.inner_end] for r in quotes.find(text) if r.depth == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “No way.” She left.", ["No way."]),
        ('He said: "No way." She left.', ["No way."]),
        ("He said: «No way.» She left.", ["No way."]),
        ("He said: « No way. » She left.", ["No way."]),
        ("He said: »No way.« She left.", ["No way."]),
        ("He said: „No way.“ She left.", ["No way."]),
        ("He said: „No way.” She left.", ["No way."]),
        ("He said: ”No way.” She left.", ["No way."]),
        ("He said: ‘No way.’ She left.", ["No way."]),
        ("He said: 'No way.' She left.", ["No way."]),
        ("He said: ``No way.'' She left.", ["No way."]),
    ],
)
def test_every_convention_gives_the_same_words(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the soldiers’ families and the ’90s",
        "rock 'n' roll isn't dead",
        "the dogs' bowls and the cats' toys",
        'a 12" gun and a 5\'10" man',
        "it’s the commander’s map",
    ],
)
def test_apostrophes_and_inches_open_nothing(text: str) -> None:
    assert inside(text) == []


def test_inner_quotation_has_its_depth() -> None:
    text = "“He told me ‘never again’ and left,” she said."
    found = quotes.find(text)
    assert [(r.depth, text[r.inner_start : r.inner_end]) for r in found] == [
        (0, "He told me ‘never again’ and left,"),
        (1, "never again"),
    ]


def test_plural_possessive_inside_british_quotation() -> None:
    assert inside("‘The soldiers’ demands are just,’ he said.") == ["The soldiers’ demands are just,"]


def test_quotation_over_paragraphs_is_one_that_continues() -> None:
    text = "“One.\n\n“Two,” he said."
    first, second = quotes.find(text)
    assert first.continues
    assert not first.is_closed
    assert second.is_closed
    assert inside(text) == ["One.", "Two,"]


def test_forgotten_closing_mark_ends_at_the_next_opening() -> None:
    assert inside("“We held. “We won,” he said.") == ["We held.", "We won,"]


def test_open_quotation_inside_a_paragraph_ends_with_its_sentence() -> None:
    assert inside("He said: “We held the hill. Later it rained. Nobody came.") == ["We held the hill."]


def test_stray_closing_mark_is_ignored() -> None:
    assert inside("We held the hill,” he said. “We won.”") == ["We won."]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab .,\n“”\"'’‘«»„‹›`s1—🕊é\u0301\r")), max_size=60))
def test_any_marks_give_regions_in_bounds(text: str) -> None:
    for region in quotes.find(text):
        assert 0 <= region.start <= region.inner_start < region.inner_end <= region.end <= len(text)
    assert len(quotes.normalise(text)) == len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_no_exception(text: str) -> None:
    assert len(quotes.normalise(text)) == len(text)


WORDS = st.lists(st.sampled_from(["peace", "war", "it’s", "5", "talks."]), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3))
def test_same_article_in_other_marks_has_the_same_regions(parts: list[tuple[str, str]]) -> None:
    def render(left: str, right: str) -> str:
        return " ".join(f"{before} {left}{words}{right} then." for before, words in parts)

    spans = [[(r.start, r.end) for r in quotes.outermost(quotes.find(render(*m)))] for m in ("“”", '""', "«»")]
    assert spans[0] == spans[1] == spans[2]
