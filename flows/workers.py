"""Worker processes that end when the process that started them ends, even when that was killed.

A worker of a ProcessPoolExecutor waits on a pipe whose other end it holds itself: after a kill -9 of its parent it
would wait for ever, with its model in memory.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any

# Opens a pool that works elsewhere than in processes of this machine.
OpenPool = Callable[[], Executor]


def worker_pool(processes: int, start: Callable[..., None] | None = None, *arguments: Any) -> ProcessPoolExecutor:
    """Fresh processes (spawned, not forked: threads and open databases stay behind), each begun by `start`."""
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(start, arguments)
    )


def _begin(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    if start is not None:
        start(*arguments)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
