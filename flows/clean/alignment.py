"""How two texts relate word by word: what they share in runs, and where they say other facts in the same place.

A copy that is cut, retitled or extended differs from its original by runs that only one side has. Two texts built on
one template have names, numbers and dates exchanged between runs that are equal. Counting shingles cannot tell these
apart; an alignment can. It is anchored on shared runs of RUN words, so line breaks and sentence ends play no part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

RUN = 4
MAX_GAP = 40  # words: two equal runs further apart than this are not two ends of one exchanged passage
REPLACED = 4  # words of its own on each side: less is another spelling or another figure
MIX = np.int64(6364136223846793005)  # odd and large: the numbers of two unlike runs are hardly ever equal
_WORD = re.compile(r"\w+(?:[.,:/]\d+)*")
_END = re.compile(r"[.!?:\n]")


@dataclass(frozen=True)
class Words:
    """A text as words in lower case; `is_fact` marks numbers and capitalised words that do not begin a sentence."""

    text: str

    @cached_property
    def _found(self) -> tuple[list[str], list[bool]]:
        words: list[str] = []
        facts: list[bool] = []
        end = 0
        begins = True
        for match in _WORD.finditer(self.text):
            word = match.group()
            between = self.text[end : match.start()]
            begins = begins or (between != " " and _END.search(between) is not None)
            capital = word[0].isupper() and (not begins or (word.isupper() and len(word) > 1))
            words.append(word.lower())
            facts.append(word[0].isdigit() or capital)
            end, begins = match.end(), False
        return words, facts

    @property
    def words(self) -> list[str]:
        """In order."""
        return self._found[0]

    def facts(self, start: int, end: int) -> set[str]:
        """The words between two positions that state a fact."""
        words, facts = self._found
        return {words[n] for n in range(start, end) if facts[n]}

    @cached_property
    def runs(self) -> dict[tuple[str, ...], list[int]]:
        """Where each run of RUN words stands."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start in range(len(self.words) - RUN + 1):
            found[tuple(self.words[start : start + RUN])].append(start)
        return found


class Outline:
    """A text as one number per run of RUN words, equal for equal runs: small enough to keep for thousands of texts."""

    def __init__(self, text: str) -> None:
        words = np.array([hash(word.lower()) for word in _WORD.findall(text)], dtype=np.int64)
        self.text = text
        self.size = len(words)
        runs = max(0, self.size - RUN + 1)
        self.runs = np.zeros(runs, dtype=np.int64)
        for n in range(RUN):
            self.runs = self.runs * MIX + words[n : n + runs]
        self.ascending: npt.NDArray[np.int64] = np.unique(self.runs)


def most_shared(a: Outline, b: Outline) -> float:
    """What `shared` of their alignment cannot exceed: the share of the shorter's words that stand in any run of both.

    Most pairs that are looked at share less than a copy must, and need no alignment then.
    """
    if (b.size, b.text) < (a.size, a.text):
        a, b = b, a
    if not len(a.runs):
        return 0.0
    places = np.minimum(np.searchsorted(b.ascending, a.runs), len(b.ascending) - 1)
    common = b.ascending[places] == a.runs
    covered = np.zeros(a.size, dtype=bool)
    for n in range(RUN):
        covered[n : n + len(common)] |= common
    return int(np.count_nonzero(covered)) / a.size


@dataclass(frozen=True)
class Alignment:
    """The shorter text against the longer.

    `shared`: share of the shorter's words that stand in runs of both. `exchanges`: passages between equal runs where
    both sides state facts that the other lacks, per 100 shared words. `replaced`: words in passages of REPLACED and
    more that say something else in the same place, per word of the shorter. `swapped`: words of the shorter and of
    the longer that stand in each other's place.
    """

    shared: float
    exchanges: float
    replaced: float
    swapped: tuple[tuple[frozenset[str], frozenset[str]], ...]


def _match(a: Sequence[str], b: Sequence[str], i: int, j: int) -> int:
    size = 0
    while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
        size += 1
    return size


def _other_facts(mine: set[str], theirs: set[str]) -> bool:
    """True when both sides state something of their own; two spellings of one name (Kyiv, Kiev) do not count."""
    mine, theirs = (
        {w for w in own if w[0].isdigit() or not any(_is_spelling(w, o) for o in others)}
        for own, others in ((mine, theirs), (theirs, mine))
    )
    return bool(mine and theirs)


def _is_spelling(word: str, other: str) -> bool:
    return word[0] == other[0] and SequenceMatcher(None, word, other, autojunk=False).ratio() >= 0.75


def align(a: Words, b: Words) -> Alignment:
    """Symmetric: the text with fewer words is the shorter; equal lengths are ordered by their text."""
    if (len(b.words), b.text) < (len(a.words), a.text):
        a, b = b, a
    words, others = a.words, b.words
    blocks: list[tuple[int, int, int]] = []
    start, expected = 0, 0
    while start <= len(words) - RUN:
        places = b.runs.get(tuple(words[start : start + RUN]))
        if not places:
            start += 1
            continue
        # The place just after the last run is the likeliest; else the nearest one behind it, else the first.
        place = min(places, key=lambda p: (p < expected, abs(p - expected)))
        size = _match(words, others, start, place)
        blocks.append((start, place, size))
        start, expected = start + size, place + size
    shared = sum(size for _, _, size in blocks)
    exchanges = replaced = 0
    swapped = []
    for (i, j, size), (next_i, next_j, _) in pairwise(blocks):
        here, there = (i + size, next_i), (j + size, next_j)
        shorter, longer = sorted((here[1] - here[0], there[1] - there[0]))
        if shorter <= 0:
            continue
        mine, theirs = frozenset(words[slice(*here)]), frozenset(others[slice(*there)])
        if min(len(mine - theirs), len(theirs - mine)) >= REPLACED:
            replaced += shorter
        if longer > MAX_GAP:
            continue
        swapped.append((mine - theirs, theirs - mine))
        if _other_facts(a.facts(*here) - theirs, b.facts(*there) - mine):
            exchanges += 1
    size = max(1, len(words))
    return Alignment(shared / size, 100 * exchanges / max(1, shared), replaced / size, tuple(swapped))
