"""Decoding under bounds: whatever the split into chunks, the same bytes or the same reason."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.limits import LimitError, Limits, Meter, decoded

WIDE = Limits(10**9, 10**9, 200, 0, 0)


def split(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def unpack(data: bytes, coding: str, size: int = 1000, limits: Limits = WIDE) -> bytes:
    return b"".join(decoded(split(data, size), coding, Meter(limits)))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@given(st.binary(max_size=3000), st.integers(1, 700))
def test_every_coding_and_every_split_gives_the_body_back(body: bytes, size: int) -> None:
    assert unpack(gzip.compress(body), "gzip", size) == body
    assert unpack(zlib.compress(body), "deflate", size) == body
    assert unpack(brotli.compress(body), "br", size) == body
    assert unpack(gzip.compress(body[:50]) + gzip.compress(body[50:]), "x-gzip", size) == body
    assert unpack(brotli.compress(gzip.compress(body)), "gzip, br", size) == body
    assert unpack(body, "identity", size) == body


def test_raw_deflate_is_understood() -> None:
    body = b"Envoys met. " * 100
    assert unpack(raw_deflate(body), "deflate") == body


def test_padding_after_gzip_is_ignored() -> None:
    assert unpack(gzip.compress(b"text") + b"\0" * 100, "gzip") == b"text"
    assert unpack(gzip.compress(b"text") + b"garbage", "gzip") == b"text"


@given(st.integers(1, 200))
def test_a_cut_is_truncated_wherever_it_is(at: int) -> None:
    packed = gzip.compress(bytes(range(256)) * 4, mtime=0)
    with pytest.raises(LimitError) as caught:
        unpack(packed[: max(1, len(packed) - at)], "gzip", 7)
    assert caught.value.reason == "truncated"


@pytest.mark.parametrize(
    ("data", "coding", "reason"),
    [
        (b"not gzip at all", "gzip", "bad_encoding"),
        (b"\x1f\x8b\x08\x00garbagegarbage", "gzip", "bad_encoding"),
        (b"\xff\xff\xff\xff", "br", "bad_encoding"),
        (b"x", "zstd-dictionary", "bad_encoding"),
        (gzip.compress(b"\0" * 50_000_000), "gzip", "bomb"),
        (brotli.compress(b"\0" * 50_000_000, quality=1), "br", "bomb"),
    ],
)
def test_reasons(data: bytes, coding: str, reason: str) -> None:
    with pytest.raises(LimitError) as caught:
        unpack(data, coding)
    assert caught.value.reason == reason


def test_bounds_on_wire_and_body() -> None:
    for limits in (Limits(500, 10**9, 200, 0, 0), Limits(10**9, 500, 200, 0, 0)):
        with pytest.raises(LimitError) as caught:
            unpack(b"x" * 501, "", 100, limits)
        assert caught.value.reason == "too_large"
        assert unpack(b"x" * 500, "", 100, limits) == b"x" * 500
