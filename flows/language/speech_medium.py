"""Where something was said: briefing, interview, social media, speech, state media, document, private talks.

Read from the `medium_cues` seed in the cue's own clause, never in what is said.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Any

from flows.language.attribution_cues import SEEDS
from flows.language.attribution_frame import Frame
from flows.language.sourcing_outlets import OUTLET_WORDS

Row = dict[str, Any]
TELLING = frozenset("tell inform assure warn remind urge ask brief notify advise order instruct promise".split())  # noqa: SIM905
ORDER = ("social_media", "interview", "briefing", "state_media", "speech", "document", "private_talks")


@lru_cache(maxsize=1)
def table() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Lemma -> [(words of which one must stand before it, medium)]."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    with (SEEDS / "medium_cues.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            before = tuple(w for w in row["before_words"].split("|") if w)
            found.setdefault(row["lemma"], []).append((before, row["medium"]))
    return found


def of(frame: Frame, cue: int, row: Row) -> str:
    """The medium of one attribution; 'unspecified' where the text does not say."""
    found = {m for k in clause(frame, cue, row) if (m := _at(frame, k)) is not None}
    if frame.tokens[cue].lemma in ("tweet", "post", "retweet"):
        found.add("social_media")
    token = frame.tokens[cue]
    if token.lemma in TELLING or token.lemma in ("speak", "say"):
        for c in frame.children[cue]:
            child = frame.tokens[c]
            if child.dep in ("dobj", "dative", "prep") and not row["char_start"] <= child.start < row["char_end"]:
                named = frame.document.child(c, "pobj") if child.dep == "prep" else c
                if named is None or (child.dep == "prep" and child.lemma not in ("to", "with")):
                    continue
                words = " ".join(
                    t.text
                    for t in frame.tokens[max(0, named - 3) : named + 1]
                    if t.index == named or t.dep == "compound"
                )
                if (
                    OUTLET_WORDS.search(words)
                    and child.pos in ("PROPN", "ADP")
                    and child.lemma in ("to", "with", child.lemma)
                ):
                    found.add("interview")
    if (
        token.lemma not in TELLING
        and "private_talks" in found
        and len(found) == 1
        and not _with_partner(frame, cue, row)
    ):
        return "unspecified"
    return next((m for m in ORDER if m in found), "unspecified")


def clause(frame: Frame, cue: int, row: Row) -> list[int]:
    """Tokens of the cue's clause outside the content; for a cue without a clause of its own, of its head's too."""
    tokens = frame.tokens
    start, end = row["char_start"], row["char_end"]
    tops = [cue]
    if tokens[cue].dep in ("advcl", "conj", "xcomp", "acl", "pcomp"):
        tops.append(tokens[cue].head)
    found: list[int] = []
    for top in tops:
        for k in frame.document.subtree(top):
            if not start <= tokens[k].start < end and frame.region_of[k] == frame.region_of[cue] and k not in found:
                found.append(k)
    return sorted(found)


def _at(frame: Frame, index: int) -> str | None:
    token = frame.tokens[index]
    rows = table().get(token.lemma.rstrip(".")) or table().get(token.text.lower().rstrip("."))
    if not rows:
        return None
    first = max(0, index - 4)
    before = " " + " ".join(t.text.lower() for t in frame.tokens[first:index]) + " "
    for words, medium in rows:
        if not words or any(f" {w} " in before for w in words):
            return medium
    return None


def _with_partner(frame: Frame, cue: int, row: Row) -> bool:
    """Whether the talks that are named have somebody to be talked with, so that it was said in them and not after."""
    return any(frame.tokens[k].lemma in ("with", "privately", "private") for k in clause(frame, cue, row))
