"""JSON lines: one object per line, keys as `communique extract` documents them; other keys are passed over.

A line that cannot be used is an outcome that names file and line, and the next line is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from flows.ingest.records import Record
from flows.outcomes import Outcome

KEYS = ("id", "url", "title", "outlet", "author", "authors", "published_at", "date", "text", "html", "collection")
# What other tools call them.
OTHER_NAMES = {
    **dict.fromkeys(("body", "content", "article", "maintext", "plaintext", "full_text", "raw_text"), "text"),
    **dict.fromkeys(("page", "raw_html", "source_html"), "html"),
    **dict.fromkeys(("headline", "heading"), "title"),
    **dict.fromkeys(("link", "uri", "href"), "url"),
    **dict.fromkeys(("source", "publisher", "newspaper", "site"), "outlet"),
    **dict.fromkeys(("published", "publish_date", "date_published", "pubdate", "timestamp"), "published_at"),
}
MAX_KEYS, MAX_KEY = 12, 60  # named in one message
MAX_LINE = 60_000_000  # bytes; a page of 50 MB still arrives and is refused with its own reason


def _refuse(origin: str, reason: str, detail: str) -> Outcome:
    return Outcome("discover", origin, reason, detail=f"{origin}: {detail}")


def _text(value: Any) -> str | None:
    """A scalar as text; None for null, empty text, lists and objects."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return str(value).strip() or None


def _authors(row: dict[str, Any]) -> tuple[str, ...]:
    value = row.get("authors") or row.get("author")
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if (text := _text(item)))


def _found_instead(row: dict[str, Any]) -> str:
    """The keys of a record without a text, each with the key that it may stand for, as the end of a sentence."""
    if not row:
        return ": the object is empty"
    found = [_with_hint(key, row[key]) for key in list(row)[:MAX_KEYS]]
    more = f" and {len(row) - MAX_KEYS} more" if len(row) > MAX_KEYS else ""
    return f", but {', '.join(found)}{more}"


def _with_hint(key: str, value: Any) -> str:
    shown, name = repr(key[:MAX_KEY]), key.strip().lower()
    if key in KEYS:
        return f"{shown} (null)" if value is None else shown
    near = OTHER_NAMES.get(name) or next(iter(get_close_matches(name, KEYS, n=1, cutoff=0.7)), None)
    return f"{shown} ('{near}'?)" if near else shown


def record_of_row(row: Any, origin: str) -> Record | Outcome:
    """The record of one JSON object, or the reason why it is none."""
    if not isinstance(row, dict):
        return _refuse(origin, "bad_json", f"a JSON object is expected, not {type(row).__name__}")
    text, html = row.get("text"), row.get("html")
    body = text if text is not None else html
    if body is None:
        return _refuse(origin, "bad_record", f"neither 'text' nor 'html' is given{_found_instead(row)}")
    if not isinstance(body, str):
        kind = "text" if text is not None else "html"
        return _refuse(origin, "bad_record", f"'{kind}' is not a string but a {type(body).__name__}")
    published = row.get("published_at")
    return Record(
        origin=origin,
        body=body,
        is_html=text is None,
        input_kind="jsonl",
        record_id=_text(row.get("id")),
        url=_text(row.get("url")),
        title=_text(row.get("title")),
        authors=_authors(row),
        outlet=_text(row.get("outlet")),
        published=_text(published if published not in (None, "") else row.get("date")),
        collection=_text(row.get("collection")),
    )


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Record | Outcome]:
    """Records of JSON lines; `name` is the file's, for messages. Empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        origin = f"{name} line {number}"
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            yield _refuse(origin, "too_large", f"the line has {len(line)} bytes")
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield _refuse(origin, "bad_encoding", f"not UTF-8 at byte {error.start}")
        except (ValueError, RecursionError) as error:
            yield _refuse(origin, "bad_json", f"not valid JSON: {error}")
        else:
            yield record_of_row(row, origin)
