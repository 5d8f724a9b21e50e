"""From content tokens to character spans: runs, quotations taken whole, edges trimmed.

A span never holds half a quotation: where most of it is content it is taken to its closing mark, over sentence and
paragraph ends; where little is, it is left out. A span that is all quotation stands inside the marks.
"""

from __future__ import annotations

import re

from flows.language.attribution_frame import Frame

BLANKS = " \t\r\n\u00a0"
EDGE = BLANKS + ",;:-–—."
OPENING, CLOSING = "“‟„«‹\"‘'`", "”»›\"’'“"
LEADING_THAT = re.compile(r"that[\s,]+", re.IGNORECASE)
PREPOSITIONS = frozenset(["of", "about", "on", "over", "against", "for"])
Span = tuple[int, int]


def spans(frame: Frame, content: set[int], cue: int) -> list[Span]:
    """Character spans of the content of one cue, in order."""
    tokens = frame.tokens
    home = frame.region_of[cue]
    whole = _with_quotations(frame, content, home)
    runs: list[list[int]] = []
    for index in sorted(whole):
        if runs and all(tokens[k].pos in ("PUNCT", "CCONJ") for k in range(runs[-1][1] + 1, index)):
            runs[-1][1] = index
        else:
            runs.append([index, index])
    found = []
    for first, last in runs:
        if all(tokens[k].pos == "PUNCT" for k in range(first, last + 1)):
            continue
        if (
            tokens[first].dep == "prep"
            and tokens[first].head == cue
            and first < last
            and tokens[first].lemma in PREPOSITIONS
        ):
            first += 1  # 'warned of a famine', 'spoke about the talks'
        span = trim(frame, tokens[first].start, tokens[last].end)
        if span[1] > span[0]:
            found.append(span)
    return found


def _with_quotations(frame: Frame, content: set[int], home: int) -> set[int]:
    tokens = frame.tokens
    whole = set(content)
    for number in {frame.region_of[k] for k in content} - {-1, home}:
        first, last = frame.bounds[number]
        words = [k for k in range(first, last) if tokens[k].pos != "PUNCT"]
        sentences = {tokens[k].sentence for k in content if frame.region_of[k] == number}
        near = [k for k in words if tokens[k].sentence in sentences]
        share = sum(k in content for k in near) / max(1, len(near))
        if share >= 0.5:
            whole.update(range(first, last))
        else:
            whole.difference_update(range(first, last))
    if home >= 0:
        first, last = frame.bounds[home]
        whole = {k for k in whole if first <= k < last}
    return whole


def trim(frame: Frame, start: int, end: int) -> Span:
    """The span without blanks, commas and a leading 'that'; inside the marks where it is one quotation."""
    text = frame.document.text
    while True:
        before = (start, end)
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE[:-1]:
            end -= 1
        match = LEADING_THAT.match(text, start, end)
        if match and match.end() < end:
            start = match.end()
        for region in frame.regions:
            if region.start <= start and end <= region.end:
                start, end = max(start, region.inner_start), min(end, region.inner_end)
                break
            if region.start > start:
                break
        if before == (start, end):
            break
        if any(r.inner_start <= start and end <= r.inner_end for r in frame.regions):
            return start, end
    if text[end - 1 : end] == "." and not _is_abbreviation(text, start, end):
        end -= 1
        while end > start and text[end - 1] in BLANKS:  # 'x .'
            end -= 1
    return start, end


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"(?:\b[A-Z]\.)+$|\b(?:Inc|Ltd|Co|Jr|Sr|St|Gen)\.$", text[start:end]))


def quote_type(frame: Frame, start: int, end: int) -> str:
    """direct: nine tenths of the letters inside quotation marks; indirect: none to speak of; mixed between."""
    text = frame.document.text
    letters = sum(c.isalnum() for c in text[start:end])
    inside = sum(
        sum(c.isalnum() for c in text[max(start, r.start) : min(end, r.end)])
        for r in frame.regions
        if r.start < end and r.end > start
    )
    if not letters:
        return "direct" if inside else "indirect"
    share = inside / letters
    return "direct" if share >= 0.9 else "indirect" if share <= 0.02 else "mixed"
