"""How predications hang together: parent, relation, and which lemmas above govern whether the act is real.

Government runs through complements (refused *to meet*), through nouns (a plan *to meet*, the possibility *of a deal*)
and through subjects and objects (the *talks* were cancelled); it stops at adjuncts (*during a meeting*), relatives
and reasons. Each token is visited a bounded number of times.
"""

from __future__ import annotations

from flows.language.clause_grammar import LIMIT, reading_of
from flows.language.clause_triggers import Predication
from flows.language.document import Document

ADJUNCT_PREPOSITIONS = frozenset(
    """
    during at after before following since in amid amidst ahead while despite despite through throughout within by
    upon because under with between alongside along besides as like near since outside inside until around over
    """.split()  # noqa: SIM905
)
GOVERNED_RELATIONS = frozenset({"xcomp", "ccomp", "csubj", "csubjpass", "pcomp"})
GOVERNED_DEPS = frozenset(
    """
    nsubj nsubjpass dobj dative attr oprd conj appos pobj prep acomp xcomp ccomp pcomp nmod poss dep advmod
    """.split()  # noqa: SIM905
)
# A negated verb of this kind says nothing against the act below it.
NEGATIVE_GOVERNORS = frozenset(
    """
    deny refuse reject cancel postpone rule_out exclude prevent stop halt suspend delay block abandon decline ban avoid
    oppose fail scrap shelve
    """.split()  # noqa: SIM905
)
RELATIONS = {"csubjpass": "csubj", "ROOT": "root", "relcl": "relcl", "conj": "conj"}
DEPTH = 12


def link(document: Document, found: list[Predication]) -> None:
    """Fills parent, relation, is_governed and governors of every predication in place."""
    owner: dict[int, int] = {}
    for n, p in enumerate(found):
        owner[p.head] = n
        owner.setdefault(p.anchor, n)
    for n, p in enumerate(found):
        _climb(document, p, n, owner)
    for p in found:
        p.governors = _chain(document, p, found)


def _climb(document: Document, p: Predication, n: int, owner: dict[int, int]) -> None:
    at = p.anchor
    token = document.tokens[at]
    if p.kind == "noun":
        p.relation, governed = "noun", True
    else:
        p.relation = RELATIONS.get(token.dep, token.dep)
        governed = token.dep in GOVERNED_RELATIONS
        if token.dep == "acl":
            governed = _has_to(document, at)
        if p.relation not in ("root", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "csubj"):
            p.relation = "root" if token.head == at else "ccomp"
    for _ in range(LIMIT):
        token = document.tokens[at]
        if token.head == at:
            return
        head = document.tokens[token.head]
        if at != p.anchor or p.kind == "noun":
            governed = governed and _passes(token.dep, head.lemma)
        if token.head in owner and owner[token.head] != n:
            p.parent, p.is_governed = owner[token.head], governed
            return
        if head.pos == "ADP" and head.lemma in ADJUNCT_PREPOSITIONS:
            governed = False
        if head.pos in ("NOUN", "PROPN", "ADJ") and governed:
            p.links.append(head.lemma)
        at = token.head


def _passes(dep: str, head_lemma: str) -> bool:
    if dep in ("prep", "agent") and head_lemma == "be":
        return True
    return dep in GOVERNED_DEPS


def _has_to(document: Document, index: int) -> bool:
    return any(document.tokens[c].tag == "TO" for c in document.children[index])


def _chain(document: Document, p: Predication, found: list[Predication]) -> list[str]:
    chain: list[str] = list(p.links) if p.is_governed or p.parent is None else []
    at, seen = p, 0
    while at.parent is not None and seen < DEPTH:
        seen += 1
        above = found[at.parent]
        if at.relation == "conj" and at.kind != "noun":
            at = above
            chain.extend(at.links if at.is_governed else [])
            continue
        if not at.is_governed:
            break
        negated = above.kind != "noun" and reading_of(document, above.anchor).is_negated
        if not (negated and above.lemma in NEGATIVE_GOVERNORS):
            chain.append(above.lemma)
        at = above
        chain.extend(at.links if at.is_governed else [])
    return chain[:DEPTH]
