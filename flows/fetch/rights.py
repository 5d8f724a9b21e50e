"""What a site reserves about text and data mining, and what follows: full_text, metadata_only or skip.

Reads the three carriers of the W3C community group's TDM Reservation Protocol (tdmrep.json, HTTP header, HTML meta)
and the `noai` directive of robots meta tags and X-Robots-Tag, which has no standard but is unambiguous. The strictest
of what the manifest says and what the site says holds. This is a record of wishes, not legal advice.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flows.fetch.robots import matches

ORDER = ("full_text", "metadata_only", "skip")
_HEAD_BYTES = 131_072
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True)
class Reservation:
    """Whether mining is reserved, and where that is said (`basis`)."""

    reserved: bool
    basis: str = ""


NOTHING = Reservation(False)


def strictest(*rights: str) -> str:
    """The one of `rights` that allows least."""
    return max(rights, key=ORDER.index)


def from_tdmrep(text: str, url: str) -> Reservation:
    """What the site-wide file reserves for `url`: its first matching entry counts; a damaged file reserves nothing."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return NOTHING
    parts = urlsplit(url)
    path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    for entry in entries if isinstance(entries, list) else []:
        location = entry.get("location") if isinstance(entry, dict) else None
        if isinstance(location, str) and matches(location, path):
            return Reservation(str(entry.get("tdm-reservation")) == "1", "tdmrep.json")
    return NOTHING


def from_headers(headers: dict[str, str]) -> Reservation:
    """What the answer's headers reserve (names in lower case)."""
    if headers.get("tdm-reservation", "").strip() == "1":
        return Reservation(True, "header tdm-reservation")
    if _noai(headers.get("x-robots-tag", "")):
        return Reservation(True, "header x-robots-tag")
    return NOTHING


def from_html(body: bytes) -> Reservation:
    """What the meta elements in the first 128 KiB reserve."""
    for tag in _META.finditer(body[:_HEAD_BYTES]):
        found = {m[1].lower(): (m[2] or m[3] or m[4] or b"").strip().lower() for m in _ATTRIBUTE.finditer(tag[0])}
        name, content = found.get(b"name", b""), found.get(b"content", b"")
        if name == b"tdm-reservation" and content == b"1":
            return Reservation(True, "meta tdm-reservation")
        if name == b"robots" and _noai(content.decode("ascii", "replace")):
            return Reservation(True, "meta robots")
    return NOTHING


def head_only(body: bytes) -> bytes:
    """The page without its body element: what remains to be kept when only metadata may be."""
    start = re.search(rb"<body\b", body, re.IGNORECASE)
    return body[: start.start()] + b"<body></body></html>" if start else body[:_HEAD_BYTES]


def _noai(directives: str) -> bool:
    return bool(re.search(r"(?:^|[,:\s])noai(?:$|[,\s])", directives.lower()))
