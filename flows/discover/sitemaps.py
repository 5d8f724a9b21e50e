"""Sitemaps as a stream: plain, .gz or one address per line, with the news namespace and the sitemap index.

A file of a million addresses is read in constant memory. The parser is expat without document types: a declaration
of an entity ends the reading. Walking an index is the work of walk.py.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from flows.discover.feeds import BadListingError
from flows.fetch.limits import STEP, LimitError, Limits, Meter, inflate

MAX_TEXT = 4_096
# One token (a tag, a comment) that goes on for longer is an attack, not a sitemap.
MAX_TOKEN_BYTES = 1_000_000
_FIELDS = {
    "loc": "loc",
    "lastmod": "lastmod",
    "title": "title",
    "publication_date": "published",
    "language": "language",
}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass
class Entry:
    """One address of a sitemap (`is_sitemap`: of an index), with its times as written."""

    is_sitemap: bool = False
    loc: str = ""
    lastmod: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None


def parse_sitemap(file: IO[bytes], limits: Limits) -> Iterator[Entry]:
    """The entries in file order. Raises BadListingError at damage; what stands before it has been yielded."""
    chunks = _unpacked(file, limits)
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head.strip()) >= 8:
            break
    if re.match(rb"\s*https?://", head.removeprefix(codecs.BOM_UTF8)):
        yield from _lines(head, chunks)
        return
    if not head.strip():
        raise BadListingError("it is empty")
    yield from _xml(head, chunks)


def _unpacked(file: IO[bytes], limits: Limits) -> Iterator[bytes]:
    magic = file.read(2)
    file.seek(0)
    raw = iter(lambda: file.read(STEP), b"")
    if magic != b"\x1f\x8b":
        yield from raw
        return
    meter = Meter(limits)
    try:
        yield from meter.unpacked(inflate(meter.wired(raw), meter))
    except LimitError as error:
        raise BadListingError(error.detail) from error


def _lines(head: bytes, chunks: Iterator[bytes]) -> Iterator[Entry]:
    rest = head.removeprefix(codecs.BOM_UTF8)
    for chunk in chunks:
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if len(rest) > MAX_TOKEN_BYTES:
            raise BadListingError("a line goes on without end")
        yield from (Entry(loc=t) for t in (_text(line) for line in lines) if t)
    yield from (Entry(loc=t) for t in (_text(line) for line in rest.split(b"\n")) if t)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:MAX_TEXT]


@dataclass
class _Reader:
    """Collects finished entries between two chunks."""

    finished: list[Entry] = field(default_factory=list)
    entry: Entry | None = None
    name: str = ""
    text: list[str] = field(default_factory=list)
    length: int = 0
    path: list[str] = field(default_factory=list)
    root: str = ""
    events: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.events += 1
        local = name.rpartition(" ")[2]
        self.root = self.root or local
        if len(self.path) > 32:
            raise BadListingError("elements are nested too deeply")
        self.path.append(local)
        if local in ("url", "sitemap") and len(self.path) == 2:
            self.entry = Entry(is_sitemap=local == "sitemap")
        self.name, self.text, self.length = local, [], 0

    def data(self, text: str) -> None:
        self.events += 1
        if self.name in _FIELDS and self.length < MAX_TEXT:
            self.text.append(text)
            self.length += len(text)

    def end(self, name: str) -> None:
        self.events += 1
        local = self.path.pop()
        if self.entry is None:
            return
        if local in _FIELDS and local == self.name:
            # <image:loc> and <video:title> stand inside containers of their own and are not the page's.
            inside = self.path[-1] if self.path else ""
            if inside in ("url", "sitemap", "news", "publication"):
                setattr(self.entry, _FIELDS[local], "".join(self.text).strip()[:MAX_TEXT] or "")
        elif len(self.path) == 1:
            if self.entry.loc:
                self.finished.append(self.entry)
            self.entry = None
        self.name = ""


def _refuse(*_: object) -> None:
    raise BadListingError("it declares entities, which no sitemap needs and bombs are made of")


def _xml(head: bytes, chunks: Iterator[bytes]) -> Iterator[Entry]:
    declared = re.match(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""", head)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if head[:2] in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE):
        encoding = "utf-16"
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        decoder.decode(b"")
    except Exception as error:  # codecs that are no character sets (hex, zip) fail each in its own way
        raise BadListingError(f"unknown encoding {encoding!r}") from error
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse
    silent, events = 0, 0
    try:
        text = decoder.decode(head).removeprefix("\ufeff").lstrip()
        while True:
            parser.Parse(_ILLEGAL.sub(" ", text).encode("utf-8", "replace"), False)
            silent = silent + len(text) if reader.events == events else 0
            events = reader.events
            if silent > MAX_TOKEN_BYTES:
                raise BadListingError("one tag goes on without end")
            yield from reader.finished
            reader.finished.clear()
            chunk = next(chunks, None)
            if chunk is None:
                break
            text = decoder.decode(chunk)
        parser.Parse(_ILLEGAL.sub(" ", decoder.decode(b"", True)).encode(), True)
    except expat.ExpatError as error:
        yield from reader.finished
        raise BadListingError(f"not well-formed XML: {error}") from error
    yield from reader.finished
    if reader.root not in ("urlset", "sitemapindex"):
        raise BadListingError(f"the root element is <{reader.root[:40]}>, not <urlset> or <sitemapindex>")
