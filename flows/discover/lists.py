"""Plain lists of addresses: one per line, blank lines and # comments ignored; .gz too. Standard input works as well."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from flows.discover.candidate import Candidate
from flows.discover.urls import canonical_url, host_of
from flows.outcomes import Outcome
from flows.sources.schema import Source

MAX_LINE = 10_000


def read_list(path: Path, sources: Iterable[Source] = ()) -> Iterator[Candidate | Outcome]:
    """A candidate for every address of a file, in its order, each once; an Outcome for every line that is none."""
    try:
        with opened(path) as file:
            yield from from_lines(file, str(path), sources)
    except (OSError, EOFError, zlib.error) as error:
        yield Outcome("discover", str(path), "unreadable_file", detail=str(error)[:300])


def from_lines(lines: Iterable[bytes], name: str, sources: Iterable[Source] = ()) -> Iterator[Candidate | Outcome]:
    """As read_list, from lines in memory or on standard input; `name` is what outcomes call them."""
    by_domain = {domain: source for source in sources for domain in source.domains}
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        text = line[:MAX_LINE].decode("utf-8", "replace").strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        canonical = canonical_url(text)
        if canonical is None:
            yield Outcome("discover", f"{name}:{number}", "bad_url", detail=text[:200])
        elif canonical not in seen:
            seen.add(canonical)
            source = source_of(text, by_domain)
            yield Candidate(text, canonical, source.key if source else None, found_in=name)


def source_of(url: str, by_domain: dict[str, Source]) -> Source | None:
    """The source on whose domain, or below it, `url` stands."""
    labels = host_of(url).split(".")
    return next((by_domain[d] for d in (".".join(labels[n:]) for n in range(len(labels))) if d in by_domain), None)


def opened(path: Path) -> IO[bytes]:
    """The file in binary, unpacked when its first bytes are those of gzip. Raises OSError."""
    with open(path, "rb") as file:
        magic = file.read(2)
    return gzip.open(path, "rb") if magic == b"\x1f\x8b" else open(path, "rb")  # type: ignore[return-value]
