"""What the trials ask of a Prefect server, over its HTTP API, and of the published file."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

FLOW = "communique-scheduled"
SECONDS = 1800.0


def until(done: Callable[[], bool], what: str) -> None:
    """Waits until `done` says yes. Raises AssertionError after SECONDS."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if done():
            return
        time.sleep(2)
    raise AssertionError(f"no sign of {what} within {SECONDS:.0f} s")


def ask(api: str, path: str, body: dict[str, Any] | None = None, method: str = "") -> Any:
    """The answer of the API as JSON; a POST where there is a body. Raises urllib.error.HTTPError."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{api}/{path}", data=data, headers={"content-type": "application/json"}, method=method or None
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def runs(api: str) -> list[dict[str, Any]]:
    """Runs of the scheduled flow by the time they were due. Raises AssertionError when one failed or crashed."""
    wanted = {"flows": {"name": {"any_": [FLOW]}}}
    if not ask(api, "flows/filter", wanted):
        return []
    found: list[dict[str, Any]] = ask(api, "flow_runs/filter", {**wanted, "sort": "EXPECTED_START_TIME_ASC"})
    failed = [run for run in found if run["state_type"] in ("FAILED", "CRASHED")]
    assert not failed, failed[0]["state"]
    return found


def worked(api: str) -> list[dict[str, Any]]:
    """Those that ended well and were not skipped."""
    return [run for run in runs(api) if run["state_name"] == "Completed"]


def pages_fetched(folder: Path) -> list[int]:
    """Pages per run, oldest first, from the published outcomes."""
    with duckdb.connect(str(folder / "published" / "communique.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select run_id, count(*) filter (where stage = 'fetch' and status = 'ok') from outcomes "
            "where stage in ('discover', 'fetch', 'clean', 'annotate') group by run_id order by run_id"
        ).fetchall()
    return [count for _, count in rows]
