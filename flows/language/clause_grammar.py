"""Tense, aspect, modality and negation of one verb, from its auxiliaries. It reads the tree and decides no status.

Coordinated verbs share the auxiliaries of the first one ("will meet and sign"). A reported "would" counts as future:
it is the backshifted "will" (Quirk et al. 1985, section 14.31).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.language.document import Document

NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "nor", "hardly", "neither"})
MODALS = {"wo": "will", "'ll": "will", "’ll": "will", "ca": "can", "'d": "would", "’d": "would", "sha": "shall"}
# Verbs and participles under which an infinitive or a named day lies ahead.
FORWARD = frozenset(
    """
    plan schedule expect agree set due intend hope want vow pledge promise prepare aim threaten propose call urge need
    decide seek slate poise ready willing prepared likely commit offer arrange invite want wish mean ask demand push
    promise about expected planned scheduled order instruct tell upcoming
    """.split()  # noqa: SIM905
)
# Verbs that undo or await what is still to come: "pulled out of Thursday's talks" names a Thursday ahead.
PROSPECTIVE = frozenset(
    "pull withdraw cancel postpone delay scrap drop prepare invite call bow travel arrive head await shelve".split()  # noqa: SIM905
)
LIMIT = 40  # steps of a walk up the tree; real sentences stay far below


@dataclass(frozen=True, slots=True)
class Reading:
    """How a predication is presented. `tense` is past, present, future or none; `modal` a lemma or ''."""

    tense: str = "none"
    is_perfect: bool = False
    is_progressive: bool = False
    is_passive: bool = False
    modal: str = ""
    is_negated: bool = False
    is_infinitive: bool = False


def first_conjunct(document: Document, index: int) -> int:
    """The first verb of a coordination; the token itself when it is not coordinated."""
    for _ in range(LIMIT):
        token = document.tokens[index]
        if token.dep != "conj" or token.head == index:
            return index
        index = token.head
    return index


def reading_of(document: Document, index: int) -> Reading:
    """The reading of a verb or copula, shared from the first conjunct where it has no auxiliary of its own."""
    own = _own(document, index)
    first = first_conjunct(document, index)
    if first == index or document.tokens[first].pos not in ("VERB", "AUX"):
        return own
    lead = _own(document, first)
    token, lead_token = document.tokens[index], document.tokens[first]
    has_aux = any(document.tokens[c].dep in ("aux", "auxpass") for c in document.children[index])
    same_form = token.tag == lead_token.tag or {token.tag, lead_token.tag} <= {"VB", "VBP"}
    if has_aux or not same_form or document.child(index, "nsubj", "nsubjpass") is not None:
        return own
    return replace(lead, is_negated=own.is_negated)


def _own(document: Document, index: int) -> Reading:
    token = document.tokens[index]
    modal, finite, perfect, progressive, infinitive, negated = "", "", False, token.tag == "VBG", False, False
    passive = document.child(index, "nsubjpass", "auxpass", "agent") is not None
    for c in document.children[index]:
        child = document.tokens[c]
        word = child.text.lower()
        if child.dep == "neg" or (child.dep in ("advmod", "det", "preconj", "cc") and word in NEGATORS):
            negated = negated or child.dep == "neg" or word != "no"
        elif (
            child.dep == "advmod"
            and word == "longer"
            and any(document.tokens[g].text.lower() == "no" for g in document.children[c])
        ):
            negated = True
        if child.dep not in ("aux", "auxpass"):
            continue
        if child.tag == "TO":
            infinitive = True
        elif child.tag == "MD":
            modal = MODALS.get(word, child.lemma if child.lemma not in ("'ll", "’ll") else "will")
            modal = "would" if word == "would" else "could" if word == "could" else modal
            modal = "might" if word == "might" else "should" if word == "should" else modal
        else:
            perfect = perfect or (child.lemma in ("have", "'ve", "’ve") and token.tag in ("VBN", "VBD"))
            finite = finite or child.tag
    tag = finite or token.tag
    if token.tag == "VBN" and not finite and token.dep in ("acl", "advcl", "relcl"):
        passive, tag = True, "VBD"
    tense = {"VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present"}.get(tag, "none")
    if tag == "VB" and not infinitive and token.dep == "ROOT":
        tense = "present"
    if modal in ("will", "shall") or _goes_to(document, index):
        tense = "future"
    elif modal == "would":
        tense = "future" if _is_reported(document, index) else "present"
    elif modal:
        tense = "present"
    if infinitive and token.dep == "ROOT" and not modal and not finite:
        tense = "future"  # headline: "Leaders to meet in Geneva"
    progressive = progressive and bool(finite)
    return Reading(tense, perfect, progressive, passive, modal, negated, infinitive)


def _goes_to(document: Document, index: int) -> bool:
    """Whether the verb stands under "is going to" or "is to"."""
    token = document.tokens[index]
    if token.dep != "xcomp" or document.child(index, "aux") is None:
        return False
    head = document.tokens[token.head]
    if head.lemma == "go" and head.tag == "VBG":
        return True
    return head.lemma == "be" and head.pos == "AUX" and head.tag in ("VBZ", "VBP")


def _is_reported(document: Document, index: int) -> bool:
    """Whether the clause is the content of a report: a complement clause, or inside of one."""
    for at in (index, *document.ancestors(index)):
        token = document.tokens[at]
        if token.dep == "ccomp":
            return True
        if token.dep in ("relcl", "advcl", "ROOT"):
            return False
    return False


def governing_verb(document: Document, index: int) -> int | None:
    """The nearest verb or copula at or above the token, or None."""
    for _ in range(LIMIT):
        token = document.tokens[index]
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass", "amod", "prep"):
            return index
        if token.head == index:
            return None
        index = token.head
    return None


def direction_of(document: Document, index: int) -> str:
    """Where the words at this token lie in time: 'future', 'past' or 'none' when the tree does not tell."""
    at, in_noun = index, False
    for _ in range(LIMIT):
        token = document.tokens[at]
        in_noun = in_noun or (token.pos == "NOUN" and at != index and token.entity[2:] not in ("DATE", "TIME"))
        if in_noun and token.pos == "VERB" and token.lemma in PROSPECTIVE:
            return "future"
        if token.dep in ("prep", "advmod") and token.lemma in ("before", "ahead", "until", "till"):
            return "future"
        if token.lemma in ("scheduled", "planned", "upcoming", "expected", "due"):
            return "future"
        if any(document.tokens[c].lemma in ("planned", "upcoming", "expected") for c in document.children[at]):
            return "future"
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass", "amod"):
            found = _verb_direction(document, at)
            if found != "up":
                return found
        elif token.pos == "ADJ" and token.lemma in FORWARD:
            return "future"
        if token.head == at:
            return "none"
        at = token.head
    return "none"


def _verb_direction(document: Document, at: int) -> str:
    token = document.tokens[at]
    reading = reading_of(document, at)
    is_headline = document.sentences[token.sentence].role == "headline"
    if reading.tense == "future" or reading.modal in ("may", "might", "could", "should", "must", "can"):
        return "future"
    if token.lemma in ("schedule", "slate", "plan", "expect", "set", "due") and (
        reading.is_passive or token.tag in ("VBN", "VBZ", "VBP")
    ):
        return "future"
    if reading.is_infinitive:
        head = document.tokens[token.head]
        if head.lemma in FORWARD:
            return "future"
        return "up" if token.head != at else "future"
    if reading.tense == "past" or reading.is_perfect:
        return "past"
    if reading.tense == "present":
        return "past" if is_headline else "future"
    return "up" if token.head != at else "none"
