"""A Prefect server with a worker runs the deployment of flows/prefect.yaml: `python -m tests.real.worker`.

Shows: the three commands of docs/scheduling.md work as they stand there; a run that the server hands to the worker
publishes the sample, a second one reads only what changed, and one that is asked for while another is under way does
not run beside it; an automation tells of a run that failed. Everything is on this machine and in a throw-away folder.
Takes about five minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
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
    _alert(api, start)


def _alert(api: str, start: str) -> None:
    """The first automation of docs/scheduling.md, with a webhook of our own to call."""
    told: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["content-length"])).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent: what was told is printed below."""

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    kind = next(t["id"] for t in ask(api, "block_types/filter", {}) if t["slug"] == "webhook")
    schema = ask(api, "block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": [kind]}}})[0]["id"]
    block = {"name": "alert", "block_type_id": kind, "block_schema_id": schema}
    block["data"] = {"url": f"http://127.0.0.1:{listener.server_port}/", "method": "POST"}
    action = {"type": "call-webhook", "block_document_id": ask(api, "block_documents/", block)["id"]}
    action["payload"] = '{"text": "{{ flow_run.name }} {{ flow_run.state.name }}"}'
    trigger = {"type": "event", "posture": "Reactive", "threshold": 1, "within": 0}
    trigger |= {"expect": ["prefect.flow-run.Failed", "prefect.flow-run.Crashed"], "for_each": ["prefect.resource.id"]}
    trigger |= {"match": {"prefect.resource.id": "prefect.flow-run.*"}}
    ask(api, "automations/", {"name": "failed runs", "trigger": trigger, "actions": [action]})
    time.sleep(10)  # until the server has taken it up
    ask(api, start, {"parameters": {"sample": True, "only": ["outlet:that-is-none"]}})
    until(lambda: bool(told), "an alert")
    print("the automation said:", told[0])
    assert "Failed" in told[0]
    listener.shutdown()


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
