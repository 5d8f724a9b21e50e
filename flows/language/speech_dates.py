"""When something was said: the time expression of the cue's clause, never one of what is said."""

from __future__ import annotations

from typing import Any

from flows.language.attribution_frame import Frame

Row = dict[str, Any]


def of(frame: Frame, cue: int, row: Row, times: list[Row], cues: frozenset[int]) -> Row | None:
    """The TIMES row that dates the saying; None where the text gives no day that can be resolved."""
    sentence = frame.tokens[cue].sentence
    own = {cue}
    at = cue
    while frame.tokens[at].head != at and (
        frame.tokens[at].dep in ("advcl", "conj", "xcomp")
        or (frame.tokens[at].tag == "VBG" and frame.tokens[at].dep == "acl")
    ):
        at = frame.tokens[at].head
        while frame.tokens[at].pos not in ("VERB", "AUX") and frame.tokens[at].head != at:
            at = frame.tokens[at].head  # 'expressed optimism, stating': the day stands with the verb
        own.add(at)
    best: tuple[int, int, Row] | None = None
    for time in times:
        if time["sentence_number"] != sentence or (time["from_date"] is None and time["to_date"] is None):
            continue
        if row["char_start"] <= time["char_start"] < row["char_end"]:
            continue
        index = frame.document.token_at(time["char_start"])
        if index is None or frame.region_of[index] != frame.region_of[cue]:
            continue
        owner = next((a for a in (index, *frame.document.ancestors(index)) if a in cues or a in own), None)
        if owner is None or owner not in own:
            continue
        rank = (0 if owner == cue else 1, abs(index - cue))
        if best is None or rank < best[:2]:
            best = (*rank, time)
    return best[2] if best else None
