"""Deadlines that hold whatever a library does with its socket: a thread shuts the socket when the time is over.

Socket time-outs bound the silence between two packets; a server that drips a byte a second never meets them.
"""

from __future__ import annotations

import contextlib
import heapq
import os
import socket
import threading
import time


class Deadline:
    """The bound of one exchange. Sockets attached to it are shut when it passes."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds
        self.fired = False
        self.done = False
        self.is_fresh = False  # a connection was opened for it; else a kept one is used
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def remaining(self) -> float:
        """Seconds left, at least a hundredth: a zero would mean a non-blocking socket."""
        return max(self.at - time.monotonic(), 0.01)

    def attach(self, sock: socket.socket) -> None:
        """Watches a duplicate of the descriptor: TLS wrapping takes the original away, a duplicate stays."""
        if sock.fileno() < 0:
            return
        twin = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            self._sockets.append(twin)
            if self.fired:
                _shut(twin)

    def fire(self) -> None:
        """Shuts every attached socket, once, unless the exchange is over."""
        with self._lock:
            if not self.done:
                self.fired = True
                for sock in self._sockets:
                    _shut(sock)

    def finish(self) -> None:
        """The exchange is over: lets go of the duplicates."""
        with self._lock:
            self.done = True
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """One thread that fires deadlines in order. `close` ends it."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Deadline]] = []
        self._wake = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def watch(self, deadline: Deadline) -> None:
        """Fires `deadline` at its time."""
        with self._wake:
            if self._closed:
                raise RuntimeError("the fetch client is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fetch-watchdog", daemon=True)
                self._thread.start()
            heapq.heappush(self._heap, (deadline.at, id(deadline), deadline))
            if self._heap[0][2] is deadline:
                self._wake.notify()

    def close(self) -> None:
        """Stops the thread; deadlines still under way are no longer watched."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._wake:
            while not self._closed:
                while self._heap and self._heap[0][2].done:
                    heapq.heappop(self._heap)
                if not self._heap:
                    self._wake.wait()
                    continue
                at, _, deadline = self._heap[0]
                now = time.monotonic()
                if now < at:
                    self._wake.wait(at - now)
                    continue
                heapq.heappop(self._heap)
                # The first-byte deadline moves to the whole time once the headers are there.
                if deadline.at > now and not deadline.done:
                    heapq.heappush(self._heap, (deadline.at, id(deadline), deadline))
                else:
                    deadline.fire()
