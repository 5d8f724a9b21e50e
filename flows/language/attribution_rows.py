"""Attributions to rows of schema.ATTRIBUTIONS: one row per contiguous span, with mention, nesting and utterance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.language import attribution_cues, attribution_sources, attribution_spans, speech
from flows.language.attribution_frame import Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

Row = dict[str, Any]


def rows(frame: Frame, found: list[Attribution], mentions: list[Row], times: list[Row]) -> list[Row]:
    """One row per span with words, ordered by start; one that two cues claim with equal ends goes to the nearer cue."""
    document = frame.document
    mention_at = {m["head_start"]: m["mention_number"] for m in mentions}
    cues = frozenset(a.cue for a in found if a.cue is not None)
    pairs = sorted(
        ((start, end, n) for n, a in enumerate(found) for start, end in a.spans), key=lambda p: (p[0], -p[1], p[2])
    )
    utterances: dict[tuple[int, int], int] = {}
    made: list[Row] = []
    for start, end, n in pairs:
        if any(r["char_start"] == start and r["char_end"] == end for r in made[-4:]):
            continue
        if not any(character.isalnum() for character in document.text[start:end]):
            continue
        attribution = found[n]
        cue, source = attribution.cue, attribution.source
        at = document.token_at(start)
        source_span = attribution.source_span or (
            attribution_sources.span(frame, source) if source is not None else (None, None)
        )
        cue_span = (frame.tokens[cue].start, frame.tokens[cue].end) if cue is not None else (None, None)
        key = (cue if cue is not None else -1 - n, source if source is not None else -1)
        utterance = utterances.setdefault(key, len(utterances))
        row: Row = {
            "document_id": document.document_id,
            "attribution_number": len(made),
            "sentence_number": frame.tokens[at].sentence if at is not None else 0,
            "char_start": start,
            "char_end": end,
            "quote_type": attribution_spans.quote_type(frame, start, end),
            "attribution_kind": "speech",
            "source_start": source_span[0],
            "source_end": source_span[1],
            "source_mention_number": mention_at.get(frame.tokens[source].start) if source is not None else None,
            "cue_start": cue_span[0],
            "cue_end": cue_span[1],
            "cue_lemma": attribution_cues.cue_lemma(frame, cue) if cue is not None else None,
            "addressee_mention_number": None,
            "utterance_number": utterance,
            "nested_in_attribution_number": None,
            "speech_act": "assert",
            "medium": "unspecified",
            "said_from_date": None,
            "said_to_date": document.published,
            "said_precision": "on_or_before",
            "hedges": None,
            "chain_number": None,
            "is_negated": False,
            "score": attribution.score,
            "rule": attribution.rule,
        }
        speech.describe(frame, attribution, row, mentions, times, cues)
        made.append(row)
    _nest(made)
    return made


def _nest(made: list[Row]) -> None:
    """Names for each row the narrowest other one that holds it, cue included; indirect ones inside become embedded."""
    for row in made:
        holder: Row | None = None
        for other in made:
            if other is row or not (other["char_start"] <= row["char_start"] and row["char_end"] <= other["char_end"]):
                continue
            if row["cue_start"] is None or not other["char_start"] <= row["cue_start"] < other["char_end"]:
                continue
            if holder is None or other["char_end"] - other["char_start"] < holder["char_end"] - holder["char_start"]:
                holder = other
        if holder is not None:
            row["nested_in_attribution_number"] = holder["attribution_number"]
            if row["quote_type"] == "indirect":
                row["quote_type"] = "embedded"
