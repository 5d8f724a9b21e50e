"""One writer at a time, by a lock on a file that the operating system gives back when its holder dies.

The lock is a POSIX record lock: it belongs to the process, so a forked worker that outlives a killed run
does not keep it. Such a lock is lost when the process closes *any* handle on the file; therefore nothing else
in this package opens the lock file, and one process opens it only once.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import Settings

POLL_SECONDS = 0.1
# `communique status` holds the lock for an instant to see whether it is free: a run must not stumble over that.
PATIENCE_SECONDS = 0.5


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: process id, host, stage, and since when (UTC, ISO 8601)."""

    pid: int
    host: str
    stage: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} (stage {self.stage}) since {self.since}"


class LockHeld(RuntimeError):
    """Another process writes. The text is meant for people; `holder` is None when it could not be read."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = str(holder) if holder else "another process"
        there = f" on {holder.host}" if holder and holder.host != socket.gethostname() else ""
        advice = f"or end it with `kill {holder.pid}`{there}" if holder else "or end it"
        super().__init__(
            f"The data are being written by {who}. Wait until it is done and start again, {advice} if it hangs; "
            f"the lock {path} then frees itself and must not be deleted."
        )


@dataclass
class _Held:
    handle: int
    depth: int
    holder: Holder
    pid: int


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


def _read(handle: int) -> Holder | None:
    try:
        row = json.loads(os.pread(handle, 4096, 0))
        return Holder(int(row["pid"]), str(row["host"]), str(row["stage"]), str(row["since"]))
    except (ValueError, KeyError, TypeError):
        return None


def _try(handle: int) -> bool:
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _acquire(path: Path, stage: str, wait_seconds: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    deadline = time.monotonic() + max(wait_seconds, PATIENCE_SECONDS)
    while not _try(handle):
        if time.monotonic() >= deadline:
            holder = _read(handle)
            os.close(handle)
            raise LockHeld(path, holder)
        time.sleep(POLL_SECONDS)
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    holder = Holder(os.getpid(), socket.gethostname(), stage, since)
    os.ftruncate(handle, 0)
    os.pwrite(handle, (json.dumps(asdict(holder)) + "\n").encode(), 0)
    _held[path] = _Held(handle, 1, holder, os.getpid())


@contextmanager
def write_lock(settings: Settings, stage: str, wait_seconds: float = 0.0) -> Iterator[Holder]:
    """Hold the lock for the block. Inside one process it nests; the process is the holder, not the thread.

    Waits up to `wait_seconds` for another process, then raises LockHeld.
    """
    path = settings.lock_file.resolve()
    with _guard:
        held = _held.get(path)
        if held is not None and held.pid == os.getpid():
            held.depth += 1
        else:
            _held.pop(path, None)
            _acquire(path, stage, wait_seconds)
        mine = _held[path]
    try:
        yield mine.holder
    finally:
        with _guard:
            mine.depth -= 1
            if mine.depth == 0:
                os.ftruncate(mine.handle, 0)
                os.close(mine.handle)
                _held.pop(path, None)


def lock_holder(settings: Settings) -> Holder | None:
    """Who writes at this moment, or None."""
    path = settings.lock_file.resolve()
    with _guard:
        held = _held.get(path)
        if held is not None and held.pid == os.getpid():
            return held.holder
        if not path.exists():
            return None
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            return None if _try(handle) else _read(handle) or Holder(0, "unknown", "unknown", "unknown")
        finally:
            os.close(handle)
