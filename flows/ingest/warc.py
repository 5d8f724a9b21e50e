"""Pages of a WARC file, plain or gzip-compressed, one at a time. A damaged file gives what comes before the damage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator

from flows.discover.urls import canonical_url
from flows.ingest.records import Record
from flows.outcomes import Outcome

HTML_TYPES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset=\"?([\w.:-]+)", re.I)


def _fetched_at(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((value or "").replace("Z", "+00:00")).astimezone(UTC).replace(tzinfo=None)
    except ValueError:
        return None


def _whole(stream: Any, limit: int) -> bytes:
    """All bytes up to `limit`; warcio's read gives one block at a time."""
    blocks: list[bytes] = []
    size = 0
    while size < limit and (block := stream.read(limit - size)):
        blocks.append(block)
        size += len(block)
    return b"".join(blocks)


def _page(record: Any, name: str, max_bytes: int) -> Record | Outcome | None:
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    uri = uri.strip("<>")
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        media = (record.http_headers.get_header("Content-Type") if record.http_headers else None) or ""
        if status != "200":
            return None
    elif record.rec_type == "resource":
        media = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    if media.partition(";")[0].strip().lower() not in HTML_TYPES:
        return None
    body = _whole(record.content_stream(), max_bytes + 1)
    if len(body) > max_bytes:
        return Outcome("discover", uri, "too_large", detail=f"more than {max_bytes} bytes in {name}")
    if getattr(record.raw_stream, "limit", 0) > 0:  # the record promised more bytes than the file has
        return Outcome("discover", uri, "bad_archive", detail=f"{name}: the file ends inside this page")
    charset = _CHARSET.search(media)
    return Record(
        origin=f"{name} {uri}",
        body=body,
        is_html=True,
        input_kind="warc",
        url=canonical_url(uri) or uri or None,
        fetched_at=_fetched_at(record.rec_headers.get_header("WARC-Date")),
        http_charset=charset.group(1) if charset else None,
    )


def read_warc(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Record | Outcome]:
    """Records of the HTML answers with status 200 (and HTML resources) of a WARC; other records are passed over."""
    count = 0
    try:
        for record in ArchiveIterator(stream):
            count += record.rec_type is not None
            if (found := _page(record, name, max_bytes)) is not None:
                yield found
    except Exception as error:  # warcio raises its own, zlib's, brotli's and plain ValueErrors on damage
        yield Outcome(
            "discover", name, "bad_archive",
            detail=f"{name}: damaged after record {count} ({type(error).__name__}: {str(error)[:120]})",
        )  # fmt: skip
        return
    if count == 0:
        yield Outcome("discover", name, "bad_archive", detail=f"{name}: no WARC record in it")
