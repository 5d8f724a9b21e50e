"""Lines that a page repeats around its article: teasers, buttons, newsletters, notices. Works on lines of text only.

The rules are rows of boilerplate.csv: a whole line must match. `any` rules hold everywhere, `tail` rules only in the
last lines. A line with a quotation mark, or of more than 60 words, is prose and always stays.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

TAIL_LINES = 6
MAX_WORDS = 60
_QUOTE = re.compile('[“”«»"]')
_BULLET = re.compile(r"^(?:[-–•*·]\s+)+")
_NO_WORD = re.compile(r"^[\W\d_]*$")
# Headings after which nothing of the article follows.
_END = re.compile(
    r"^(?:(?:\d+ )?(?:comments?|thoughts on .{1,200}|responses? to .{1,200}|replies)|leave a (?:reply|comment)|"
    r"related (?:articles?|stories|posts?|news|content|topics)|you (?:may|might) also like|"
    r"most (?:read|popular)(?: in .{1,40})?|"
    r"recommended (?:for you|stories)|more from .{2,60}|about the authors?|read more|more stories)\s*:?$",
    re.I,
)


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {}
    with (resources.files("flows.clean") / "boilerplate.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            patterns.setdefault(row["place"], []).append(row["pattern"])
    return {place: re.compile("|".join(f"(?:{p})" for p in found), re.I) for place, found in patterns.items()}


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def is_boilerplate(line: str, place: str = "any") -> bool:
    """True when the whole line is one of the repeated kinds."""
    bare = _BULLET.sub("", line).strip()
    if _NO_WORD.match(bare):
        return True
    if len(bare.split()) > MAX_WORDS or (_QUOTE.search(bare) and len(bare.split()) > 12):
        return False
    return _rules()[place].fullmatch(bare) is not None


def remove_boilerplate(
    lines: Sequence[str], title: str | None = None, authors: Sequence[str] = (), section: str | None = None
) -> list[str]:
    """The lines of the article: no headline repeated on top, no byline, no repeated kinds, nothing after the end."""
    kept = [line for line in (" ".join(raw.split()) for raw in lines) if line]
    heads = {_key(title or "")} | {_key(a) for a in authors} | {_key("by " + a) for a in authors}
    heads.add(_key("by" + "and".join(authors)))
    heads.discard("")
    names = [_key(a) for a in authors]
    above = heads | {_key(section or "")}
    while len(kept) > 1 and (
        _key(kept[0]) in above or is_boilerplate(kept[0]) or _is_stamp(kept[0]) or _is_label(kept[0], names)
    ):
        kept.pop(0)
    for number, line in enumerate(kept):
        before = sum(len(k) for k in kept[:number])
        if number and _END.match(_BULLET.sub("", line)) and before > 0.4 * sum(len(k) for k in kept):
            # What follows must look like a list or like comments, not like an article that goes on.
            kept = kept[:number]
            break
    kept = [line for line in kept if not is_boilerplate(line) and _key(line) not in heads]
    tail = max(0, len(kept) - TAIL_LINES)
    kept = kept[:tail] + [line for line in kept[tail:] if not is_boilerplate(line, "tail")]
    while kept and _is_loose_end(kept[-1]):
        kept.pop()
    return [line for number, line in enumerate(kept) if number == 0 or line != kept[number - 1]]


def _is_label(line: str, names: Sequence[str]) -> bool:
    """A section's name, a byline with a desk or a place: short, no sentence, above the first paragraph."""
    words = line.split()
    if re.search(r"[.!?…:;,\"”'’)]$", line) or len(words) > 14:
        return False
    key = _key(line)
    return len(words) <= 3 or any(name and name in key for name in names)


def _is_stamp(line: str) -> bool:
    """A date or time standing alone above the text."""
    words = line.split()
    return len(words) <= 12 and bool(re.search(r"\b(?:19|20)\d{2}\b", line)) and bool(
        re.search(r"\d{1,2}[:.]\d{2}\b|^\W*(?:\w+,? )?\d{1,2}[ ./]|^\w+ \d{1,2},? \d{4}\W*$", line)
    ) and not re.search(r"[.!?]$", line)  # fmt: skip


def _is_loose_end(line: str) -> bool:
    """A bulleted link list or a heading left at the very end."""
    return bool(_BULLET.match(line)) and len(line.split()) <= 12 and not re.search(r"[.!?;:”\"']$", line)
