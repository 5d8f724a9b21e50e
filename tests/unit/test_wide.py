"""The pool on a cluster: what it says without the packages, and that results and errors come back to whoever waits."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from flows import pipeline
from flows.settings import Settings


class Runner:
    """Stands for prefect-dask's task runner: runs a task's function at once, in this process."""

    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def client(self) -> str | None:
        return self.address

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.address = "left"

    def submit(self, task: Any, parameters: dict[str, Any]) -> Future[Any]:
        told: Future[Any] = Future()
        try:
            told.set_result(task.fn(**parameters))
        except ArithmeticError as error:
            told.set_exception(error)
        return told


class Package:
    DaskTaskRunner = Runner


class Deaf(Runner):
    @property
    def client(self) -> str | None:
        raise OSError("timed out")


class Silent:
    DaskTaskRunner = Deaf


NAMED = Settings(dask_scheduler="tcp://127.0.0.1:1")


def test_without_the_package_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(pipeline, "import_module", missing)
    with pytest.raises(LookupError, match=r"COMMUNIQUE_DASK_SCHEDULER .* docs/wider\.md"):
        pipeline._cluster(NAMED)


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "import_module", lambda _name: Silent)
    opens = pipeline._cluster(NAMED)
    assert opens is not None
    with pytest.raises(LookupError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        opens()


def test_without_a_scheduler_there_is_no_cluster() -> None:
    assert pipeline._cluster(Settings(dask_scheduler=None)) is None


def test_results_and_errors_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "import_module", lambda _name: Package)
    opens = pipeline._cluster(NAMED)
    assert opens is not None
    with opens() as pool:
        assert list(pool.map(divmod, [7, 9], [2, 4])) == [(3, 1), (2, 1)]
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()
        left = pool._runner  # type: ignore[attr-defined]
    assert left.address == "left"
