"""Names, offices, nominals and places: what is marked, how it is labelled, and that offsets are exact."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.language import mentions
from flows.language.parse import parse_text

Row = dict[str, Any]


@lru_cache(maxsize=64)
def marked(text: str) -> list[Row]:
    """The mention rows of a text."""
    return mentions.mark(parse_text(text))


def at(text: str, surface: str, nth: int = 0) -> Row:
    """The nth mention with this surface."""
    return [r for r in marked(text) if r["surface"] == surface][nth]


LORVIA = (
    "Lorvian Defence Minister Tomas Akerele met his Qandari counterpart on Monday. Akerele said Lorvia would keep its "
    "forces in the Tessel valley. Qandar's President Mira Oduya rejected the plan."
)


def test_title_in_front_fills_the_role_of_the_name() -> None:
    row = at(LORVIA, "Tomas Akerele")
    assert (row["label"], row["role_noun"], row["role_of_text"]) == ("PERSON", "defence minister", "Lorvian")
    assert at(LORVIA, "Mira Oduya")["role_of_text"] == "Qandar"


def test_unknown_country_and_its_demonym_are_told_apart_by_their_stem() -> None:
    assert at(LORVIA, "Lorvian")["mention_type"] == "demonym"
    assert at(LORVIA, "Lorvia")["label"] == "GPE"
    assert at(LORVIA, "Lorvian")["entity_number"] == at(LORVIA, "Lorvia")["entity_number"]


def test_surname_has_the_label_of_the_full_name() -> None:
    assert at(LORVIA, "Akerele")["label"] == "PERSON"
    assert at(LORVIA, "Akerele")["entity_name"] == "Tomas Akerele"


def test_landscape_is_a_place_whatever_the_recogniser_says() -> None:
    assert at(LORVIA, "Tessel")["is_place"]


OFFICES = [
    ("Steve Witkoff, Trump's special envoy, left.", "Trump's special envoy", "special envoy", "Trump", None),
    ("Trump's envoy to Ukraine, Keith Kellogg, will attend.", "Keith Kellogg", "envoy", "Trump", "Ukraine"),
    ("Putin's spokesman Dmitry Peskov confirmed it.", "Dmitry Peskov", "spokesman", "Putin", None),
    ("US Secretary of State Marco Rubio stayed away.", "Marco Rubio", "foreign minister", "US", None),
    ("Macron's military adviser flew home.", "Macron's military adviser", "adviser", "Macron", None),
    ("Prime Minister Lena Vorak of Drovia rejected it.", "Lena Vorak", "prime minister", "Drovia", None),
    ("The spokeswoman for the Lorvian navy spoke.", "The spokeswoman for the Lorvian navy", "spokesman", "navy", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "noun", "owner", "topic"), OFFICES)
def test_offices(text: str, surface: str, noun: str, owner: str, topic: str | None) -> None:
    row = at(text, surface)
    assert (row["role_noun"], row["role_of_text"], row["role_topic_text"]) == (noun, owner, topic)


PLACES = [
    ("The envoy arrived in Moscow on Friday.", "Moscow", True),
    ("The envoy will visit Moscow next week.", "Moscow", True),
    ("Ministers flew to Kyiv overnight.", "Kyiv", True),
    ("Moscow could give up its claims.", "Moscow", False),
    ("The towns are still under Kyiv's control.", "Kyiv", False),
    ("There is a lot of pressure on Kyiv to agree.", "Kyiv", False),
    ("They demanded sanctions relief for Moscow.", "Moscow", False),
    ("Washington warned Beijing on Tuesday.", "Beijing", False),
    ("Talks were held in Jeddah.", "Jeddah", True),
]


@pytest.mark.parametrize(("text", "name", "is_place"), PLACES)
def test_a_city_or_its_government(text: str, name: str, is_place: bool) -> None:
    assert at(text, name)["is_place"] is is_place


ANONYMOUS = [
    ("Officials briefed on the matter declined to give details.", "Officials briefed on the matter", True),
    ("“It will be slow,” one European official said.", "one European official", True),
    ("The plan was dropped, according to US and European officials.", "US and European officials", True),
    ("Individuals familiar with the talks described the offer.", "Individuals familiar with the talks", True),
    ("Ukrainian officials are scheduled to meet in London.", "Ukrainian officials", False),
    ("The official added that the talks went on.", "The official", False),
]


@pytest.mark.parametrize(("text", "surface", "is_anonymous"), ANONYMOUS)
def test_unnamed_sources(text: str, surface: str, is_anonymous: bool) -> None:
    assert at(text, surface)["is_anonymous"] is is_anonymous


@pytest.mark.parametrize("name", ["Bui Thanh Son", "Asim Munir"])
def test_names_keep_their_words_and_take_no_adverb(name: str) -> None:
    text = f"{name} said the road would stay open. Later {name} met reporters in the capital."
    assert [r["char_end"] - r["char_start"] for r in marked(text) if r["mention_type"] == "name"] == [len(name)] * 2


def test_words_in_lower_case_are_no_acronyms() -> None:
    assert not [r for r in marked("They told us who may march on.") if r["mention_type"] == "name"]


def test_title_case_headline_makes_no_names_of_plain_words() -> None:
    text = (
        "Governor Proposes Halting Advance Along Current Line\n\nThe governor spoke at length on Monday about the line."
    )
    assert not {r["surface"] for r in marked(text)} & {"Proposes", "Halting", "Advance", "Current", "Line"}


@pytest.fixture(scope="module", autouse=True)
def _pipeline() -> None:
    parse_text("Warm.")


PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["Putin", "the Kremlin’s", "U.S.", "İstanbul", "e\u0301lan", "😀", "\r\n", "he said", "“We", "”", "al-Sisi",
         "Mr.", "Lorvian officials", "'s", "President", "Erdoğan", "\u200d", "\x00", "١٢", "she"]
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_any_text_gives_rows_with_exact_offsets(text: str) -> None:
    document = parse_text(text)
    rows = mentions.mark(document)
    assert all(text[r["char_start"] : r["char_end"]] == r["surface"] for r in rows)
    assert [r["mention_number"] for r in rows] == list(range(len(rows)))
    heads = {t.start for t in document.tokens}
    # The head may be the title in front of a name, where the parser hangs the name below it.
    assert all(r["head_start"] in heads and r["head_start"] < r["char_end"] for r in rows)
