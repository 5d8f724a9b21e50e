"""Quotations that stand alone in a paragraph: whose they are when no cue says so.

In a dialogue, two speakers whose turns are little more than a quotation, they alternate. Elsewhere the person that
the paragraph before is about speaks, if the words are a sentence. `attribution_discourse` asks after its model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language import lexicon
from flows.language.attribution_frame import SUBJECTS, Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

TAG_WORDS = 7  # words beside the quotation in a turn of dialogue: 'said the driver of the last truck'
ANSWERS = frozenset(["ask", "answer", "reply", "respond", "retort", "shoot_back", "counter", "inquire", "call"])


@dataclass
class Turn:
    """A quotation with its giver, and the paragraph that holds it."""

    paragraph: int
    giver: Attribution
    is_question: bool
    is_bare: bool  # the paragraph holds little else


def turn(frame: Frame, number: int, giver: Attribution) -> Turn:
    """The turn that a quotation is."""
    region = frame.regions[number]
    return Turn(
        paragraph_of(frame, number),
        giver,
        frame.document.text[region.inner_end - 1] == "?",
        _words_beside(frame, number) <= TAG_WORDS,
    )


def answers(frame: Frame, number: int, turns: list[Turn]) -> Attribution | None:
    """The other one of two people in conversation, for a quotation alone in the paragraph after theirs."""
    if not stands_alone(frame, number) or len(turns) < 2:
        return None
    here = paragraph_of(frame, number)
    last = turns[-1]
    if last.paragraph != here - 1 or not last.is_bare:
        return None
    other = next((t for t in reversed(turns) if _name(frame, t.giver) != _name(frame, last.giver)), None)
    if other is None or not other.is_bare or here - other.paragraph > 3:
        return None
    is_question = frame.document.text[frame.regions[number].inner_end - 1] == "?"
    asked = is_question or last.is_question or other.is_question
    return other.giver if asked or {_lemma(frame, t.giver) for t in (last, other)} & ANSWERS else None


def subject_before(frame: Frame, number: int) -> int | None:
    """The person that the sentence before is about: 'Seif was blunt about the offer.', then “It is an insult.”"""
    region = frame.regions[number]
    if not (region.is_closed or region.continues) or not stands_alone(frame, number) or not _is_sentence(frame, number):
        return None
    document = frame.document
    tokens = document.tokens
    first = tokens[frame.bounds[number][0]].sentence
    if first == 0 or document.sentences[first - 1].role != "body":
        return None
    before = document.sentences[first - 1]
    for k in range(before.first, before.last):
        if tokens[k].dep in SUBJECTS and tokens[tokens[k].head].dep == "ROOT":
            is_person = tokens[k].entity[2:] == "PERSON" or tokens[k].lemma in ("he", "she")
            return k if is_person or tokens[k].lemma in lexicon.roles() else None
    return None


def stands_alone(frame: Frame, number: int) -> bool:
    """Whether the paragraph of a quotation holds quotations only."""
    return _words_beside(frame, number) == 0


def paragraph_of(frame: Frame, number: int) -> int:
    """The paragraph in which a quotation begins."""
    token = frame.tokens[min(frame.bounds[number][0], len(frame.tokens) - 1)]
    return frame.document.sentences[token.sentence].paragraph


def _words_beside(frame: Frame, number: int) -> int:
    """Words of the paragraph outside every quotation."""
    sentences, here = frame.document.sentences, paragraph_of(frame, number)
    at = frame.tokens[min(frame.bounds[number][0], len(frame.tokens) - 1)].sentence
    first = last = at
    while first > 0 and sentences[first - 1].paragraph == here:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == here:
        last += 1
    inside = range(sentences[first].first, sentences[last].last)
    return sum(frame.region_of[k] < 0 and frame.tokens[k].pos != "PUNCT" for k in inside)


def _is_sentence(frame: Frame, number: int) -> bool:
    words = frame.words_in(number)
    return len(words) > 2 and any(t.tag in ("VBD", "VBP", "VBZ", "MD", "VB") for t in words)


def _name(frame: Frame, giver: Attribution) -> str:
    return frame.tokens[giver.source].lemma if giver.source is not None else ""


def _lemma(frame: Frame, giver: Attribution) -> str:
    return frame.tokens[giver.cue].lemma if giver.cue is not None else ""
