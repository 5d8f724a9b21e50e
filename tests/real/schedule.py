"""A real Prefect server fires scheduled runs over the sample: `python -m tests.real.schedule [interval]`.

Shows: two runs fire, the second reads only what changed; after a pause of several intervals one run follows, not one
per interval; each leaves a report; an interrupt ends all processes. Takes about five minutes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import duckdb

SECONDS = 1200.0


def main(every: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COMMUNIQUE_DATA_DIR": folder, "COMMUNIQUE_CACHE_DIR": f"{folder}/cache"}
        environment.pop("PREFECT_API_URL", None)
        line = [sys.executable, "-m", "flows.cli", "schedule", "--sample", "--every", every, "--port", "0"]
        with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True) as server:
            try:
                _watch(server, Path(folder), every)
            finally:
                server.send_signal(signal.SIGINT)
                try:
                    server.wait(timeout=60)
                except subprocess.TimeoutExpired:
                    server.kill()
                    raise
        print(f"ended with {server.returncode}")


def _watch(server: subprocess.Popen[str], folder: Path, every: str) -> None:
    assert server.stdout is not None
    api = ""
    for text in server.stdout:
        print(text.rstrip())
        if text.startswith("Prefect's page: "):
            api = text.split()[-1] + "/api"
            break
    assert api, "no server came up"
    _until(lambda: len(_worked(api)) >= 2, "two runs")
    first, second = _worked(api)[:2]
    for run in (first, second):
        print(f"{run['name']}: {run['state_name']}, due {run['expected_start_time']}, {run['total_run_time']:.0f} s")
    counts = _fetched(folder)
    print(f"pages fetched: {counts}")
    assert counts[0] > 20
    assert counts[1] < counts[0] / 4, "the second run was not incremental"
    reports = _post(api, "artifacts/filter", {})
    print(f"reports: {len(reports)}; the last begins {reports[-1]['data'].splitlines()[0]!r}")
    assert len(reports) >= 2

    before = len(_worked(api))
    print("pausing the process that fires runs for three intervals")
    server.send_signal(signal.SIGSTOP)
    time.sleep(3 * float(every.rstrip("s")))
    server.send_signal(signal.SIGCONT)
    resumed = time.monotonic()
    _until(lambda: len(_worked(api)) > before, "a run after the pause")
    time.sleep(max(0.0, float(every.rstrip("s")) / 2 - (time.monotonic() - resumed)))
    states: dict[str, int] = {}
    for run in _runs(api):
        states[run["state_name"]] = states.get(run["state_name"], 0) + 1
    print(f"runs by state: {states}; worked after the pause: {len(_worked(api)) - before}")
    assert len(_worked(api)) - before <= 2, "runs piled up"


def _until(done: Any, what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if done():
            return
        time.sleep(2)
    raise AssertionError(f"no sign of {what} within {SECONDS:.0f} s")


def _runs(api: str) -> list[dict[str, Any]]:
    [flow] = _post(api, "flows/filter", {"flows": {"name": {"any_": ["communique-scheduled"]}}}) or [{"id": None}]
    if flow["id"] is None:
        return []
    found = _post(api, "flow_runs/filter", {"flows": {"id": {"any_": [flow["id"]]}}, "sort": "EXPECTED_START_TIME_ASC"})
    failed = [r for r in found if r["state_type"] in ("FAILED", "CRASHED")]
    assert not failed, failed[0]["state"]
    return found


def _worked(api: str) -> list[dict[str, Any]]:
    return [r for r in _runs(api) if r["state_name"] == "Completed"]


def _fetched(folder: Path) -> list[int]:
    with duckdb.connect(str(folder / "published" / "communique.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select run_id, count(*) filter (where stage = 'fetch' and status = 'ok') from outcomes "
            "where stage in ('discover', 'fetch', 'clean', 'annotate') group by run_id order by run_id"
        ).fetchall()
    return [count for _, count in rows]


def _post(api: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        f"{api}/{path}", data=json.dumps(body).encode(), headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "60s")
