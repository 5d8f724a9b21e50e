"""dbt's manifest, parsed once for all tests of the project's shape."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from flows.settings import Settings
from flows.transform.dbt import environment


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `dbt parse` makes of the project; the semantic layer is checked by it too."""
    target = str(tmp_path_factory.mktemp("dbt"))
    settings = Settings()
    folder = str(settings.dbt_dir)
    line = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-path", target, "parse", "--project-dir", folder]
    line += ["--profiles-dir", folder, "--target-path", target, "--no-partial-parse"]
    done = subprocess.run(line, env=environment(settings), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with open(f"{target}/manifest.json", encoding="utf8") as file:
        found: dict[str, Any] = json.load(file)
    return found
