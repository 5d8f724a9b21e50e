"""A cluster's workers behind the interface of a pool of processes: what cleaning and parsing know of a cluster.

Which cluster that is, and whose tasks the batches are, is pipeline.py's to say. What goes out and comes back are values
(records, Arrow tables); no worker opens a database, and the one writer stays where the run is.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any


class ClusterPool(Executor):
    """An executor on a task runner: something to enter and leave, with `submit(task, parameters)` that gives a future
    and a `client` that connects.

    `batch` is the runner's task around `call`. Opening raises what the runner raises, OSError where nobody answers.
    """

    def __init__(self, runner: Any, batch: Any) -> None:
        self._runner = runner.__enter__()
        _ = runner.client  # a runner connects when it is first asked: here, where the caller knows whom it asks
        self._batch = batch

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The result of work(*args, **kwargs) on some worker, to come."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        # as bytes: a runner would look through every record for results of other tasks
        told = self._runner.submit(self._batch, {"job": pickle.dumps((work, args, kwargs))})
        told.add_done_callback(partial(_hand_on, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster; its workers go on."""
        self._runner.__exit__(None, None, None)


def call(job: bytes) -> Any:
    """Does on a worker what `submit` was given."""
    work, args, kwargs = pickle.loads(job)
    return work(*args, **kwargs)


def _hand_on(future: Future[Any], told: Any) -> None:
    try:
        future.set_result(told.result())
    except BaseException as error:  # of the work, of the cluster: whoever waits gets it
        future.set_exception(error)
