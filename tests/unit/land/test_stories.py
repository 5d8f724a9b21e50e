"""Stories kept between runs: nothing is compared twice, and the result is that of computing everything anew."""

from __future__ import annotations

import random
from datetime import datetime

from flows.clean.duplicates import assign_stories
from flows.land import load
from flows.land.database import language_database, raw_database
from flows.settings import Settings
from flows.stories import update_stories
from tests.unit.clean.test_duplicates import BODY
from tests.unit.land.conftest import Make

PARTS = BODY.split(". ")
ROWS = [
    {
        "document_id": f"d{number}",
        "url": f"https://news.example/{number}",
        "title": f"Headline number {number}",
        "text": ". ".join(PARTS[:end]) if number < 6 else f"{number} boats left the harbour. " * (number + 3),
        "published_at": datetime(2025, 4, 22, number),
        "published_date": datetime(2025, 4, 22).date(),
        "source_key": "outlet:wire" if number == 2 else None,
    }
    for number, end in enumerate([7, 5, 6, 7, 4, 3, 1, 1])
]


def _stories(settings: Settings) -> list[tuple[object, ...]]:
    with language_database(settings, read_only=True) as connection:
        return connection.execute("select * from stories order by document_id").fetchall()


def _expected(settings: Settings) -> list[tuple[object, ...]]:
    table = assign_stories(load.documents_for_stories(settings))
    return [tuple(row.values()) for row in table.to_pylist()]


def test_the_second_time_nothing_is_compared(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents(*ROWS))
    assert update_stories(settings) > 0
    first = _stories(settings)
    assert update_stories(settings) == 0
    assert _stories(settings) == first == _expected(settings)
    assert len({row[2] for row in first}) == 3


def test_day_by_day_in_any_order_gives_what_one_run_gives(settings: Settings, documents: Make) -> None:
    rows = list(ROWS)
    random.Random(5).shuffle(rows)
    for row in rows:
        load.land_documents(settings, documents(row))
        update_stories(settings)
    assert _stories(settings) == _expected(settings)


def test_a_wire_among_the_outlets_is_the_origin(settings: Settings, documents: Make) -> None:
    with raw_database(settings) as connection:
        connection.execute("insert into sources (source_key, name, is_wire) values ('outlet:wire', 'Wire', true)")
    load.land_documents(settings, documents(*ROWS))
    update_stories(settings)
    assert next(row[0] for row in _stories(settings) if row[3]) == "d2"


def test_nothing_is_kept_of_documents_that_are_gone(settings: Settings, documents: Make) -> None:
    load.land_documents(settings, documents(*ROWS))
    update_stories(settings)
    with raw_database(settings) as connection:
        connection.execute("delete from documents where document_id <> 'd7'")
    update_stories(settings)
    with language_database(settings, read_only=True) as connection:
        assert connection.execute("select count(*) from story_verdicts").fetchone() == (0,)
        assert connection.execute("select count(*) from story_sketches").fetchone() == (1,)
    assert [row[0] for row in _stories(settings)] == ["d7"]


def test_no_documents_no_stories(settings: Settings) -> None:
    assert update_stories(settings) == 0
    assert _stories(settings) == []
