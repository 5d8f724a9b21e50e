"""What stands before Prefect: reading an interval, and a server of one's own on loopback. It imports no Prefect.

Prefect reads its settings when it is imported, so the server must be up, and PREFECT_API_URL set, before that.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flows.children import dying_with_parent
from flows.settings import Settings

HOST = "127.0.0.1"
# The first start in a fresh profile migrates a database: over 20 s on two cores, more beside other work.
SERVER_SECONDS = 180.0
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def interval(text: str) -> timedelta:
    """'15m', '90s', '6h' or '1d' as a length of time. Raises LookupError for anything else, and under ten seconds."""
    found = re.fullmatch(r"(\d+)\s*([smhd])", text.strip().lower())
    length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if length < timedelta(seconds=10):
        raise LookupError(f"{text!r} is no interval: give a number and s, m, h or d, such as 15m; at least 10s.")
    return length


@contextmanager
def running_server(settings: Settings, port: int = 0, *, with_pages: bool = False) -> Iterator[str]:
    """The address of the API; port 0 takes a free one. A server that PREFECT_API_URL names is used as it is.

    `with_pages` serves Prefect's web pages and fires schedules; without, it only keeps the history of one run. The
    server Prefect would start for itself outlives a run that is killed, so this one is started here.
    Raises RuntimeError when the server does not come up; its words are in server.log of the profile.
    """
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    port = port or _free_port()
    line, more = _command(port, with_pages)
    with (settings.prefect_home / "server.log").open("ab") as log:
        # A session of its own: an interrupt at the terminal ends the runner first, which still needs the server.
        server = subprocess.Popen(
            line,
            env={**os.environ, **more},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
        try:
            _wait(server, f"http://{HOST}:{port}/api/health")
            os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"
            yield os.environ["PREFECT_API_URL"]
        finally:
            os.environ.pop("PREFECT_API_URL", None)
            _end(server)


def _command(port: int, with_pages: bool) -> tuple[list[str], dict[str, str]]:
    """The command of the server and what it needs in its environment. The small one is what Prefect itself starts."""
    if with_pages:
        return [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)], {}
    line = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    line += ["--host", HOST, "--port", str(port), "--log-level", "error", "--lifespan", "on"]
    return line, {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + SERVER_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The Prefect server ended with {server.returncode}; see server.log in its profile.")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"The Prefect server did not answer within {SERVER_SECONDS:.0f} s.")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
