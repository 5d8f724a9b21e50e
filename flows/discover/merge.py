"""Several iterators read by threads and given out as one, with a bound on what waits between them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
BUFFER = 500


class _End:
    """One iterator has ended; `error` is what it raised, if it did."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def merged(makers: Sequence[Callable[[], Iterator[T]]], workers: int) -> Iterator[T]:
    """Everything that the iterators give, each in its own order, as it comes. Raises what one of them raises."""
    if workers <= 1 or len(makers) <= 1:
        for make in makers:
            yield from make()
        return
    box: queue.Queue[T | _End] = queue.Queue(BUFFER)
    stop = threading.Event()

    def put(item: T | _End) -> bool:
        while not stop.is_set():
            try:
                box.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def drain(make: Callable[[], Iterator[T]]) -> None:
        error: BaseException | None = None
        try:
            if not stop.is_set():
                for item in make():
                    if not put(item):
                        return
        except BaseException as raised:  # handed over to the reader
            error = raised
        put(_End(error))

    pool = ThreadPoolExecutor(workers, thread_name_prefix="discover")
    try:
        for make in makers:
            pool.submit(drain, make)
        open_count = len(makers)
        while open_count:
            item = box.get()
            if not isinstance(item, _End):
                yield item
                continue
            if item.error is not None:
                raise item.error
            open_count -= 1
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
