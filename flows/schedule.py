"""Runs on a schedule: a deployment that Prefect fires, one run at a time, with a report of each as an artifact.

After a pause there is one run, not one per interval missed: Prefect refuses a run while another is under way, a run
that was due before the last one began is skipped, and the project's own lock has the last word about who writes.
What a run does is in pipeline.py.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, State
from prefect.runtime import flow_run
from prefect.schedules import Interval
from prefect.states import Completed

from flows import run_report
from flows.land.lock import LockHeld, lock_holder
from flows.pipeline import communique
from flows.settings import Settings

NAME = "communique"
ARTIFACT = "communique-run-report"


@flow(name="communique-scheduled", validate_parameters=False)
def scheduled(sample: bool = False, only: list[str] | None = None) -> State[Any] | None:
    """One scheduled run. Ends as Skipped where another run did its work or is doing it; fails as the run fails."""
    settings = Settings()
    started, due = datetime.now(UTC), flow_run.scheduled_start_time or datetime.now(UTC)
    holder = lock_holder(settings)
    if is_covered(settings, due) or holder:
        why = f"{holder} writes" if holder else "a later run has done what this one was due for"
        return _skipped(why)
    mark_start(settings, started)
    try:
        outcomes = communique(sample=sample, only=only)
    except LockHeld as held:
        return _skipped(str(held))
    except Exception as fault:
        _show(run_report.failed(fault, started))
        raise
    _show(run_report.done(settings, outcomes, started))
    return None


def deployment(every: timedelta, *, sample: bool, only: list[str]) -> dict[str, Any]:
    """What `serve` is given: the schedule, and the limits that keep runs from piling up."""
    return {
        "name": NAME,
        "schedule": Interval(every, anchor_date=datetime.now(UTC) + timedelta(seconds=5)),
        "parameters": {"sample": sample, "only": only},
        "global_limit": ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        "pause_on_shutdown": True,
        "description": "Reads all sources, codes what is new and publishes.",
    }


def serve(every: timedelta, *, sample: bool, only: list[str]) -> None:
    """Fires runs until it is interrupted. Needs a server: the one of PREFECT_API_URL."""
    scheduled.serve(**deployment(every, sample=sample, only=only))


def is_covered(settings: Settings, due: datetime) -> bool:
    """Whether a run began after this one was due: then all that this one would read has been read.

    A run that began later than now began by a clock that was ahead, and covers nothing.
    """
    path = _stamp(settings)
    if not path.exists():
        return False
    try:
        began = datetime.fromisoformat(json.loads(path.read_text(encoding="utf8"))["started_at"])
    except (ValueError, KeyError):
        return False
    return due < began <= datetime.now(UTC)


def mark_start(settings: Settings, started: datetime) -> None:
    """Remembers when the last scheduled run began."""
    path = _stamp(settings)
    half = path.with_suffix(".part")
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_text(json.dumps({"started_at": started.isoformat()}) + "\n", encoding="utf8")
    os.replace(half, path)


def _stamp(settings: Settings) -> Any:
    return settings.data_dir / "schedule.json"


def _skipped(why: str) -> State[Any]:
    _show(run_report.skipped(why))
    return Completed(name="Skipped", message=why)


def _show(markdown: str) -> None:
    create_markdown_artifact(markdown, key=ARTIFACT, description="What the last scheduled run did.")
