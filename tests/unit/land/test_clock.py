"""A clock that jumps between two runs: nothing is landed twice; batches, versions and schedules keep their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from flows import backup
from flows.discover.candidate import Candidate
from flows.fetch import client, hosts, page, pool
from flows.fetch.client import FetchClient
from flows.fetch.errors import FetchError
from flows.fetch.page import Page, utc_now
from flows.fetch.state import FetchState, HostRecord, UrlRecord
from flows.land import load, spool
from flows.land.database import raw_database
from flows.schedule import is_covered, mark_start
from flows.settings import Settings
from flows.transform.inputs import inputs_hash
from tests.fixtures.hostile import HostileServer, Visit
from tests.unit.land.conftest import Make

JUMPS = [timedelta(hours=-1), timedelta(days=-1), timedelta(days=-400), timedelta(days=1), timedelta(days=400)]
AHEAD = timedelta(days=400)


class Clock:
    """What every module is told of the time; `jump` sets it off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.off = timedelta(0)
        for module in (page, client, hosts, pool):
            monkeypatch.setattr(module, "utc_now", self.now)
        for other in (load, spool):
            monkeypatch.setattr(other, "now", self.now)

    def now(self) -> datetime:
        return utc_now() + self.off


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


@pytest.mark.parametrize("jump", JUMPS)
def test_versions_are_in_the_order_in_which_they_were_fetched(
    settings: Settings, documents: Make, server: HostileServer, clock: Clock, jump: timedelta
) -> None:
    found = settings.model_copy(update={"allow_loopback": True, "host_delay_seconds": 0, "read_tdmrep": False})
    state = FetchState()
    for number, text in enumerate(("one", "two", "three")):
        clock.off = jump * number
        body = f"<html><body>{text}</body></html>".encode()
        server.routes["/a"] = partial(Visit.reply, body=body)
        with FetchClient(found, state) as fetcher:
            got = fetcher.fetch(server.url("/a"), conditional=False)
        assert isinstance(got, Page), got
        row = {"document_id": text, "fetched_at": got.fetched_at, "html_sha256": got.body_sha256}
        for _ in range(2):  # a batch that is met twice
            load.land_documents(found, documents(row))
        state = FetchState.from_arrow(state.dump_fetches(), state.dump_hosts())
    with raw_database(found, read_only=True) as connection:
        versions = connection.execute(
            "select document_id, version_number, is_latest_version from documents order by version_number"
        ).fetchall()
    assert versions == [("one", 1, False), ("two", 2, False), ("three", 3, True)]


@pytest.mark.parametrize("jump", JUMPS)
def test_batches_land_in_the_order_in_which_they_were_written(
    settings: Settings, clock: Clock, jump: timedelta
) -> None:
    for number in range(3):
        clock.off = jump * number
        spool.write_batch(settings, "pages", {"pages": pa.table({"n": [number]})})
    seen: list[int] = []
    spool.drain(settings, "pages", lambda tables, label: seen.extend(tables["pages"].column("n").to_pylist()))
    assert seen == [0, 1, 2]


def test_a_page_that_was_visited_by_a_clock_that_was_ahead_is_due() -> None:
    later = utc_now() + AHEAD
    known = UrlRecord("u", "u", first_fetched_at=later - timedelta(days=9), last_fetched_at=later)
    assert pool.is_due(Candidate("u", "u"), known, Settings())


def test_a_rest_or_a_robots_txt_from_the_future_is_none(settings: Settings) -> None:
    state = FetchState(
        hosts=[
            vars(HostRecord("http://a.example", 9, utc_now() + AHEAD, "quarantined")),
            vars(HostRecord("http://b.example", 9, utc_now() + timedelta(hours=20), "quarantined")),
        ]
    )
    rules = hosts.Hosts(settings, state)
    rules.check("http://a.example/x")
    with pytest.raises(FetchError, match="rests until"):
        rules.check("http://b.example/x")
    assert not rules.fresh(utc_now() + AHEAD, 60)
    assert rules.fresh(utc_now(), 60)


def test_a_page_refused_by_a_clock_that_was_ahead_is_asked_for(settings: Settings, server: HostileServer) -> None:
    found = settings.model_copy(update={"allow_loopback": True, "host_delay_seconds": 0, "read_tdmrep": False})
    url = server.url("/a")
    refused = UrlRecord(url, url, reason="forbidden", first_fetched_at=utc_now(), last_fetched_at=utc_now() + AHEAD)
    server.routes["/a"] = partial(Visit.reply, body=b"<html><body>one</body></html>")
    with FetchClient(found, FetchState(urls=[vars(refused)])) as fetcher:
        assert isinstance(fetcher.fetch(url), Page)
        record = fetcher.state.url(url)
    assert record is not None
    assert record.first_fetched_at is not None
    assert record.first_fetched_at <= utc_now()


def test_a_schedule_goes_on_after_a_run_from_the_future(settings: Settings) -> None:
    now = datetime.now(UTC)
    mark_start(settings, now + timedelta(days=1))
    assert not is_covered(settings, now)


def test_what_was_landed_by_a_slow_clock_is_news_to_the_build(
    settings: Settings, documents: Make, clock: Clock
) -> None:
    """Counts and the newest time stay, since one document went and another came with an earlier time."""
    load.land_documents(settings, documents({"document_id": "a"}, {"document_id": "b", "url": "u:b"}))
    before = inputs_hash(settings)
    assert inputs_hash(settings) == before
    with raw_database(settings) as connection:
        connection.execute("delete from documents where document_id = 'b'")
    clock.off = timedelta(days=-1)
    load.land_documents(settings, documents({"document_id": "c", "url": "u:c"}))
    assert inputs_hash(settings) != before


def test_a_second_that_comes_twice_moves_nothing_over_what_was_moved(tmp_path: Path) -> None:
    place = tmp_path / "before-restore-20261126T100000"
    assert backup.unused(place) == place
    place.mkdir()
    assert backup.unused(place).name == "before-restore-20261126T100000-2"
    backup.unused(place).mkdir()
    assert backup.unused(place).name == "before-restore-20261126T100000-3"
