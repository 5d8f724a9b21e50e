"""A real Prefect server fires scheduled runs over the sample: `python -m tests.real.schedule [interval]`.

Shows: two runs fire, the second reads only what changed; after a pause of several intervals one run follows, not one
per interval; each leaves a report; an interrupt ends all processes. Takes about five minutes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.real.prefect_api import ask, pages_fetched, runs, until, worked


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
    until(lambda: len(worked(api)) >= 2, "two runs")
    first, second = worked(api)[:2]
    for run in (first, second):
        print(f"{run['name']}: {run['state_name']}, due {run['expected_start_time']}, {run['total_run_time']:.0f} s")
    counts = pages_fetched(folder)
    print(f"pages fetched: {counts}")
    assert counts[0] > 20
    assert counts[1] < counts[0] / 4, "the second run was not incremental"
    reports = ask(api, "artifacts/filter", {})
    print(f"reports: {len(reports)}; the last begins {reports[-1]['data'].splitlines()[0]!r}")
    assert len(reports) >= 2

    before = len(worked(api))
    print("pausing the process that fires runs for three intervals")
    server.send_signal(signal.SIGSTOP)
    time.sleep(3 * float(every.rstrip("s")))
    server.send_signal(signal.SIGCONT)
    resumed = time.monotonic()
    until(lambda: len(worked(api)) > before, "a run after the pause")
    time.sleep(max(0.0, float(every.rstrip("s")) / 2 - (time.monotonic() - resumed)))
    states: dict[str, int] = {}
    for run in runs(api):
        states[run["state_name"]] = states.get(run["state_name"], 0) + 1
    print(f"runs by state: {states}; worked after the pause: {len(worked(api)) - before}")
    assert len(worked(api)) - before <= 2, "runs piled up"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "60s")
