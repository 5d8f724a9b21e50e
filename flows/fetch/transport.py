"""One HTTP exchange without redirects, under a guard, a watchdog and bounds. Policy (robots, pacing) is not here.

Every connection is opened by the guard, and every use of one is watched until its deadline (watchdog.py).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from flows.fetch.errors import FetchError
from flows.fetch.guard import ForbiddenAddressError, Guard
from flows.fetch.limits import LimitError, Limits, Meter, decoded
from flows.fetch.watchdog import Deadline, Watchdog

DRAIN_BYTES = 65_536
# Small steps, so that the ratio of a bomb is seen before much of it is unpacked.
WIRE_STEP = 16_384
STALE_TRIES = 10


class Sink(Protocol):
    """What a body is written to."""

    def write(self, data: bytes, /) -> object:
        """Appends."""


@dataclass(frozen=True)
class Exchange:
    """Status and headers (names in lower case, repeated ones joined by a comma); the body went to a sink."""

    status: int
    headers: dict[str, str]
    wire_bytes: int
    body_bytes: int


class _StaleError(Exception):
    """A kept connection had been closed by the server before the request reached it."""


Gate = Callable[[int, dict[str, str]], bool]


_current = threading.local()


class _Guarded:
    """Mixed into urllib3's connections: opens through the guard and attaches every use to the current deadline."""

    guard: Guard
    connect_seconds: float
    sock: Any
    host: str
    port: int

    def _new_conn(self) -> socket.socket:
        deadline: Deadline = _current.deadline
        timeout = min(self.connect_seconds, deadline.remaining())
        try:
            sock = self.guard.connect(self.host, self.port, timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]
        deadline.is_fresh = True
        deadline.attach(sock)
        return sock

    def request(self, *args: Any, **kwargs: Any) -> Any:
        sock = self.sock
        if sock is not None:
            _current.deadline.attach(sock)
        return super().request(*args, **kwargs)  # type: ignore[misc]


class _GuardedAdapter(HTTPAdapter):
    def __init__(self, guard: Guard, connect_seconds: float, pool: int) -> None:
        own = {"guard": guard, "connect_seconds": connect_seconds}
        plain = type("GuardedHTTPConnection", (_Guarded, HTTPConnection), dict(own))
        tls = type("GuardedHTTPSConnection", (_Guarded, HTTPSConnection), dict(own))
        self._classes = {
            "http": type("GuardedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("GuardedHTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
        super().__init__(pool_connections=pool * 4, pool_maxsize=pool, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._classes


class Transport:
    """A guarded session: no proxies, no cookies, no redirects, no retries. Safe for several threads."""

    def __init__(self, guard: Guard, connect_seconds: float = 10.0, pool: int = 8) -> None:
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy would hide the peer from the guard; .netrc would leak secrets
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = _GuardedAdapter(guard, connect_seconds, pool)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._watchdog = Watchdog()

    def close(self) -> None:
        """Closes pooled connections and the watchdog."""
        self._session.close()
        self._watchdog.close()

    def exchange(self, url: str, headers: dict[str, str], limits: Limits, sink: Sink, gate: Gate) -> Exchange:
        """One GET. The body is unpacked into `sink` when `gate(status, headers)` says so, else it is not read.

        Raises FetchError for every failure, and whatever the gate raises. A kept connection that the server had
        closed meanwhile is no failure: the request is sent once more, on a new one.
        """
        for _ in range(STALE_TRIES):
            try:
                return self._once(url, headers, limits, sink, gate)
            except _StaleError:
                continue
        raise FetchError("unreachable", "kept connections were closed again and again", passing=True)

    def _once(self, url: str, headers: dict[str, str], limits: Limits, sink: Sink, gate: Gate) -> Exchange:
        deadline = Deadline(limits.first_byte_seconds)
        _current.deadline = deadline
        self._watchdog.watch(deadline)
        meter = Meter(limits)
        answered = False
        try:
            request = requests.Request("GET", url, headers=headers)
            prepared = self._session.prepare_request(request)
            response = self._session.send(
                prepared,
                stream=True,
                allow_redirects=False,
                timeout=(limits.first_byte_seconds, max(limits.first_byte_seconds, 0.01)),
            )
            finished, answered = False, True
            try:
                deadline.at += max(limits.total_seconds - limits.first_byte_seconds, 0.0)
                own = {k.lower(): v for k, v in response.headers.items()}
                if gate(response.status_code, own):
                    for piece in decoded(_wire(response.raw), own.get("content-encoding", ""), meter):
                        sink.write(piece)
                    declared = own.get("content-length", "")
                    if "transfer-encoding" not in own and declared.isdigit() and meter.wire < int(declared):
                        raise FetchError("truncated", f"{meter.wire} of {declared} bytes came", passing=True)
                    finished = True
                elif _is_small(own):
                    # A short error page is read and dropped, so that the connection can be used again.
                    finished = len(response.raw.read(DRAIN_BYTES + 1, decode_content=False)) <= DRAIN_BYTES
                return Exchange(response.status_code, own, meter.wire, meter.body)
            finally:
                if not finished:
                    response.raw.close()  # an unread body must not go back to the pool
                response.close()
        except ForbiddenAddressError as error:
            raise FetchError("forbidden_address", str(error)) from error
        except LimitError as error:
            if deadline.fired:
                raise _timeout(meter, limits) from error
            raise FetchError(error.reason, error.detail, passing=error.reason == "truncated") from error
        except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            if deadline.fired:
                raise _timeout(meter, limits) from error
            if not answered and not deadline.is_fresh:
                raise _StaleError from error
            raise _translated(error, meter, answered) from error
        except FetchError as error:
            if deadline.fired:
                raise _timeout(meter, limits) from error
            raise
        finally:
            deadline.finish()


def _is_small(headers: dict[str, str]) -> bool:
    length = headers.get("content-length", "")
    return length.isdigit() and len(length) < 9 and int(length) <= DRAIN_BYTES


def _wire(raw: Any) -> Iterator[bytes]:
    yield from raw.stream(WIRE_STEP, decode_content=False)


def _timeout(meter: Meter, limits: Limits) -> FetchError:
    if not meter.wire:
        return FetchError("timeout", f"no answer within {limits.first_byte_seconds:g} s", passing=True)
    return FetchError("timeout", f"{meter.wire} bytes within {limits.total_seconds:g} s, not yet the end")


def _translated(error: Exception, meter: Meter, answered: bool) -> FetchError:
    """The reason code for an exception of requests, urllib3, http.client or the socket layer."""
    chain = list(_chain(error))
    for inner in chain:
        if isinstance(inner, ForbiddenAddressError):
            return FetchError("forbidden_address", str(inner))
        if isinstance(inner, (NameResolutionError, socket.gaierror)):
            return FetchError("dns_failure", "the name does not resolve", passing=True)
    text = str(chain[-1])[:300]
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError)):
        return FetchError("bad_url", text)
    if isinstance(error, requests.exceptions.SSLError) or any(
        isinstance(e, urllib3.exceptions.SSLError) for e in chain
    ):
        return FetchError("tls_failure", text)
    silent = any(isinstance(e, TimeoutError) for e in chain)
    # NewConnectionError is a TimeoutError of urllib3 even when the connection was refused.
    if any(isinstance(e, NewConnectionError) for e in chain) and not silent:
        return FetchError("unreachable", text, passing=True)
    if silent or any(isinstance(e, urllib3.exceptions.TimeoutError) for e in chain):
        return FetchError("timeout", "the server fell silent", passing=True)
    if isinstance(error, requests.exceptions.InvalidHeader) or any(
        isinstance(e, urllib3.exceptions.LocationParseError) for e in chain
    ):
        return FetchError("bad_url", text)
    if answered:
        return FetchError("truncated", f"the connection ended after {meter.wire} bytes", passing=True)
    return FetchError("unreachable", text, passing=True)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    queue: list[object] = [error]
    while queue:
        item = queue.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            queue += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
