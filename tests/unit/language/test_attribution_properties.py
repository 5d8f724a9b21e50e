"""What holds for every text: rows and no exception, exact offsets, and the same statements in any quotation marks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.language import attribution, schema
from flows.language.document import Document
from flows.language.parse import parse_text

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCRAPS = "“ ” \" « » ‘ ’ ' „ ‹ › `` '' . , : ; — - Q. A: 6'2\" St. peace not that Kyiv ’s per 🕊 e\u0301 ﬁ İ \u200b"
PARTS = [
    *SCRAPS.split(" "),
    *["he said", "told reporters", "according to", "in her view", "KYIV, May 4 (Newswire) -", "wrote on X"],
    *["\r\n", "\u2028", "\u00a0", "\n\n"],
]
# A sentence's marks are [ and ]; the inner quotation of one that has any stays in single marks.
SENTENCES = [
    "[The road is open,] Captain Ines Calla said on Monday.",
    "[We are late,] she said. [We are not lost.]",
    "The ministry called the offer [an empty box] and sent it back.",
    "[He told me ‘never again’ and left,] Ruiz recalled.",
    "Asked about the bridge, Marek replied: [It will be rebuilt.]",
    "[Enough,] snapped the speaker, banging the gavel.",
    "The so-called [council] meets at noon.",
    "Envoy Sifa Mbala said the talks had [moved a little], according to two diplomats.",
    "[Nobody asked us.]",
    "The soldiers’ families don’t know where they’re held.",
    "The draft says that the guns [shall fall silent] on Friday.",
    "[Is it over?] asked Petra. [Not yet,] said the guard.",
]
MARKS = {"curly": "“”", "straight": '""', "angle": "«»", "low-high": "„“", "wide": "＂＂"}
KEYS = ("char_start", "char_end", "quote_type", "source_start", "source_end", "cue_start", "cue_end", "speech_act")


def mark(text: str) -> tuple[Document, list[dict[str, Any]]]:
    document = parse_text(text)
    return document, attribution.mark(document, [], [])


def is_exact(document: Document, rows: list[dict[str, Any]]) -> bool:
    """Whether every row has the schema's columns and spans that are words of the text, blanks trimmed."""
    text = document.text
    for number, row in enumerate(rows):
        assert set(row) == set(schema.ATTRIBUTIONS.names)
        assert row["attribution_number"] == number
        for start, end in (("char_start", "char_end"), ("source_start", "source_end"), ("cue_start", "cue_end")):
            if row[start] is None:
                assert row[end] is None
                continue
            assert 0 <= row[start] < row[end] <= len(text)
            words = text[row[start] : row[end]]
            assert words == words.strip(" \t\r\n")
        holder = row["nested_in_attribution_number"]
        assert holder is None or holder != number
    return True


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "“", "”", '"', "“”", ":", "A: ", "— X", "he said", "“?” he said", "🕊️“é\u0301”🕊️ he said\r\n“x"],
)
def test_scraps(text: str) -> None:
    assert is_exact(*mark(text))


@SLOW
@given(st.text(max_size=200))
def test_any_unicode_text(text: str) -> None:
    assert is_exact(*mark(text))


@SLOW
@given(st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join))
def test_any_pieces_of_news(text: str) -> None:
    assert is_exact(*mark(text))


@SLOW
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=3))
def test_same_statements_in_any_marks(paragraphs: list[list[str]]) -> None:
    plain = "\n".join(" ".join(sentences) for sentences in paragraphs)
    found = {}
    for name, (left, right) in MARKS.items():
        _, rows = mark(plain.replace("[", left).replace("]", right))
        found[name] = [[row[k] for k in KEYS] for row in rows]
    for name, rows in found.items():
        assert rows == found["curly"], name


@SLOW
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=2, max_size=4))
def test_closing_mark_left_out_before_the_next_opening_loses_nothing(paragraphs: list[list[str]]) -> None:
    """It may add: a quotation that goes on has the speaker of the one before."""
    first, second = "[We held the hill.", "[Nobody slept.]"
    text = "\n".join([*(" ".join(p) for p in paragraphs), f"{first}\n{second}"]).replace("[", "“").replace("]", "”")
    whole = text.replace("hill.\n", "hill.”\n")
    _, rows = mark(text)
    _, closed = mark(whole)
    found = {text[r["char_start"] : r["char_end"]] for r in rows}
    assert {whole[r["char_start"] : r["char_end"]] for r in closed} <= found
