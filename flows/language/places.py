"""Whether a place name stands for the place or for those who govern there, by syntax alone.

'in Moscow', 'visit Moscow', 'to Kyiv' after a verb of motion: the place. 'Moscow could …', 'Kyiv's demands',
'pressure on Kyiv': the government. A city that is no seat of government is a place whatever the syntax.
"""

from __future__ import annotations

from flows.language.mention_frame import SUBJECT, Frame, Mention

INSIDE = frozenset(
    """
    in at near around outside across through throughout into inside within beyond over via above along toward
    towards off
    """.split()  # noqa: SIM905
)
MOTION = frozenset(
    """
    go come travel fly return arrive head move visit trip journey flight drive walk flee escape deploy send
    bring take transfer withdraw retreat march advance tour route road way back visitor deliver ship evacuate
    relocate escort mission depart leave summon invite recall border close bus train plane convoy access
    """.split()  # noqa: SIM905
)
REACHED = frozenset(
    """
    visit leave reach enter tour capture seize occupy bomb shell liberate recapture retake encircle besiege
    storm hit strike pound evacuate flee cross
    """.split()  # noqa: SIM905
)
PLACE_NOUN = frozenset(
    """
    region oblast province district city town capital airport street suburb area talks talk meeting summit
    conference round visit trip airspace territory border front hospital university embassy bureau time
    peninsula airfield base port coast agreement accord protocol memorandum forum
    """.split()  # noqa: SIM905
)
WITHIN = frozenset(
    """
    city town capital outskirts centre center mayor suburb suburbs streets north south east west part area port
    region village residents resident metro downtown northeast northwest southeast southwest km miles kilometers
    kilometres bishop archbishop people
    """.split()  # noqa: SIM905
)


LANDSCAPE = frozenset(
    """
    valley river mountain region province district town village city port island lake hill border crossing
    bridge dam plain desert peninsula strait coast heights forest oblast county suburb
    """.split()  # noqa: SIM905
)


def mark(frame: Frame) -> None:
    """Sets is_place on every mention that can be one."""
    for mention in frame.mentions:
        if mention.kind != "name" or mention.label == "PERSON":
            continue
        if mention.label in ("GPE", "LOC", "FAC"):
            mention.is_place = _is_place(frame, mention)
        elif not mention.readings and _is_landscape(frame, mention):
            mention.label, mention.is_place = "LOC", True


def _is_place(frame: Frame, mention: Mention) -> bool:
    seat = any(r.alias_type == "metonym" and r.needs_context for r in mention.readings)
    state = any(r.actor_type in ("state", "igo", "collective") and r.alias_type != "metonym" for r in mention.readings)
    if mention.readings and not seat and not state:
        return mention.reads_as("place")  # 'the Kremlin' is never a place here
    if mention.label in ("LOC", "FAC"):
        return True
    tokens = frame.tokens
    head = tokens[mention.head]
    while head.dep in ("conj", "appos") and tokens[head.head].pos == "PROPN":
        head = tokens[head.head]
    if _is_dateline(frame, mention):
        return True
    governor = tokens[head.head]
    if head.dep == "pobj" or (governor.dep in ("prep", "pcomp") and head.dep != "poss"):
        return _after_preposition(frame, governor.index, state)
    if head.dep in ("dobj", "nsubjpass") and governor.lemma in REACHED:
        return not state or governor.lemma in ("visit", "leave", "enter", "reach", "tour", "flee")
    if head.dep in ("compound", "nmod", "amod"):
        return governor.lemma in PLACE_NOUN and not state
    if head.dep in ("npadvmod", "appos"):
        return True
    if head.dep in SUBJECT or head.dep in ("agent", "poss", "dobj", "dative"):
        return not (seat or state) and bool(mention.readings)
    return False


def _after_preposition(frame: Frame, preposition: int, state: bool) -> bool:
    tokens = frame.tokens
    word, governor = tokens[preposition].lemma, tokens[tokens[preposition].head]
    if word in INSIDE:
        return True
    if word in ("to", "from", "for", "out") or tokens[preposition].dep == "pcomp":
        if governor.dep == "prep":  # 'back to', 'out of'
            governor = tokens[governor.head]
        return governor.lemma in MOTION
    if word == "of":
        return governor.lemma in WITHIN and (not state or governor.lemma != "people")
    if word == "on":
        return governor.lemma in ("advance", "march") and not state
    return False


def _is_landscape(frame: Frame, mention: Mention) -> bool:
    """'the Tessel valley', 'the village of Brenk': a place the recogniser took for something else."""
    head = frame.tokens[mention.head]
    governor = frame.tokens[head.head]
    if head.dep in ("compound", "nmod"):
        return governor.lemma in LANDSCAPE
    above = frame.tokens[governor.head].lemma
    return head.dep == "pobj" and governor.lemma == "of" and above in LANDSCAPE


def _is_dateline(frame: Frame, mention: Mention) -> bool:
    """'KYIV, April 22 (Reuters) -' at the start of a paragraph."""
    sentence = frame.document.sentences[frame.tokens[mention.first].sentence]
    if mention.first != sentence.first:
        return False
    after = frame.document.text[frame.tokens[mention.last - 1].end : frame.tokens[mention.last - 1].end + 40]
    return after[:3].strip() in ("-", "—", "–", "--") or ("(" in after[:24] and after.find(")") > 0 and "-" in after)
