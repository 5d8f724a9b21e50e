"""What people name on the command line -> records to clean, candidates to fetch, outcomes for what cannot be read.

Files are told apart by their content, names only help. Nothing is cleaned and nothing is fetched here.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

from flows.discover.candidate import Candidate
from flows.discover.urls import canonical_url
from flows.fetch.warcfile import WARC_SUFFIXES, read_records
from flows.ingest.lines import read_lines, record_of_row
from flows.ingest.records import Record, record_of_page
from flows.outcomes import Outcome
from flows.settings import Settings

Input = Record | Candidate | Outcome
Buffered = io.BufferedReader  # peek() tells a file by its first bytes
_GZIP = b"\x1f\x8b"
_BLANK = b"\xef\xbb\xbf \t\r\n"  # a byte order mark too
_TEXT_SUFFIXES = (".txt", ".text", ".md")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|title|meta)\b", re.I)
_BINARY = {
    b"PAR1": "a Parquet file; write its rows as JSON lines, as DuckDB's `copy (from 'FILE') to 'FILE.jsonl'` does",
    b"%PDF": "a PDF; save its text as .txt",
    b"PK\x03\x04": "a ZIP file or an office document (.docx, .odt, .epub); unpack it, or save it as text or HTML",
    b"PK\x05\x06": "an empty ZIP file",
    b"\xd0\xcf\x11\xe0": "an office document (.doc, .xls); save it as text or HTML",
    b"{\\rtf": "a rich text document (.rtf); save it as text or HTML",
    b"7z\xbc\xaf": "a 7-Zip file; unpack it",
    b"Rar!\x1a": "a RAR file; unpack it",
    b"\xfd7zXZ": "an xz file; unpack it, or use gzip",
    b"\x28\xb5\x2f\xfd": "a Zstandard file; unpack it, or use gzip",
    b"SQLite format 3": "an SQLite database; write its rows as JSON lines",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
}
_UNREADABLE = "neither text, HTML, JSON lines nor WARC"
_NO_TEXT = f"{_UNREADABLE}: it has bytes that stand in no text; save its text as .txt in UTF-8"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
# Of random bytes a tenth are controls, of the articles and pages in the tests none (26 November 2026).
_MAX_CONTROL_SHARE = 0.02


def read_inputs(inputs: Iterable[str | Path], settings: Settings) -> Iterator[Input]:
    """Everything in files, folders, addresses and '-' (standard input), in the order given.

    An address becomes a Candidate for the fetcher; what cannot be read becomes an Outcome that names it.
    """
    for given in inputs:
        name = str(given)
        if name == "-":
            yield from _stream(cast(IO[bytes], sys.stdin.buffer), "standard input", "", settings)
        elif re.match(r"[a-z][a-z0-9+.-]*://", name, re.I):
            yield _candidate(name)
        else:
            yield from _path(Path(name), settings)


def _candidate(url: str) -> Candidate | Outcome:
    canonical = canonical_url(url)
    if canonical is None:
        return Outcome("discover", url, "bad_url", detail=f"{url}: not an http or https address")
    return Candidate(url=url, canonical_url=canonical, found_in="command line")


def _refuse(name: str, reason: str, detail: str) -> Outcome:
    return Outcome("discover", name, reason, detail=f"{name}: {detail}")


def _path(path: Path, settings: Settings) -> Iterator[Input]:
    try:
        if path.is_dir():
            files = sorted(
                p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
            for file in files:
                if file.is_file():
                    yield from _path(file, settings)
            return
        if not path.exists():
            yield _refuse(str(path), "unreadable_file", "there is no such file or folder")
            return
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), path.name.lower(), settings)
    except OSError as error:
        yield _refuse(str(path), "unreadable_file", error.strerror or str(error))


def _stream(raw: IO[bytes], name: str, file_name: str, settings: Settings) -> Iterator[Input]:
    stream: IO[bytes] = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
    head = cast(io.BufferedReader, stream).peek(64)
    if file_name.endswith(WARC_SUFFIXES):
        yield from _warc(stream, name, settings)  # even when its first bytes are gone
    elif head.startswith(_GZIP):
        try:
            # Only the first bytes are unpacked to look at them: a cut file must still give what it has.
            start = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error as error:
            yield _refuse(name, "unreadable_file", f"damaged gzip data ({error})")
            return
        if start.startswith(b"WARC/"):
            yield from _warc(stream, name, settings)  # warcio unpacks by itself, record by record
            return
        inner = io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream)), buffer_size=1 << 16)
        yield from _plain(cast(Buffered, inner), name, file_name.removesuffix(".gz"), settings)
    elif head.startswith(b"WARC/"):
        yield from _warc(stream, name, settings)
    else:
        yield from _plain(cast(io.BufferedReader, stream), name, file_name, settings)


def _warc(stream: IO[bytes], name: str, settings: Settings) -> Iterator[Record | Outcome]:
    empty = True
    for found in read_records(stream, name, settings):
        empty = False
        if isinstance(found, Outcome):
            yield found
        else:
            yield replace(record_of_page(found.page), origin=f"{name} {found.page.url}", input_kind="warc")
    if empty:
        yield _refuse(name, "bad_archive", "no page in it: no HTML answer with status 200")


def _plain(stream: Buffered, name: str, file_name: str, settings: Settings) -> Iterator[Input]:
    try:
        head = stream.peek(4096)[:4096]
        suffix = Path(file_name).suffix
        start = head.lstrip(_BLANK)
        if refused := _no_text(start, suffix):
            yield _refuse(name, *refused)
        elif suffix in (".jsonl", ".ndjson") or (not suffix and start.startswith(b"{")):
            yield from _lines(stream, name)
        elif suffix == ".json":
            yield from _json(stream.read(), name)
        else:
            yield _document(stream, name, suffix, head, settings)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield _refuse(name, "unreadable_file", f"the compressed data end early or are damaged ({error})")


def _no_text(start: bytes, suffix: str) -> tuple[str, str] | None:
    """Why a file with these first bytes is no text, as (reason, detail); its name counts for pages in UTF-16 alone."""
    if kind := next((kind for magic, kind in _BINARY.items() if start.startswith(magic)), None):
        return "unreadable_file", f"{_UNREADABLE} but {kind}"
    if suffix in _HTML_SUFFIXES and _HTML.search(start.replace(b"\0", b"")):
        return None
    if start.startswith(_UTF_16):
        return "bad_encoding", "text in UTF-16; save it as UTF-8"
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if b"\0" in start or controls > _MAX_CONTROL_SHARE * len(start):
        return "unreadable_file", _NO_TEXT
    return None


def _lines(stream: Buffered, name: str) -> Iterator[Input]:
    yield from read_lines(stream, name)


def _json(data: bytes, name: str) -> Iterator[Input]:
    """A .json file: one object, an array of objects, or JSON lines under the wrong name."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield from read_lines(io.BytesIO(data), name)
        return
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        yield record_of_row(row, f"{name} entry {number}" if isinstance(value, list) else name)


def _document(stream: Buffered, name: str, suffix: str, head: bytes, settings: Settings) -> Input:
    data = stream.read(settings.max_body_bytes + 1)
    if len(data) > settings.max_body_bytes:
        return _refuse(name, "too_large", f"more than {settings.max_body_bytes} bytes")
    if not data.strip():
        return _refuse(name, "empty_page", "the file is empty")
    if suffix in _HTML_SUFFIXES or (suffix not in _TEXT_SUFFIXES and _HTML.search(head)):
        return Record(origin=name, body=data, is_html=True, input_kind="file", record_id=name)
    if b"\0" in data:
        return _refuse(name, "unreadable_file", _NO_TEXT)
    # Text is landed exactly as it is: no line end, no combining mark, no byte order mark is touched.
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if suffix not in _TEXT_SUFFIXES:
            return _refuse(name, "bad_encoding", f"not UTF-8 at byte {error.start}; save it as UTF-8")
        text = data.decode("cp1252", "replace")
    return Record(origin=name, body=text, is_html=False, input_kind="file", record_id=name)
