"""What a speaker does by saying it (Searle 1976): the act of the cue, made firmer by the words of the content.

A speaker who says that he hopes, hopes; who says that the other side must leave, demands; whose words are an
imperative, demands too. Words come from the `content_cues` seed, by kind. The vocabulary is that of
statements.speech_act. A cue that is an act by itself ('rejected') keeps it, but for a few that depend on their object.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flows.language import attribution_cues
from flows.language.attribution_frame import SUBJECTS, Frame
from flows.language.document import Token

Row = dict[str, Any]

NEUTRAL = frozenset(["assert", "confirm"])  # acts that the content may make firmer
DECLINING = frozenset(["decline", "refuse"])
FIRST_PERSON = frozenset(["i", "we"])
OWN = FIRST_PERSON | {"he", "she", "they", "it"}
FUTURE = frozenset(["will", "would", "shall", "wo"])
CONDITIONS = frozenset(["if", "once", "unless", "provided", "until", "after"])


@lru_cache(maxsize=1)
def cues() -> dict[str, dict[str, str]]:
    """Kind of the `content_cues` seed -> words -> act."""
    found: dict[str, dict[str, str]] = {}
    with (attribution_cues.SEEDS / "content_cues.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], {})[row["words"]] = row["speech_act"]
    return found


@dataclass
class Content:
    """The words of a content with what decides: its main verb, that verb's dependents, modals, negation, subject."""

    tokens: list[Token]
    text: str  # lower case, single spaces, a space at either end
    root: Token
    kids: list[Token]
    modals: frozenset[str]
    is_negated: bool
    subject: Token | None
    is_own: bool  # the subject is the speaker


def content(frame: Frame, row: Row) -> Content | None:
    """The content of a row; None where it has no verb."""
    tokens = frame.document.tokens_between(row["char_start"], row["char_end"])
    indices = {t.index for t in tokens}
    roots = [t for t in tokens if (t.head not in indices or t.head == t.index) and t.pos in ("VERB", "AUX", "ADJ")]
    if not roots:
        return None
    root = roots[0]
    kids = [frame.tokens[c] for c in frame.children[root.index]]
    modals = {k.lemma for k in kids if k.dep == "aux"} | ({root.lemma} if root.tag == "MD" else set())
    subject = next((k for k in kids if k.dep in SUBJECTS), None)
    own = FIRST_PERSON if row["quote_type"] == "direct" else OWN
    words = " ".join(t.text.lower() for t in tokens if t.pos != "PUNCT")
    return Content(
        tokens,
        f" {words} ",
        root,
        kids,
        frozenset(modals),
        any(k.dep == "neg" or k.lemma == "never" for k in kids),
        subject,
        subject is not None and subject.lemma in own,
    )


def of(frame: Frame, cue: int, act: str, row: Row) -> str:
    """The act of one attribution, given that of its cue."""
    if _declines(frame, cue, row):
        return "decline_comment"
    said = content(frame, row)
    by_object = _by_object(frame, cue, act, said, row)
    if by_object is not None:
        return by_object
    if act not in NEUTRAL or said is None:
        return act
    return _imperative(said, row) or _condition(frame, said) or _by_words(said) or _by_verb(frame, act, said) or act


def _declines(frame: Frame, cue: int, row: Row) -> bool:
    """'declined to comment', 'would not say who', 'did not comment'."""
    tokens, token = frame.tokens, frame.tokens[cue]
    known = cues()["declining"]
    below = {tokens[c].lemma for c in frame.children[cue] if tokens[c].dep in ("xcomp", "ccomp")}
    if token.lemma in DECLINING and below & known.keys():
        return True
    if token.lemma == "comment" and (tokens[token.head].lemma in DECLINING or row["is_negated"]):
        return True
    if not row["is_negated"] or token.lemma not in known or row["quote_type"] != "indirect":
        return False
    if token.lemma == "discuss":
        return True
    first = frame.document.token_at(row["char_start"])
    return first is not None and tokens[first].lemma in (
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "whether",
        "which",
        "if",
    )


def _by_object(frame: Frame, cue: int, act: str, said: Content | None, row: Row) -> str | None:
    """Acts that the cue has only with a certain content: a suggestion to do something, a rejected accusation."""
    lemma = frame.tokens[cue].lemma
    words = cues()
    if act == "reject" and lemma in ("reject", "dismiss", "refuse"):
        inside = frame.document.tokens_between(row["char_start"], row["char_end"])
        top = next((t for t in inside if t.head == cue and t.pos == "NOUN"), None)
        return "deny" if top is not None and top.lemma in words["allegation"] else None
    if said is None:
        first = frame.document.token_at(row["char_start"])
        return "reject" if lemma == "say" and first is not None and frame.tokens[first].lemma == "no" else None
    bare = said.subject is not None and _is_subjunctive(frame, cue, said)
    is_infinitive = said.root.tag == "VB" and any(k.tag == "TO" for k in said.kids)
    if lemma == "suggest" and (bare or said.root.tag == "VBG" or "should" in said.modals):
        return "propose"
    if lemma == "insist" and (bare or said.modals & {"must", "should"}):
        return "demand"
    if lemma == "tell" and is_infinitive:
        return "demand"
    if lemma in ("vow", "promise", "pledge") and said.root.lemma in words["threat"]:
        return "threaten"
    return None


def _is_subjunctive(frame: Frame, cue: int, said: Content) -> bool:
    """'that monitors be sent'; also 'suggested that they pull back', present where the cue is past."""
    if any(k.lemma == "be" and k.tag == "VB" and k.dep in ("aux", "auxpass") for k in said.kids):
        return not said.modals - {"be"}
    if said.modals:
        return False
    return said.root.tag == "VB" or (said.root.tag == "VBP" and frame.tokens[cue].tag in ("VBD", "VBN"))


def _imperative(said: Content, row: Row) -> str | None:
    """'Stop the bombing', 'Let us begin': only in the speaker's own words."""
    root = said.root
    if row["quote_type"] != "direct" or root.tag not in ("VB", "VBP") or said.subject is not None:
        return None
    first = next(t for t in said.tokens if t.pos not in ("PUNCT", "INTJ", "CCONJ", "SPACE"))
    if root.lemma == "let" and any(t.text.lower() in ("us", "'s", "’s") for t in said.tokens[:4]):
        return "propose"
    if first.index != root.index and not (first.head == root.index and first.dep in ("aux", "neg", "advmod")):
        return None
    if said.modals - {"do"}:
        return None
    return "warn" if root.lemma == "beware" else "demand"


def _condition(frame: Frame, said: Content) -> str | None:
    words = cues()
    marks = {
        frame.tokens[g].lemma
        for t in said.tokens
        if t.dep == "advcl"
        for g in frame.children[t.index]
        if frame.tokens[g].dep in ("mark", "advmod")
    }
    phrased = any(f" {phrase} " in said.text for phrase in words["condition"])
    if not phrased and not marks & CONDITIONS:
        return None
    if said.modals & FUTURE and said.root.lemma in words["threat"]:
        return "threaten"
    willing = any(t.lemma in words["ready"] or t.lemma in ("agree", "accept", "negotiate", "sign") for t in said.tokens)
    return "condition" if willing or said.modals & {"will", "would", "can", "could", "wo"} else None


def _by_words(said: Content) -> str | None:
    """Phrases anywhere, and what is predicated of something: 'off the table', 'is false'."""
    words = cues()
    if said.text.startswith(" yes "):
        return "confirm"
    for phrase, act in words["phrase"].items():
        if f" {phrase} " in said.text:
            return act
    if said.root.lemma == "be" and not said.is_negated:
        predicates = [k.lemma for k in said.kids if k.dep in ("acomp", "attr", "oprd")]
        return next((words["predicate"][p] for p in predicates if p in words["predicate"]), None)
    return None


def _by_verb(frame: Frame, act: str, said: Content) -> str | None:
    """The main verb with its modal, negation and subject."""
    words, root, modals = cues(), said.root, said.modals
    known = attribution_cues.lexicon().get((attribution_cues.cue_lemma(frame, root.index), "verb"))
    if known is not None and said.is_own and not said.is_negated and known[1] not in NEUTRAL:
        return known[1]
    if said.is_negated and modals & (FUTURE | {"can", "could", "do", "ca"}):
        if root.lemma in ("accept", "agree"):
            return "reject"
        if root.lemma in words["never"] and modals & (FUTURE | {"can", "could", "ca"}):
            return "rule_out"
    if root.lemma == "be" and modals & FUTURE and _no_thing(frame, said):
        return "rule_out"
    if said.is_negated and said.is_own and _is_past(said) and root.lemma not in words["knowing"]:
        return "deny"
    if modals & FUTURE and not said.is_negated and root.lemma in words["threat"] and _may_threaten(frame, said):
        return "threaten"
    obliged = modals & {"must", "should"} or (
        root.lemma in ("need", "must", "have") and any(k.dep == "xcomp" for k in said.kids)
    )
    if obliged and not said.is_own:
        return "demand"
    if root.lemma == "be" and not said.is_negated and _is_ready(frame, said):
        return "offer"
    if modals & {"could", "may"} and root.lemma in words["yielding"] and not said.is_negated:
        return "offer"
    going = said.is_own and root.tag == "VBG" and any(k.lemma == "be" and k.tag == "VBP" for k in said.kids)
    if act == "assert" and root.lemma in words["planned"] and not said.is_negated and (modals & FUTURE or going):
        return "announce"
    return None


def _is_ready(frame: Frame, said: Content) -> bool:
    """'is ready to', 'are open to talks': a road that is open offers nothing."""
    for kid in said.kids:
        if kid.lemma in cues()["ready"]:
            return kid.lemma != "open" or any(frame.tokens[c].lemma == "to" for c in frame.children[kid.index])
    return False


def _is_past(said: Content) -> bool:
    return said.root.tag == "VBD" or any(k.dep == "aux" and k.tag == "VBD" for k in said.kids)


def _no_thing(frame: Frame, said: Content) -> bool:
    """'There will be no return': the thing that will not be."""
    things = [k for k in said.kids if k.dep in ("attr", "nsubj", "dobj")]
    return any(frame.tokens[c].lemma == "no" for k in things for c in frame.children[k.index])


def _may_threaten(frame: Frame, said: Content) -> bool:
    """Who threatens speaks of himself, of whoever dares, or of what the others will have to bear."""
    if said.is_own or said.root.lemma == "regret":
        return True
    subject = said.subject
    if subject is None:
        return False
    below = [frame.tokens[c].lemma for c in frame.children[subject.index]]
    return "any" in below or subject.lemma in ("anyone", "anybody", "those", "whoever", "everyone")
