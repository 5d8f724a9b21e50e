"""Bounds on one download, and the decoding of content encodings under them, as a stream.

Nothing is unpacked further than its bound allows: a bomb costs one step of 64 KiB beyond the limit. Character
sets are not touched here.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

STEP = 65_536
# Below this size a high ratio is normal (a page of white space) and harmless.
RATIO_FLOOR_BYTES = 1_000_000
MAX_CODINGS = 3


class LimitError(Exception):
    """A bound was passed or the bytes do not unpack; `reason` is a key of outcomes.REASONS."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Limits:
    """Bytes, times in seconds, and the largest allowed ratio of unpacked to wire bytes."""

    wire_bytes: int
    body_bytes: int
    ratio: int
    first_byte_seconds: float
    total_seconds: float


class Meter:
    """Counts what went over the wire and what came out, and stops at the bounds."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.wire = 0
        self.body = 0

    def wired(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Passes chunks on; raises LimitError('too_large') beyond the wire bound."""
        for chunk in chunks:
            self.wire += len(chunk)
            if self.wire > self.limits.wire_bytes:
                raise LimitError("too_large", f"more than {self.limits.wire_bytes} bytes on the wire")
            yield chunk

    def unpacked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Passes chunks on; raises LimitError('bomb' or 'too_large') beyond the ratio or the body bound."""
        for chunk in chunks:
            self.body += len(chunk)
            self.check(self.body)
            yield chunk

    def check(self, size: int) -> None:
        """Raises LimitError when `size` unpacked bytes are too many, absolutely or for what came over the wire."""
        if size > RATIO_FLOOR_BYTES and size > self.limits.ratio * max(self.wire, 1):
            raise LimitError("bomb", f"{self.wire} bytes unpack to more than {self.limits.ratio} times their size")
        if size > self.limits.body_bytes:
            raise LimitError("too_large", f"more than {self.limits.body_bytes} bytes unpacked")


def decoded(chunks: Iterable[bytes], content_encoding: str, meter: Meter) -> Iterator[bytes]:
    """The body without its content encodings, in pieces of at most 64 KiB. Raises LimitError."""
    stream = meter.wired(chunks)
    codings = [c.strip().lower() for c in content_encoding.split(",") if c.strip()]
    codings = [c for c in codings if c != "identity"]
    if len(codings) > MAX_CODINGS:
        raise LimitError("bad_encoding", f"{len(codings)} content encodings, one upon the other")
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip", "deflate"):
            stream = inflate(stream, meter)
        elif coding == "br":
            stream = _brotli(stream, meter)
        else:
            raise LimitError("bad_encoding", f"unknown content encoding {coding[:40]!r}")
    return meter.unpacked(stream)


def inflate(chunks: Iterable[bytes], meter: Meter) -> Iterator[bytes]:
    """gzip (of one or more members), zlib or raw deflate, told apart by their first bytes. Raises LimitError."""
    unpacker: Any = None
    produced = 0
    held = b""
    for chunk in chunks:
        data, held = held + chunk, b""
        while data:
            if unpacker is None:
                if len(data) < 2:
                    held = data  # two bytes tell the format
                    break
                unpacker = zlib.decompressobj(_window(data))
            try:
                piece = unpacker.decompress(data, STEP)
            except zlib.error as error:
                raise LimitError("bad_encoding", f"damaged compressed data: {error}") from error
            produced += len(piece)
            meter.check(produced)
            if piece:
                yield piece
            if unpacker.eof:
                # What follows the last member is padding unless it starts another one: browsers ignore it too.
                data = unpacker.unused_data.lstrip(b"\0")
                if data and not data.startswith(b"\x1f"):
                    return
                unpacker = None
            else:
                data = unpacker.unconsumed_tail
    if held and not produced:
        raise LimitError("truncated", "the compressed data end too early")
    if unpacker is not None:
        yield from _rest(unpacker, meter, produced)


def _rest(unpacker: Any, meter: Meter, produced: int) -> Iterator[bytes]:
    while not unpacker.eof:
        try:
            piece = unpacker.decompress(unpacker.unconsumed_tail, STEP)
        except zlib.error as error:
            raise LimitError("bad_encoding", f"damaged compressed data: {error}") from error
        if not piece:
            break
        produced += len(piece)
        meter.check(produced)
        yield piece
    if not unpacker.eof:
        raise LimitError("truncated", "the compressed data end too early")


def _window(data: bytes) -> int:
    if data[:1] == b"\x1f":
        return 31
    # A zlib header is a multiple of 31 and names method 8; some servers send raw deflate under the same name.
    is_zlib = len(data) >= 2 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0
    return 15 if is_zlib else -15


def _brotli(chunks: Iterable[bytes], meter: Meter) -> Iterator[bytes]:
    try:
        brotli: Any = importlib.import_module("brotli")
    except ImportError as error:
        raise LimitError("bad_encoding", "brotli, which was not asked for and is not installed") from error
    unpacker = brotli.Decompressor()
    produced = 0
    for chunk in chunks:
        data = chunk
        while True:
            try:
                piece = unpacker.process(data, output_buffer_limit=STEP)
            except brotli.error as error:
                raise LimitError("bad_encoding", f"damaged brotli data: {error}") from error
            produced += len(piece)
            meter.check(produced)
            if piece:
                yield piece
            data = b""
            if unpacker.can_accept_more_data() or unpacker.is_finished():
                break
        if unpacker.is_finished():
            return
    raise LimitError("truncated", "the brotli data end too early")
