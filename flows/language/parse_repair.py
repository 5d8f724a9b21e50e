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
SEQUEL = ("then", "later", "afterwards", "afterward", "subsequently", "eventually")
INSIDE = ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PART", "ADP", "PRON", "ADV")  # what a name with its titles is made of


def repair(document: Document) -> None:
    """Mends the reporting clauses of every sentence."""
    known, nouns = lexicon.words_of_speech("verb"), lexicon.words_of_speech("noun")
    for sentence in document.sentences:
        for index in range(sentence.first, sentence.last):
            token = document.tokens[index]
            if token.tag == "POS":
                _owner(document, token.head)
            if token.lemma in known:
                _verb_for_noun(document, sentence, index)
                if token.pos == "VERB":
                    _subject_before(document, sentence, index)
                    _subject_after(document, sentence, index)
                    _second_report(document, index)
                    _next_report(document, index)
                    _addressee(document, index)
                    _above_clause(document, index)
                    _before_that(document, index)
            elif token.pos == "VERB" and _follows_quotation(document, sentence, index):
                _subject_after(document, sentence, index)
            if token.dep == "conj" and token.tag in ("VB", "VBP"):
                _bare_conjunct(document, index)
            elif token.dep == "conj" and token.tag in ("VBD", "VBN"):
                _passive_conjunct(document, index)
            if token.pos == "NOUN" and token.lemma in nouns:
                _clause_of_noun(document, index)
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


def _owner(document: Document, index: int) -> None:
    """'the general’s threat': whatever has the possessive is a possessor, and a noun."""
    token = document.tokens[index]
    if token.dep in ("amod", "nmod", "compound") and token.head > index:
        token.dep = "poss"
        if token.pos == "ADJ":
            token.pos, token.tag = "NOUN", "NN"


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


def _above_clause(document: Document, index: int) -> None:
    """'Moscow wants the West to stop, the minister said.': the report behind a comma is above the clause before it."""
    tokens = document.tokens
    top, subject = tokens[index].head, document.child(index, "nsubj")
    if tokens[index].dep != "ccomp" or top > index or tokens[top].head != top or subject is None or subject > index:
        return
    if tokens[document.subtree(subject)[0] - 1].text != ",":
        return
    if any(tokens[c].dep in ("ccomp", "xcomp", "dobj", "mark") for c in document.children[index]):
        return
    attach(document, index, index, "ROOT")
    attach(document, top, index, "ccomp")


def _second_report(document: Document, index: int) -> None:
    """'said it was opposed to the test and warned …': a verb of speech in the tense of the first stands beside it."""
    tokens = document.tokens
    token = tokens[index]
    inner = tokens[token.head]
    cue = tokens[inner.head]
    if token.dep != "conj" or inner.dep != "ccomp" or token.tag not in ("VBD", "VBZ") or cue.tag != token.tag:
        return
    if (
        cue.index > index
        or cue.lemma not in lexicon.words_of_speech("verb")
        or document.child(index, *SUBJECTS) is not None
    ):
        return
    for c in list(document.children[inner.index]):
        if tokens[c].dep == "cc" and inner.index < c < index:
            attach(document, c, cue.index, "cc")
    attach(document, index, cue.index, "conj")


def _next_report(document: Document, index: int) -> None:
    """'X refused to speak, then said …': with 'then' the first verb is no report of the second; it has its subject."""
    tokens = document.tokens
    children = document.children[index]
    first = next((c for c in children if c < index and tokens[c].dep == "ccomp"), None)
    if first is None or any(tokens[c].dep in SUBJECTS for c in children) or tokens[first].tag != tokens[index].tag:
        return
    then = any(tokens[c].lemma in SEQUEL and tokens[c].dep == "advmod" and first < c < index for c in children)
    if not then or document.child(first, *SUBJECTS) is None:
        return
    above, dep = tokens[index].head, tokens[index].dep
    attach(document, first, first if above == index else above, dep)
    attach(document, index, first, "conj")


def _bare_conjunct(document: Document, index: int) -> None:
    """'demanded that it withdraw, limit its army and hold a vote': no bare verb stands beside a finite one, but beside
    the one in the clause below.
    """
    tokens = document.tokens
    first = tokens[index].head
    while tokens[first].dep == "conj" and tokens[first].tag in ("VB", "VBP"):
        first = tokens[first].head
    if tokens[first].tag not in ("VBD", "VBZ", "VBN") or document.child(index, "aux", "auxpass", *SUBJECTS) is not None:
        return
    below = [c for c in document.children[first] if first < c < index and tokens[c].dep in ("ccomp", "xcomp")]
    if below and tokens[below[-1]].tag in ("VB", "VBP"):
        attach(document, index, below[-1], "conj")


def _passive_conjunct(document: Document, index: int) -> None:
    """'three were killed and 13 wounded': the second verb of a pair shares the auxiliary of the first."""
    tokens = document.tokens
    subject = document.child(index, "nsubj")
    if subject is None or document.child(index, "dobj", "aux", "auxpass", "ccomp", "xcomp") is not None:
        return
    if tokens[subject].pos == "NUM" and document.child(tokens[index].head, "nsubjpass") is not None:
        tokens[index].tag, tokens[subject].dep = "VBN", "nsubjpass"


def _addressee(document: Document, index: int) -> None:
    """'told envoys Ana Lund and Peter Moser that …': a plural before a name that was read as a verb."""
    tokens = document.tokens
    wrong = index + 1
    if wrong + 1 >= len(tokens) or tokens[wrong].tag != "VBZ" or tokens[wrong].dep not in ("xcomp", "ccomp"):
        return
    name = document.child(index, "dobj")
    if tokens[wrong].head != index or document.children[wrong] or name is None or name < wrong:
        return
    if document.subtree(name)[0] == wrong + 1 and tokens[wrong + 1].pos == "PROPN":
        tokens[wrong].pos, tokens[wrong].tag = "NOUN", "NNS"
        attach(document, wrong, name, "compound")


def _before_that(document: Document, index: int) -> None:
    """'reported, citing two aides, that …': what stands before 'that' hangs on the verb, not in its clause."""
    tokens = document.tokens
    for clause in [c for c in document.children[index] if tokens[c].dep == "ccomp" and c > index]:
        mark = document.child(clause, "mark")
        if mark is None or tokens[mark].text.lower() != "that":
            continue
        for c in [c for c in document.children[clause] if index < c < mark]:
            attach(document, c, index, tokens[c].dep)


def _subject_after(document: Document, sentence: Sentence, index: int) -> None:
    """'“Enough,” said the ferryman', 'Said the ferryman, “…”': the inverted subject that looks like an object."""
    tokens = document.tokens
    children = document.children[index]
    if tokens[index].tag not in ("VBD", "VBZ"):
        return
    said = [c for c in children if tokens[c].dep in SUBJECTS and c < index]
    inverted = any(tokens[c].dep == "nsubj" and c > index for c in children)
    if (inverted and not said) or any(not _is_said(document, c, index) for c in said):
        return
    if inverted:  # 'Rebels ready for talks, says UN envoy': both read as subjects
        for c in said:
            attach(document, c, index, "ccomp")
        return
    objects = ("dobj", "attr", "oprd", "ccomp", "dep")
    after = next((c for c in children if c > index and tokens[c].dep in objects), None)
    if after is None or tokens[after].pos not in NOUNS or tokens[after].tag in ("PRP", "WP"):
        return
    if any(tokens[k].pos in ("VERB", "AUX", "ADP") or tokens[k].text == "," for k in range(index + 1, after)):
        return
    last = document.subtree(after)[-1]
    follows = tokens[last + 1 : min(last + 3, sentence.last)]
    opens = index == sentence.first and len(follows) == 2 and follows[0].text in (",", ":") and follows[1].tag == "``"
    closes = index > sentence.first and tokens[index - 1].tag == "''"
    comma = index - 1 > sentence.first and tokens[index - 1].text == "," and _is_speaker(document, after)
    if opens or closes or comma:
        for c in said:
            attach(document, c, index, "ccomp")
        attach(document, after, index, "nsubj")


def _is_said(document: Document, child: int, index: int) -> bool:
    """Whether a subject ends at the marks or the comma right before the verb: no subject, but what is said."""
    tokens = document.tokens
    if tokens[index - 1].tag == "''":
        return True
    below = document.subtree(child)
    return tokens[index - 1].text == "," and below[-1] == index - 2 and all(tokens[k].text != "," for k in below)


def _is_speaker(document: Document, index: int) -> bool:
    """Whether a noun names people, a body or an office."""
    token = document.tokens[index]
    groups = lexicon.group_nouns()
    can_speak = token.lemma in groups and groups[token.lemma].can_be_source
    return can_speak or token.entity[2:] in ("PERSON", "ORG", "GPE", "NORP") or token.lemma in lexicon.roles()


def _clause_of_noun(document: Document, index: int) -> None:
    """'The claim that fuel would run short caused panic.': the parser takes the second verb for an adjective.

    The second verb becomes the root, the noun its subject, and the first verb the noun's clause.
    """
    tokens = document.tokens
    clause = next((c for c in document.children[index] if c > index and tokens[c].dep in ("acl", "relcl")), None)
    if clause is None and tokens[index].dep == "nsubj" and tokens[index].head > index:
        clause = tokens[index].head
    if clause is None:
        return
    mark = next((k for k in range(index + 1, clause) if tokens[k].lemma in ("that", "to")), None)
    subjects = [c for c in document.children[clause] if tokens[c].dep in SUBJECTS and c != index]
    if mark is None or not (tokens[mark].lemma == "to" or subjects):
        return
    if tokens[mark].lemma == "that" and tokens[mark].dep in SUBJECTS and len(subjects) > 1:  # two subjects: no relative
        tokens[mark].pos, tokens[mark].dep, tokens[clause].dep = "SCONJ", "mark", "acl"
        return
    if tokens[clause].dep != "acl" and tokens[clause].head != clause:
        return
    wrong = document.child(clause, "dobj")
    verb = None if wrong is None or wrong < clause else _misread_verb(document, wrong)
    if wrong is None or verb is None or (tokens[index].head != index and tokens[index].head != clause):
        return
    for c in [c for c in document.children[wrong] if c < verb]:
        attach(document, c, clause, "dobj" if tokens[c].pos in NOUNS else tokens[c].dep)
    for c in [c for c in document.children[verb] if c < verb]:  # 'run short'
        attach(document, c, clause, tokens[c].dep)
    tokens[verb].pos, tokens[verb].tag = "VERB", "VBD"
    attach(document, verb, verb, "ROOT")
    attach(document, index, verb, "nsubj")
    attach(document, clause, index, "acl")
    attach(document, wrong, verb, "dobj")
    if tokens[mark].lemma == "that":
        tokens[mark].pos = "SCONJ"
        attach(document, mark, clause, "mark")


def _misread_verb(document: Document, noun: int) -> int | None:
    """The participle inside a noun phrase that must be a verb: it stands first, or behind another noun."""
    tokens = document.tokens
    below = document.subtree(noun)
    for c in document.children[noun]:
        is_participle = tokens[c].dep == "amod" and tokens[c].text.endswith("ed")
        first = document.subtree(c)[0]
        if is_participle and c < noun and (first == below[0] or tokens[first - 1].dep in ("nmod", "compound")):
            return c
    return None
