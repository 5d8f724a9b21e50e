"""GDELT as a list of addresses: GKG 2.1 and mentions files (tab-separated, plain, .zip or .gz) and DOC 2.0 JSON.

Only addresses and the times that GDELT saw them are taken; its own coding of events and tones is not. Columns after
"The GDELT Global Knowledge Graph (GKG) Data Format Codebook V2.1" and the Event codebook V2.0.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from flows.discover.candidate import Candidate
from flows.discover.dates import parse_time
from flows.discover.lists import opened, source_of
from flows.discover.urls import canonical_url
from flows.outcomes import Outcome
from flows.sources.schema import Source

# (number of columns, column of the type, its value for "a web page", column of the address, column of the time)
_GKG = (27, 2, "1", 4, 1)
_MENTIONS = (16, 3, "1", 5, 2)
MAX_LINE = 2_000_000
MAX_JSON = 50_000_000


def read_gdelt(path: Path, sources: Iterable[Source] = (), only_sources: bool = True) -> Iterator[Candidate | Outcome]:
    """A candidate for every web address in the file, each once; lines of another shape are counted in one Outcome.

    With sources and `only_sources`, addresses of other sites are left out. The time is when GDELT saw the page, so
    it becomes `changed_at`, never the date of publication.
    """
    by_domain = {domain: source for source in sources for domain in source.domains}
    seen: set[str] = set()
    taken = left_out = bad = 0
    try:
        for row in _rows(path):
            if row is None:
                bad += 1
                continue
            url, when, title, language = row
            canonical = canonical_url(url)
            if canonical is None:
                bad += 1
                continue
            if canonical in seen:
                continue
            seen.add(canonical)
            source = source_of(url, by_domain)
            if by_domain and only_sources and (source is None or not source.wants(canonical)):
                left_out += 1
                continue
            taken += 1
            yield Candidate(
                url,
                canonical,
                source.key if source else None,
                title or None,
                None,
                str(path),
                language,
                None,
                parse_time(when),
            )
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError, RecursionError) as error:
        yield Outcome("discover", str(path), "unreadable_file", detail=f"{error} (after {taken} addresses)"[:300])
        return
    detail = f"{taken} addresses, {left_out} of other sites, {bad} unusable lines"
    yield Outcome("discover", str(path), "bad_record" if bad and not taken and not left_out else "done", detail=detail)


Row = tuple[str, str, str | None, str | None]

_LANGUAGES = {"english": "en", "ukrainian": "uk", "russian": "ru", "arabic": "ar", "french": "fr", "german": "de"}


def _rows(path: Path) -> Iterator[Row | None]:
    with _unzipped(path) as file:
        head = file.read(1)
        if head == b"{":
            yield from _doc(head + file.read(MAX_JSON))
            return
        rest = head
        while line := rest + file.readline(MAX_LINE):
            rest = b""
            yield _line(line.rstrip(b"\r\n").decode("utf-8", "replace").split("\t"))


def _line(cells: list[str]) -> Row | None:
    for columns, kind_at, web, url_at, time_at in (_GKG, _MENTIONS):
        if len(cells) == columns and cells[kind_at].isdigit() and cells[time_at].isdigit():
            return (cells[url_at], cells[time_at], None, None) if cells[kind_at] == web else None
    return None


def _doc(data: bytes) -> Iterator[Row | None]:
    articles: Any = json.loads(data.decode("utf-8", "replace")).get("articles")
    if not isinstance(articles, list):
        raise ValueError("DOC JSON has a list `articles`; this has none")
    for article in articles:
        texts = {k: v for k, v in article.items() if isinstance(v, str)} if isinstance(article, dict) else {}
        if "url" not in texts:
            yield None
            continue
        language = _LANGUAGES.get(texts.get("language", "").lower())
        yield texts["url"], texts.get("seendate", ""), texts.get("title"), language


@contextmanager
def _unzipped(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with opened(path) as file:
            yield file
        return
    with zipfile.ZipFile(path) as zipped:
        names = [n for n in zipped.namelist() if not n.endswith("/")]
        if len(names) != 1:
            raise zipfile.BadZipFile(f"{len(names)} files inside, GDELT puts one")
        with zipped.open(names[0]) as member:
            yield io.BufferedReader(member)  # type: ignore[type-var]
