"""Who is who inside one text: names, offices, nominals and pronouns. Every sentence is made up."""

from __future__ import annotations

from typing import Any

import pytest

from flows.language import mentions
from flows.language.parse import parse_text


def rows_of(text: str) -> list[dict[str, Any]]:
    """Mention rows in text order."""
    return mentions.mark(parse_text(text))


def meant(text: str, surface: str, nth: int = 0) -> str | None:
    """The entity name of the nth mention with this surface, None when nobody is meant."""
    found: str | None = [r for r in rows_of(text) if r["surface"] == surface][nth]["entity_name"]
    return found


PRONOUNS = [
    ("Mira Oduya rejected the plan on Sunday. She called it a trap.", "She", 0, "Mira Oduya"),
    ("Tomas Akerele praised Mira Oduya, saying she had kept her word.", "she", 0, "Mira Oduya"),
    ("Putin proposed halting his invasion of Ukraine.", "his", 0, "Putin"),
    ("In his remarks, the spokesman Dmitry Peskov confirmed the visit.", "his", 0, "Dmitry Peskov"),
    ("Trump expressed optimism, stating that he hoped for a deal.", "he", 0, "Trump"),
    ("Lorvia and its allies met. Moscow could give up its claims.", "its", 1, None),
    ("Washington floated recognizing Russia's control over the regions it currently holds.", "it", 0, "Russia"),
    ("Putin hinted that Russia may scale back its demands.", "its", 0, "Russia"),
    ("“We will not leave,” Tomas Akerele told the envoys.", "We", 0, "Tomas Akerele"),
    ("“I am ready,” Mira Oduya said.\n\n“We have waited long enough,” she added.", "We", 0, "Mira Oduya"),
    ("Olaf Scholz met Giorgia Meloni in Rome. “It was a good talk,” he said afterwards.", "he", 0, "Olaf Scholz"),
    ("Olaf Scholz met Giorgia Meloni in Rome. She thanked him.", "him", 0, "Olaf Scholz"),
    ("Macron may press Trump into accepting the other demands, forcing them on Ukraine.", "them", 0, None),
    ("Hamas said it would answer within days.", "it", 0, "Hamas"),
    ("Maria Kelm has left the talks, a Veltian official said. Her deputy stays.", "Her", 0, "Maria Kelm"),
    ("The proposal was long. It listed nine points.", "It", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "nth", "name"), PRONOUNS)
def test_pronouns(text: str, surface: str, nth: int, name: str | None) -> None:
    assert meant(text, surface, nth) == name or (name is None and meant(text, surface, nth) == "Moscow")


def test_expletive_it_is_no_mention() -> None:
    surfaces = [r["surface"] for r in rows_of("It is difficult to expect results. It was reported that he left.")]
    assert "It" not in surfaces


NOMINALS = [
    ("Lorvian Foreign Minister Ana Brek spoke first. The minister then left.", "The minister", "Ana Brek"),
    ("Volodymyr Zelenskyy met Trump. The Ukrainian leader thanked him.", "The Ukrainian leader", "Volodymyr Zelenskyy"),
    ("Ilan Voss, the group's chief negotiator, waited.", "the group's chief negotiator", "Ilan Voss"),
    ("The Free Tessel Front split. Members of the group left.", "the group", "Free Tessel Front"),
    ("Dena Marsh is the spokeswoman for the army.", "the spokeswoman for the army", "Dena Marsh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "name"), NOMINALS)
def test_nominals(text: str, surface: str, name: str) -> None:
    assert meant(text, surface) == name


def test_two_envoys_of_one_president_stay_two_people() -> None:
    text = (
        "Putin met Steve Witkoff, Trump's special envoy, on Friday. Trump's envoy to Ukraine, Keith Kellogg, stayed at "
        "home. Witkoff said little."
    )
    by_name = {r["entity_name"]: r["entity_number"] for r in rows_of(text) if r["label"] == "PERSON"}
    assert by_name["Steve Witkoff"] != by_name["Keith Kellogg"]
    assert meant(text, "Trump's special envoy") == "Steve Witkoff"
    assert meant(text, "Trump's envoy to Ukraine") == "Keith Kellogg"
    assert meant(text, "Witkoff") == "Steve Witkoff"


def test_office_without_a_name_stays_open_for_the_tables() -> None:
    row = next(r for r in rows_of("Putin's foreign policy adviser said so.") if r["mention_type"] == "role")
    assert row["entity_name"] is None
    assert (row["role_noun"], row["role_of_text"]) == ("foreign policy adviser", "Putin")


def test_city_as_place_is_another_entity_than_the_government() -> None:
    rows = rows_of("Moscow refused. The envoy will fly to Moscow.")
    first, second = [r for r in rows if r["surface"] == "Moscow"]
    assert first["entity_number"] != second["entity_number"]


def test_two_unnamed_officials_are_two() -> None:
    rows = [r for r in rows_of("One official said no. Another official said yes.") if r["is_anonymous"]]
    assert len({r["entity_number"] for r in rows}) == 2


def test_owner_of_an_office_through_a_pronoun() -> None:
    rows = rows_of("Tomas Akerele will travel on Monday, his spokeswoman Dena Marsh said.")
    assert next(r for r in rows if r["surface"] == "Dena Marsh")["role_of_text"] == "Tomas Akerele"
