"""dbt as a subprocess: its in-process runner keeps DuckDB's write lock after it ends."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.children import dying_with_parent
from flows.outcomes import Outcome
from flows.settings import Settings


class BuildFailed(RuntimeError):
    """dbt ended with an error. The message holds what dbt said of the first failures; `outcomes` holds them all."""

    def __init__(self, message: str, outcomes: list[Outcome]) -> None:
        super().__init__(message)
        self.outcomes = outcomes


@dataclass(frozen=True)
class Result:
    """One node of a dbt run: its unique id, dbt's status word, seconds, what it said, and rows at fault."""

    node: str
    status: str
    seconds: float
    message: str
    failures: int | None = None

    @property
    def failed(self) -> bool:
        """Whether dbt says error, fail or runtime error."""
        return self.status in ("error", "fail", "runtime error")


def project_hash(settings: Settings) -> str:
    """SHA-256 over names and bytes of the project's SQL and YAML files: equal hashes compile to equal SQL."""
    digest = hashlib.sha256()
    for path in sorted(p for p in settings.dbt_dir.rglob("*") if p.suffix in (".sql", ".yml")):
        digest.update(str(path.relative_to(settings.dbt_dir)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def invoke(settings: Settings, command: str, *arguments: str) -> list[Result]:
    """One dbt command to its results. Raises BuildFailed with dbt's own words for what went wrong."""
    target = settings.cache_dir / "dbt"
    target.mkdir(parents=True, exist_ok=True)
    results_file = target / "run_results.json"
    results_file.unlink(missing_ok=True)
    line = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--no-use-colors", "--log-path", str(target)]
    line += command.split()
    line += ["--project-dir", str(settings.dbt_dir), "--profiles-dir", str(settings.dbt_dir)]
    line += ["--target-path", str(target), *arguments]
    done = subprocess.run(
        line,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=dying_with_parent(),
    )
    results = _results(results_file)
    if done.returncode:
        raise failure(results, (done.stdout + done.stderr).strip()[-2000:] or f"dbt ended with {done.returncode}")
    return results


def environment(settings: Settings) -> dict[str, str]:
    """The variables that profiles.yml reads, and no telemetry."""
    return {
        **os.environ,
        "COMMUNIQUE_RAW_DB": str(settings.raw_db.resolve()),
        "COMMUNIQUE_LANGUAGE_DB": str(settings.language_db.resolve()),
        "COMMUNIQUE_WAREHOUSE_DB": str(settings.warehouse_db.resolve()),
        "COMMUNIQUE_DBT_THREADS": str(settings.dbt_threads),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONWARNINGS": "ignore",
    }


def outcomes_of(results: list[Result]) -> list[Outcome]:
    """One outcome per failed node, and one for the whole build."""
    failed = [
        Outcome("build", r.node, "test_failed" if r.node.startswith("test.") else "build_failed", detail=r.message)
        for r in results
        if r.failed
    ]
    milliseconds = int(1000 * sum(r.seconds for r in results))
    return failed or [Outcome("build", f"{len(results)} dbt nodes", duration_ms=milliseconds)]


def _results(path: Path) -> list[Result]:
    if not path.exists():
        return []
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf8"))["results"]
    return [
        Result(r["unique_id"], r["status"], r["execution_time"], r.get("message") or "", r.get("failures"))
        for r in found
    ]


def failure(results: list[Result], said: str = "") -> BuildFailed:
    """The error that tells of the failed nodes, else what dbt itself `said`."""
    outcomes = [o for o in outcomes_of(results) if o.status == "failed"]
    message = "; ".join(f"{o.subject}: {o.detail.strip()}" for o in outcomes[:3]) or said
    return BuildFailed(message, outcomes or [Outcome("build", "dbt", "build_failed", detail=message)])
