"""Reading WARC files record by record: plain, .gz, or inside a WACZ; streamed, bounded, from any record's offset.

Used for the own archive, for foreign ones (Common Crawl's CC-NEWS) and for files named on the command line. Damage
ends a file with an outcome; what stands before it has been given out. Which pages are wanted is the caller's matter.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from flows.discover.candidate import Candidate
from flows.discover.dates import parse_time
from flows.discover.urls import canonical_url
from flows.fetch.limits import STEP, LimitError, Limits, Meter, decoded
from flows.fetch.page import Page, charset, utc_now
from flows.outcomes import Outcome
from flows.settings import Settings

WARC_SUFFIXES = (".warc", ".warc.gz")
HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Stored:
    """A page as it stood in a file. `next_offset` is where reading can go on after it."""

    page: Page
    offset: int
    next_offset: int


def warc_files(place: Path) -> list[str]:
    """Names of all WARC files at `place` (a file or a folder), sorted; `x.wacz!archive/y.warc.gz` inside a WACZ.

    Raises OSError or zipfile.BadZipFile.
    """
    found: list[str] = []
    for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file()):
        if path.name.endswith(WARC_SUFFIXES):
            found.append(str(path))
        elif path.suffix == ".wacz":
            with zipfile.ZipFile(path) as zipped:
                found += [f"{path}!{n}" for n in sorted(zipped.namelist()) if n.endswith(WARC_SUFFIXES)]
    return found


def container(name: str) -> Path:
    """The file on disk that a name of `warc_files` stands in."""
    outer, _, member = name.partition(".wacz!")
    return Path(outer + ".wacz" if member else name)


@contextmanager
def _opened(name: str) -> Iterator[tuple[IO[bytes], int]]:
    member = name.partition(".wacz!")[2]
    if member:
        with zipfile.ZipFile(container(name)) as zipped, zipped.open(member) as file:
            yield file, zipped.getinfo(member).file_size
    else:
        with open(name, "rb") as plain:
            yield plain, Path(name).stat().st_size


def read_warc(name: str, settings: Settings, start: int = 0) -> Iterator[Stored | Outcome]:
    """The HTML pages of one file (see warc_files) from offset `start`, and an Outcome for each that cannot be read."""
    try:
        with _opened(name) as (file, size):
            file.seek(start)
            yield from read_records(file, name, settings, start, size)
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        yield Outcome("fetch", name, "unreadable_file", detail=str(error)[:300])


def read_records(
    file: IO[bytes], name: str, settings: Settings, start: int = 0, size: int | None = None
) -> Iterator[Stored | Outcome]:
    """The same for an open file that stands at byte `start`; with its `size`, which needs one that can seek,
    bytes after the last record are damage too.
    """
    reader: Any = ArchiveIterator(file)
    end = start
    try:
        while True:
            try:
                record = next(reader, None)
                if record is None:
                    break
                result = _page(record, settings)
                offset, length = reader.get_record_offset(), reader.get_record_length()
                # Every WARC record states its length: one that does not has lost the end of its own headers.
                cut = record.rec_headers.get_header("Content-Length") is None or (
                    hasattr(record.raw_stream, "limit") and record.raw_stream.limit > 0
                )
            except Exception as error:  # warcio raises many kinds on damaged bytes
                yield _damage(name, name, f"damaged after byte {end} ({type(error).__name__}: {error})")
                return
            if cut:
                yield _damage(name, _address(record) or name, f"the record at byte {offset} ends too early")
                return
            end = offset + length
            if isinstance(result, Page):
                yield Stored(result, offset, end)
            elif result is not None:
                yield result
    finally:
        reader.close()
    if size is not None and end < size:
        file.seek(end)
        if file.read(STEP).strip(b"\0\r\n "):
            yield _damage(name, name, f"nothing readable after byte {end} of {size}")


def _damage(name: str, subject: str, detail: str) -> Outcome:
    return Outcome("fetch", subject[:2000], "bad_archive", detail=f"{name}: {detail}"[:300])


def _address(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _page(record: Any, settings: Settings) -> Page | Outcome | None:
    headers: dict[str, str] = {}
    if record.rec_type == "resource" and record.http_headers is None:  # a page without the answer that brought it
        status = "200"
        headers["content-type"] = record.rec_headers.get_header("Content-Type") or "unknown"
    elif record.rec_type in ("response", "resource") and record.http_headers is not None:
        status = record.http_headers.get_statuscode() or ""
        for key, value in record.http_headers.headers:
            headers.setdefault(key.lower(), value)
    else:
        return None
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    url = _address(record)
    if status not in ("200", "203") or (kind and kind not in HTML_TYPES):
        return None
    key = canonical_url(url)
    if key is None:
        return Outcome("fetch", url[:2000], "bad_url", detail="in a WARC file")
    meter = Meter(Limits(settings.max_body_bytes, settings.max_body_bytes, settings.max_ratio, 0, 0))
    try:
        body = b"".join(_body(record.raw_stream, headers, meter))
    except LimitError as error:
        return Outcome("fetch", url[:2000], error.reason, detail=f"{error.detail} (in a WARC file)")
    fetched = parse_time(record.rec_headers.get_header("WARC-Date")) or utc_now()
    return _restored(url, key, int(status), headers, body, fetched, meter.wire, record.rec_headers)


def _body(raw: Any, headers: dict[str, str], meter: Meter) -> Iterator[bytes]:
    stream = raw
    if "chunked" in headers.get("transfer-encoding", "").lower():
        stream = ChunkedDataReader(raw, decomp_type=None)
    chunks = iter(lambda: stream.read(STEP), b"")
    first = next(chunks, b"")
    coding = headers.get("content-encoding", "")
    # Crawlers that unpack bodies often leave the header standing.
    if coding.strip().lower() in ("gzip", "x-gzip") and not first.startswith(b"\x1f\x8b"):
        coding = ""
    yield from decoded(chain([first], chunks), coding, meter)


def _restored(
    url: str, key: str, status: int, headers: dict[str, str], body: bytes, fetched: datetime, wire: int, warc: Any
) -> Page:
    """The page, with what the own archive wrote beside it, if it is the own archive."""
    own = warc.get_header("X-Communique-Page")
    known: dict[str, Any] = {}
    if own:
        try:
            known = json.loads(own)
        except ValueError:
            known = {}
    requested = str(known.get("url") or url)
    canonical = canonical_url(requested) or key
    listed = known.get("candidate")
    candidate = None
    if isinstance(listed, dict):
        candidate = Candidate(
            requested,
            canonical,
            known.get("source_key"),
            listed.get("title"),
            parse_time(listed.get("published_at")),
            str(listed.get("found_in") or ""),
            listed.get("language"),
            listed.get("guid"),
            parse_time(listed.get("changed_at")),
        )
    return Page(
        url=requested,
        canonical_url=canonical,
        final_url=url,
        status=status,
        headers=headers,
        body=body,
        encoding=charset(headers.get("content-type", "")),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        fetched_at=fetched,
        wire_bytes=int(known.get("wire_bytes") or wire),
        rights=str(known.get("rights") or "full_text"),
        rights_basis=str(known.get("rights_basis") or ""),
        source_key=known.get("source_key"),
        candidate=candidate,
    )
