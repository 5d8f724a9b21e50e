"""Scheduling: intervals, what keeps runs from piling up, and the report of a run.

Prefect itself is tried by `python -m tests.real.schedule`; importing it here is the slow part.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import run_report
from flows.outcomes import Outcome
from flows.prefect_environment import prepare
from flows.prefect_server import interval
from flows.settings import Settings


@pytest.fixture(scope="module", autouse=True)
def _private_profile(tmp_path_factory: pytest.TempPathFactory) -> None:
    prepare(Settings(data_dir=tmp_path_factory.mktemp("prefect")))


@pytest.mark.parametrize(
    ("text", "seconds"), [("15m", 900), ("90s", 90), ("6h", 21_600), (" 1D ", 86_400), ("10 s", 10)]
)
def test_an_interval_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert interval(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "9s", "0m", "-5m", "1.5h", "15 minutes"])
def test_anything_else_is_told_what_is_wanted(text: str) -> None:
    with pytest.raises(LookupError, match="such as 15m"):
        interval(text)


def test_a_run_that_was_due_before_the_last_one_began_has_nothing_to_do(tmp_path: Path) -> None:
    from flows.schedule import is_covered, mark_start

    settings = Settings(data_dir=tmp_path)
    began = datetime(2025, 4, 21, 12, 0, tzinfo=UTC)
    assert not is_covered(settings, began)
    mark_start(settings, began)
    assert is_covered(settings, began - timedelta(seconds=1))
    assert not is_covered(settings, began)
    assert not is_covered(settings, began + timedelta(minutes=15))
    (tmp_path / "schedule.json").write_text("torn")
    assert not is_covered(settings, began - timedelta(days=1))


def test_the_deployment_lets_one_run_at_a_time_and_refuses_the_next() -> None:
    from flows.schedule import deployment

    about = deployment(timedelta(minutes=15), sample=True, only=[])
    assert about["global_limit"].limit == 1
    assert about["global_limit"].collision_strategy == "CANCEL_NEW"
    assert about["schedule"].interval == timedelta(minutes=15)
    assert about["pause_on_shutdown"] is True


def test_the_file_for_workers_names_this_flow_and_the_same_limit() -> None:
    import yaml

    from flows import schedule

    folder = Path(schedule.__file__).parent
    [about] = yaml.safe_load((folder / "prefect.yaml").read_text("utf8"))["deployments"]
    path, function = about["entrypoint"].split(":")
    assert (folder.parent / path).samefile(schedule.__file__)
    assert getattr(schedule, function) is schedule.scheduled
    assert about["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def test_a_failed_run_says_that_the_old_release_stays() -> None:
    text = run_report.failed(RuntimeError("model x: ``` broke"), datetime.now(UTC))
    assert "the release before stays" in text
    assert text.count("```") == 2


def test_a_finished_run_lists_every_kind_of_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    counts = pa.table({"release": ["r1"], "documents": [1200], "statements": [5], "events": [4], "changes": [3]})
    quiet = pa.table({"source_key": ["outlet:a"], "state": ["warning"], "advice": ["Look again."]})
    answers = iter([counts, quiet])
    monkeypatch.setattr(run_report, "ask", lambda *_: next(answers))
    outcomes = [Outcome("fetch", "a"), Outcome("fetch", "b"), Outcome("fetch", "c", "not_found")]
    text = run_report.done(Settings(), outcomes, datetime.now(UTC))
    assert "| r1 | 1,200 | 5 | 4 | 3 |" in text
    assert "| fetch | ok | done | 2 |  |" in text
    assert "| fetch | failed | not_found | 1 | The page does not exist" in text
    assert "- outlet:a (warning): Look again." in text
