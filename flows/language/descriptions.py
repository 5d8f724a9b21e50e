"""Descriptions that stand for somebody the text has named: 'the 71-year-old', 'the Swede', 'the former prosecutor'.

News avoids saying a name twice. A definite description in the singular whose office nobody of the text is known to
hold means the most salient person that it can describe; a description with an owner of its own ('the head of the
fund') or of a relation ('the brother') introduces somebody new and stays alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.mention_frame import OBJECT, SUBJECT, Frame, Mention
from flows.language.salience import most_salient, says

if TYPE_CHECKING:
    from flows.language.coreference import Clusters, Entity

SENTENCES_BACK = 3
# Offices whose holders are called by no military rank.
CIVIL = frozenset(
    "minister president chancellor king pope mayor ambassador premier judge senator lawmaker".split()  # noqa: SIM905
)
STANDS_ALONE = (*SUBJECT, *OBJECT, "conj", "appos", "agent", "ROOT")


def find(frame: Frame) -> None:
    """Adds 'the 71-year-old', and makes descriptions of single people out of 'the Swede' and 'the Ohio Republican'."""
    for mention in frame.mentions:
        if mention.kind in ("name", "demonym") and _is_one_of_a_people(frame, mention):
            for n in range(mention.first, mention.last):
                frame.covered.pop(n, None)
            mention.first = frame.document.children[mention.head][0]
            mention.kind, mention.label, mention.readings = "nominal", "NOMINAL", ()
            mention.number, mention.rule, mention.is_definite = "singular", "description:people", True
    for token in frame.tokens:
        at = token.index
        if token.text == "old" and at > 3 and token.dep in STANDS_ALONE and frame.tokens[at - 2].text == "year":
            determiner = frame.document.child(at, "det")
            if determiner is None or frame.tokens[determiner].lemma != "the":
                continue
            mention = Mention(determiner, at + 1, at, "nominal", "NOMINAL", "description:age")
            mention.is_definite = True
            frame.add(mention)


def _is_one_of_a_people(frame: Frame, mention: Mention) -> bool:
    token = frame.tokens[mention.head]
    if mention.last - mention.first != 1 or token.dep not in STANDS_ALONE or token.tag in ("NNS", "NNPS"):
        return False
    if mention.kind == "name" and (mention.readings or not token.entity.endswith("NORP")):
        return False
    below = frame.document.children[mention.head]
    return bool(below) and below[0] < mention.first and frame.tokens[below[0]].lemma == "the" and token.text[-1] != "s"


def waits(frame: Frame, mention: Mention) -> bool:
    """Whether the mention may stand for somebody named before, which is decided together with the pronouns."""
    if mention.kind not in ("role", "nominal") or mention.number != "singular" or mention.is_anonymous:
        return False
    if not mention.is_definite or not (mention.role_noun or mention.rule.startswith("description:")):
        return False
    if mention.rank == "kin" or mention.role_noun in ("counterpart", "colleague", "predecessor", "successor"):
        return False
    if mention.role_topic is not None or (mention.role_of is not None and mention.role_of[0] > mention.head):
        return False
    return frame.tokens[mention.head].dep in SUBJECT or says(frame, mention)


def whom(clusters: Clusters, mention: Mention) -> Entity | None:
    """The person described; None when nobody before fits."""
    return most_salient(clusters, mention, lambda entity: _fits(clusters, entity, mention), SENTENCES_BACK)


def _fits(clusters: Clusters, entity: Entity, mention: Mention) -> bool:
    if entity.label != "PERSON" or entity.name is None or entity.is_plural:
        return False
    if mention.gender != "unknown" and entity.gender not in (mention.gender, "unknown"):
        return False
    if mention.rank == "anyone":
        return entity.gender == mention.gender
    if mention.role_noun is not None and mention.role_noun.startswith("former "):
        return True  # of another state or body, it may be, than the one served today
    owners, known = clusters.keys_of(mention.role_of), clusters.owner_keys(entity)
    if owners and known and not owners & known:
        return False
    if mention.role_noun is None or mention.rank == "common":
        return True
    held = {role.split()[-1] for role in clusters.offices(entity)}
    if mention.rank == "military":
        return not held & CIVIL
    return mention.role_noun.split()[-1] in held or not held
