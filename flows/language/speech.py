"""What kind of saying an attribution is: speech or belief, act, hedges, negation, addressee; medium and date beside.

The act comes from the cue's row in the `speech_acts` seed and is made firmer by what is said: a speaker who says that
he hopes, hopes; who says that the other side must leave, demands. The vocabulary is that of statements.speech_act.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flows.language import attribution_cues, speech_dates, speech_medium, weights
from flows.language.attribution_frame import SUBJECTS, Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

Row = dict[str, Any]

NEUTRAL = frozenset(["assert", "confirm"])  # acts that the content may make firmer
COMMENTING = frozenset("comment respond answer discuss elaborate reply say disclose specify confirm".split())  # noqa: SIM905
DECLINING = frozenset(["decline", "refuse"])
SELF = frozenset(["i", "we", "he", "she", "they", "it"])
YIELDING = frozenset(
    [
        "relinquish",
        "cede",
        "give",
        "concede",
        "abandon",
        "drop",
        "recognize",
        "recognise",
        "halt",
        "stop",
        "freeze",
        "withdraw",
        "compromise",
    ]
)
NEVER = frozenset("recognize recognise cede give withdraw negotiate allow consider surrender hand leave join".split())  # noqa: SIM905
CONDITIONS = frozenset(["if", "once", "unless", "provided", "until", "after"])
READY = frozenset(["ready", "willing", "prepared", "open", "agree", "accept", "negotiate", "sign", "meet"])
PLANNED = frozenset(
    [
        "visit",
        "meet",
        "travel",
        "hold",
        "sign",
        "attend",
        "arrive",
        "host",
        "begin",
        "start",
        "take",
        "send",
        "deliver",
        "launch",
        "resume",
        "discuss",
        "continue",
    ]
)


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
    row["hedges"] = hedges(frame, attribution.cue, row)
    if attribution.cue is None:
        return
    cue = attribution.cue
    row["attribution_kind"], act = kind_and_act(frame, cue, row["cue_lemma"])
    row["is_negated"] = is_negated(frame, cue)
    row["speech_act"] = firmer(frame, cue, act, row)
    row["medium"] = speech_medium.of(frame, cue, row)
    addressee = addressee_of(frame, cue, row)
    if addressee is not None:
        at = frame.tokens[addressee].start
        row["addressee_mention_number"] = next((m["mention_number"] for m in mentions if m["head_start"] == at), None)
    found = speech_dates.of(frame, cue, row, times, cues)
    if found is not None:
        row["said_from_date"], row["said_to_date"] = found["from_date"], found["to_date"]
        row["said_precision"] = found["precision"]


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


def firmer(frame: Frame, cue: int, act: str, row: Row) -> str:
    """The act after a look at what is said."""
    tokens = frame.tokens
    token = tokens[cue]
    below = {tokens[c].lemma for c in frame.children[cue] if tokens[c].dep in ("xcomp", "ccomp")}
    head = tokens[token.head].lemma
    if token.lemma in DECLINING and below & COMMENTING:
        return "decline_comment"
    if token.lemma == "comment" and (head in DECLINING or row["is_negated"]):
        return "decline_comment"
    if act not in NEUTRAL:
        return act
    inside = frame.document.tokens_between(row["char_start"], row["char_end"])
    indices = {t.index for t in inside}
    roots = [t for t in inside if (t.head not in indices or t.head == t.index) and t.pos in ("VERB", "AUX", "ADJ")]
    if not roots:
        return act
    root = roots[0]
    kids = [tokens[c] for c in frame.children[root.index]]
    modals = {k.lemma for k in kids if k.dep == "aux"} | ({root.lemma} if root.tag == "MD" else set())
    negated = any(k.dep == "neg" or k.lemma == "never" for k in kids)
    subject = next((k for k in kids if k.dep in SUBJECTS), None)
    known = attribution_cues.lexicon().get((attribution_cues.cue_lemma(frame, root.index), "verb"))
    own = subject is not None and subject.lemma in SELF
    words = {t.lemma for t in inside}
    marks = {
        tokens[g].lemma
        for t in inside
        if t.dep == "advcl"
        for g in frame.children[t.index]
        if tokens[g].dep in ("mark", "advmod")
    }
    if marks & CONDITIONS and (words & READY or modals & {"will", "would", "can", "could"}):
        return "condition"
    if known is not None and own and not negated and known[1] not in NEUTRAL:
        return known[1]
    if negated and modals & {"will", "would", "can", "could"}:
        if root.lemma in ("accept", "agree"):
            return "reject"
        if root.lemma in NEVER:
            return "rule_out"
    if (
        modals & {"must"}
        or root.lemma in ("need", "must")
        or (root.lemma == "have" and any(k.dep == "xcomp" for k in kids))
    ) and not own:
        return "demand"
    if root.lemma == "be" and {k.lemma for k in kids} & {"ready", "willing", "prepared"}:
        return "offer"
    if modals & {"could", "may"} and root.lemma in YIELDING and not negated:
        return "offer"
    if act == "assert" and modals & {"will", "would"} and root.lemma in PLANNED and not negated:
        return "announce"
    return act


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
