"""Repairs of the parse around reporting clauses, where news has a syntax of its own that the parser seldom saw.

'…, the bank predicts, …' read as a noun phrase; '…, the director, Dr. Omar Fadel, has warned' without a subject;
'said the ferryman' with an object. Each repair changes labels and heads of the tokens of one sentence, in place, and
leaves a tree. Everything after reads the repaired parse, which is what is landed.
"""

from __future__ import annotations

from flows.language import lexicon
from flows.language.document import Document, Sentence

NOUNS = ("NOUN", "PROPN", "PRON")
FINITE = ("VBD", "VBZ", "VBP", "MD")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
INSIDE = ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PART", "ADP", "PRON", "ADV")  # what a name with its titles is made of


def repair(document: Document) -> None:
    """Mends the reporting clauses of every sentence."""
    known = lexicon.verbs_of_speech()
    for sentence in document.sentences:
        for index in range(sentence.first, sentence.last):
            token = document.tokens[index]
            if token.lemma in known:
                _verb_for_noun(document, sentence, index)
                if token.pos == "VERB":
                    _subject_before(document, sentence, index)
                    _subject_after(document, sentence, index)
                    _second_report(document, index)
            elif token.pos == "VERB" and _follows_quotation(document, sentence, index):
                _subject_after(document, sentence, index)
            if token.pos == "VERB" and token.head < index:
                _above_quotation(document, sentence, index)


def _follows_quotation(document: Document, sentence: Sentence, index: int) -> bool:
    """'“Enough,” snapped …': after a comma, question or exclamation mark inside the marks any verb reports."""
    tokens = document.tokens
    return (
        index - 2 > sentence.first and tokens[index - 1].tag == "''" and tokens[index - 2].text in (",", "?", "!", "—")
    )


def attach(document: Document, index: int, head: int, dep: str) -> None:
    """Hangs a token elsewhere; the caller sees to it that no circle comes of it."""
    token = document.tokens[index]
    if token.head != index:
        document.children[token.head].remove(index)
    token.head, token.dep = head, dep
    if head != index:
        document.children[head].append(index)
        document.children[head].sort()


def _ends_before(document: Document, sentence: Sentence, index: int) -> bool:
    """Whether something said may end right before this token: a comma or a closing mark stands there."""
    return index > sentence.first and _is_end(document, index - 1)


def _is_end(document: Document, index: int) -> bool:
    token = document.tokens[index]
    return token.text == "," or token.tag == "''"


def _verb_for_noun(document: Document, sentence: Sentence, index: int) -> None:
    """'…,” the protocol states.', '…, the bank predicts, …': the last noun of a phrase alone is the verb."""
    tokens = document.tokens
    token = tokens[index]
    if token.tag != "NNS" or (index + 1 < sentence.last and tokens[index + 1].text not in (".", ",")):
        return
    start = index
    while start > sentence.first and tokens[start - 1].pos in ("NOUN", "PROPN", "ADJ", "DET", "NUM"):
        start -= 1
    subject = index - 1
    if subject < start or tokens[subject].pos not in NOUNS or not _ends_before(document, sentence, start):
        return
    if tokens[start].pos not in ("DET", "PROPN"):
        return
    phrase = range(start, index + 1)
    top = next(k for k in phrase if tokens[k].head not in phrase or tokens[k].head == k)
    verbs = [k for k in range(sentence.first, sentence.last) if k not in phrase and tokens[k].tag in FINITE]
    if top != index or not verbs or (index + 1 < sentence.last and tokens[index + 1].text == "," and verbs[-1] < index):
        return
    token.pos, token.tag = "VERB", "VBZ"
    for child in list(document.children[index]):
        if child in phrase and child != subject:
            attach(document, child, subject, tokens[child].dep)
    attach(document, subject, index, "nsubj")
    if token.head == index:
        return
    above = token.head
    if tokens[index].dep in ("nsubj", "dobj", "appos", "npadvmod", "conj", "attr", "dep"):
        attach(document, index, above, "parataxis")


def _subject_before(document: Document, sentence: Sentence, index: int) -> None:
    """'…, the director, Dr. Omar Fadel, has warned.': the phrase that the parser hung into the clause before."""
    tokens = document.tokens
    children = document.children[index]
    if tokens[index].dep not in ("ROOT", "parataxis") or any(tokens[c].dep in (*SUBJECTS, "agent") for c in children):
        return
    if tokens[index].tag not in ("VBD", "VBZ", "VBN", "VBP") or not any(c < index for c in children):
        return
    group = index
    while group > sentence.first and tokens[group - 1].pos in ("AUX", "ADV", "PART"):
        group -= 1
    if any(tokens[k].lemma == "be" for k in range(group, index)) or (tokens[index].tag == "VBN" and group == index):
        return
    last = group - 1
    marks = [k for k in range(sentence.first, last) if _is_end(document, k)]
    if last <= sentence.first or not marks:
        return
    if tokens[last].text == ",":
        if len(marks) < 2:
            return
        first, last = marks[-2] + 1, marks[-1]
        if any(tokens[k].pos not in (*INSIDE, "PUNCT") for k in range(marks[-1] + 1, group)):
            return
    else:
        first, last = marks[-1] + 1, group
    phrase = range(first, last)
    if not phrase or any(tokens[k].pos not in INSIDE for k in phrase):
        return
    top = next((k for k in phrase if tokens[k].head not in phrase or tokens[k].head == k), None)
    if top is None or tokens[top].pos not in NOUNS or top in (index, *document.ancestors(index)):
        return
    if any(tokens[k].head not in phrase for k in phrase if k != top):
        return
    attach(document, top, index, "nsubj")


def _above_quotation(document: Document, sentence: Sentence, index: int) -> None:
    """'“Who is there?” the guard called.': the verb behind the marks is no dependent of what stands between them."""
    tokens = document.tokens
    subject = document.child(index, "nsubj")
    if subject is None or subject > index or (index + 1 < sentence.last and tokens[index + 1].pos in ("AUX", "VERB")):
        return
    last = document.subtree(subject)[0] - 1
    if last < sentence.first or tokens[last].tag != "''":
        return
    opening = next((k for k in range(last - 1, sentence.first - 1, -1) if tokens[k].tag == "``"), None)
    top = tokens[index].head
    while tokens[top].head != top:
        top = tokens[top].head
    if opening is None or not opening < top < last:
        return
    attach(document, index, index, "ROOT")
    attach(document, top, index, "ccomp")


def _second_report(document: Document, index: int) -> None:
    """'said it was opposed to the test and warned …': a second verb of speech in the tense of the first is beside it."""
    tokens = document.tokens
    token = tokens[index]
    inner = tokens[token.head]
    cue = tokens[inner.head]
    if token.dep != "conj" or inner.dep != "ccomp" or token.tag not in ("VBD", "VBZ") or cue.tag != token.tag:
        return
    if cue.index > index or cue.lemma not in lexicon.verbs_of_speech() or document.child(index, *SUBJECTS) is not None:
        return
    for c in list(document.children[inner.index]):
        if tokens[c].dep == "cc" and inner.index < c < index:
            attach(document, c, cue.index, "cc")
    attach(document, index, cue.index, "conj")


def _is_said(document: Document, child: int, index: int) -> bool:
    """Whether a child stands between marks that close right before the verb: no subject, but what is said."""
    return child < index and document.tokens[index - 1].tag == "''"


def _subject_after(document: Document, sentence: Sentence, index: int) -> None:
    """'“Enough,” said the ferryman', 'Said the ferryman, “…”': the inverted subject that looks like an object."""
    tokens = document.tokens
    children = document.children[index]
    if tokens[index].tag not in ("VBD", "VBZ") or any(
        tokens[c].dep in SUBJECTS and not _is_said(document, c, index) for c in children
    ):
        return
    after = next((c for c in children if c > index and tokens[c].dep in ("dobj", "attr", "oprd", "ccomp")), None)
    if after is None or tokens[after].pos not in NOUNS or tokens[after].tag in ("PRP", "WP"):
        return
    if any(tokens[k].pos in ("VERB", "AUX", "ADP") or tokens[k].text == "," for k in range(index + 1, after)):
        return
    last = document.subtree(after)[-1]
    follows = tokens[last + 1 : min(last + 3, sentence.last)]
    opens = index == sentence.first and len(follows) == 2 and follows[0].text in (",", ":") and follows[1].tag == "``"
    if opens or (index > sentence.first and tokens[index - 1].tag == "''"):
        for c in [c for c in children if tokens[c].dep in SUBJECTS]:
            attach(document, c, index, "ccomp")
        attach(document, after, index, "nsubj")
