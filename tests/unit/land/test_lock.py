"""The write lock: one process at a time, a sentence for the second, and nothing left of a killed holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.land.lock import LockHeld, lock_holder, write_lock
from flows.settings import Settings

HOLD = """
import sys, time
from pathlib import Path
from flows.land.lock import write_lock
from flows.settings import Settings
with write_lock(Settings(data_dir=Path(sys.argv[1])), "annotate"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def _other_process(settings: Settings) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.data_dir)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_second_process_is_told_who_holds_the_lock_and_what_to_do(settings: Settings) -> None:
    process = _other_process(settings)
    try:
        with pytest.raises(LockHeld) as caught, write_lock(settings, "land"):
            pass
        text = str(caught.value)
        assert f"process {process.pid}" in text
        assert "stage annotate" in text
        assert "since 2" in text
        assert "Wait until it is done" in text
        holder = lock_holder(settings)
        assert holder is not None
        assert holder.pid == process.pid
    finally:
        _end(process)


def test_another_machine_on_the_same_folder_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    process = _other_process(settings)
    monkeypatch.setattr("socket.gethostname", lambda: "second-machine")  # we are elsewhere than the holder
    try:
        holder = lock_holder(settings)
        assert holder is not None
        with (
            pytest.raises(LockHeld, match=f"`kill {process.pid}` on {holder.host} if it hangs"),
            write_lock(settings, "x"),
        ):
            pass
    finally:
        _end(process)


def test_a_killed_holder_leaves_the_lock_free(settings: Settings) -> None:
    _end(_other_process(settings))
    assert lock_holder(settings) is None
    with write_lock(settings, "land") as holder:
        assert holder.pid == os.getpid()


def test_waiting_ends_when_the_holder_does(settings: Settings) -> None:
    process = _other_process(settings)
    killer = subprocess.Popen(["sh", "-c", f"sleep 1; kill -9 {process.pid}"])
    try:
        with write_lock(settings, "land", wait_seconds=20) as holder:
            assert holder.stage == "land"
    finally:
        killer.wait()
        _end(process)


def test_the_lock_nests_in_one_process_and_is_free_afterwards(settings: Settings) -> None:
    with write_lock(settings, "run") as outer, write_lock(settings, "land") as inner:
        assert inner == outer
        assert lock_holder(settings) == outer
    assert lock_holder(settings) is None
    assert settings.lock_file.read_text() == ""
