"""What kind of saying an attribution is: speech or belief, act, hedges, negation, addressee; medium and date beside.

The act of the cue alone comes from its row in the `speech_acts` seed; what is said makes it firmer (speech_acts).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flows.language import attribution_cues, speech_acts, speech_dates, speech_medium, weights
from flows.language.attribution_frame import Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

Row = dict[str, Any]
# What a source can be that somebody made, and the prepositions that name him.
DOCUMENTS = frozenset(
    """account statement readout letter version summary transcript declaration communique communiqué post message video
    briefing memo decree order filing release report assessment estimate figure data tally bulletin""".split()  # noqa: SIM905
)
FROM = frozenset(["by", "from"])


@lru_cache(maxsize=1)
def hedge_lemmas() -> frozenset[str]:
    """Lemmas of the `hedge_cues` seed."""
    path = attribution_cues.SEEDS.parent / "proposals" / "hedge_cues.csv"
    if not path.exists():
        return frozenset(["reportedly", "allegedly", "may", "might", "could"])
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["lemma"] for row in csv.DictReader(file))


def describe(
    frame: Frame, attribution: Attribution, row: Row, mentions: list[Row], times: list[Row], cues: frozenset[int]
) -> None:
    """Fills kind, act, medium, hedges, addressee and date of the row in place. `cues`: cue tokens of the document."""
    if row["source_mention_number"] is None and attribution.source is not None:
        row["source_mention_number"] = behind(frame, attribution.source, mentions)
    row["hedges"] = hedges(frame, attribution.cue, row)
    if attribution.cue is None:
        return
    cue = attribution.cue
    row["attribution_kind"], act = kind_and_act(frame, cue, row["cue_lemma"])
    row["is_negated"] = is_negated(frame, cue)
    row["speech_act"] = speech_acts.of(frame, cue, act, row)
    row["medium"] = speech_medium.of(frame, cue, row)
    addressee = addressee_of(frame, cue, row)
    if addressee is not None:
        at = frame.tokens[addressee].start
        row["addressee_mention_number"] = next((m["mention_number"] for m in mentions if m["head_start"] == at), None)
    found = speech_dates.of(frame, cue, row, times, cues)
    if found is not None:
        row["said_from_date"], row["said_to_date"] = found["from_date"], found["to_date"]
        row["said_precision"] = found["precision"]


def behind(frame: Frame, source: int, mentions: list[Row]) -> int | None:
    """The mention behind a source that is no actor: 'the Kremlin' of its account, 'them' of one of them."""
    tokens = frame.tokens
    found: list[int] = []
    for c in frame.children[source]:
        child = tokens[c]
        of_some = child.lemma == "of" and tokens[source].pos in ("NUM", "PRON", "DET", "ADJ")
        if tokens[source].lemma in DOCUMENTS and child.dep in ("poss", "compound"):
            found.append(c)
        elif child.dep in ("prep", "agent") and (
            of_some or (tokens[source].lemma in DOCUMENTS and child.lemma in FROM)
        ):
            found += [g for g in frame.children[c] if tokens[g].dep == "pobj"]
    starts = {m["head_start"]: int(m["mention_number"]) for m in mentions}
    return next((starts[tokens[c].start] for c in found if tokens[c].start in starts), None)


def kind_and_act(frame: Frame, cue: int, lemma: str) -> tuple[str, str]:
    """(speech | belief, act of the cue word alone)."""
    token = frame.tokens[cue]
    known = attribution_cues.lexicon()
    word_class = attribution_cues.CLASS_OF.get(token.pos, "preposition")
    entry = known.get((lemma, word_class)) or known.get((token.lemma, word_class))
    for c in frame.children[cue]:  # 'raised concerns', 'issued a warning': the noun says what kind of saying it is
        child = frame.tokens[c]
        noun = known.get((child.lemma, "noun")) if child.dep in ("dobj", "nsubjpass") else None
        if noun is not None and entry is None:
            return noun
    if entry is not None:
        return entry
    model = weights.load("kind")
    if model is None or token.pos == "PUNCT":
        return "speech", "assert"
    return ("speech" if model.score(attribution_cues.features(frame, cue)) > 0 else "belief"), "assert"


def is_negated(frame: Frame, cue: int) -> bool:
    """'did not say', 'never claimed', 'refused to confirm', 'no promise that', 'without saying'."""
    tokens = frame.tokens
    for c in frame.children[cue]:
        child = tokens[c]
        if child.dep == "neg" or child.lemma == "never" or (child.dep == "det" and child.lemma == "no"):
            return True
    token = tokens[cue]
    head = tokens[token.head]
    if token.dep == "xcomp" and head.lemma in ("refuse", "decline", "fail", "stop"):
        return True
    return (
        token.dep == "pcomp"
        and head.lemma in ("without", "from", "of")
        and (head.lemma == "without" or tokens[head.head].lemma in ("refrain", "stop", "short"))
    )


def hedges(frame: Frame, cue: int | None, row: Row) -> str | None:
    """Hedging words in the content and beside the cue, in order, joined by '; '."""
    known = hedge_lemmas()
    spots = list(frame.document.tokens_between(row["char_start"], row["char_end"]))
    if cue is not None:
        spots += [
            frame.tokens[c]
            for c in frame.children[cue]
            if not row["char_start"] <= frame.tokens[c].start < row["char_end"]
        ]
    found: dict[str, None] = {}
    for token in sorted(spots, key=lambda t: t.index):
        word = token.text.lower()
        if (word in known or token.lemma in known) and token.pos in ("AUX", "ADV", "VERB", "ADJ"):
            found.setdefault(word)
    return "; ".join(found) or None


def addressee_of(frame: Frame, cue: int, row: Row) -> int | None:
    """To whom it is said: the object of 'tell', 'warn', 'urge'; 'to' after other verbs; 'with' in private talks."""
    tokens = frame.tokens

    def outside(k: int) -> bool:
        return not row["char_start"] <= tokens[k].start < row["char_end"]

    if tokens[cue].lemma == "accord":
        return None
    for c in frame.children[cue]:
        child = tokens[c]
        if (
            child.dep in ("dative", "dobj")
            and child.pos != "ADP"
            and outside(c)
            and child.pos in ("PROPN", "PRON", "NOUN")
            and (child.dep == "dative" or tokens[cue].lemma in speech_medium.TELLING)
        ):
            return c
        if child.lemma == "to" and child.dep in ("prep", "dative") and outside(c):
            return frame.document.child(c, "pobj")
    if row["medium"] == "private_talks":
        for c in frame.document.subtree(cue):
            if tokens[c].lemma in ("meeting", "talk", "call", "conversation") and outside(c):
                for g in frame.document.subtree(c):
                    if tokens[g].lemma == "with" and tokens[g].dep == "prep":
                        return frame.document.child(g, "pobj")
    return None
