"""An article as cleaning leaves it, and how a text gets its identity. It holds; it reads nothing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

# A change that makes other text from the same page raises the number: then `replay` has work, and a text that differs
# from an older one of the same bytes is the cleaner's doing and withdraws nothing.
CLEANER_VERSION = "2"

WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def text_hash(text: str) -> str:
    """sha256 of the text as UTF-8, in hex. A lone surrogate (broken input) hashes as '?'."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def document_key(url: str, text: str, collection_key: str | None = None) -> str:
    """First 16 hex digits of sha256(canonical URL, line feed, text hash).

    A collection other than the warehouse's own is hashed in front, since language rows know no collection: the same
    article in two closed worlds is two documents.
    """
    world = f"{collection_key}\n" if collection_key else ""
    return hashlib.sha256(f"{world}{url}\n{text_hash(text)}".encode("utf-8", "replace")).hexdigest()[:16]


def count_words(text: str) -> int:
    """Words: runs of letters and digits, with inner apostrophes, hyphens and points."""
    return sum(1 for _ in WORD.finditer(text))


@dataclass(frozen=True)
class Article:
    """One cleaned article. `published_at` and `modified_at` are UTC without a zone; offsets count in `text`."""

    url: str
    title: str | None
    text: str
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_date: date | None = None  # the day in the outlet's own zone
    published_basis: str = "unknown"  # metadata | in_text | supplied | unknown
    modified_at: datetime | None = None
    language_code: str | None = None
    section: str | None = None
    site_name: str | None = None
    html_sha256: str | None = None
    reason: str = "done"  # done | other_language | paywall_stub: what an outcome row says about it
    detail: str = ""

    @property
    def author(self) -> str | None:
        """All authors, separated by '; '."""
        return "; ".join(self.authors) or None

    @property
    def word_count(self) -> int:
        """Words of the text."""
        return count_words(self.text)

    @property
    def text_sha256(self) -> str:
        """sha256 of the text."""
        return text_hash(self.text)

    @property
    def document_id(self) -> str:
        """The id in the warehouse's own collection."""
        return document_key(self.url, self.text)
