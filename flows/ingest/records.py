"""One thing to clean and land: a page or a text with all that its giver said about it. It holds; it reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.fetch.page import Page


@dataclass(frozen=True)
class Record:
    """A document as handed over. `origin` names it for people ('news.jsonl line 17').

    `title`, `authors` and `published` were stated by the giver and win over the page; `hint_*` come from a feed and
    only fill gaps. `published` is as given: a date, a datetime with or without zone, or anything else a person wrote.
    """

    origin: str
    body: str | bytes
    is_html: bool
    input_kind: str  # file | jsonl | warc | page
    record_id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None  # a name or an outlet key, as given
    source_key: str | None = None
    published: str | None = None
    collection: str | None = None
    fetched_at: datetime | None = None
    http_charset: str | None = None
    rights: str = "full_text"
    hint_title: str | None = None
    hint_published: datetime | None = None


def record_of_page(page: Page) -> Record:
    """The record of a fetched page; what its feed claimed becomes a hint."""
    candidate = page.candidate
    return Record(
        origin=page.url,
        body=page.body,
        is_html=True,
        input_kind="page",
        url=page.canonical_url,
        source_key=page.source_key,
        fetched_at=page.fetched_at,
        http_charset=page.encoding,
        rights=page.rights,
        hint_title=candidate.title if candidate else None,
        hint_published=candidate.published_at if candidate else None,
    )
