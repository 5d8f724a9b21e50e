"""Everything a page says about its article except the text: title, authors, dates, section, site, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from flows.clean.authors import find_authors
from flows.clean.dates import Dates, Moment, find_dates, zone_of
from flows.clean.structured import ARTICLE_TYPES, LISTING_TYPES, Structured, plain, read_structured, types_of
from flows.clean.titles import find_title, site_names


@dataclass(frozen=True)
class Hints:
    """What is known about a page from outside: the outlet's manifest, the feed entry, the HTTP answer."""

    outlet_name: str | None = None
    time_zone: str | None = None  # IANA name of the outlet's own zone
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    latest: date | None = None  # no page is from after this day
    http_charset: str | None = None


@dataclass(frozen=True)
class Metadata:
    """Metadata of one page; `is_article` and `is_listing` say what the page declares itself to be."""

    title: str | None
    authors: tuple[str, ...]
    dates: Dates
    section: str | None
    site_name: str | None
    declared_language: str | None
    is_article: bool
    is_listing: bool
    is_paid: bool


def _is_paid(structured: Structured) -> bool:
    free = [str(node["isAccessibleForFree"]).lower() for node in structured.articles if "isAccessibleForFree" in node]
    tier = (structured.first("article:content_tier", "og:article:content_tier", "access-type") or "").lower()
    return "false" in free or tier in ("locked", "metered", "paid", "subscription")


def read_metadata(tree: Any, url: str, hints: Hints) -> Metadata:
    """What the page declares and shows; every field may be missing. Raises nothing on odd pages."""
    structured = read_structured(tree)
    sites = site_names(structured, url, hints.outlet_name)
    kinds = {kind for node in structured.nodes for kind in types_of(node)}
    page_type = (structured.first("og:type") or "").lower()
    root = tree if tree.tag == "html" else tree.find(".//html")
    section = next((s for node in structured.articles if (s := plain(node.get("articleSection")))), None)
    return Metadata(
        title=find_title(tree, structured, sites) or hints.title,
        authors=find_authors(tree, structured, sites) or hints.authors,
        dates=find_dates(
            tree, structured, url, zone=zone_of(hints.time_zone), supplied=hints.published, latest=hints.latest
        ),
        section=section or structured.first("article:section", "section"),
        site_name=structured.first("og:site_name", "application-name") or hints.outlet_name,
        declared_language=(root.get("lang") if root is not None else None) or structured.first("og:locale", "language"),
        is_article=bool(kinds & ARTICLE_TYPES) or page_type in ("article", "news", "newsarticle", "blog"),
        is_listing=bool(kinds & LISTING_TYPES) and not kinds & ARTICLE_TYPES,
        is_paid=_is_paid(structured),
    )


_CANONICAL = (
    re.compile(r"""<link\b[^>]*\brel\s*=\s*["']?canonical["']?[^>]*>""", re.I),
    re.compile(r"""<meta\b[^>]*\bproperty\s*=\s*["']?og:url["']?[^>]*>""", re.I),
)
_ADDRESS = re.compile(r"""\b(?:href|content)\s*=\s*["']?(https?://[^"'\s>]+)""", re.I)


def declared_url(html: bytes | str) -> str | None:
    """The address that a page saved as a file gives for itself, or None."""
    head = html[:200_000]
    text = head.decode("utf-8", "replace") if isinstance(head, bytes) else head
    for pattern in _CANONICAL:
        if (tag := pattern.search(text)) and (address := _ADDRESS.search(tag.group())):
            return unescape(address.group(1))
    return None
