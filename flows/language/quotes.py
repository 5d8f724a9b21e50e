"""Quotation marks to regions, by a state machine over each paragraph.

Knows curly, straight, angle, low-high, British single and ``TeX'' marks, nesting, the closing mark left out at the end
of a paragraph whose successor opens again, apostrophes, inches and marks that have no partner. It decides only what
stands between marks; whether that is anybody's statement is for attribution. No input raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
# Marks that mean one thing; ambiguous ones (straight, low-high partners, reversed angles) are decided in place.
LEFT, RIGHT = "“‟„«‹", "”»›"
STRAIGHT = '"＂'
MARK = re.compile("``|''|[\"＂„“‟”»›«‹‘‚'’]")
MIXABLE = ("straight", "curly")
ELISION = re.compile(r"['’](?:em|til|tis|twas|cause|bout|n|round|\d\ds?)\b", re.IGNORECASE)
OPENING_CONTEXT = "([{—–-/‘’'“„«‹"
CLOSING_CONTEXT = ".,;:!?…)]}—–-/’'”»›*"


@dataclass(slots=True)
class Region:
    """One quotation: [start, end) with the marks, [inner_start, inner_end) without marks and blanks beside them.

    `depth` 0 is outermost. `continues`: the next region is the same quotation, opened again in the next paragraph.
    `is_closed` is false when no closing mark was found.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    mark: str  # double | single
    is_closed: bool = True
    continues: bool = False


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    side: str  # open | close | straight
    kind: str  # double | single
    family: str  # which opening fits which closing mark


def find(text: str) -> list[Region]:
    """The quotations of a text in order of their start; nested ones follow the one that holds them."""
    found: list[Region] = []
    before: Region | None = None  # left open at the end of the paragraph before
    for match in PARAGRAPH.finditer(text):
        if not match.group().strip():
            continue
        regions = _paragraph(text, match.start(), match.end())
        opens_again = bool(regions) and not text[match.start() : regions[0].start].strip()
        if before is not None and opens_again:
            before.continues = True
        found.extend(regions)
        last = [r for r in regions if not r.is_closed and r.depth == 0]
        before = last[-1] if last else None
    # A quotation without an end in a paragraph that goes on in other words ends with its sentence.
    for region in found:
        if not region.is_closed and not region.continues and not _opens_paragraph(text, region.start):
            _cut_at_sentence(text, region)
    return [r for r in found if r.inner_end > r.inner_start]


def outermost(regions: list[Region]) -> list[Region]:
    """Regions that no other region holds."""
    return [r for r in regions if r.depth == 0]


def normalise(text: str) -> str:
    """The text with every double quotation mark as a curly one, code point for code point: what the parser reads.

    The same article in straight, curly or angle marks so has one parse. Single marks stay: they are apostrophes too.
    """
    if not any(c in text for c in '"＂„‟«»‹›'):
        return text
    chars = list(text)
    for region in find(text):
        if region.mark != "double":
            continue
        for at, mark in ((region.start, "“"), (region.end - 1, "”")):
            if chars[at] in '"＂„‟«»‹›“”':
                chars[at] = mark
    return "".join(chars)


def _paragraph(text: str, start: int, end: int) -> list[Region]:
    marks = list(_marks(text, start, end))
    stack: list[_Mark] = []
    found: list[Region] = []

    def close(at: int, stop: int, is_closed: bool) -> None:
        mark = stack.pop()
        found.append(_region(text, mark, at, stop, len(stack), is_closed))

    for n, mark in enumerate(marks):
        side = mark.side
        if side == "straight":
            side = _side(text, mark, stack, marks[n + 1 :], start, end)
        if side == "open":
            twin = next((m for m in stack if m.family == mark.family), None)
            if twin is not None and not _closes_twice(marks[n + 1 :], mark.family):
                while stack and twin in stack:  # its closing mark was forgotten: it ends here
                    close(mark.start, mark.start, False)
            stack.append(mark)
        elif side == "close":
            fits = [k for k, m in enumerate(stack) if m.family == mark.family]
            if not fits and mark.family in MIXABLE:  # "typed one way and closed the other”
                fits = [k for k, m in enumerate(stack) if m.family in MIXABLE]
            if not fits:
                continue
            while len(stack) > fits[-1] + 1:
                stack.pop()  # an inner mark without partner was an apostrophe
            close(mark.start, mark.end, True)
    while stack:
        if stack[-1].kind == "single":
            stack.pop()
        else:
            close(end, end, False)
    return sorted(found, key=lambda r: (r.start, -r.end))


def _region(text: str, mark: _Mark, at: int, stop: int, depth: int, is_closed: bool) -> Region:
    inner_start, inner_end = mark.end, at
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    if not is_closed:
        stop = inner_end
    return Region(mark.start, stop, inner_start, inner_end, depth, mark.kind, is_closed)


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Every mark of the paragraph that can be one; apostrophes inside and elisions before a word are left out."""
    low, reversed_angle = 0, 0
    for match in MARK.finditer(text, start, end):
        at, char = match.start(), match.group()
        if len(char) == 2:
            side = "open" if char == "``" else "straight"
            yield _Mark(at, at + 2, side, "double", "tex")
            continue
        if char in STRAIGHT:
            yield _Mark(at, at + 1, "straight", "double", "straight")
        elif char == "„":
            low += 1
            yield _Mark(at, at + 1, "open", "double", "curly")
        elif char in "“‟" and low and not _looks_open(text, at, start, end):
            low -= 1
            yield _Mark(at, at + 1, "close", "double", "curly")
        elif char == "”" and low == 0 and _looks_open(text, at, start, end) and not _looks_closed(text, at, start, end):
            yield _Mark(at, at + 1, "straight", "double", "curly")  # ”Swedish” marks
        elif char in "»›":
            if reversed_angle == 0 and _is_reversed(text, at, start, end):
                reversed_angle += 1
                yield _Mark(at, at + 1, "open", "double", "angle")
            else:
                yield _Mark(at, at + 1, "close", "double", "angle")
        elif char in "«‹" and reversed_angle:
            reversed_angle -= 1
            yield _Mark(at, at + 1, "close", "double", "angle")
        elif char in LEFT:
            yield _Mark(at, at + 1, "open", "double", "angle" if char in "«‹" else "curly")
        elif char in RIGHT:
            low = max(0, low - 1)
            yield _Mark(at, at + 1, "close", "double", "curly")
        elif char in "‘‚'":
            closing = _single_end(text, at, start, end)
            if closing is not None:
                yield _Mark(at, at + 1, "open", "single", f"single{closing}")
        # A single mark closes only where its opener said it would.
        if char in "’'‘":
            yield _Mark(at, at + 1, "close", "single", f"single{at}")


def _looks_open(text: str, at: int, start: int, end: int, width: int = 1) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + width] if at + width < end else " "
    return (before.isspace() or before in OPENING_CONTEXT) and not after.isspace()


def _looks_closed(text: str, at: int, start: int, end: int, width: int = 1) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + width] if at + width < end else " "
    return not before.isspace() and (after.isspace() or after in CLOSING_CONTEXT)


def _is_reversed(text: str, at: int, start: int, end: int) -> bool:
    """Whether » opens: nothing opened before it, a blank before, none after, and « follows."""
    return (
        not re.search("[«‹]", text[start:at])
        and _looks_open(text, at, start, end)
        and bool(re.search("[«‹]", text[at:end]))
    )


def _side(text: str, mark: _Mark, stack: list[_Mark], rest: list[_Mark], start: int, end: int) -> str:
    """What a mark that can be either is here. An inch mark ('12"') is neither."""
    at, width = mark.start, mark.end - mark.start
    is_open = any(m.family == mark.family for m in stack)
    looks_open = _looks_open(text, at, start, end, width)
    looks_closed = _looks_closed(text, at, start, end, width)
    after_digit = at > start and text[at - 1].isdigit()
    if not is_open and looks_closed and not looks_open and any(m.family in MIXABLE for m in stack):
        return "close"
    if not is_open:
        if after_digit and not looks_open:
            return "none"
        return "open" if looks_open or not looks_closed or not text[start:at].strip() else "none"
    if after_digit and width == 1:
        following = [m for m in rest if m.family == mark.family]
        if following and not _looks_open(text, following[0].start, start, end):
            return "none"
    if looks_open and not looks_closed:
        return "open"
    return "close"


def _closes_twice(rest: list[_Mark], family: str) -> bool:
    """Whether a second mark of an open family is nested: both are closed before the family opens a third time."""
    closed = 0
    for mark in rest:
        if mark.family != family:
            continue
        if mark.side == "open":
            return False
        closed += 1
        if closed == 2:
            return True
    return False


def _single_end(text: str, at: int, start: int, end: int) -> int | None:
    """Where a British single quotation that opens here closes; None when the mark is an apostrophe."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() or after.isspace() or not (after.isalnum() or after in '“"…[$£€'):
        return None
    if not (before.isspace() or before in '([{—–-“"«‹„/,:') or ELISION.match(text, at):
        return None
    closers = "'" if text[at] == "'" else "’‘" if text[at] == "‚" else "’"
    weak: int | None = None
    for k in range(at + 2, end):
        char = text[k]
        follows = text[k + 1] if k + 1 < end else " "
        if char == text[at] and text[k - 1].isspace() and follows.isalnum() and not ELISION.match(text, k):
            break  # the next quotation opens
        if char not in closers:
            continue
        if follows.isalnum():
            continue
        if text[k - 1] in ".,!?…;—–" or follows in '.,;:!?)”"»':
            return k
        if text[k - 1].isspace():
            continue
        if text[k - 1] != "s":
            return weak if weak is not None and k - at > 400 else k
        weak = weak if weak is not None else k  # soldiers’ : a closing mark only if no better one follows
    return weak


def _opens_paragraph(text: str, start: int) -> bool:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line:start].strip()


_TOLD = re.compile(r"[,?!](?= (?:(?:he|she|they)|(?:[Tt]he )?[\w.'’-]+(?: [\w.'’-]+){0,4}) (?:said|says|added|told)\b)")


def _cut_at_sentence(text: str, region: Region) -> None:
    """Ends an open quotation at its first sentence end, unless the paragraph ends there anyway, and before the words
    that tell whose it is: '“We were promised buses, Nadia Ferrou said.'
    """
    match = re.compile(r"[.!?…](?=\s+[A-Z“\"])").search(text, region.inner_start, region.inner_end)
    if match:
        region.inner_end = region.end = match.end()
    told = _TOLD.search(text, region.inner_start, region.inner_end)
    if told:
        region.inner_end = region.end = told.end()
