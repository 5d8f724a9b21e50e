"""Reservations of text and data mining, from all carriers."""

from __future__ import annotations

import json

import pytest

from flows.fetch.rights import from_headers, from_html, from_tdmrep, head_only, strictest


def test_the_strictest_holds() -> None:
    assert strictest("full_text", "metadata_only") == "metadata_only"
    assert strictest("skip", "full_text", "metadata_only") == "skip"


def test_the_first_matching_location_counts() -> None:
    text = json.dumps(
        [{"location": "/free/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1, "tdm-policy": "x"}]
    )
    assert not from_tdmrep(text, "https://a.example/free/x").reserved
    assert from_tdmrep(text, "https://a.example/paid").reserved


@pytest.mark.parametrize("text", ["", "{}", "[1, null, {}]", '[{"location": 5}]', "[" * 100_000, "\x00", '{"a":'])
def test_damaged_files_reserve_nothing(text: str) -> None:
    assert not from_tdmrep(text, "https://a.example/").reserved


def test_headers() -> None:
    assert from_headers({"tdm-reservation": "1"}).reserved
    assert not from_headers({"tdm-reservation": "0"}).reserved
    assert from_headers({"x-robots-tag": "noindex, noai"}).reserved
    assert from_headers({"x-robots-tag": "otherbot: NOAI"}).reserved
    assert not from_headers({"x-robots-tag": "noaiming"}).reserved


@pytest.mark.parametrize(
    ("tag", "reserved"),
    [
        (b'<meta name="tdm-reservation" content="1">', True),
        (b"<META CONTENT='1' NAME='TDM-Reservation'/>", True),
        (b"<meta name=tdm-reservation content=1>", True),
        (b'<meta name="tdm-reservation" content="0">', False),
        (b'<meta name="robots" content="index, noai, noimageai">', True),
        (b'<meta name="robots" content="noindex">', False),
        (b'<meta name="description" content="noai">', False),
        (b"<meta " * 1000, False),
    ],
)
def test_meta_elements(tag: bytes, reserved: bool) -> None:
    assert from_html(b"<html><head>" + tag + b"</head><body>x").reserved is reserved


def test_only_the_head_is_kept() -> None:
    page = b"<html><head><title>T</title></head><BODY class=x><p>the text</p></BODY></html>"
    assert b"the text" not in head_only(page)
    assert b"<title>T</title>" in head_only(page)
