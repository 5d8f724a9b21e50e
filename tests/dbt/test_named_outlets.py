"""An outlet that only its articles name has a row, one key however they spell it, and its name beside what it reported.

Outlets of seeds and manifests are found by name first; how is tested in tests/unit/ingest/test_documents.py.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

SAID = "Russia demands that Ukraine withdraw its troops from the Donetsk region, Dmitry Peskov said."
AGAIN = "Russia is ready to freeze the war along the current front line, Dmitry Peskov said."
GIVEN = [
    ("The Upland Gazette", SAID, "2024-01-10"),
    ("Upland Gazette", AGAIN, "2024-03-10"),
    ("Financial Times", "Emmanuel Macron said that talks will go on.", "2024-03-11"),
    ("Ранок", "Emmanuel Macron said that talks in Geneva will go on.", "2024-03-12"),
    (None, "Emmanuel Macron said that talks in Ankara will go on.", "2024-03-13"),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    rows = [
        {
            "id": day,
            "text": text,
            "date": day,
            "outlet": outlet,
            "collection": "test",
            "url": f"https://a.example/{day}",
        }
        for outlet, text, day in GIVEN
    ]
    records = [record_of_row(row, "named") for row in rows]
    list(extract(records, Settings(data_dir=folder / "data"), warehouse=folder / "published.duckdb"))
    return folder / "published.duckdb"


def test_articles_of_one_outlet_have_one_key_and_a_row(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        found = connection.execute("""
            select d.outlet_key, o.name, o.domain from documents as d
            left join outlets as o on d.outlet_key = o.outlet_key order by d.published_date""").fetchall()
    upland = ("outlet:upland-gazette", "The Upland Gazette", None)
    assert found[:2] == [upland, upland]
    assert found[2][0] == "outlet:ft"
    assert found[3][0].removeprefix("outlet:").isalnum()
    assert found[3][1] == "Ранок"
    assert found[4] == (None, None, None)


def test_what_it_reported_first_has_its_name(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        changes = connection.execute(
            "select distinct reported_by, reported_by_name from proposal_changes_wide where reported_by is not null"
        ).fetchall()
        printed = connection.execute(
            "select distinct outlet_name from statements_wide where outlet_key = 'outlet:upland-gazette'"
        ).fetchall()
    assert ("outlet:upland-gazette", "The Upland Gazette") in changes
    assert all(key.startswith("outlet:") and name for key, name in changes)
    assert printed == [("The Upland Gazette",)]
