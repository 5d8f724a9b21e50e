"""Quotations that no cue in their sentence explains: floating quotes, continued quotes, dialogue.

A quotation of at least a clause that no attribution covers goes to the cue beside it, else to whoever spoke last in the
paragraph or just before. Marked words that are no statement (scare quotes, titles, slogans) stay out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.attribution_frame import Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

CLAUSE_WORDS = 5


def complete(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """The attributions with floating quotations added."""
    from flows.language.attribution import Attribution

    added: list[Attribution] = []
    for number, region in enumerate(frame.regions):
        if any(s < region.inner_end and e > region.inner_start for a in found + added for s, e in a.spans if _outside(frame, a, number)):
            continue
        if not is_statement(frame, number):
            continue
        giver = _speaker_before(frame, found + added, region.start)
        if giver is None:
            continue
        added.append(
            Attribution(giver.cue, giver.source, [(region.inner_start, region.inner_end)], f"discourse:carried {giver.rule}", None)
        )
    return found + added


def _outside(frame: Frame, attribution: Attribution, number: int) -> bool:
    """Whether the attribution's cue stands outside the quotation."""
    return attribution.cue is None or frame.region_of[attribution.cue] != number


def is_statement(frame: Frame, number: int) -> bool:
    """Whether the marked words look like somebody's sentence."""
    words = frame.words_in(number)
    if len(words) < CLAUSE_WORDS:
        return False
    return any(t.pos in ("VERB", "AUX") and t.tag in ("VBD", "VBP", "VBZ", "MD", "VB") for t in words)


def _speaker_before(frame: Frame, found: list[Attribution], start: int) -> Attribution | None:
    best: Attribution | None = None
    at = frame.document.token_at(start)
    if at is None:
        return None
    paragraph = frame.document.sentences[frame.tokens[at].sentence].paragraph
    for a in found:
        if a.cue is None or a.source is None or frame.region_of[a.cue] >= 0:
            continue
        cue = frame.tokens[a.cue]
        if cue.start < start and paragraph - frame.document.sentences[cue.sentence].paragraph <= 1:
            best = a if best is None or best.cue is None or a.cue > best.cue else best
    return best
