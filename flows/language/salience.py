"""Who is in the reader's mind: the entity before a mention that recency, syntax and speaking make most likely.

Pronouns and descriptions ask for it with their own test of fitness. The weights follow centering (Grosz, Joshi and
Weinstein 1995): a subject before an object, the sentence before before the one before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flows.language.mention_frame import OBJECT, SPEECH, SUBJECT, Frame, Mention

if TYPE_CHECKING:
    from flows.language.coreference import Clusters, Entity

# Per sentence back; 2026-11-26: 1.6 let the speaker of two sentences ago win over the subject of the last one.
DISTANCE = 2.2
SPEAKS = 1.2  # one who spoke goes on speaking
NAMELESS = 1.5  # 'Kelm left, an official said. Her deputy …': who only tells it is not what the text is about
SAME_CLAUSE = 2.0  # the subject of a clause above would be 'he' and no description
OFTEN, MOST_OFTEN = 0.15, 6  # per mention of the entity in the document


def most_salient(clusters: Clusters, mention: Mention, fits: Callable[[Entity], bool], sentences: int) -> Entity | None:
    """The likeliest fitting entity before the mention, at most so many sentences back; None where none fits."""
    frame, tokens = clusters.frame, clusters.frame.tokens
    sentence = tokens[mention.head].sentence
    speaks = says(frame, mention)
    start = frame.document.sentences[max(0, sentence - sentences)].first
    own_clause = tokens[mention.head].head if tokens[mention.head].dep in OBJECT else -1
    above = set(frame.document.ancestors(mention.head))
    best: tuple[float, Entity] | None = None
    for other in reversed(frame.mentions_before(mention.first)):
        if other.first < start:
            break
        if other.entity is None or other.is_place:
            continue
        head = tokens[other.head]
        if head.head == own_clause and head.dep in SUBJECT:
            continue
        entity = clusters.entities[other.entity]
        if not fits(entity):
            continue
        score = -DISTANCE * (sentence - head.sentence) + _weight(frame, other)
        score += min(len(entity.mentions), MOST_OFTEN) * OFTEN
        if speaks and says(frame, other):
            score += SPEAKS
        elif entity.name is None and says(frame, other):
            score -= NAMELESS
        if frame.quote_of[other.head] != frame.quote_of[mention.head]:
            score -= 3.0 if speaks and frame.quote_of[other.head] >= 0 else 1.5
        if mention.kind != "pronoun" and head.dep in SUBJECT and head.head in above:
            score -= SAME_CLAUSE
        if best is None or score > best[0]:
            best = (score, entity)
    return best[1] if best is not None else None


def says(frame: Frame, mention: Mention) -> bool:
    """Whether the mention is the subject of a speech verb, or what follows 'according to'."""
    token = frame.tokens[mention.head]
    head = frame.tokens[token.head]
    if token.dep in SUBJECT:
        return head.lemma in SPEECH
    return token.dep == "pobj" and head.lemma == "to" and frame.tokens[max(0, head.index - 1)].lemma == "accord"


def _weight(frame: Frame, mention: Mention) -> float:
    token = frame.tokens[mention.head]
    if token.dep in ("nsubj", "nsubjpass"):
        return 3.0 if frame.tokens[token.head].dep == "ROOT" else 2.2
    if mention.kind == "demonym" and token.dep in ("amod", "compound"):
        return -1.0
    return {"poss": 0.4, "appos": 1.0, "dobj": 1.2, "pobj": 0.9, "agent": 1.5}.get(token.dep, 0.5)
