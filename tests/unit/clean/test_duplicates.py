"""Stories: copies join, look-alikes of one template do not, and the order of documents never matters."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean.alignment import Outline, Words, align, most_shared
from flows.clean.duplicates import assign_stories, candidates, sketch

BODY = (
    "Negotiators from both countries met for six hours in a hotel outside Vienna and agreed on a first list of names. "
    "The list holds 140 prisoners, most of them wounded, and will be handed to the Red Cross before Friday evening. "
    "A member of the mediating team said that the mood had been businesslike and that nobody had raised his voice. "
    "The question of the power plant was left aside because experts are still measuring the damage to its pumps. "
    "Relatives who had waited at the gate since the morning were told to go home and to expect calls within the week. "
    "The next round should deal with the crossing points, which have been closed since an attack on a bus in March. "
    "Neither side would say who will lead its delegation then, and one official spoke of changes in his ministry."
)
READOUT = (
    "The President spoke today with {who} of {land}. The leaders reviewed the close "
    "partnership between the two countries "
    "and discussed preparations for the coming summit. They agreed on the importance "
    "of support for Ukraine and of a just "
    "and lasting peace. The President thanked {who} for the contribution of {land} "
    "to regional security, including {what}. "
    "The leaders asked their teams to stay in close contact and looked forward to meeting in person in {town}."
)


def _table(*rows: dict[str, Any]) -> pa.Table:
    full = []
    for number, row in enumerate(rows):
        at = row.get("at", datetime(2025, 4, 22, 8 + number % 12))
        full.append(
            {
                "document_id": row.get("id", f"d{number}"),
                "collection_key": row.get("world", "main"),
                "url": row.get("url", f"https://news.example/{number}"),
                "source_key": row.get("source"),
                "title": row.get("title", f"Headline number {number}"),
                "text": row["text"],
                "published_at": at,
                "published_date": at.date() if at else None,
            }
        )
    return pa.Table.from_pylist(full)


def _stories(*rows: dict[str, Any]) -> dict[str, str]:
    return {row["document_id"]: row["story_id"] for row in assign_stories(_table(*rows)).to_pylist()}


def _same(*rows: dict[str, Any]) -> bool:
    return len(set(_stories(*rows).values())) == 1


def test_equal_texts_are_one_story() -> None:
    assert _same({"text": BODY}, {"text": "  " + BODY.replace(". ", ".\n\n")})


def test_a_cut_copy_under_another_title_joins() -> None:
    cut = ". ".join(BODY.split(". ")[:3]) + "."
    assert _same({"text": BODY, "title": "Vienna talks bring first list"}, {"text": cut, "title": "Prisoners named"})


def test_a_copy_with_local_lines_and_house_spelling_joins() -> None:
    local = "Our city will take in two of the wounded, the mayor said. " + BODY.replace("Red Cross", "red cross")
    assert _same({"text": BODY}, {"text": local + " The paper will report from the gate."})


def test_readouts_of_one_template_with_other_parties_stay_apart() -> None:
    one = READOUT.format(who="Prime Minister Meloni", land="Italy", what="two air-defence batteries", town="Rome")
    two = READOUT.format(who="Chancellor Scholz", land="Germany", what="a tank brigade in Lithuania", town="Berlin")
    assert not _same(
        {"text": one, "title": "Readout of the call with Prime Minister Meloni of Italy"},
        {"text": two, "title": "Readout of the call with Chancellor Scholz of Germany"},
    )


def test_a_yearly_notice_is_another_story_each_year() -> None:
    notice = BODY + " This notice of {0} continues the measures of March 1, {1}, beyond March 1, {2}."
    assert not _same(
        {"text": notice.format("2023", "2022", "2024"), "title": "Notice", "at": datetime(2023, 2, 27)},
        {"text": notice.format("2024", "2023", "2025"), "title": "Notice", "at": datetime(2024, 2, 28)},
    )


ROUTINE = (
    "The air force reported that its crews had brought down {0} of {1} drones during the night over the northern "
    "region. Debris fell on a yard, and a fire was put out before morning. Nobody was hurt, the head of the region "
    "wrote, and he asked people to stay in shelters until the end of the alarm and not to film the work of the crews."
)


def test_a_routine_report_under_a_standing_title_is_another_story_each_night() -> None:
    title = "Drones over the northern region"
    assert not _same(
        {"text": ROUTINE.format(17, 35), "title": title, "at": datetime(2025, 4, 22, 7)},
        {"text": ROUTINE.format(9, 28), "title": title, "at": datetime(2025, 4, 23, 7)},
    )


def test_a_corrected_figure_is_no_other_story() -> None:
    corrected = BODY.replace("140", "148") + " This report was corrected: the list holds 148 names."
    assert _same({"text": BODY, "title": "First list"}, {"text": corrected, "title": "First list"})


def test_a_later_call_with_the_same_party_is_another_story() -> None:
    def call(news: str) -> str:
        whole = READOUT.format(who="Prime Minister Meloni", land="Italy", what="two batteries", town="Rome")
        return whole.replace("They agreed on", f"{news} They agreed on")

    title = "Call with Prime Minister Meloni of Italy"
    assert not _same(
        {"text": call("Generators for hospitals are on the way."), "title": title, "at": datetime(2025, 4, 1)},
        {"text": call("A conference on rebuilding will be held in June."), "title": title, "at": datetime(2025, 4, 22)},
    )


def test_a_text_printed_weeks_later_joins() -> None:
    assert _same({"text": BODY, "at": datetime(2025, 4, 1)}, {"text": BODY + " Reprint.", "at": datetime(2025, 4, 22)})


def test_the_work_grows_with_the_texts_and_not_with_their_square() -> None:
    """A template of 400 texts pairs neighbours in time only; a rare text among them is still found."""
    reports = [sketch(ROUTINE.format(number, number + 7)) for number in range(400)]
    pairs = candidates([*reports, reports[7]])
    assert len(pairs) < 400 * 20
    assert candidates([sketch(BODY), *reports, sketch(BODY + " More.")])[0] == (0, 401)


def test_two_reporters_at_one_briefing_write_two_stories() -> None:
    other = (
        "Six hours of talks near Vienna have ended with a list of 140 captives who may soon be free. Most are wounded. "
        "According to the mediators, discussion was calm throughout. Engineers are still "
        "examining the pumps of the power "
        "plant, so that subject had to wait. Crossing points come next; they were shut after a bus was hit in March."
    )
    assert not _same({"text": BODY}, {"text": other})


def test_collections_never_mix_and_versions_of_a_page_always_do() -> None:
    assert not _same({"text": BODY}, {"text": BODY, "world": "other"})
    assert _same({"text": BODY, "url": "u"}, {"text": "An entirely different correction of the page.", "url": "u"})


def test_the_origin_is_the_earliest_unless_a_wire_was_close_behind() -> None:
    rows = (
        {"id": "paper", "text": BODY, "at": datetime(2025, 4, 22, 8), "source": "outlet:paper"},
        {"id": "wire", "text": BODY, "at": datetime(2025, 4, 22, 9), "source": "outlet:wire"},
    )
    assert _origins(assign_stories(_table(*rows))) == ["paper"]
    assert _origins(assign_stories(_table(*rows), wires={"outlet:wire"})) == ["wire"]


def _origins(table: pa.Table) -> list[str]:
    return [row["document_id"] for row in table.to_pylist() if row["is_story_origin"]]


def test_short_texts_join_only_when_equal() -> None:
    assert _same({"text": "Talks adjourned until Monday."}, {"text": "Talks adjourned until Monday."})
    assert not _same({"text": "Talks adjourned until Monday."}, {"text": "Talks adjourned until Tuesday."})
    assert not _same({"text": ""}, {"text": "Talks adjourned until Tuesday."})


def test_more_copies_than_one_shingle_may_pair_still_join() -> None:
    rows = [{"text": f"{BODY} Printed in edition {n}.", "at": datetime(2025, 4, 22)} for n in range(60)]
    assert _same(*rows)


OTHERS = (
    "Engineers began to clear the mined river port after the army withdrew its last patrol boat on Sunday. Divers "
    "found eleven shells under the eastern pier, and the harbour master said that ferries might sail again in May.",
    "The parliament of the island republic voted by a narrow margin to send observers to the southern border. The "
    "opposition walked out before the count, calling the mandate vague, and promised to go to the highest court.",
    "A convoy with flour and fuel reached the besieged hill town at dawn, the first one since the winter began. Its "
    "drivers spent nine hours at a single checkpoint, where soldiers emptied two of the trucks and kept the tyres.",
    "Bankers met in the capital to discuss how frozen reserves could pay for a new railway bridge. Lawyers warned that "
    "creditors abroad would sue within weeks, while the minister of finance spoke of a loan guaranteed by nobody.",
)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_digest_does_not_glue_the_stories_that_it_quotes(reverse: bool) -> None:
    texts = [BODY, *OTHERS]
    single = [{"id": f"s{n}", "text": text} for n, text in enumerate(texts)]
    copy = {"id": "copy", "text": OTHERS[0] + " The ferry company declined to comment.", "title": "Port is cleared"}
    digest = {"id": "digest", "text": "In brief.\n\n" + "\n\n".join(texts), "title": "The week"}
    reprint = {"id": "reprint", "text": digest["text"] + " Compiled by our desk.", "title": "The week in brief"}
    rows = [{**row, "url": row["id"], "at": datetime(2025, 4, 22)} for row in (*single, copy, digest, reprint)]
    found = _stories(*(reversed(rows) if reverse else rows))
    assert len({found[f"s{n}"] for n in range(len(texts))} | {found["digest"]}) == len(texts) + 1
    assert found["copy"] == found["s1"]
    assert found["reprint"] == found["digest"]


@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 6), min_size=2, max_size=9))
@settings(max_examples=25, deadline=None)
def test_order_and_batches_do_not_matter(generator: random.Random, cuts: list[int]) -> None:
    parts = BODY.split(". ")
    rows = [
        {"id": f"d{n}", "text": ". ".join(parts[cut:]), "at": datetime(2025, 4, 22, n)} for n, cut in enumerate(cuts)
    ]
    expected = assign_stories(_table(*rows))
    generator.shuffle(rows)
    urls = {f"d{n}": f"https://news.example/{n}" for n in range(len(cuts))}
    titles = {f"d{n}": f"Headline number {n}" for n in range(len(cuts))}
    shuffled = [row | {"url": urls[str(row["id"])], "title": titles[str(row["id"])]} for row in rows]
    assert assign_stories(_table(*shuffled)).equals(expected)


@pytest.mark.parametrize("swap", [False, True])
def test_an_alignment_is_symmetric_and_counts_exchanged_facts(swap: bool) -> None:
    other = BODY.replace("140", "210").replace("Vienna", "Geneva").replace("Red Cross", "Crescent Relief")
    pair = (Words(BODY), Words(other))
    found = align(*reversed(pair)) if swap else align(*pair)
    assert found.shared > 0.9
    assert round(found.exchanges * found.shared * len(pair[0].words) / 100) == 3


def test_two_spellings_of_a_name_are_no_exchanged_fact() -> None:
    text = BODY.replace("Vienna", "Kyiv")
    assert align(Words(text), Words(text.replace("Kyiv", "Kiev"))).exchanges == 0


WORDS = st.lists(st.sampled_from(["Kyiv", "said", "3.5", "the", "talks\n", "İzmir", "of"]), max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_outlines_never_tell_less_than_an_alignment_shares(a: str, b: str) -> None:
    assert most_shared(Outline(a), Outline(b)) >= align(Words(a), Words(b)).shared
    assert Outline(a).size == len(Words(a).words)
