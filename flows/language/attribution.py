"""Who said what: source, cue and content of every attribution of a document, as rows of schema.ATTRIBUTIONS.

Direct, mixed, indirect and embedded; speech and belief. The order: cues, the content of each, its source, quotations
that no cue explains (discourse), then kind, act, medium and date of the saying (speech). Each row's `rule` names what
decided: model or rule for cue / content / source. Any Unicode text gives rows and no exception.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flows.language import (
    attribution_content,
    attribution_cues,
    attribution_discourse,
    attribution_filter,
    attribution_labels,
    attribution_sources,
    attribution_spans,
    weights,
)
from flows.language.attribution_frame import Frame
from flows.language.document import Document

Row = dict[str, Any]


# A cue that word list and syntax agree on needs less of the model, which was trained on other subjects.
WITH_RULE = -3.5


@dataclass
class Attribution:
    """One act of attribution: one cue (None for a quotation carried by discourse), one source, spans of content."""

    cue: int | None
    source: int | None
    spans: list[tuple[int, int]]
    rule: str
    score: float | None = None
    content: set[int] = field(default_factory=set)
    source_span: tuple[int, int] | None = None  # where it is not the phrase around `source`


def find(frame: Frame) -> list[Attribution]:
    """All attributions of the document, in order of their first span."""
    found: list[Attribution] = []
    for index, score, way in cues(frame):
        attribution = at_cue(frame, index, score, way)
        if attribution is not None:
            found.append(attribution)
    found = attribution_filter.keep(frame, found)
    labelled = [
        Attribution(cue, source, [span], "label", source_span=name)
        for cue, source, span, name in attribution_labels.find(frame)
    ]
    found = attribution_discourse.complete(frame, _without(found, labelled), labelled)
    return sorted(found, key=lambda a: (a.spans[0], a.cue if a.cue is not None else -1))


def _without(found: list[Attribution], labelled: list[Attribution]) -> list[Attribution]:
    """The attributions that do not claim the whole of a labelled turn for somebody else."""
    taken = {span for a in labelled for span in a.spans}
    return [a for a in found if not taken.intersection(a.spans)]


def cues(frame: Frame) -> list[tuple[int, float | None, str]]:
    """(token, log-odds, rule) of every cue; the scores of all candidates stay in the frame."""
    model = weights.load("cue")
    found: list[tuple[int, float | None, str]] = []
    for index in range(len(frame.tokens)):
        if not attribution_cues.is_candidate(frame, index):
            continue
        if model is None:
            if attribution_cues.by_rule(frame, index) is not None:
                frame.cue_scores[index] = 1.0
                found.append((index, None, "cue:rule"))
            continue
        if attribution_cues.is_certain(frame, index):
            frame.cue_scores[index] = 1.0
            found.append((index, None, "cue:rule"))
            continue
        score = frame.cue_scores[index] = model.score(attribution_cues.features(frame, index))
        if score >= model.threshold:
            found.append((index, score, "cue:model"))
        elif score >= WITH_RULE and frame.region_of[index] < 0 and attribution_cues.is_firm(frame, index):
            found.append((index, score, "cue:rule+model"))
    return found


def at_cue(frame: Frame, cue: int, score: float | None, way: str) -> Attribution | None:
    """The attribution of one cue; None where it reports nothing."""
    content, content_way = attribution_content.of(frame, cue)
    spans = attribution_spans.spans(frame, content, cue)
    if not spans:
        return None
    source, source_way = attribution_sources.find(frame, cue, content)
    return Attribution(cue, source, spans, f"{way} content:{content_way} source:{source_way}", score, content)


def mark(document: Document, mentions: list[Row], times: list[Row]) -> list[Row]:
    """Rows of schema.ATTRIBUTIONS; `chain_number` is filled in by sourcing.chain."""
    from flows.language import attribution_rows

    frame = Frame(document)
    return attribution_rows.rows(frame, find(frame), mentions, times)
