"""RSS, Atom and JSON Feed as candidates. Bytes in, rows out: fetching them is the work of walk.py.

feedparser reads almost anything; what it must not be given is stopped before: entity declarations (which can grow
a kilobyte into gigabytes) and files beyond a size.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import feedparser

from flows.discover.candidate import Candidate
from flows.discover.dates import parse_time
from flows.discover.urls import canonical_url
from flows.sources.schema import Source

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
# feedparser's time grows with the square of the open elements: 300,000 took 14 s, 20,000 take a tenth of one
# (November 2026). Real feeds have some ten open at once, careless HTML in descriptions some hundreds.
MAX_OPEN_ELEMENTS = 20_000
MAX_TITLE = 1_000


class BadListingError(Exception):
    """The bytes are no feed or sitemap that can be read; the message says why."""


def parse_feed(data: bytes, url: str, source: Source | None = None, content_type: str = "") -> Iterator[Candidate]:
    """The candidates that a feed lists, in its order, each address once. Raises BadListingError.

    A GUID that stands at several addresses is no identity and is dropped from the later ones.
    """
    is_json = "json" in content_type or data.lstrip()[:1] == b"{"
    items = _json_items(data) if is_json else _xml_items(data, content_type)
    seen: set[str] = set()
    guids: set[str] = set()
    zone = source.timezone if source is not None else "UTC"
    for link, guid, title, published, changed, language in items:
        address = _joined(url, link.strip()) if link else ""
        canonical = canonical_url(address)
        if canonical is None or canonical in seen:
            continue
        seen.add(canonical)
        if guid in guids:
            guid = None
        elif guid:
            guids.add(guid)
        yield Candidate(
            url=address.partition("#")[0],
            canonical_url=canonical,
            source_key=source.key if source else None,
            title=_clean(title),
            published_at=parse_time(published, zone) or parse_time(changed, zone),
            found_in=url,
            language=language or (source.language if source else None),
            guid=guid,
            changed_at=parse_time(changed, zone),
        )


Item = tuple[str | None, str | None, str | None, str | None, str | None, str | None]


def _xml_items(data: bytes, content_type: str) -> Iterator[Item]:
    # NUL bytes are dropped for the test only: UTF-16 spells the same declaration with them.
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise BadListingError("it declares entities, which no feed needs and bombs are made of")
    if _open_elements(data) > MAX_OPEN_ELEMENTS:
        raise BadListingError("its elements are never closed")
    headers = {"content-type": content_type} if content_type else {}
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # feedparser promises not to raise; old faults of its fallback parser do
        raise BadListingError(f"feedparser: {type(error).__name__}: {error}") from error
    if not parsed.get("version") and not parsed.entries:
        why = parsed.get("bozo_exception") if parsed.get("bozo") else "it is neither RSS nor Atom"
        raise BadListingError(str(why)[:200])
    language = _language(parsed.feed.get("language"))
    for entry in parsed.entries:
        guid = entry.get("id")
        link = entry.get("feedburner_origlink") or entry.get("link") or (guid if _is_address(guid) else None)
        # Plain dict look-ups: feedparser's own answer a missing `updated` with `published`, and warn.
        published, updated = dict.get(entry, "published"), dict.get(entry, "updated")
        yield link, guid, entry.get("title"), published, updated, language


def _open_elements(data: bytes) -> int:
    """The largest number of elements that stand open at one place."""
    depth = most = 0
    for tag in _TAG.finditer(_CDATA.sub(b"", data)):
        if tag[1]:
            depth -= 1
        elif not tag[2]:
            depth += 1
            most = max(most, depth)
    return most


def _json_items(data: bytes) -> Iterator[Item]:
    try:
        feed: Any = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadListingError(f"not JSON: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise BadListingError("a JSON Feed has a list `items`; this has none")
    default = _language(feed.get("language"))
    for item in items:
        if isinstance(item, dict):
            texts = {k: v for k, v in item.items() if isinstance(v, str)}
            link = (
                texts.get("url")
                or texts.get("external_url")
                or (texts.get("id") if _is_address(texts.get("id")) else None)
            )
            language = _language(texts.get("language")) or default
            yield (
                link,
                texts.get("id"),
                texts.get("title"),
                texts.get("date_published"),
                texts.get("date_modified"),
                language,
            )


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _language(value: object) -> str | None:
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # brackets in the host that are no IPv6 address
        return ""


def _clean(title: str | None) -> str | None:
    """Titles without markup, control characters and runs of space; None when nothing is left."""
    if not title:
        return None
    text = re.sub(r"<[^<>]{1,200}>", "", title[: MAX_TITLE * 2])
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())[:MAX_TITLE] or None
