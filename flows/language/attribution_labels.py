"""Speakers given by layout and not by a verb: 'Peskov: …', '“…” — Peskov', 'Talks go on: Kremlin' in a headline.

The mark between name and words stands as the cue. A label counts when it is a name, in capitals, or comes back in the
text; 'Note:', times and lists are none.
"""

from __future__ import annotations

import re
from collections import Counter

from flows.language import lexicon
from flows.language.attribution_frame import Frame

LABEL = re.compile(
    r"[“\"]?((?:[A-Z][\w.'’-]*|of|the|de|al|bin|for)"
    r"(?:[ \u00a0](?:[A-Z(][\w.'’)-]*|of|the|de|al|bin|for)){0,5}):\s+(?=\S)"
)
SIGNED = re.compile(
    r"\s*(?:[―—–]|--?)\s*((?:[A-Z][\w.'’-]*|de|al|bin|of|the)"
    r"(?:[ ,\u00a0]+(?:[A-Z][\w.'’-]*|de|al|bin|of|the|\w+)){0,11})\.?\s*$"
)
TRAILING = re.compile(
    r"(?::|\s[–—-])\s+((?:[A-Z][\w.'’-]*|of|the|official|officials|sources?|minister|ministry|spokesman|spokeswoman|governor|mayor|army|police|report)(?:\s(?:[A-Z][\w.'’-]*|of|the|official|sources?|minister|spokesman|spokeswoman)){0,3})$"
)
NO_SPEAKER = frozenset(
    """note update updated photo image video source sources watch read also editor analysis opinion correction summary
    background example warning breaking live context question answer date time location what why how when where who
    related exclusive key more factbox timeline explainer here conclusion result results""".split()  # noqa: SIM905
)
TURN = re.compile(r"([QA])[.:]\s+(?=\S)")  # an interview's question or answer
Span = tuple[int, int]
Found = tuple[int, int, Span, Span]  # mark token, source token, content span, source span


def find(frame: Frame) -> list[Found]:
    """Labelled turns, signed quotations and headlines that end with their source."""
    document = frame.document
    text = document.text
    found: list[Found] = []
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text)]
    labels = Counter(m.group(1) for s, e in lines if (m := LABEL.match(text, s, e)))
    # A headline: the first line, or one that the parse took for one, without a full stop at its end.
    headlines = {s.start for s in document.sentences if s.role == "headline"} | {s for s, _ in lines[:1]}
    headlines = {s for s, e in lines if s in headlines and len(lines) > 1 and text[e - 1] not in '.!?”"»'}
    places = {s.start for s in document.sentences if s.role == "boilerplate"}  # datelines
    is_interview = sum(bool(TURN.match(text, s, e)) for s, e in lines) > 1
    for start, end in lines:
        turn = TURN.match(text, start, end) if is_interview else None
        if turn:
            found += _row(frame, turn.end(1), turn.start(1), turn.end(1), turn.end(), end)
            continue
        label = LABEL.match(text, start, end) if start not in places else None
        if label and _is_speaker(frame, label, labels, start in headlines):
            inner = label.end()
            found += _row(frame, label.end(1), label.start(1), label.end(1), inner, end)
            continue
        found += _signed(frame, start, end)
        if start in headlines:
            last = TRAILING.search(text, start, end)
            if last and _is_name(frame, last.start(1), last.end(1)) and last.start() - start > 15:
                mark = re.compile(r"[:–—-]").search(text, last.start())
                found += _row(
                    frame, mark.start() if mark else last.start(), last.start(1), last.end(1), start, last.start()
                )
    return found


def _signed(frame: Frame, start: int, end: int) -> list[Found]:
    """A paragraph that is one quotation and a signature."""
    for region in frame.regions:
        if region.start > start + 2:
            break
        if region.start < start or region.end > end:
            continue
        match = SIGNED.match(frame.document.text, region.end, end)
        if match and len(frame.document.text[region.inner_start : region.inner_end]) > 12:
            mark = region.end + len(match.group()) - len(match.group().lstrip())
            return _row(frame, mark, match.start(1), match.end(1), region.inner_start, region.inner_end)
    return []


def _row(frame: Frame, mark: int, name_start: int, name_end: int, start: int, end: int) -> list[Found]:
    document = frame.document
    cue = document.token_at(mark)
    names = [t for t in document.tokens_between(name_start, name_end) if t.pos != "PUNCT" and t.start < name_end]
    if cue is None or not names:
        return []
    inside = {t.index for t in names}
    heads = [t.index for t in names if t.head not in inside or t.head == t.index]
    before_comma = [t for t in names if "," not in document.text[name_start : t.end]]
    source = next((h for h in heads if frame.tokens[h] in before_comma), names[-1].index)
    return [(cue, source, (start, end), (name_start, name_end))]


def _is_speaker(frame: Frame, label: re.Match[str], labels: Counter[str], is_headline: bool) -> bool:
    name = label.group(1)
    if name.lower().split()[0] in NO_SPEAKER or len(name) > 60 or len(name.split()) > 4:
        return False
    following = frame.document.text[label.end() : label.end() + 2]
    words = len(frame.document.text[label.end() :].split("\n", 1)[0].split())
    if words < 2 and labels[name] < 2 and not following.startswith(("“", '"')):
        return False
    if name.isupper() and len(name) > 2:
        return True
    inside = frame.document.tokens_between(label.start(1), label.end(1))
    if is_headline and len(inside) <= 3 and all(t.pos in ("PROPN", "NOUN", "ADP") for t in inside):
        return not any(t.entity[2:] in ("GPE", "LOC", "DATE", "EVENT") for t in inside)  # 'Gaza: …' names the subject
    return labels[name] > 1 or _is_name(frame, label.start(1), label.end(1))


def _is_name(frame: Frame, start: int, end: int) -> bool:
    """Whether a name or a noun for people who speak stands here: 'Keller', 'governor', 'officials'."""
    inside = frame.document.tokens_between(start, end)
    if {t.entity[2:] for t in inside} & {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    groups, titles = lexicon.group_nouns(), lexicon.roles()
    return any(t.lemma in titles or (t.lemma in groups and groups[t.lemma].can_be_source) for t in inside)
