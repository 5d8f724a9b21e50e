"""The command line as a person uses it, in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.settings import Settings


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Installation:
    """A data folder, and commands that run in it."""

    settings: Settings

    def __call__(self, *arguments: str, stdin: str = "") -> Ended:
        environment = {
            **os.environ,
            "COMMUNIQUE_DATA_DIR": str(self.settings.data_dir),
            "COMMUNIQUE_CACHE_DIR": str(self.settings.cache_dir),
            "COLUMNS": "160",
            "PYTHONWARNINGS": "default",
        }
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments],
            input=stdin,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds are loaded once for all tests of a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def installation(tmp_path: Path, cache_dir: Path) -> Callable[..., Ended]:
    """An empty installation."""
    return Installation(Settings(data_dir=tmp_path / "data", cache_dir=cache_dir, annotate_processes=1))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> tuple[Installation, Ended]:
    """The sample newsroom after a first run, and what that run printed."""
    folder = tmp_path_factory.mktemp("sample")
    installed = Installation(Settings(data_dir=folder / "data", cache_dir=cache_dir))
    return installed, installed("run", "--sample")
