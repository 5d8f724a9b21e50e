"""The one way to the outside: polite, bounded, guarded GET requests, with every failure as an Outcome.

`fetch` is for article pages, `open_listing` for feeds and sitemaps. Robots, rights, pacing, retries, redirects and
validators meet here; each is defined in a module of its own. Nothing is parsed here but headers and the page's head.
"""

from __future__ import annotations

import io
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import IO

from flows.discover.candidate import Candidate
from flows.discover.urls import canonical_url
from flows.fetch import rights as tdm
from flows.fetch.errors import FetchError
from flows.fetch.guard import Guard
from flows.fetch.hosts import Hosts
from flows.fetch.limits import Limits
from flows.fetch.page import Page, charset, utc_now
from flows.fetch.request import Answer, Request, Requester
from flows.fetch.state import FetchState, UrlRecord
from flows.fetch.transport import Transport
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source

HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")
# Failures after which the address was really asked for, so that its record changes.
_ASKED = ("timeout", "truncated", "too_large", "bomb", "bad_encoding", "unreachable", "dns_failure", "tls_failure")
# Failures that the next run should make good: the listing is read again in full, or it would never name the page again.
_TO_REPEAT = (*_ASKED, "http_error", "rate_limited", "quarantined", "robots_unreachable", "internal_error")


@dataclass
class Listing:
    """A feed or sitemap, unpacked into a temporary file that the receiver closes."""

    url: str
    final_url: str
    headers: dict[str, str]
    file: IO[bytes]
    byte_count: int
    duration_ms: int

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


class FetchClient:
    """Fetches for several threads at once. Use as a context manager, or call `close`."""

    def __init__(self, settings: Settings, state: FetchState | None = None) -> None:
        self.settings = settings
        self.state = state if state is not None else FetchState()
        guard = Guard(settings.allow_loopback, settings.connect_to)
        transport = Transport(guard, settings.connect_seconds, settings.fetch_workers)
        self.hosts = Hosts(settings, self.state)
        self.requester = Requester(settings, transport, self.hosts)
        self._transport = transport

    def __enter__(self) -> FetchClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives up all waits and closes all connections."""
        self.hosts.pacer.stop()
        self._transport.close()

    def fetch(
        self,
        url: str,
        source: Source | None = None,
        conditional: bool = True,
        candidate: Candidate | None = None,
    ) -> Page | Outcome:
        """The page at `url`, or the Outcome that says why there is none. Never raises for what the world does.

        With `conditional`, an unchanged page is an Outcome `not_modified`: by its validators, or by equal bytes.
        """
        started = time.monotonic()
        source_key = source.key if source else (candidate.source_key if candidate else None)
        key = canonical_url(url)
        try:
            if key is None:
                raise FetchError("bad_url", url[:200])
            known = self.state.url(key)
            self._refuse_early(known, source)
            rights, basis = self._site_rights(url, source)
            body = io.BytesIO()
            answer = self.requester.get(
                Request(
                    url,
                    source,
                    self._page_limits(),
                    _validators(known) if conditional else {},
                    _page_gate,
                    only_wanted=True,
                ),
                body,
            )
            page = self._page(url, key, answer, body.getvalue(), source, rights, basis, candidate, started)
        except FetchError as error:
            return self._failed(url, key, "page", source_key, error, started, candidate)
        except Exception as error:  # a fault of ours must not end the run; the outcome asks for a report
            fault = FetchError("internal_error", f"{type(error).__name__}: {error}"[:300])
            return self._failed(url, key, "page", source_key, fault, started, candidate)
        if page.rights == "skip":
            reserved = FetchError("rights_reserved", page.rights_basis, status=page.status)
            return self._failed(url, key, "page", source_key, reserved, started, candidate)
        sha = page.body_sha256
        if conditional and known is not None and known.body_sha256 == sha:
            same = FetchError("not_modified", "the same bytes", status=page.status)
            return self._failed(url, key, "page", source_key, same, started, candidate)
        found_in = candidate.found_in if candidate else None
        self._succeeded(key, url, "page", source_key, found_in, answer, sha, page.fetched_at)
        return page

    def open_listing(self, url: str, source: Source | None = None, conditional: bool = True) -> Listing | Outcome:
        """The feed or sitemap at `url`, spooled to disk beyond 1 MB. An Outcome of stage `discover` otherwise."""
        started = time.monotonic()
        source_key = source.key if source else None
        key = canonical_url(url)
        spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115 - the receiver closes it
        try:
            if key is None:
                raise FetchError("bad_url", url[:200])
            known = self.state.url(key)
            wire = max(self.settings.max_wire_bytes, self.settings.max_listing_bytes)
            limits = self._limits(wire, self.settings.max_listing_bytes)
            validators = _validators(known) if conditional else {}
            answer = self.requester.get(Request(url, source, limits, validators, _listing_gate), spool)
            self._succeeded(key, url, "listing", source_key, None, answer, None, utc_now())
            spool.seek(0)
            took = int((time.monotonic() - started) * 1000)
            return Listing(url, answer.final_url, answer.headers, spool, answer.body_bytes, took)
        except FetchError as error:
            spool.close()
            return self._failed(url, key, "listing", source_key, error, started, None)
        except Exception as error:  # as in fetch
            spool.close()
            fault = FetchError("internal_error", f"{type(error).__name__}: {error}"[:300])
            return self._failed(url, key, "listing", source_key, fault, started, None)

    def _refuse_early(self, known: UrlRecord | None, source: Source | None) -> None:
        if source is not None and source.rights == "skip":
            raise FetchError("rights_reserved", f"the manifest of {source.key} says skip")
        if known is None:
            return
        if known.reason == "gone":
            raise FetchError("gone", "removed, as the server said before", remembered=True)
        if known.reason == "forbidden" and known.last_fetched_at is not None:
            rested = (utc_now() - known.last_fetched_at).total_seconds()
            if 0 <= rested < self.settings.refused_rest_seconds:
                raise FetchError("forbidden", "refused lately", remembered=True)

    def _site_rights(self, url: str, source: Source | None) -> tuple[str, str]:
        rights, basis = (source.rights if source else "full_text"), ("manifest" if source else "")
        found = self.requester.reservation(url, source) if self.settings.read_tdmrep else tdm.NOTHING
        return self._stricter(rights, basis, found)

    def _stricter(self, rights: str, basis: str, found: tdm.Reservation) -> tuple[str, str]:
        if not found.reserved:
            return rights, basis
        strict = tdm.strictest(rights, self.settings.on_reservation)
        if strict == "skip":
            raise FetchError("rights_reserved", found.basis)
        return strict, found.basis

    def _page(
        self,
        url: str,
        key: str,
        answer: Answer,
        body: bytes,
        source: Source | None,
        rights: str,
        basis: str,
        candidate: Candidate | None,
        started: float,
    ) -> Page:
        for found in (tdm.from_headers(answer.headers), tdm.from_html(body)):
            rights, basis = self._stricter(rights, basis, found)
        if rights == "metadata_only":
            body = tdm.head_only(body)
        return Page(
            url=url,
            canonical_url=key,
            final_url=answer.final_url,
            status=answer.status,
            headers=answer.headers,
            body=body,
            encoding=charset(answer.headers.get("content-type", "")),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            fetched_at=_after(self.state.url(key)),
            wire_bytes=answer.wire_bytes,
            rights=rights,
            rights_basis=basis if rights != "full_text" else "",
            source_key=source.key if source else (candidate.source_key if candidate else None),
            duration_ms=int((time.monotonic() - started) * 1000),
            candidate=candidate,
        )

    def _page_limits(self) -> Limits:
        return self._limits(self.settings.max_wire_bytes, self.settings.max_body_bytes)

    def _limits(self, wire: int, body: int) -> Limits:
        s = self.settings
        return Limits(wire, body, s.max_ratio, s.first_byte_seconds, s.total_seconds)

    def _succeeded(
        self,
        key: str,
        url: str,
        kind: str,
        source_key: str | None,
        found_in: str | None,
        answer: Answer,
        sha: str | None,
        changed_at: datetime,
    ) -> None:
        now = utc_now()
        known = self.state.url(key)
        self.state.put_url(
            UrlRecord(
                canonical_url=key,
                url=url,
                kind=kind,
                source_key=source_key,
                found_in=found_in or (known.found_in if known else None),
                http_status=answer.status,
                reason="done",
                etag=answer.headers.get("etag"),
                last_modified=answer.headers.get("last-modified"),
                body_sha256=sha,
                first_fetched_at=min((known.first_fetched_at if known else None) or now, now),
                last_fetched_at=now,
                changed_at=changed_at,
            )
        )

    def _failed(
        self,
        url: str,
        key: str | None,
        kind: str,
        source_key: str | None,
        error: FetchError,
        started: float,
        candidate: Candidate | None,
    ) -> Outcome:
        took = int((time.monotonic() - started) * 1000)
        if candidate is not None and error.reason in _TO_REPEAT:
            self.state.forget_validators(canonical_url(candidate.found_in) or "")
        asked = error.status is not None or error.reason in _ASKED
        if key is not None and asked and not error.remembered:
            now = utc_now()
            old = self.state.url(key) or UrlRecord(
                key, url, kind, source_key, candidate.found_in if candidate else None
            )
            unchanged = error.reason == "not_modified"
            self.state.put_url(
                UrlRecord(
                    **{
                        **vars(old),
                        "url": url,
                        "http_status": error.status,
                        "reason": "done" if unchanged else error.reason,
                        "first_fetched_at": min(old.first_fetched_at or now, now),
                        "last_fetched_at": now,
                        "failure_count": 0 if unchanged else old.failure_count + 1,
                    }
                )
            )
        stage = "fetch" if kind == "page" else "discover"
        return Outcome(stage, url[:2000], error.reason, source_key, error.detail, error.status, None, took)


def _after(known: UrlRecord | None) -> datetime:
    """The present, or just after the page before this one where the clock was set back: versions keep their order."""
    before = known.changed_at if known else None
    return max(utc_now(), before + timedelta(microseconds=1)) if before else utc_now()


def _validators(known: UrlRecord | None) -> dict[str, str]:
    headers: dict[str, str] = {}
    if known is not None and known.reason == "done":
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
    return headers


def _page_gate(status: int, headers: dict[str, str]) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in HTML_TYPES:
        raise FetchError("not_html", f"the server calls it {kind[:100]}", status=status)
    return True


def _listing_gate(status: int, headers: dict[str, str]) -> bool:
    return True
