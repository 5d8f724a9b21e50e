"""The one row that every way of discovery gives: an address that may be an article. It has no body and no state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """One address to fetch. `published_at` is naive UTC and only what the listing claims; None when it claims nothing.

    `found_in` is the feed, sitemap or file that lists it; `changed_at` is the listing's last change (sitemap lastmod).
    """

    url: str
    canonical_url: str
    source_key: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    found_in: str = ""
    language: str | None = None
    guid: str | None = None
    changed_at: datetime | None = None
