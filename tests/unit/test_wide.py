"""The pool on a cluster: what it says without the packages, and that results and errors come back to whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from flows import wide
from flows.workers import worker_pool


class Runner:
    """Stands for prefect-dask's task runner: runs a task's function at once, in this process."""

    def __init__(self, address: str) -> None:
        self.address = address

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


def fake(package: type) -> Callable[[str], type]:
    return lambda _name: package


def test_without_the_package_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(wide, "import_module", missing)
    with pytest.raises(LookupError, match=r"COMMUNIQUE_DASK_SCHEDULER .* docs/wider\.md"):
        worker_pool(2, scheduler="tcp://127.0.0.1:1")


def test_results_and_errors_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wide, "import_module", fake(Package))
    with worker_pool(2, scheduler="tcp://127.0.0.1:1") as pool:
        assert list(pool.map(divmod, [7, 9], [2, 4])) == [(3, 1), (2, 1)]
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()
        left = pool._runner  # type: ignore[attr-defined]
    assert left.address == "left"
