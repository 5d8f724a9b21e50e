"""Records to rows: texts exactly as given, HTML cleaned, dates and outlets understood, identity stable."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from flows.ingest import Record, to_documents
from flows.land import load
from flows.land.database import raw_database
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source
from tests.unit.clean.pages import PARAGRAPHS, page

SETTINGS = Settings()
SOURCE = Source(
    key="outlet:weir-post", name="The Weir Post", country="GBR", homepage="https://weir-post.example/",
    domains=("weir-post.example",), language="en", is_wire=False, is_state_media=False, timezone="Europe/Kyiv",
    verified="never",
)  # fmt: skip


def _text(body: str, **known: Any) -> Record:
    return Record(origin="x.jsonl line 1", body=body, is_html=False, input_kind="jsonl", **known)


def _rows(*records: Record, collection: str | None = "main") -> tuple[list[dict[str, Any]], list[Outcome]]:
    table, outcomes = to_documents(records, SETTINGS, collection, [SOURCE])
    return table.to_pylist(), outcomes


def _row(record: Record) -> dict[str, Any]:
    (row,), _ = _rows(record)
    return row


# No surrogates: they cannot stand in UTF-8. What else Unicode has must survive.
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=200).filter(lambda t: bool(t.strip()))


@given(TEXTS)
@run_with(max_examples=150, deadline=None)
def test_any_text_is_landed_exactly(text: str) -> None:
    assert _row(_text(text))["text"] == text


def test_any_text_comes_back_from_the_database(tmp_path: Path) -> None:
    parts = ["a", "e\u0301", "\U0001f1fa\U0001f1e6", "\r\n", "\u2028", " ", "“", "\x00", "\x85", "\ufeff"]
    texts = ["x" + "".join(combination) for combination in itertools.product(parts, repeat=3)]
    settings = Settings(data_dir=tmp_path)
    table, _ = to_documents([_text(text, record_id=str(n)) for n, text in enumerate(texts)], settings, "main")
    load.land_documents(settings, table)
    with raw_database(settings, read_only=True) as connection:
        rows = connection.execute("select text from documents order by cast(record_id as integer)").fetchall()
    assert [row[0] for row in rows] == texts


def test_a_lone_surrogate_keeps_every_offset() -> None:
    assert _row(_text("a\ud83db"))["text"] == "a\ufffdb"


def test_html_is_cleaned_and_says_so() -> None:
    record = Record(origin="f", body=page(), is_html=True, input_kind="jsonl", record_id="1")
    (row,), outcomes = _rows(record)
    assert row["text"].split("\n\n") == list(PARAGRAPHS)
    assert row["html_sha256"]
    assert [o.reason for o in outcomes] == ["done"]


def test_what_the_giver_states_wins_over_the_page_and_a_hint_does_not() -> None:
    html = page(head='<meta property="article:published_time" content="2025-04-20T10:00:00Z">')
    base = {"origin": "f", "body": html, "is_html": True, "input_kind": "jsonl", "record_id": "1"}
    stated = _row(Record(**base, title="Given", published="2025-04-22", authors=("Cy Dahl",)))
    assert (stated["title"], stated["published_date"], stated["author"]) == ("Given", date(2025, 4, 22), "Cy Dahl")
    assert stated["published_basis"] == "supplied"
    hinted = _row(Record(**base, hint_title="Hint", hint_published=datetime(2025, 4, 22)))
    assert (hinted["title"], hinted["published_date"]) == (
        "Delegations agree to exchange lists of prisoners",
        date(2025, 4, 20),
    )


@pytest.mark.parametrize(
    ("given_date", "day", "at"),
    [
        ("2025-04-22", date(2025, 4, 22), datetime(2025, 4, 22)),
        ("2025-04-22T23:30:00+03:00", date(2025, 4, 22), datetime(2025, 4, 22, 20, 30)),
        ("2025-04-22T10:00:00", date(2025, 4, 22), datetime(2025, 4, 22, 10)),
        ("Tue, 22 Apr 2025 10:00:00 GMT", date(2025, 4, 22), datetime(2025, 4, 22, 10)),
    ],
)
def test_dates_as_people_give_them(given_date: str, day: date, at: datetime) -> None:
    row = _row(_text("Some text.", published=given_date))
    assert (row["published_date"], row["published_at"], row["published_basis"]) == (day, at, "supplied")


@pytest.mark.parametrize("given_date", ["whenever", "2025-02-30", "0001-01-01", "9999-12-31"])
def test_a_bad_date_is_told_and_the_document_kept(given_date: str) -> None:
    (row,), outcomes = _rows(_text("Some text.", published=given_date))
    assert (row["published_at"], row["published_basis"]) == (None, "unknown")
    assert [o.reason for o in outcomes] == ["bad_date", "done"]
    assert given_date in outcomes[0].detail


def test_a_time_without_zone_is_the_outlets_own() -> None:
    row = _row(_text("Some text.", url="https://weir-post.example/a", published="2025-04-22T01:00:00"))
    assert (row["source_key"], row["published_at"]) == ("outlet:weir-post", datetime(2025, 4, 21, 22))
    assert row["published_date"] == date(2025, 4, 22)


@pytest.mark.parametrize("outlet", ["The Weir Post", "weir post", "outlet:weir-post", "weir-post"])
def test_outlets_are_found_by_name_and_key(outlet: str) -> None:
    assert _row(_text("Some text.", outlet=outlet))["source_key"] == "outlet:weir-post"


def test_an_unknown_outlet_keeps_its_name() -> None:
    row = _row(_text("Some text.", outlet="Harbour News", url="https://www.harbour.example/a"))
    assert (row["source_key"], row["outlet_name"]) == (None, "Harbour News")


def test_identity_is_of_address_and_text_and_world() -> None:
    one = _row(_text("Some text.", url="https://a.example/x?utm_source=y"))
    assert one["url"] == "https://a.example/x"
    assert _row(_text("Some text.", url="https://a.example/x"))["document_id"] == one["document_id"]
    assert _row(_text("Other text.", url="https://a.example/x"))["document_id"] != one["document_id"]
    (other,), _ = _rows(_text("Some text.", url="https://a.example/x"), collection="elsewhere")
    assert other["document_id"] != one["document_id"]


def test_without_an_address_the_id_or_the_text_names_a_document() -> None:
    assert _row(_text("Some text.", record_id="n7"))["url"] == "urn:communique:n7"
    moved = [Record(origin=o, body="Some text.", is_html=False, input_kind="file", record_id=o) for o in ("a/x", "b/x")]
    assert _row(moved[0])["document_id"] == _row(moved[1])["document_id"]


def test_every_record_is_a_world_of_its_own_unless_it_names_one() -> None:
    records = [
        _text("A b.", record_id="1"),
        _text("A b.", record_id="1"),
        _text("C d.", record_id="2", collection="joint"),
    ]
    rows, _ = _rows(*records, collection=None)
    assert [r["collection_key"] for r in rows] == ["1", "1#2", "joint"]
    assert len({r["document_id"] for r in rows}) == 3


def test_an_empty_text_and_a_foreign_one_leave_their_reasons() -> None:
    foreign = "Міністри заявили у п'ятницю, що вони зустрінуться знову, але не раніше кінця місяця, і це було вирішено."
    rows, outcomes = _rows(_text(" \n"), _text(foreign, record_id="2"))
    assert [o.reason for o in outcomes] == ["empty_page", "other_language"]
    assert [r["language_code"] for r in rows] == ["uk"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Envoys leave without a date\n\nThe envoys left.", "Envoys leave without a date"),
        ("Envoys leave without a date\r\n\r\nThe envoys left.", "Envoys leave without a date"),
        ("The envoys left on Tuesday.\n\nNobody spoke.", None),
        ("One line only", None),
        ("Two lines\nwithout a gap\n\nand a third", None),
    ],
)
def test_a_first_line_that_stands_apart_is_the_title(text: str, title: str | None) -> None:
    row = _row(_text(text))
    assert (row["title"], row["text"]) == (title, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Envoys leave\n\nSARANTA, 12 June 2025 - The envoys left.", date(2025, 6, 12)),
        ("NEW VELMOT, April 2, 2025 (Agency) — The envoys left.", date(2025, 4, 2)),
        ("SARANTA, June 12 - The envoys left.", None),
        ("The envoys left Saranta on 12 June 2025 - nobody spoke.", None),
    ],
)
def test_a_dateline_with_a_year_dates_a_plain_text(text: str, day: date | None) -> None:
    row = _row(_text(text))
    assert (row["published_date"], row["published_basis"]) == (day, "in_text" if day else "unknown")


def test_a_thousand_rows_and_the_schema() -> None:
    records = [_text(f"Sentence number {n} of the batch.", record_id=str(n)) for n in range(1000)]
    table, outcomes = to_documents(records, SETTINGS, None)
    assert isinstance(table, pa.Table)
    assert (table.num_rows, len(outcomes)) == (1000, 1000)


def test_what_was_not_fetched_is_refused_by_name() -> None:
    from flows.ingest import read_inputs

    table, outcomes = to_documents(read_inputs(["https://a.example/x"], SETTINGS), SETTINGS, "main")
    assert table.num_rows == 0
    assert [(o.subject, o.reason) for o in outcomes] == [("https://a.example/x", "bad_record")]
