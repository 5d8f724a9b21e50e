"""Which documents tell one story in one wording: copies, cut copies, retitled copies, versions of one page.

Candidates come from sampled shingles (Broder 1997, mod-p sketches: containment survives a cut, unlike a MinHash
signature of the whole); each candidate pair is then verified on its sentences, dates and titles. The result depends
neither on the order of the documents nor on what was computed before. It says nothing about paraphrase: two reporters
at one briefing write two stories.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from flows.clean.alignment import Alignment, Outline, Words, align, most_shared
from flows.clean.article import text_hash

# A change of any number below, or of alignment.py, raises the version: kept sketches and verdicts are computed anew.
VERSION = 2
SHINGLE = 4
SAMPLE = 6  # one shingle in six is kept
MIN_COMMON = 3  # sampled shingles in common before a pair is looked at
MIN_SHARE = 0.35  # of the smaller sketch; a copy shares MIN_SHARED of its words, and fewer whole shingles
CROWD = 50  # texts; a shingle in more of them is a template's, a site's standing line or a much printed dispatch:
NEAR = 10  # then only texts this near in time are paired by it, so that work grows with the texts, not their square
# A digest prints texts of others whole, and these have nothing in common: it is a copy of none and must join none.
# 2026-11-26: with two such texts a story that a paper cuts into two briefs would be one; a digest has more.
DIGEST = 3  # texts in it
PART = 0.6  # of the digest's sketch: a text above that is its copy
BATCH = 2_000  # pairs whose texts are held at once

# Verified on the development pairs (November 2026).
MIN_WORDS = 25  # of a text that may be called a near copy; shorter ones are copies only when equal
MIN_SHARED = 0.45  # of the shorter text: a copy that is cut by half and continued with a paper's own lines
SAME_DAYS = 4  # how late a copy of news appears elsewhere
LATE_DAYS = 45
WIRE_HOURS = 48  # a wire's own text counts as the origin although a customer's clock is ahead of it

_WORD = re.compile(r"\w+")

STORIES = pa.schema(
    [
        pa.field("document_id", pa.string()),
        pa.field("collection_key", pa.string()),
        pa.field("story_id", pa.string()),
        pa.field("is_story_origin", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Member:
    """What deciding needs of one document."""

    document_id: str
    collection_key: str
    url: str | None
    source_key: str | None
    title: str
    text: str
    text_sha256: str
    published_at: datetime | None
    published_date: date | None

    @property
    def words(self) -> Words:
        """The text as words; kept for a while, since one text meets many others."""
        return _words(self.text)

    @property
    def outline(self) -> Outline:
        """The text's runs as numbers, kept for longer."""
        return _outline(self.text)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Words of the title in lower case."""
        return frozenset(_WORD.findall(self.title.lower()))

    @property
    def order(self) -> tuple[datetime, str]:
        """By time of publication, unknown last, then by id."""
        return self.published_at or datetime.max, self.document_id


@lru_cache(maxsize=256)
def _words(text: str) -> Words:
    return Words(text)


@lru_cache(maxsize=4096)
def _outline(text: str) -> Outline:
    return Outline(text)


def sketch(text: str) -> list[int]:
    """A sample of the text's shingles as 32-bit hashes, ascending: equal passages give equal members anywhere."""
    words = _WORD.findall(text.lower())
    if len(words) <= SHINGLE:
        return [zlib.crc32(" ".join(words).encode("utf-8", "replace"))] if words else []
    hashes: dict[str, int] = {}
    found = set()
    for start in range(len(words) - SHINGLE + 1):
        first = words[start]
        if first not in hashes:
            hashes[first] = zlib.crc32(first.encode("utf-8", "replace"))
        # The first word chooses: cheap, and the same shingle is chosen wherever it stands.
        if hashes[first] % SAMPLE == 0:
            found.add(zlib.crc32(" ".join(words[start : start + SHINGLE]).encode("utf-8", "replace")))
    return sorted(found)


def candidates(sketches: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Index pairs of texts whose sketches share enough to be compared, ascending. `sketches` are in order of time.

    A shingle in more than CROWD texts pairs each of them with the NEAR next ones only: copies follow each other.
    """
    sizes = np.array([len(s) for s in sketches], dtype=np.int64)
    if sizes.sum() == 0:
        return []
    shingles = np.concatenate([np.asarray(s, dtype=np.int64) for s in sketches])
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), sizes)
    order = np.lexsort((owners, shingles))
    shingles, owners = shingles[order], owners[order]
    starts = np.flatnonzero(np.r_[True, shingles[1:] != shingles[:-1]])
    lengths = np.diff(np.r_[starts, len(shingles)])
    keys = []
    for length in np.unique(lengths[lengths > 1]):
        groups = owners[starts[lengths == length][:, None] + np.arange(length)]
        left, right = np.triu_indices(length, 1) if length <= CROWD else _near(length)
        keys.append((groups[:, left] * len(sketches) + groups[:, right]).ravel())
    if not keys:
        return []
    pairs, counts = np.unique(np.concatenate(keys), return_counts=True)
    first, second = pairs // len(sketches), pairs % len(sketches)
    smaller = np.minimum(sizes[first], sizes[second])
    # Two standard deviations of the sample below the share that a copy must have.
    needed = MIN_SHARE * smaller - np.sqrt(smaller)
    enough = (counts >= np.minimum(MIN_COMMON, smaller)) & (counts >= needed)
    return list(zip(first[enough].tolist(), second[enough].tolist(), strict=True))


def _near(length: int) -> tuple[Any, Any]:
    """Index pairs below `length` that are at most NEAR apart."""
    left = np.repeat(np.arange(length), NEAR)
    right = left + np.tile(np.arange(1, NEAR + 1), length)
    return left[right < length], right[right < length]


def digests(pairs: Iterable[tuple[int, int]], sketches: Sequence[Sequence[int]]) -> set[int]:
    """Indices of texts that hold DIGEST others whole, or nearly, which share nothing among themselves."""
    held: dict[int, list[set[int]]] = defaultdict(list)
    for pair in sorted(pairs):
        part, whole = sorted(pair, key=lambda n: len(sketches[n]))
        passage = set(sketches[part])
        if MIN_COMMON <= len(passage) <= PART * len(sketches[whole]):
            others = held[whole]
            is_held = len(passage.intersection(sketches[whole])) >= 0.8 * len(passage)
            if is_held and all(len(passage & o) <= 0.1 * min(len(passage), len(o)) for o in others):
                others.append(passage)
    return {whole for whole, passages in held.items() if len(passages) >= DIGEST}


def _is_of_digest(a: int, b: int, found: set[int], sketches: Sequence[Sequence[int]]) -> bool:
    """Whether one is a digest and the other a part of it; another paper's copy of the digest is none."""
    part, whole = sorted((a, b), key=lambda n: len(sketches[n]))
    return whole in found and len(sketches[part]) <= PART * len(sketches[whole])


def _days_apart(a: Member, b: Member) -> int | None:
    if a.published_date is None or b.published_date is None:
        return None
    return abs((a.published_date - b.published_date).days)


def is_copy(a: Member, b: Member) -> bool:
    """True when one text is a copy of the other: whole, cut, extended, retitled or lightly edited.

    Passages in which facts are exchanged speak for a template; the further apart in time, the fewer are allowed.
    """
    if a.outline.size == b.outline.size and a.text.split() == b.text.split():
        return True
    if min(a.outline.size, b.outline.size) < MIN_WORDS:
        return False
    days = _days_apart(a, b)
    is_late, is_very_late = days is None or days > SAME_DAYS, days is not None and days > LATE_DAYS
    needed = 0.85 if is_very_late else 0.6 if is_late else MIN_SHARED
    if most_shared(a.outline, b.outline) < needed:
        return False
    found = align(a.words, b.words)
    if found.shared < needed:
        return False
    if is_very_late:
        return found.exchanges == 0
    if is_late:
        return found.exchanges <= 0.1 and found.replaced <= 0.02
    likeness = _likeness(a.title_words, b.title_words)
    if likeness >= 0.9:
        # A figure is corrected once in a while; a routine report under a standing title has new ones each day.
        return found.exchanges <= (1.5 if days == 0 else 0.5)
    # Titles with one frame ('… to construct', '… to operate') are likelier a template's than unlike ones.
    allowed = 0.1 if likeness >= 0.5 else 0.3
    return found.exchanges <= allowed and not _tells_apart(a, b, found)


def _tells_apart(a: Member, b: Member, found: Alignment) -> bool:
    """True when the words that tell the titles apart tell the texts apart too: aluminium here, steel there.

    Either they stand in each other's place, or each text keeps to its own. A retitled copy does neither.
    """
    mine, theirs = a.title_words - b.title_words, b.title_words - a.title_words
    if any((mine & left and theirs & right) or (theirs & left and mine & right) for left, right in found.swapped):
        return True
    return _keeps_to(a, mine, theirs) and _keeps_to(b, theirs, mine)


def _keeps_to(member: Member, own: frozenset[str], other: frozenset[str]) -> bool:
    counts = Counter(w for w in member.words.words if len(w) > 3)
    mine, theirs = sum(counts[w] for w in own), sum(counts[w] for w in other)
    return mine >= 3 and mine > 2 * theirs


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


class _Groups:
    """Connected components (union by index)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first


class Judge:
    """Decides on pairs. A subclass may know verdicts from before: they are functions of the two documents alone."""

    def known(self, a: Member, b: Member) -> bool | None:
        """The verdict where it was given before, else None."""
        return None

    def expect(self, pairs: Sequence[tuple[Member, Member]]) -> None:
        """Told of up to BATCH pairs without a known verdict before they are judged, so that texts are read at once."""

    def judge(self, a: Member, b: Member) -> bool:
        """Whether one is a copy of the other."""
        return is_copy(a, b)


def group(
    members: Iterable[Member], sketches: Mapping[str, Sequence[int]] | None = None, judge: Judge | None = None
) -> list[list[Member]]:
    """Stories of one collection, each in order of time. The order of `members` does not matter.

    `sketches` by document id may come from a store.
    """
    judge = judge or Judge()
    ordered = sorted(members, key=lambda m: m.order)
    groups = _Groups(len(ordered))
    by_url: dict[str, int] = {}
    by_text: dict[str, int] = {}
    for number, member in enumerate(ordered):
        if member.url:
            groups.join(by_url.setdefault(member.url, number), number)
        groups.join(by_text.setdefault(member.text_sha256, number), number)
    compared = sorted(by_text.values())  # of equal texts only the earliest
    kept = sketches if sketches is not None else {}
    found = [kept[m.document_id] if m.document_id in kept else sketch(m.text) for m in (ordered[n] for n in compared)]
    unknown = []
    pairs = candidates(found)
    made_of_others = digests(pairs, found)
    for first, second in pairs:
        if _is_of_digest(first, second, made_of_others, found):
            continue
        a, b = compared[first], compared[second]
        verdict = judge.known(ordered[a], ordered[b])
        if verdict is None:
            unknown.append((a, b))
        elif verdict:
            groups.join(a, b)
    for start in range(0, len(unknown), BATCH):
        batch = [(a, b) for a, b in unknown[start : start + BATCH] if groups.find(a) != groups.find(b)]
        judge.expect([(ordered[a], ordered[b]) for a, b in batch])
        for a, b in batch:
            if groups.find(a) != groups.find(b) and judge.judge(ordered[a], ordered[b]):
                groups.join(a, b)
    stories: dict[int, list[Member]] = defaultdict(list)
    for number, member in enumerate(ordered):
        stories[groups.find(number)].append(member)
    return list(stories.values())


def _origin(story: list[Member], wires: Collection[str]) -> Member:
    """The earliest text; a wire's own where it came out within WIRE_HOURS of the earliest."""
    first = story[0]
    for member in story:
        is_wire = member.source_key is not None and member.source_key in wires
        if is_wire and (first.published_at is None or member.published_at is not None):
            late = (
                (member.published_at - first.published_at)
                if member.published_at and first.published_at
                else timedelta()
            )
            if late <= timedelta(hours=WIRE_HOURS):
                return member
    return first


def rows_of(stories: Iterable[list[Member]], wires: Collection[str] = ()) -> list[dict[str, Any]]:
    """Rows of STORIES for the stories of one collection; the id is the hash of the earliest member."""
    rows: list[dict[str, Any]] = []
    for story in stories:
        story_id = hashlib.sha256(f"story\n{story[0].document_id}".encode()).hexdigest()[:16]
        origin = _origin(story, wires)
        rows.extend(
            {
                "document_id": m.document_id,
                "collection_key": m.collection_key,
                "story_id": story_id,
                "is_story_origin": m is origin,
            }
            for m in story
        )
    return rows


def stories_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as a table of STORIES, in order of document_id."""
    return pa.Table.from_pylist(sorted(rows, key=lambda r: (r["document_id"], r["collection_key"])), schema=STORIES)


def assign_stories(documents: pa.Table, wires: Collection[str] = ()) -> pa.Table:
    """One row per document: document_id, collection_key, story_id, is_story_origin, in order of document_id.

    `documents` has the columns of land.load.documents_for_stories; `wires` are source keys of news agencies.
    Collections never mix. Everything is computed anew; flows/stories.py keeps what can be kept.
    """
    worlds: dict[str, list[Member]] = defaultdict(list)
    for row in documents.to_pylist():
        worlds[row["collection_key"]].append(member_of(row))
    return stories_table([row for members in worlds.values() for row in rows_of(group(members), wires)])


def member_of(row: Mapping[str, Any]) -> Member:
    """The member that a row describes; `text` may be left out where it is read later."""
    text = row.get("text") or ""
    return Member(
        row["document_id"],
        row["collection_key"],
        row.get("url"),
        row.get("source_key"),
        row.get("title") or "",
        text,
        row.get("text_sha256") or text_hash(text),
        row.get("published_at"),
        row.get("published_date"),
    )
