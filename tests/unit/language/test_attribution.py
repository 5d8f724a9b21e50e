"""Attribution rows: shape, nesting, dates, and who is given what."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.language import attribution, schema, times
from flows.language.document import Document
from flows.language.parse import parse_text

ARTICLE = (
    "The ceasefire failed on its first day, Governor Lidia Soroka said on Monday.\n"
    "“They fired before the ink was dry,” she told reporters. “We did not fire back.”\n"
    "The army denied the claim, saying that its guns “never moved.”\n"
    "The “special” commission meets on Friday."
)


def mark(text: str, published: date | None = None) -> tuple[Document, list[dict[str, Any]]]:
    document = parse_text(text, published=published)
    return document, attribution.mark(document, [], times.mark(document))


def said(text: str) -> list[tuple[str, str]]:
    document, rows = mark(text)
    return [
        (
            document.text[r["source_start"] : r["source_end"]] if r["source_start"] is not None else "",
            document.text[r["char_start"] : r["char_end"]],
        )
        for r in rows
    ]


def test_rows_have_the_columns_of_the_schema() -> None:
    _, rows = mark(ARTICLE)
    assert rows
    assert all(set(r) == set(schema.ATTRIBUTIONS.names) for r in rows)
    assert [r["attribution_number"] for r in rows] == list(range(len(rows)))


def test_direct_quotation_stands_inside_its_marks_and_its_parts_are_one_utterance() -> None:
    document, rows = mark(ARTICLE)
    direct = [
        r for r in rows if r["quote_type"] == "direct" and "fire" in document.text[r["char_start"] : r["char_end"]]
    ]
    assert [document.text[r["char_start"] : r["char_end"]] for r in direct] == [
        "They fired before the ink was dry,",
        "We did not fire back.",
    ]
    assert len({r["utterance_number"] for r in direct}) == 1
    assert {r["medium"] for r in direct} == {"briefing"}


def test_marked_word_without_speaker_is_no_statement() -> None:
    assert all("special" not in words for _, words in said(ARTICLE))


def test_said_date_is_that_of_the_saying() -> None:
    document, rows = mark("The port will reopen on Friday, the mayor said on Monday.", date(2025, 3, 5))
    row = next(r for r in rows if document.text[r["source_start"] : r["source_end"]] == "the mayor")
    assert (row["said_from_date"], row["said_to_date"], row["said_precision"]) == (
        date(2025, 3, 3),
        date(2025, 3, 3),
        "day",
    )


def test_without_a_date_the_day_of_publication_is_the_upper_end() -> None:
    _, rows = mark("The mayor said the port was open.", date(2025, 3, 5))
    assert (rows[0]["said_from_date"], rows[0]["said_to_date"], rows[0]["said_precision"]) == (
        None,
        date(2025, 3, 5),
        "on_or_before",
    )


def test_report_inside_a_report_is_embedded() -> None:
    document, rows = mark("The paper reported that the minister had warned that aid could stop.")
    inner = next(r for r in rows if document.text[r["char_start"] : r["char_end"]] == "aid could stop")
    assert inner["quote_type"] == "embedded"
    assert inner["nested_in_attribution_number"] is not None


def test_speaker_carried_over_sentences() -> None:
    pairs = said("“The line is quiet,” Major Rehn said. “We have orders to wait.”")
    assert pairs == [("Major Rehn", "The line is quiet,"), ("Major Rehn", "We have orders to wait.")]


def test_hedges_and_negation() -> None:
    _, rows = mark("The ministry did not confirm that the convoy may have turned back.")
    assert rows[0]["is_negated"]
    assert rows[0]["hedges"] == "may"


def test_positions_have_any_object() -> None:
    pledged = said("Norway has pledged two ships and a helicopter.")
    assert pledged == [("Norway", "two ships and a helicopter")]
    assert said("Norway has launched two ships and a helicopter.") == []


def test_first_verb_before_then_is_no_report_of_the_second() -> None:
    pairs = said("Minister Olav Berg refused to speak at first, then said that the ships would sail.")
    assert ("Minister Olav Berg", "the ships would sail") in pairs
    assert all("Olav Berg" not in words for _, words in pairs)


def test_people_cited_are_no_content() -> None:
    pairs = said("The Harbour Times, citing three unnamed port officials, reported that the carrier had left the gulf.")
    assert pairs == [("The Harbour Times", "the carrier had left the gulf")]


def test_content_begins_behind_addressee_and_place() -> None:
    pairs = said("Petrov told envoys Steve Marlow and Jared Kuhn in Geneva that he would not give up land.")
    assert pairs == [("Petrov", "he would not give up land")]


def test_no_comment_is_a_statement_of_its_own_kind() -> None:
    _, rows = mark("The ministry did not comment on the report.")
    assert [r["speech_act"] for r in rows] == ["decline_comment"]
