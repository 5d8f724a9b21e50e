"""Repairs of a content that syntax shows to be wrong: what belongs to the report and not to what is said.

Each repair takes the tokens of a content and returns fewer of them; only a sentence around an inserted cue gets words
back. Repairs are the same for content
by model and by rule.
"""

from __future__ import annotations

from flows.language.attribution_cues import TO_NOUNS, cue_lemma, lexicon
from flows.language.attribution_frame import SUBJECTS, Frame

WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())  # noqa: SIM905
CONTRAST = frozenset(["while", "whereas", "although", "though"])
LEAST = -0.5  # log-odds of a cue that opens a report of its own; the cue model's threshold
# 'in an interview', 'at a briefing', 'during a campaign stop'; what the medium of a statement is read from too.
PLACING = frozenset(["in", "at", "during", "on", "through", "via", "after", "before", "outside"])
OCCASIONS = frozenset(
    """interview briefing conference presser speech address rally remark post tweet statement letter memo note video
    podcast broadcast program programme telecast stop event ceremony debate appearance visit summit session hearing
    testimony meeting call conversation talk forum parliament reporter journalist""".split()  # noqa: SIM905
)
SPEAKING = frozenset(["speak", "talk", "write", "appear", "address", "testify", "refer", "allude", "quote", "respond"])
WITHHOLDING = frozenset(["refuse", "decline"])


def repair(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """The content after all repairs; the given one where a repair would leave nothing."""
    taken = _around_inserted(frame, cue, taken)
    if frame.tokens[cue].lemma == "accord":  # 'The paper said that, according to a minister, …'
        taken = taken & set(frame.document.subtree(frame.tokens[cue].head)) or taken
    for step in (
        _only_clause,
        _behind_that,
        _raised_subject,
        _own_branch,
        _withheld,
        _without_reports,
        _without_contrast,
        _inside_marks,
        _without_day,
        _without_occasion,
        _mended,
        _second_verdict,
        _without_relative,
    ):
        kept = step(frame, cue, taken)
        if any(frame.tokens[k].pos != "PUNCT" for k in kept):
            taken = kept
    return taken


def _mended(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'insisted on a complete disarmament of H': the noun that both sides of a hole hang on belongs to them."""
    tokens = frame.tokens
    holes = {
        k
        for k in range(min(taken, default=0), max(taken, default=0))
        if k not in taken and k - 1 in taken and k + 1 in taken
    }
    return taken | {
        k for k in holes - {cue}
        if tokens[k].pos in ("NOUN", "PROPN")
        and any(c in taken and c < k for c in frame.children[k])
        and any(c in taken and c > k for c in frame.children[k])
    }  # fmt: skip


def _second_verdict(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'called the plan “dead” and the talks “a sham”': the second thing and its verdict belong to the first."""
    tokens, last = frame.tokens, max(taken, default=0)
    if tokens[cue].lemma not in ("call", "brand", "label", "term", "describe") or last < cue:
        return taken
    after = [k for k in range(last + 1, min(last + 8, len(tokens))) if tokens[k].sentence == tokens[cue].sentence]
    if not after or tokens[after[0]].lemma != "and" or frame.region_of[last] < 0:
        return taken
    marked = next((k for k in after if frame.region_of[k] >= 0), None)
    if marked is None or any(tokens[k].pos in ("VERB", "AUX") for k in range(last, marked)):
        return taken
    number = frame.region_of[marked]
    return taken | set(range(last, marked)) | {k for k in after if frame.region_of[k] == number}


def _without_relative(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'its law, which he said was void': the pronoun before the report is no word of it."""
    return {k for k in taken if frame.tokens[k].tag not in ("WDT", "WP") or k + 1 in taken}


def _around_inserted(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'There will be no truce, he said, while they shoot': with a cue between commas the whole sentence is said."""
    tokens = frame.tokens
    if tokens[cue].pos != "VERB" or frame.region_of[cue] >= 0 or not any(k < cue for k in taken):
        return taken
    sentence = frame.document.sentences[tokens[cue].sentence]
    subjects = [c for c in frame.children[cue] if tokens[c].dep in SUBJECTS]
    if not subjects or any(
        tokens[c].dep in ("ccomp", "xcomp", "dobj", "prep", "dative") and c > cue for c in frame.children[cue]
    ):
        return taken
    core = set(frame.document.subtree(subjects[0])) | {cue}
    core |= {c for c in frame.children[cue] if tokens[c].dep in ("aux", "advmod", "npadvmod") and abs(c - cue) < 3}
    first, last = min(core), max(core)
    if first - 1 <= sentence.first or tokens[first - 1].text != "," or last - first > 12:
        return taken
    before = set(range(sentence.first, first - 1))
    if len(taken & before) * 3 < len(before) or any(frame.region_of[k] >= 0 for k in before):
        return taken
    after: set[int] = set()
    if (
        last + 2 < sentence.last
        and tokens[last + 1].text == ","
        and tokens[last + 2].tag not in ("VBG", "VBN", "WDT", "WP")
    ):
        after = set(range(last + 2, sentence.last))
        if any(frame.cue_scores.get(k, -9.0) > 0 for k in after) or any(frame.region_of[k] >= 0 for k in after):
            after = set()  # somebody speaks there again
    lead = {k for k in before if tokens[k].dep in ("cc",) and k == sentence.first}
    return taken | (before - lead) | after


def _only_clause(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'raised concerns that …', 'the claim by X that …': the noun is the cue's, its that-clause the content."""
    tokens = frame.tokens
    if tokens[cue].pos == "NOUN":
        clauses = [
            c
            for c in frame.children[cue]
            if _is_that_clause(frame, c) or (tokens[cue].lemma in TO_NOUNS and _is_infinitive(frame, c))
        ]
        return set(frame.document.subtree(clauses[0])) if clauses else taken
    if tokens[cue].pos != "VERB" or (tokens[cue].lemma, "light_verb") not in lexicon():
        return taken
    for c in frame.children[cue]:
        if tokens[c].dep in ("dobj", "nsubjpass") and (tokens[c].lemma, "noun") in lexicon():
            clauses = [g for g in (*frame.children[c], *frame.children[cue]) if _is_that_clause(frame, g)]
            if clauses:
                return set(frame.document.subtree(clauses[0]))
    return taken


def _behind_that(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'told envoys A and B in Geneva that …': whom and where stands before the that-clause, and what is said in it."""
    clause = next((c for c in frame.children[cue] if c > cue and c in taken and _is_that_clause(frame, c)), None)
    if clause is None or frame.tokens[cue].pos != "VERB":
        return taken
    first = frame.document.subtree(clause)[0]
    return {k for k in taken if k < cue or k >= first or frame.region_of[k] >= 0}


def _is_that_clause(frame: Frame, index: int) -> bool:
    tokens = frame.tokens
    return tokens[index].dep in ("acl", "ccomp") and any(
        tokens[m].lemma == "that" and tokens[m].dep == "mark" for m in frame.children[index]
    )


def _is_infinitive(frame: Frame, index: int) -> bool:
    return frame.tokens[index].dep == "acl" and any(frame.tokens[m].tag == "TO" for m in frame.children[index])


def _raised_subject(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'The envoy is expected to attend': what is expected is 'to attend'; the envoy alone is no statement."""
    tokens = frame.tokens
    subject = frame.document.child(cue, "nsubjpass")
    if (
        subject is None
        or subject not in taken
        or not any(tokens[c].dep in ("xcomp", "ccomp") for c in frame.children[cue])
    ):
        return taken
    return taken - set(frame.document.subtree(subject))


def _own_branch(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """A cue inside a relative or adverbial clause, with a clause of its own, reports nothing outside that."""
    tokens = frame.tokens
    if tokens[cue].dep not in ("relcl", "acl", "conj", "advcl") or not any(
        tokens[c].dep == "ccomp" and c > cue for c in frame.children[cue]
    ):
        return taken
    return taken & set(frame.document.subtree(cue))


def _withheld(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'refused to say whether …': what is not said is the clause, not 'to say'."""
    tokens = frame.tokens
    if tokens[cue].lemma not in WITHHOLDING:
        return taken
    for c in frame.children[cue]:
        if tokens[c].dep == "xcomp" and (tokens[c].lemma, "verb") in lexicon():
            inner = [g for g in frame.children[c] if tokens[g].dep in ("ccomp", "dobj")]
            if inner:
                return set(frame.document.subtree(inner[0]))
    return taken


def _without_reports(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """Leaves out what opens another report of the same speaker: ', saying that …', 'and warned that …'."""
    tokens = frame.tokens
    kept = taken
    for k in sorted(taken):
        token = tokens[k]
        strength = frame.cue_scores.get(k, -9.0)
        if k not in kept or k < cue or strength < LEAST or frame.region_of[k] != frame.region_of[cue]:
            continue
        entry = lexicon().get((cue_lemma(frame, k), "verb")) or lexicon().get((token.lemma, "verb"))
        trailing = token.tag == "VBG" and token.dep in ("acl", "advcl") and strength >= 0 and _after_comma(frame, k)
        second = (
            token.dep == "conj"
            and token.tag == tokens[cue].tag
            and entry is not None
            and entry[0] == "speech"
            and not any(tokens[c].dep in SUBJECTS for c in frame.children[k])
            and _is_content_head(frame, cue, token.head)
        )
        if trailing or second:
            below = set(frame.document.subtree(k))
            if second:
                below |= {c for c in frame.children[token.head] if tokens[c].dep == "cc" and c < k}
            if len(taken) > len(below) + 1:
                kept = kept - below
    return kept


def _is_content_head(frame: Frame, cue: int, index: int) -> bool:
    """Whether the token heads a clause that the cue reports, at one step."""
    return frame.tokens[index].dep in ("ccomp", "xcomp") and frame.tokens[index].head == cue


def _after_comma(frame: Frame, index: int) -> bool:
    first = frame.document.subtree(index)[0]
    return first > 0 and frame.tokens[first - 1].text in (",", "—", "–")


def _without_contrast(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'says it shot down the jet, while Moscow blames …'; 'said the water was safe; the doctors did not drink it'."""
    tokens = frame.tokens
    kept = taken
    for k in sorted(taken):
        token = tokens[k]
        if k < cue or frame.region_of[k] >= 0:
            continue
        if token.text == ";":
            return {i for i in kept if i < k or frame.region_of[i] >= 0}
        if token.dep == "advcl" and _after_comma(frame, k) and k > token.head:
            kids = [tokens[c] for c in frame.children[k]]
            if any(c.dep == "mark" and c.lemma in CONTRAST for c in kids) and any(c.dep in SUBJECTS for c in kids):
                kept = kept - set(frame.document.subtree(k))
    return kept


def _inside_marks(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'said: “The halls must reopen”, and left the room': after a colon or by its tense the rest is the report."""
    tokens = frame.tokens
    number = frame.opens_at(cue)
    if number < 0 or not frame.document.text[frame.regions[number].inner_start].isupper():
        return taken
    first, last = frame.bounds[number]
    if tokens[first - 1].text == ":":
        return {k for k in taken if frame.region_of[k] >= 0}
    kept = taken
    for k in sorted(taken):
        token = tokens[k]
        second = token.dep == "conj" and token.tag == tokens[cue].tag and first <= token.head < last
        beside = token.head == cue and token.dep in ("prep", "npadvmod", "advmod", "advcl")
        if k >= last and (second or beside):
            kept = {i for i in kept if i < last or frame.region_of[i] >= 0}
    return kept


def _without_day(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'rejected the plan on Wednesday': a day under the cue itself dates the saying."""
    tokens = frame.tokens
    kept = taken
    for c in frame.children[cue]:
        if c not in taken or frame.region_of[c] >= 0:
            continue
        inner = (
            frame.document.child(c, "pobj") if tokens[c].dep == "prep" else c if tokens[c].dep == "npadvmod" else None
        )
        if inner is not None and tokens[inner].entity[2:] in ("DATE", "TIME"):
            kept = kept - set(frame.document.subtree(c))
    return _without_bare_day(frame, cue, kept)


def _without_occasion(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'called it “a crime” in a speech', '… was final, speaking after the session': where it was said."""
    tokens = frame.tokens
    kept = taken
    for k in sorted(taken):
        token = tokens[k]
        if k < cue or frame.region_of[k] >= 0 or not (token.dep == "prep" or token.tag == "VBG"):
            continue
        behind = frame.region_of[k - 1] >= 0  # right behind a closing mark
        clause = token.head == cue or (tokens[token.head].dep == "ccomp" and tokens[token.head].head == cue)
        inner = frame.document.child(k, "pobj") if token.lemma in PLACING else None
        placed = token.head == cue or behind or (clause and _after_comma(frame, k))
        occasion = inner is not None and (tokens[inner].lemma in OCCASIONS or tokens[inner].entity[2:] == "EVENT")
        speaking = clause and token.tag == "VBG" and token.lemma in SPEAKING and _after_comma(frame, k)
        if (occasion and placed) or speaking:
            kept = kept - set(frame.document.subtree(k))
            rest = {i for i in kept if i > k and frame.region_of[i] < 0}
            if not any(tokens[i].pos in ("VERB", "AUX", "NOUN") for i in rest):
                kept = kept - rest  # 'at a briefing on Monday', the day hung elsewhere
    return kept


def _without_bare_day(frame: Frame, cue: int, taken: set[int]) -> set[int]:
    """'told them this week he would …': a day right after the cue; 'called it a farce Wednesday': one at the end."""
    tokens = frame.tokens
    outside = sorted(k for k in taken if frame.region_of[k] < 0 and k > cue)
    if not outside:
        return taken
    first = outside[0]
    head = first
    while tokens[head].dep in ("det", "amod", "compound") and tokens[head].head in taken and tokens[head].head > head:
        head = tokens[head].head
    has_clause = any(tokens[c].dep in ("ccomp", "xcomp") for c in frame.children[cue])
    if tokens[head].dep == "npadvmod" and tokens[head].entity[2:] == "DATE" and first == min(taken) and has_clause:
        taken = taken - set(range(first, head + 1))
    if not has_clause:
        for k in outside[1:]:
            if (
                tokens[k].text in WEEKDAYS
                and tokens[k - 1].pos not in ("ADP", "ADJ", "DET")
                and tokens[k - 1].text != ","
            ):
                return {i for i in taken if i < k}
    return taken
