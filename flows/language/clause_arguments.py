"""The arguments of predications: who acts, on whom, with whom. Roles are logical: the subject of a passive is `object`.

Subjects come down through control, coordination, relatives and light verbs; such arguments are marked as shared.
One conjunct is one argument ("Rubio and Witkoff" are two).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.language.clause_grammar import LIMIT, reading_of
from flows.language.clause_triggers import Predication
from flows.language.document import Document

SPAN_LIMIT = 80  # tokens of one argument; longer ones are cut, so that nesting stays linear
CLAUSAL = ("xcomp", "ccomp", "pcomp", "csubj", "csubjpass")
# Verbs whose object is the subject of the infinitive or gerund below.
OBJECT_CONTROL = frozenset(
    """
    urge ask tell order force allow persuade invite warn encourage press pressure call permit enable request require
    want expect instruct compel convince help accuse prevent blame thank criticize criticise stop ban beg implore
    """.split()  # noqa: SIM905
)
RELATIVES = frozenset({"who", "that", "which", "whom"})
NOT_ARGUMENTS = frozenset({"according", "accord", "due", "because", "thanks"})  # "according to X" is a source
SKIPPED = frozenset({"cc", "conj", "punct", "relcl", "acl", "preconj"})


@dataclass(slots=True)
class Argument:
    """One argument: role, preposition ('' unless oblique), head token, whether it came from elsewhere."""

    role: str
    preposition: str
    head: int
    is_shared: bool = False


@dataclass(slots=True)
class Frame:
    """The arguments of one predication, by first occurrence."""

    arguments: list[Argument] = field(default_factory=list)

    def add(self, document: Document, role: str, head: int, preposition: str = "", is_shared: bool = False) -> None:
        """One argument per conjunct, each only once."""
        for at in conjuncts(document, head):
            if not any(a.head == at and a.role == role for a in self.arguments):
                self.arguments.append(Argument(role, preposition, at, is_shared))

    def heads(self, *roles: str) -> list[Argument]:
        """Arguments in one of these roles."""
        return [a for a in self.arguments if a.role in roles]


def conjuncts(document: Document, head: int) -> list[int]:
    """The token and the nouns coordinated with it, nouns only for nouns."""
    found, at = [head], head
    for _ in range(LIMIT):
        following = next((c for c in document.children[at] if document.tokens[c].dep == "conj"), None)
        if following is None or document.tokens[following].pos in ("VERB", "AUX"):
            break
        found.append(following)
        at = following
    return found


def collect(document: Document, found: list[Predication]) -> list[Frame]:
    """One Frame per predication, shared arguments included."""
    frames = [_own(document, p) for p in found]
    for p, frame in zip(found, frames, strict=True):
        if p.parent is not None and p.kind != "noun":
            _raise_object(document, p, frame, found[p.parent], frames[p.parent])
    depth = {id(p): _depth(p, found) for p in found}
    for n in sorted(range(len(found)), key=lambda n: depth[id(found[n])]):
        p = found[n]
        parent = p.parent
        if parent is not None:
            _share(document, p, frames[n], found[parent], frames[parent])
    return frames


def _depth(p: Predication, found: list[Predication]) -> int:
    steps = 0
    while p.parent is not None and steps < LIMIT:
        p, steps = found[p.parent], steps + 1
    return steps


def _own(document: Document, p: Predication) -> Frame:
    frame = Frame()
    if p.kind == "noun":
        _of_noun(document, p.head, frame)
        return frame
    passive = p.kind == "verb" and reading_of(document, p.anchor).is_passive
    sources = [p.anchor] if p.anchor == p.head else [p.anchor, p.head]
    for source in sources:
        for c in document.children[source]:
            child = document.tokens[c]
            if child.dep == "nsubj" or (child.dep == "nsubjpass" and p.kind == "adjective"):
                frame.add(document, "subject", c)
            elif child.dep == "nsubjpass" or child.dep == "dobj":
                frame.add(document, "object", c)
            elif child.dep == "dative" and child.pos != "ADP":
                frame.add(document, "indirect_object", c)
            elif child.dep in ("prep", "agent", "dative", "prt"):
                _preposition(document, c, frame, passive and child.dep == "agent")
            elif (child.dep in ("attr", "acomp", "oprd") and c != p.head) or child.dep in CLAUSAL:
                frame.add(document, "complement", c)
    return frame


def _preposition(document: Document, c: int, frame: Frame, is_agent: bool = False, shared: bool = False) -> None:
    """Objects of a preposition; a chain of prepositions ('out of the meeting') takes the last one with the first."""
    word = document.tokens[c].lemma
    if word in NOT_ARGUMENTS:
        return
    for g in document.children[c]:
        inner = document.tokens[g]
        if inner.dep in ("pobj", "pcomp"):
            frame.add(document, "agent" if is_agent else "oblique", g, word, shared)
        elif inner.dep == "prep":
            for gg in document.children[g]:
                if document.tokens[gg].dep in ("pobj", "pcomp"):
                    frame.add(document, "oblique", gg, inner.lemma, shared)


def _of_noun(document: Document, head: int, frame: Frame) -> None:
    for c in document.children[head]:
        child = document.tokens[c]
        if child.dep == "poss":
            frame.add(document, "possessor", c)
        elif child.dep in ("amod", "compound", "nmod", "nummod") and child.pos in ("ADJ", "PROPN", "NOUN", "VERB"):
            frame.add(document, "modifier", c)
        elif child.dep == "prep":
            _preposition(document, c, frame)
        elif child.dep == "acl" and any(document.tokens[g].tag == "TO" for g in document.children[c]):
            frame.add(document, "complement", c)


def _raise_object(document: Document, p: Predication, frame: Frame, above: Predication, upper: Frame) -> None:
    """'urged Russia to withdraw' parsed as a clause with a subject: Russia is the object of urge too."""
    if p.relation != "ccomp" or above.kind != "verb" or above.lemma not in OBJECT_CONTROL:
        return
    if any(document.tokens[c].tag == "TO" for c in document.children[p.anchor]):
        for argument in frame.heads("subject"):
            upper.add(document, "object", argument.head, is_shared=True)


def _share(document: Document, p: Predication, frame: Frame, above: Predication, upper: Frame) -> None:
    if p.kind == "noun":
        _share_with_noun(document, p, frame, upper)
        return
    if frame.heads("subject", "agent") and p.relation != "relcl":
        return
    passive = reading_of(document, p.anchor).is_passive
    role = "object" if passive else "subject"
    if p.relation == "relcl":
        _share_antecedent(document, p, frame, role)
    elif p.relation == "acl":
        head = document.tokens[p.anchor].head
        if any(document.tokens[c].tag == "TO" for c in document.children[p.anchor]):
            for argument in upper.heads("possessor", "subject"):
                frame.add(document, "subject", argument.head, is_shared=True)
        elif not passive and document.tokens[p.anchor - 1].text == "," and upper.heads("subject"):
            for argument in upper.heads("subject"):  # a comma: "expressed hope, stating that ..."
                frame.add(document, "subject", argument.head, is_shared=True)
        elif not frame.heads(role):
            frame.add(document, role, head, is_shared=True)
    elif frame.heads(role) and passive:
        return
    elif above.lemma in OBJECT_CONTROL and p.relation in ("xcomp", "pcomp", "ccomp") and upper.heads("object"):
        for argument in upper.heads("object", "indirect_object"):
            frame.add(document, role, argument.head, is_shared=True)
    elif p.relation in ("xcomp", "advcl", "conj", "pcomp", "ccomp"):
        controllers = upper.heads("subject", "agent", "possessor") or upper.heads("object")
        if p.relation == "ccomp" and reading_of(document, p.anchor).tense not in ("none", "future"):
            return
        for argument in controllers:
            frame.add(document, role, argument.head, is_shared=True)


def _share_antecedent(document: Document, p: Predication, frame: Frame, role: str) -> None:
    head = document.tokens[p.anchor].head
    pronouns = [a for a in frame.arguments if document.tokens[a.head].text.lower() in RELATIVES]
    for argument in pronouns:
        frame.arguments.remove(argument)
        frame.add(document, argument.role, head, argument.preposition, True)
    if not pronouns and frame.heads("subject") and not frame.heads("object"):
        frame.add(document, "object", head, is_shared=True)
    elif not pronouns and not frame.heads("subject", "agent") and not frame.heads(role):
        frame.add(document, role, head, is_shared=True)


def _share_with_noun(document: Document, p: Predication, frame: Frame, upper: Frame) -> None:
    """'Russia held talks in Riyadh with Ukraine': the noun gets the verb's subject and its other arguments."""
    direct = any(a.head == p.head for a in upper.arguments)
    if not direct:
        return
    is_subject = any(a.head == p.head and a.role == "subject" for a in upper.arguments)
    for argument in upper.arguments:
        if argument.head == p.head or document.tokens[argument.head].pos in ("VERB", "AUX"):
            continue
        if argument.role in ("subject", "agent") and not is_subject and not frame.heads("possessor"):
            frame.add(document, "subject", argument.head, is_shared=True)
        elif argument.role in ("oblique", "indirect_object"):
            frame.add(document, argument.role, argument.head, argument.preposition, True)


def span_tokens(document: Document, head: int) -> list[int]:
    """Tokens of one argument: a noun phrase without coordinates and relatives, or a whole clause; cut at a limit."""
    clausal = document.tokens[head].pos in ("VERB", "AUX")
    found: list[int] = []
    stack = [head]
    while stack and len(found) < SPAN_LIMIT:
        at = stack.pop()
        found.append(at)
        for c in document.children[at]:
            if at == head and not clausal and document.tokens[c].dep in SKIPPED:
                continue
            stack.append(c)
    found.sort()
    left = right = found.index(head)
    while left > 0 and found[left - 1] == found[left] - 1:
        left -= 1
    while right + 1 < len(found) and found[right + 1] == found[right] + 1:
        right += 1
    kept = found[left : right + 1]
    while len(kept) > 1 and document.tokens[kept[-1]].pos == "PUNCT" and kept[-1] != head:
        kept.pop()
    while len(kept) > 1 and document.tokens[kept[0]].pos == "PUNCT" and kept[0] != head:
        kept.pop(0)
    return kept
