"""Workers of a Dask cluster behind the interface of a pool of processes: cleaning and parsing on other machines.

Prefect's Dask task runner does the work, a task per batch, so that each batch is a task run with its state in Prefect.
What goes out and comes back are values (records, Arrow tables); no worker opens a database, and the one writer stays
where the run is. A worker that dies takes its batch along, and the scheduler gives that to another one.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from importlib import import_module
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE


class ClusterPool(Executor):
    """An executor on the workers that the scheduler at this address has ('tcp://host:8786').

    Raises LookupError when prefect-dask is not installed, and OSError when no scheduler answers.
    """

    def __init__(self, scheduler: str) -> None:
        try:
            runner = import_module("prefect_dask").DaskTaskRunner
        except ImportError:
            raise LookupError(
                "COMMUNIQUE_DASK_SCHEDULER is set, and prefect-dask is not installed: see docs/wider.md"
            ) from None
        self._runner = runner(address=scheduler)
        self._runner.__enter__()
        self._batch = task(name="batch", cache_policy=NO_CACHE, persist_result=False)(_call)

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The result of work(*args, **kwargs) on some worker, to come."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        # as bytes: Prefect would look through every record for results of other tasks
        told = self._runner.submit(self._batch, {"job": pickle.dumps((work, args, kwargs))})
        told.add_done_callback(partial(_hand_on, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster; its workers go on."""
        self._runner.__exit__(None, None, None)


def _call(job: bytes) -> Any:
    work, args, kwargs = pickle.loads(job)
    return work(*args, **kwargs)


def _hand_on(future: Future[Any], told: Any) -> None:
    try:
        future.set_result(told.result())
    except BaseException as error:  # of the work, of the cluster: whoever waits gets it
        future.set_exception(error)
