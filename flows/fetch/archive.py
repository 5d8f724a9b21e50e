"""The own archive: every fetched page as a gzip WARC record, so that a better cleaner can be run over the past.

A record is one gzip member, written in one piece and synced to disk before the page goes on. A killed run can leave a
torn record only at the end of its own file, since every run writes files of its own. Read back with `replay`.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import __version__
from flows.fetch.page import Page, utc_now
from flows.fetch.warcfile import container, read_warc, warc_files
from flows.outcomes import Outcome
from flows.settings import Settings

# The body is stored unpacked, so these would no longer be true of it.
_DROPPED = ("content-encoding", "transfer-encoding", "content-length")


class Archive:
    """Appends pages to `settings.archive_dir`. Makes no file before the first page. Not for several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._file: IO[bytes] | None = None
        self._written = 0
        self._number = 0
        self._run = f"{utc_now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, page: Page) -> None:
        """Writes one page and syncs it. Raises OSError when the disk does not take it."""
        if self._file is not None and self._written >= self.settings.archive_file_bytes:
            self.close()
        if self._file is None:
            self._file = self._open()
            self._put(_warcinfo())
        self._put(_response(page))

    def close(self) -> None:
        """Closes the current file; a later page opens another."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> IO[bytes]:
        folder = self.settings.archive_dir / f"{utc_now():%Y}" / f"{utc_now():%m}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"communique-{self._run}-{self._number:05d}.warc.gz"
        self._number += 1
        self._written = 0
        file = open(path, "xb", buffering=0)  # noqa: SIM115 - kept open between pages, closed by close()
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)  # the name of the new file, too, must outlive a crash
        finally:
            os.close(descriptor)
        return file

    def _put(self, record: bytes) -> None:
        assert self._file is not None
        view = memoryview(record)
        while view:
            view = view[self._file.write(view) :]
        os.fsync(self._file.fileno())
        self._written += len(record)


def archived(results: Iterator[Page | Outcome], archive: Archive) -> Iterator[Page | Outcome]:
    """Passes results on, pages after they are safely in the archive; a full disk is an outcome of each page."""
    for result in results:
        if isinstance(result, Page):
            try:
                archive.append(result)
            except OSError as error:
                yield Outcome("fetch", result.url, "internal_error", result.source_key, f"archive: {error}"[:300])
                continue
        yield result


def replay(settings: Settings, since: datetime | None = None, source: str | None = None) -> Iterator[Page | Outcome]:
    """Every archived page in order of file and time, from `since` (naive UTC) on and of one source key, if given.

    A damaged file gives what stands before the damage, and an Outcome.
    """
    if not settings.archive_dir.is_dir():
        return
    for name in warc_files(settings.archive_dir):
        if since is not None and datetime.fromtimestamp(container(name).stat().st_mtime) < _local(since):
            continue
        for item in read_warc(name, settings):
            if isinstance(item, Outcome):
                yield item
                continue
            page = item.page
            if (since is None or page.fetched_at >= since) and (source is None or page.source_key == source):
                yield page


def _local(moment: datetime) -> datetime:
    """Naive UTC as naive local time, which is what file times are compared in."""
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def _packed(buffer: io.BytesIO) -> bytes:
    """One gzip member. warcio would pack with level 9, at four times the time for 2 % fewer bytes of a news page."""
    return gzip.compress(buffer.getvalue(), 6, mtime=0)


def _writer() -> tuple[WARCWriter, io.BytesIO]:
    buffer = io.BytesIO()
    return WARCWriter(buffer, gzip=False, warc_version="1.1"), buffer


def _warcinfo() -> bytes:
    writer, buffer = _writer()
    writer.write_record(writer.create_warcinfo_record(None, {"software": f"communique/{__version__}"}))
    return _packed(buffer)


def _response(page: Page) -> bytes:
    writer, buffer = _writer()
    kept = [(k, _one_line(v)) for k, v in page.headers.items() if k not in _DROPPED]
    kept.append(("content-length", str(len(page.body))))
    record = writer.create_warc_record(
        page.final_url,
        "response",
        payload=io.BytesIO(page.body),
        length=len(page.body),  # a known length spares warcio two temporary files
        http_headers=StatusAndHeaders(f"{page.status} OK", kept, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": page.fetched_at.isoformat(timespec="microseconds") + "Z",
            "X-Communique-Page": json.dumps(_beside(page)),
        },
    )
    writer.write_record(record)
    return _packed(buffer)


def _beside(page: Page) -> dict[str, object]:
    """What cleaning used and HTTP does not tell. ASCII JSON on one line, since it stands in a header."""
    listed = page.candidate
    return {
        "url": page.url,
        "source_key": page.source_key,
        "rights": page.rights,
        "rights_basis": page.rights_basis,
        "wire_bytes": page.wire_bytes,
        "candidate": None
        if listed is None
        else {
            "title": listed.title,
            "published_at": listed.published_at.isoformat() if listed.published_at else None,
            "changed_at": listed.changed_at.isoformat() if listed.changed_at else None,
            "found_in": listed.found_in,
            "language": listed.language,
            "guid": listed.guid,
        },
    }


def _one_line(value: str) -> str:
    return " ".join(value.split())
