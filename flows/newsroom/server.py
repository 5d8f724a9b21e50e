"""Serves the sample newsroom on loopback, all hosts on one port, chosen by the Host header.

A client reads ``http://harbour-wire.example/…`` by connecting to 127.0.0.1 and ``Newsroom.port`` (its
``connect_to`` setting), so stored addresses never carry a port. Not a server for anything but the sample.
"""

from __future__ import annotations

import threading
from collections import Counter
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.newsroom.articles import Library, load_library
from flows.newsroom.pages import Page, build_site


class Newsroom:
    """The sample sites on an ephemeral loopback port, as a context manager.

    ``visit=1`` serves every article in its first version, ``visit=2`` the corrected ones where there are any.
    ``requests`` counts requests by address without query (``http://host/path``), ``statuses`` the answers.
    Raises NewsroomError when a file under ``root`` (data/newsroom) is wrong.
    """

    def __init__(self, root: Path, visit: int = 1) -> None:
        self.library: Library = load_library(root)
        self.site = build_site(self.library, visit)
        self.requests: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self._counting = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def hosts(self) -> list[str]:
        """Host names, in the order of outlets.yml."""
        return [outlet.host for outlet in self.library.outlets]

    @property
    def port(self) -> int:
        """The loopback port; raises RuntimeError before the newsroom is started."""
        if self._server is None:
            raise RuntimeError("the newsroom is not open: use it as a context manager")
        return int(self._server.server_address[1])

    @property
    def connect_to(self) -> dict[str, tuple[str, int]]:
        """Where to connect for each host: {host: ("127.0.0.1", port)}."""
        return dict.fromkeys(self.hosts, ("127.0.0.1", self.port))

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None

    def page(self, host: str, path: str) -> Page:
        """The page for a host and path; 404 for an unknown path, 421 for a host that is not served here."""
        found = self.site.get((host, path))
        if found is not None:
            return found
        if host not in self.hosts:
            return Page(b"This server does not answer for that host.\n", "text/plain; charset=utf-8", 421)
        return Page(b"<!doctype html><title>Not found</title><p>Page not found.</p>\n", status=404)

    def count(self, url: str, status: int) -> None:
        """Record one answered request (called from the server's threads)."""
        with self._counting:
            self.requests[url] += 1
            self.statuses[status] += 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.newsroom = newsroom


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleNewsroom"
    sys_version = ""
    timeout = 5  # an idle kept-alive connection must not outlive a test by much
    server: _Server

    def do_GET(self) -> None:  # the name http.server asks for
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the newsroom counts requests instead."""

    def _answer(self, with_body: bool) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        path = self.path.split("?", 1)[0]
        page = self.server.newsroom.page(host, path)
        status = 304 if page.status == 200 and self._unchanged(page) else page.status
        self.server.newsroom.count(f"http://{host}{path}", status)
        self.send_response(status)
        if page.status == 200:
            self.send_header("ETag", page.etag)
            if page.last_modified is not None:
                self.send_header("Last-Modified", format_datetime(page.last_modified, usegmt=True))
        if page.location:
            self.send_header("Location", page.location)
        if status != 304:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(page.body)

    def _unchanged(self, page: Page) -> bool:
        """RFC 9110, 13.2.2: If-None-Match decides; only without it does If-Modified-Since count."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return page.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None or page.last_modified is None:
            return False
        try:
            return page.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # TypeError: a date without a zone
            return False
