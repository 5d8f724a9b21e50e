"""What a page says about itself to machines: JSON-LD nodes and <meta> values. Reads a parsed page, judges nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "AskPublicNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
        "PressRelease",
        "Review",
        "AdvertiserContentArticle",
        "SocialMediaPosting",
        "TechArticle",
        "ScholarlyArticle",
    ]
)
LISTING_TYPES = frozenset(
    ["CollectionPage", "SearchResultsPage", "ContactPage", "ProfilePage", "CheckoutPage", "ItemList"]
)
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*;?\s*$", re.S)
MAX_JSON = 2_000_000


@dataclass(frozen=True)
class Structured:
    """`articles`: JSON-LD nodes of an article type; `nodes`: all; `meta`: lower-case name -> values in page order."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """The first value among these meta names, in the order of the names."""
        return next((value for name in names for value in self.meta.get(name, ())), None)


def types_of(node: dict[str, Any]) -> set[str]:
    """The types of a JSON-LD node, without a namespace."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if name}


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate"):
            if isinstance(value.get(key), (dict, list)) and key != "liveBlogUpdate":
                yield from _walk(value[key], depth + 1)


def _parse(raw: str) -> Any:
    text = _COMMENT.sub("", raw.strip())
    for attempt in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def read_structured(tree: Any) -> Structured:
    """JSON-LD and meta values of a parsed page. Broken JSON is passed over."""
    found = Structured()
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > MAX_JSON:
            continue
        for node in _walk(_parse(script.text)):
            found.nodes.append(node)
            if types_of(node) & ARTICLE_TYPES:
                found.articles.append(node)
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("datetime") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            if key := (element.get(attribute) or "").strip().lower():
                found.meta.setdefault(key, []).append(html.unescape(content))
    return found


def plain(value: Any) -> str | None:
    """A JSON-LD value as one line of text, or None; entities and tags are resolved."""
    if isinstance(value, list):
        return next((text for item in value if (text := plain(item))), None)
    if isinstance(value, dict):
        return plain(value.get("@value") or value.get("name"))
    if not isinstance(value, str):
        return None
    text = re.sub(r"<[^>]{1,200}>", "", html.unescape(html.unescape(value)))
    return " ".join(text.split()) or None
