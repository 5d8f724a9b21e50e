"""Pauses, Retry-After, back-off and quarantine, as arithmetic; on sockets they are in test_manners.py."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.politeness import Pacer, backoff_seconds, quarantine_until, retry_after_seconds

NOW = datetime(2026, 11, 22, 12, 0, 0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120),
        ("Sunday, 22-Nov-26 12:02:00 GMT", 120),
        ("Sun Nov 22 12:02:00 2026", 120),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("99999999999999999999", 86_400),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u0661\u0662", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_breaks_it(value: str) -> None:
    found = retry_after_seconds(value, NOW)
    assert found is None or 0 <= found <= 86_400


def test_backoff_doubles_with_jitter_and_has_a_cap() -> None:
    for attempt in range(5):
        values = {backoff_seconds(attempt, 1.0) for _ in range(50)}
        assert len(values) > 10
        assert all(2**attempt / 2 <= v <= 2**attempt for v in values)
    assert backoff_seconds(10_000, 1.0) <= 60


def test_quarantine_doubles_up_to_a_day() -> None:
    rests = [quarantine_until(n, 3, 600, NOW) for n in (2, 3, 4, 5, 500)]
    assert rests[0] is None
    assert [(r - NOW).total_seconds() for r in rests if r] == [600, 1200, 2400, 86_400]


def test_one_host_is_paced_and_others_are_not() -> None:
    pacer, times = Pacer(), list[float]()
    started = time.monotonic()
    for _ in range(3):
        with pacer.slot("a.example", 0.1):
            times.append(time.monotonic())
    assert all(b - a >= 0.095 for a, b in pairwise(times))
    with pacer.slot("b.example", 0.1):
        assert time.monotonic() - started < 0.35


def test_concurrency_is_bounded_per_host() -> None:
    pacer, under_way, most = Pacer(), [0], [0]
    lock = threading.Lock()

    def work() -> None:
        with pacer.slot("a.example", 0, concurrency=2):
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            time.sleep(0.02)
            with lock:
                under_way[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_stop_wakes_those_who_wait() -> None:
    pacer = Pacer()
    started = time.monotonic()
    threading.Timer(0.05, pacer.stop).start()
    pacer.sleep(20)
    assert time.monotonic() - started < 2
