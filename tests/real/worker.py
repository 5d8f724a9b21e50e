"""A Prefect server with a worker runs the deployment of flows/prefect.yaml: `python -m tests.real.worker`.

Shows: the three commands of docs/scheduling.md work as they stand there; a run that the server hands to the worker
publishes the sample, a second one reads only what changed, and one that is asked for while another is under way does
not run beside it. Everything is on this machine and in a throw-away folder. Takes about five minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.prefect_environment import prepare
from flows.prefect_server import running_server
from flows.settings import PROJECT_ROOT, Settings
from tests.real.prefect_api import FLOW, ask, pages_fetched, runs, until, worked

POOL = "communique"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("PREFECT_API_URL", "PREFECT_HOME"):
            os.environ.pop(name, None)
        os.environ |= {"COMMUNIQUE_DATA_DIR": folder, "COMMUNIQUE_CACHE_DIR": f"{folder}/cache"}
        prepare(Settings())
        with running_server(Settings(), with_pages=True) as api:
            _prefect("work-pool", "create", POOL, "--type", "process")
            _prefect("deploy", "--all", "--prefect-file", "flows/prefect.yaml")
            deployment = ask(api, f"deployments/name/{FLOW}/communique")["id"]
            # The schedule would read real outlets.
            ask(api, f"deployments/{deployment}/pause_deployment", {})
            with _worker(Path(folder) / "worker.log"):
                _try(api, deployment, Path(folder))


def _try(api: str, deployment: str, folder: Path) -> None:
    start = f"deployments/{deployment}/create_flow_run"
    ask(api, start, {"parameters": {"sample": True}})
    until(lambda: any(run["state_type"] == "RUNNING" for run in runs(api)), "a running run")
    ask(api, start, {"parameters": {"sample": True}})
    until(lambda: len(worked(api)) >= 1, "a first run")
    until(lambda: all(run["state_type"] in ("COMPLETED", "CANCELLED") for run in runs(api)), "the end of both")
    print("asked for twice at once:", [run["state_name"] for run in runs(api)])
    assert len(worked(api)) == 1, "two runs worked at the same time"
    ask(api, start, {"parameters": {"sample": True}})
    until(lambda: len(worked(api)) >= 2, "a second run")
    counts = pages_fetched(folder)
    print(f"pages fetched: {counts}")
    assert counts[0] > 20
    assert counts[-1] < counts[0] / 4, "the second run was not incremental"
    reports = ask(api, "artifacts/filter", {})
    print(f"reports: {len(reports)}; the last begins {reports[-1]['data'].splitlines()[0]!r}")
    assert len(reports) >= 2


@contextmanager
def _worker(log: Path) -> Iterator[None]:
    line = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL]
    with log.open("ab") as file:
        worker = subprocess.Popen(line, cwd=PROJECT_ROOT, stdout=file, stderr=file)
        try:
            yield
        except BaseException:
            print(log.read_text(encoding="utf8")[-4000:])
            raise
        finally:
            worker.terminate()
            worker.wait(timeout=60)


def _prefect(*arguments: str) -> None:
    line = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    done = subprocess.run(line, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    print(f"prefect {' '.join(arguments)}: done")


if __name__ == "__main__":
    main()
