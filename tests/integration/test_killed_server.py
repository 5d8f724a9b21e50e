"""A run that is killed outright takes its Prefect server with it: no process and no open port stay behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

RUN = """
import time
from flows.prefect_environment import prepare
from flows.prefect_server import running_server
from flows.settings import Settings
prepare(Settings())
with running_server(Settings(), with_pages={pages}) as api:
    print(api, flush=True)
    time.sleep(600)
"""


def answers(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux alone tells a child of its parent's end")
@pytest.mark.parametrize("pages", [False, True], ids=["of a run", "of a schedule"])
def test_a_killed_run_leaves_no_server(tmp_path: Path, pages: bool) -> None:
    environment = {**os.environ, "COMMUNIQUE_DATA_DIR": str(tmp_path)}
    environment.pop("PREFECT_API_URL", None)
    line = [sys.executable, "-c", RUN.format(pages=pages)]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        api = run.stdout.readline().strip()
        assert answers(api)
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while answers(api) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not answers(api)
