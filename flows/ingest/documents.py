"""Records to rows of raw.documents: HTML is cleaned, text lands exactly as given; every record leaves an outcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pyarrow as pa

from flows.clean import page
from flows.clean.article import Article, document_key, text_hash
from flows.clean.dates import FIRST_DAY, Moment, parse_moment, zone_of
from flows.clean.language import detect_language
from flows.clean.metadata import Hints, declared_url
from flows.discover.urls import canonical_url, host_of
from flows.ingest.records import Record
from flows.land.tables import DOCUMENTS
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.schema import Source
from flows.text import sound

MAX_TITLE = 200
# 'SARANTA, 12 June 2026 -', 'KYIV, April 22, 2025 (Agency) —' at the start of a plain text
_DATED_PLACE = re.compile(
    r"(?m)^[ \t]*[A-Z][A-Z .'’/-]{2,40},[ ](\d{1,2}[ ][A-Z][a-z]+[ ]\d{4}|[A-Z][a-z]+\.?[ ]\d{1,2},[ ]\d{4})"
    r"[ ]*(?:\([^)\n]{2,30}\)[ ]*)?[-–—]"
)
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


class Outlets:
    """Outlets by key, by name and by domain: how a record finds its source."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._by_name: dict[str, Source] = {}
        self._by_domain: dict[str, Source] = {}
        for source in sources:
            self._by_name[source.key] = source
            self._by_name[source.key.removeprefix("outlet:")] = source
            self._by_name[_name_key(source.name)] = source
            for domain in source.domains:
                self._by_domain[domain.lower()] = source

    def find(self, record: Record) -> Source | None:
        """The outlet that the record names, else the one whose domain its address is under."""
        for given in (record.source_key, record.outlet):
            if given and (source := self._by_name.get(given) or self._by_name.get(_name_key(given))):
                return source
        labels = host_of(record.url or "").split(".")
        for start in range(len(labels) - 1):
            if source := self._by_domain.get(".".join(labels[start:])):
                return source
        return None


def _name_key(name: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"^the\s+", "", name.strip().lower()))


def to_documents(
    records: Iterable[Record | Any],
    settings: Settings,
    collection: str | None = "main",
    sources: Iterable[Source] | Mapping[str, Source] = (),
) -> tuple[pa.Table, list[Outcome]]:
    """Rows for land_documents, one per usable record in order, and the outcomes of all.

    `collection` None makes a closed world of every record that names none itself. Outcomes among the records are
    passed on; candidates must have been fetched before and are refused. One record may give the row of another again.
    """
    outlets = Outlets(sources.values() if isinstance(sources, Mapping) else sources)
    rows: list[dict[str, Any]] = []
    outcomes: list[Outcome] = []
    seen: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Outcome):
            outcomes.append(record)
            continue
        if not isinstance(record, Record):
            outcomes.append(
                Outcome("clean", str(getattr(record, "url", record)), "bad_record", detail="was not fetched")
            )
            continue
        record = _sound(record)
        world = record.collection or collection
        if world is None:
            name = record.record_id or record.url or text_hash(str(record.body))[:16]
            seen[name] += 1
            world = name if seen[name] == 1 else f"{name}#{seen[name]}"
        row, found = _document(record, world, settings, outlets)
        outcomes.extend(found)
        if row:
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=DOCUMENTS), outcomes


def supplied_moment(given: str | None, zone_name: str | None = None) -> Moment | None:
    """The date a giver states, or None when it is none (or is before the web or in the far future)."""
    moment = parse_moment(given, zone_of(zone_name)) or _rfc_2822(given)
    if moment and FIRST_DAY <= moment.day <= datetime.now(UTC).date() + timedelta(days=400):
        return moment
    return None


def _rfc_2822(given: str | None) -> Moment | None:
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(given or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Moment(at.date(), at.astimezone(UTC).replace(tzinfo=None), True)


def _stated_at(moment: Moment) -> datetime:
    """A day without a clock time stands at its first minute, so that documents have an order."""
    return moment.at or datetime.combine(moment.day, time())


def _sound(record: Record) -> Record:
    """The record with nothing in it that a store cannot hold."""
    values: dict[str, Any] = {name: sound(value) for name, value in vars(record).items() if isinstance(value, str)}
    return replace(record, **values, authors=tuple(map(sound, record.authors)))


def _text_article(record: Record, url: str, text: str) -> Article | Outcome:
    if not text.strip():
        return Outcome("clean", record.origin, "empty_page", record.source_key, "the text is empty")
    language = detect_language(text)
    title = record.title or record.hint_title
    if title is None and (end := _BLANK_LINE.search(text)):
        first = text[: end.start()].strip("\ufeff \t\r\n")
        if "\n" not in first and 0 < len(first) <= MAX_TITLE and not re.search(r"[.!?:;,]['\"”’]?$", first):
            title = first
    is_other = language is not None and language not in page.LANGUAGES
    dated = _DATED_PLACE.search(text, 0, 1000)
    moment = supplied_moment(dated[1]) if dated else None
    return Article(
        url=url,
        title=title,
        text=text,
        published_date=moment.day if moment else None,
        published_basis="in_text" if moment else "unknown",
        language_code=language,
        reason="other_language" if is_other else "done",
        detail=language or "" if is_other else "",
    )


def _document(
    record: Record, world: str, settings: Settings, outlets: Outlets
) -> tuple[dict[str, Any] | None, list[Outcome]]:
    outcomes: list[Outcome] = []
    body = record.body
    url = canonical_url(record.url) or record.url if record.url else None
    if url is None and record.is_html:
        url = canonical_url(declared_url(body) or "")
    record = replace(record, url=url)
    source = outlets.find(record)
    zone_name = source.timezone if source else None
    outlet_name = (source.name if source else None) or record.outlet
    moment = supplied_moment(record.published, zone_name)
    if record.published and moment is None:
        detail = f"{record.origin}: {record.published[:60]!r} is no date; the document is kept without it"
        outcomes.append(Outcome("clean", record.origin, "bad_date", record.source_key, detail))
    named = url or f"urn:communique:{record.record_id}" if url or _is_identity(record) else None
    if record.is_html:
        hints = Hints(
            outlet_name=outlet_name,
            time_zone=zone_name,
            title=record.hint_title,
            published=Moment(record.hint_published.date(), record.hint_published) if record.hint_published else None,
            latest=_day_after(record.fetched_at),
            http_charset=record.http_charset,
        )
        by_hand = record.input_kind in ("file", "jsonl")
        article = page.clean_page(body, named or record.origin, hints, keep_stubs=by_hand)
    else:
        article = _text_article(record, named or "", str(body))
    if isinstance(article, Outcome):
        detail = f"{record.origin}: {article.detail}" if record.origin != article.subject else article.detail
        outcomes.append(replace(article, subject=url or record.origin, source_key=record.source_key, detail=detail))
        return None, outcomes
    final_url = named or f"urn:communique:{article.text_sha256[:16]}"
    subject = url or record.origin
    outcomes.append(
        Outcome("clean", subject, article.reason, source.key if source else record.source_key, article.detail)
    )
    return _row(record, article, final_url, world, settings, source, outlet_name, moment), outcomes


def _is_identity(record: Record) -> bool:
    """A given id names the document; a file name does not, since files move."""
    return bool(record.record_id) and record.input_kind != "file"


def _day_after(moment: datetime | None) -> date | None:
    return (moment + timedelta(days=1)).date() if moment else None


def _row(
    record: Record,
    article: Article,
    url: str,
    world: str,
    settings: Settings,
    source: Source | None,
    outlet_name: str | None,
    moment: Moment | None,
) -> dict[str, Any]:
    published_at, published_date, basis = article.published_at, article.published_date, article.published_basis
    if moment:
        published_at, published_date, basis = _stated_at(moment), moment.day, "supplied"
    elif published_at is None and published_date is not None:
        published_at = datetime.combine(published_date, time())
    title = record.title or article.title
    authors = record.authors or article.authors
    key = document_key(url, article.text, None if world == settings.collection else world)
    row = {
        "document_id": key,
        "collection_key": world,
        "url": url,
        "source_key": source.key if source else record.source_key,
        "outlet_name": outlet_name or article.site_name,
        "title": title or None,
        "text": article.text,
        "author": "; ".join(authors) or None,
        "published_at": published_at,
        "published_date": published_date,
        "published_basis": basis,
        "modified_at": article.modified_at,
        "fetched_at": record.fetched_at,
        "language_code": article.language_code,
        "section": article.section,
        "word_count": article.word_count,
        "text_sha256": article.text_sha256,
        "html_sha256": article.html_sha256,
        "rights": record.rights,
        "input_kind": record.input_kind,
        "record_id": record.record_id,
        "cleaner_version": page.VERSION,
    }
    # A page may hide half a character in its JSON.
    return {name: sound(value) if isinstance(value, str) else value for name, value in row.items()}
