"""Which tokens are cues: words that say that somebody says, writes, thinks or wants something.

The cue model is a logistic regression over lemma, syntax and quotation context. Without it a word list decides:
the `speech_acts` seed, for verbs with something to report and for nouns that carry it.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from flows.language import weights
from flows.language.attribution_frame import SUBJECTS, Frame

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds" / "statements"
# Acts that take a thing for an object and are a position all the same: 'floated the idea', 'rejected the plan'.
POSITIONS = frozenset("propose offer demand reject accept rule_out deny announce".split())  # noqa: SIM905
# Nouns whose infinitive is what is said: 'the president's threat to cut off the gas'.
TO_NOUNS = frozenset(
    [
        "threat",
        "promise",
        "offer",
        "pledge",
        "vow",
        "demand",
        "refusal",
        "call",
        "proposal",
        "commitment",
        "order",
        "request",
        "appeal",
    ]
)
# 'in X's view', 'in the words of X', 'by the mayor's account': the sentence around is the owner's.
PHRASE_NOUNS = frozenset("word view opinion account telling estimate estimation reckoning mind eye".split())  # noqa: SIM905
WANTING = frozenset(["include", "demand", "seek", "require", "want", "ask", "need", "await"])
CLASS_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}


@lru_cache(maxsize=1)
def lexicon() -> dict[tuple[str, str], tuple[str, str]]:
    """(lemma, verb | noun | preposition) -> (attribution_kind, speech_act)."""
    with (SEEDS / "speech_acts.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["cue_lemma"], row["word_class"]): (row["attribution_kind"], row["speech_act"])
            for row in csv.DictReader(file)
        }


def cue_lemma(frame: Frame, index: int) -> str:
    """The cue's lemma with its particle or the noun that makes it one: 'point_out', 'call_for', 'accord'."""
    tokens = frame.tokens
    lemma = tokens[index].lemma
    for c in frame.children[index]:
        child = tokens[c]
        if (child.dep == "prt" or child.tag == "RP") and c > index:
            return f"{lemma}_{child.lemma}"
    for c in frame.children[index]:  # 'called on both sides', not 'called the raid a crime on Thursday'
        if tokens[c].dep == "prep" and 0 < c - index < 3 and (f"{lemma}_{tokens[c].lemma}", "verb") in lexicon():
            inner = frame.document.child(c, "pobj")
            if inner is None or tokens[inner].entity[2:] not in ("DATE", "TIME"):
                return f"{lemma}_{tokens[c].lemma}"
    return lemma


def is_candidate(frame: Frame, index: int) -> bool:
    """Whether the token can be a cue at all."""
    token = frame.tokens[index]
    if token.pos == "VERB":
        return not _says_nothing(frame, index)
    if token.pos == "AUX":
        return token.dep not in ("aux", "auxpass")
    if token.pos == "NOUN":
        return True
    if token.pos == "ADJ":
        return token.dep in ("acomp", "conj", "acl", "advcl", "amod", "ROOT", "ccomp", "relcl", "oprd")
    if token.pos in ("ADP", "SCONJ"):
        return token.lemma in ("per", "to", "for", "from", "in", "by", "with", "on", "as", "of") and token.dep in (
            "prep",
            "mark",
        )
    return token.pos in ("PROPN", "X", "INTJ") and token.dep in ("ROOT", "ccomp", "parataxis")


def _says_nothing(frame: Frame, index: int) -> bool:
    """'did not respond to a request for comment', 'asking not to be named': of the making of the report."""
    tokens, lemma = frame.tokens, frame.tokens[index].lemma
    if lemma in ("respond", "reply", "return", "answer"):
        asked = {tokens[k].lemma for k in frame.document.subtree(index) if k > index}
        negated = any(tokens[c].dep == "neg" for c in frame.children[index])
        return negated and not asked.isdisjoint(("request", "call", "message", "email", "e-mail", "inquiry", "query"))
    if lemma in ("ask", "request", "insist", "speak"):
        below = [tokens[c] for c in frame.children[index] if tokens[c].dep == "xcomp"]
        return any(b.lemma in ("name", "identify", "quote", "remain") and b.tag in ("VB", "VBN") for b in below)
    return False


def by_rule(frame: Frame, index: int) -> float | None:
    """1 where the word list and the syntax agree that this is a cue, else None."""
    token = frame.tokens[index]
    known = lexicon()
    if token.lemma == "accord" and any(frame.tokens[c].lemma == "to" for c in frame.children[index]):
        return 1.0
    if token.pos == "VERB":
        lemma = cue_lemma(frame, index)
        if (lemma, "verb") not in known and (token.lemma, "verb") not in known:
            return None
        deps = {frame.tokens[c].dep for c in frame.children[index]}
        if deps & {"ccomp", "xcomp"} or frame.opens_at(index) >= 0 or frame.closes_at(index) >= 0:
            return 1.0
        if (
            token.dep in ("parataxis", "ROOT")
            and deps & set(SUBJECTS)
            and frame.closes_at(min([index, *frame.children[index]])) >= 0
        ):
            return 1.0
        return (
            1.0
            if "dobj" in deps and lemma in ("reject", "deny", "float", "propose", "demand", "offer", "announce")
            else None
        )
    if token.pos == "NOUN" and (token.lemma, "noun") in known:
        for c in frame.children[index]:
            child = frame.tokens[c]
            if child.dep in ("acl", "ccomp") and any(frame.tokens[g].lemma == "that" for g in frame.children[c]):
                return 1.0
    return None


def is_certain(frame: Frame, index: int) -> bool:
    """Cues whatever the model thinks: ', per the ministry', ', as X claims', '“…,” snapped X', 'X's warning that …'."""
    token = frame.tokens[index]
    if token.pos == "VERB":
        return (
            is_as_clause(frame, index)
            or ends_quotation(frame, index)
            or is_quoted(frame, index)
            or withholds_comment(frame, index)
        )
    if token.pos == "NOUN":
        return frame.document.child(index, "poss") is not None and by_rule(frame, index) is not None
    return token.pos in ("ADP", "SCONJ") and frame.region_of[index] < 0 and phrase_owner(frame, index) is not None


def phrase_owner(frame: Frame, index: int) -> int | None:
    """The source of a preposition that is a cue by itself: 'per the ministry', 'in the words of one diplomat'."""
    tokens = frame.tokens
    token = tokens[index]
    inner = frame.document.child(index, "pobj")
    if inner is None or token.head == index:
        return None
    if token.lemma == "per":
        first = index == frame.document.sentences[token.sentence].first
        alone = first or tokens[index - 1].text.lower() in (",", "—", "–", "as")
        return inner if alone and tokens[inner].pos in ("PROPN", "NOUN") and tokens[inner].tag != "CD" else None
    if token.lemma not in ("in", "by", "to") or tokens[inner].lemma not in PHRASE_NOUNS:
        return None
    if tokens[token.head].lemma == "accord":
        return None  # 'according to the ministry's account': 'according' is the cue
    for c in frame.children[inner]:
        if tokens[c].dep == "poss":
            return c
        if tokens[c].lemma == "of" and tokens[inner].lemma not in ("mind", "eye"):
            return frame.document.child(c, "pobj")
    return None


def is_quoted(frame: Frame, index: int) -> bool:
    """'was quoted as saying', 'cited the envoy as warning'."""
    tokens = frame.tokens
    above = tokens[tokens[index].head]
    return (
        tokens[index].dep == "pcomp"
        and above.lemma == "as"
        and tokens[above.head].lemma in ("quote", "cite", "report")
        and (tokens[index].lemma, "verb") in lexicon()
    )


def ends_quotation(frame: Frame, index: int) -> bool:
    """'“Enough,” snapped the guard', '“Enough,” the guard snapped.': any verb reports after a comma in the marks."""
    tokens = frame.tokens
    if frame.region_of[index] >= 0 or tokens[index].tag not in ("VBD", "VBZ"):
        return False
    subject = frame.document.child(index, "nsubj")
    if subject is None:
        return False
    number = frame.closes_at(index)
    if number < 0 and subject < index and index + 1 < len(tokens) and tokens[index + 1].text in (".", ","):
        number = frame.closes_at(frame.document.subtree(subject)[0])
    elif subject < index:
        return False
    return number >= 0 and frame.document.text[frame.regions[number].inner_end - 1] in ",?!—"


def withholds_comment(frame: Frame, index: int) -> bool:
    """'did not comment on the report', 'has not commented on the strike': to say nothing is a position too."""
    kids = [frame.tokens[c] for c in frame.children[index]]
    return (
        frame.tokens[index].lemma == "comment"
        and any(k.dep == "neg" for k in kids)
        and any(k.dep == "prep" and k.lemma == "on" for k in kids)
        and frame.subject_of(index) is not None
    )


def is_as_clause(frame: Frame, index: int) -> bool:
    """', as the alliance has claimed': the sentence around is what is claimed."""
    tokens = frame.tokens
    token = tokens[index]
    if (
        token.dep != "advcl"
        or frame.region_of[index] >= 0
        or lexicon().get((token.lemma, "verb"), ("", ""))[0] != "speech"
    ):
        return False
    kids = [tokens[c] for c in frame.children[index]]
    has_as = any(k.dep in ("mark", "advmod") and k.lemma == "as" for k in kids)
    return (
        has_as
        and any(k.dep in (*SUBJECTS, "agent") for k in kids)
        and not any(k.dep in ("ccomp", "dobj", "xcomp", "acomp", "neg") for k in kids)
    )


def is_firm(frame: Frame, index: int) -> bool:
    """Whether word list and syntax agree: a verb of speech with a clause and a subject, a noun with a that-clause."""
    token = frame.tokens[index]
    known = lexicon()
    kids = [frame.tokens[c] for c in frame.children[index]]
    if token.pos == "VERB":
        if token.lemma == "accord":
            return any(k.lemma == "to" for k in kids)
        entry = known.get((cue_lemma(frame, index), "verb")) or known.get((token.lemma, "verb"))
        nouns = [k for k in kids if k.dep in ("dobj", "nsubjpass") and (k.lemma, "noun") in known]
        if nouns and entry is None and (token.lemma, "light_verb") in known:
            return any(_is_clause(frame, c) for n in nouns for c in frame.children[n.index]) or any(
                k.dep == "ccomp" for k in kids
            )
        if entry is None or entry[0] != "speech":
            return False
        any_object = (cue_lemma(frame, index), "object_verb") in known
        if entry[1] in POSITIONS and any(
            k.dep == "dobj" and (any_object or (k.lemma, "object_noun") in known) for k in kids
        ):
            finite = token.tag in ("VBD", "VBZ", "VBP") or (token.tag == "VBN" and any(k.lemma == "have" for k in kids))
            return finite and frame.subject_of(index) is not None
        has_clause = any(k.dep == "ccomp" and (k.index > index or frame.tokens[index].dep == "parataxis") for k in kids)
        return has_clause and frame.subject_of(index) is not None
    if token.pos == "NOUN" and (token.lemma, "noun") in known:
        head = frame.tokens[token.head]
        if (
            head.pos == "VERB"
            and token.dep == "dobj"
            and (head.lemma, "light_verb") in known
            and any(_is_clause(frame, c) for c in frame.children[index])
            and frame.subject_of(head.index) is not None
        ):
            return False  # 'raised concerns that': the verb is the cue
        if any(_is_clause(frame, c) for c in frame.children[index]):
            return True
        # 'a pledge from Kyiv to stay out' is as often wanted as given; with a possessor it has been said
        owned = any(k.dep == "poss" for k in kids) and frame.tokens[token.head].lemma not in WANTING
        return owned and token.lemma in TO_NOUNS and any(k.dep == "acl" and _has_to(frame, k.index) for k in kids)
    return False


def _has_to(frame: Frame, index: int) -> bool:
    return any(frame.tokens[g].tag == "TO" for g in frame.children[index])


def _is_clause(frame: Frame, index: int) -> bool:
    """A that-clause of a noun."""
    token = frame.tokens[index]
    return token.dep in ("acl", "ccomp") and any(
        frame.tokens[g].lemma == "that" and frame.tokens[g].dep == "mark" for g in frame.children[index]
    )


def features(frame: Frame, index: int) -> list[str]:
    """Feature names of one candidate."""
    tokens = frame.tokens
    token = tokens[index]
    lemma, dep, tag = token.lemma, token.dep, token.tag
    head = tokens[token.head]
    out = [
        "bias",
        f"l={lemma}",
        f"lp={lemma}|{token.pos}",
        f"d={dep}",
        f"t={tag}",
        f"td={tag}|{dep}",
        f"ld={lemma}|{dep}",
        f"lt={lemma}|{tag}",
    ]
    out.append(f"h={head.lemma}")
    out.append(f"hd={head.lemma}|{dep}")
    out.append(f"hp={head.pos}|{dep}")
    above, steps = index, 0
    while tokens[above].head != above and steps < 4:
        relation = tokens[above].dep
        above = tokens[above].head
        steps += 1
        if relation in ("ccomp", "xcomp", "acl", "relcl", "advcl"):  # what the clause around hangs on
            out += [f"up={relation}|{tokens[above].lemma}", f"lup={lemma}|{relation}|{tokens[above].pos}"]
            break
    kinds: list[str] = []
    for c in frame.children[index]:
        child = tokens[c]
        cd = child.dep
        if cd == "punct":
            continue
        kinds.append(cd)
        out.append(f"c={cd}")
        out.append(f"lc={lemma}|{cd}")
        if cd in ("dobj", "attr", "acomp", "prt", "nmod", "oprd", "compound"):
            out.append(f"{cd}={child.lemma}")
            out.append(f"l{cd}={lemma}|{child.lemma}")
            for g in frame.children[c]:
                gd = tokens[g].dep
                if gd in ("acl", "ccomp", "prep", "relcl"):
                    out.append(f"c2={cd}/{gd}")
                    out.append(f"{cd}2={child.lemma}/{gd}")
        elif cd == "prep":
            out.append(f"prep={child.lemma}")
            out.append(f"lprep={lemma}|{child.lemma}")
            for g in frame.children[c]:
                out.append(f"pg={child.lemma}|{tokens[g].dep}")
                if tokens[g].dep == "pobj":
                    out.append(f"pobj={child.lemma}|{tokens[g].lemma}")
        elif cd in ("ccomp", "xcomp", "acl", "advcl"):
            mark = next((tokens[g].lemma for g in frame.children[c] if tokens[g].dep in ("mark", "aux", "advmod")), "-")
            side = "<" if c < index else ">"
            out.append(f"m={cd}|{mark}|{side}")
            out.append(f"lm={lemma}|{cd}|{mark}|{side}")
            out.append(f"cp={cd}|{child.pos}|{child.tag}")
        elif cd in SUBJECTS:
            kind = child.entity[2:] or child.pos
            out.append(f"s={kind}")
            out.append(f"sl={child.lemma}")
            out.append(f"ls={lemma}|{kind}")
            if c > index:
                out.append("inv")
                out.append(f"inv={lemma}")
        elif cd in ("poss", "aux", "agent", "neg", "amod", "mark", "advmod", "det"):
            out.append(f"{cd}={child.lemma}")
    out.append("cs=" + ",".join(sorted(set(kinds))))
    if not any(k in SUBJECTS for k in kinds) and token.pos in ("VERB", "AUX"):
        subject = frame.subject_of(index)
        if subject is not None:
            kind = tokens[subject].entity[2:] or tokens[subject].pos
            out.append(f"s2={kind}|{dep}")
            out.append(f"sl2={tokens[subject].lemma}")
        else:
            out.append("s2=none")
    inside = frame.region_of[index] >= 0
    opens, closes = frame.opens_at(index), frame.closes_at(index)
    if inside:
        out.append("inq")
        out.append(f"inq|{dep}")
        words = len(frame.words_in(frame.region_of[index]))
        out.append("inq1" if words < 4 else "inq+" if words > 11 else "inq2")
    if opens >= 0:
        out += ["opens", f"opens={lemma}", f"opens|{token.pos}"]
    if closes >= 0:
        out += ["closes", f"closes={lemma}", f"closes|{token.pos}"]
    if not inside and frame.regions and token.pos in ("VERB", "AUX", "NOUN"):
        near = frame.beside(index)
        if near.before >= 0 and near.before != closes:
            size = _size(near.gap_before)
            out += [f"bb={size}", f"bb={lemma}", f"bb={size}|{dep}"]
        if near.after >= 0 and near.after != opens:
            size = _size(near.gap_after)
            out += [f"ba={size}", f"ba={lemma}", f"ba={size}|{dep}"]
    sentence = frame.document.sentences[token.sentence]
    before = frame.word(index - 1).lower() if index > sentence.first else "^"
    after = frame.word(index + 1).lower() if index + 1 < sentence.last else "$"
    out += [f"w-1={before}", f"w+1={after}", f"lw+1={lemma}|{after}"]
    if index - 2 >= sentence.first:
        out.append(f"w-2={tokens[index - 2].lemma}")
    if index + 2 < sentence.last:
        out.append(f"w+2={tokens[index + 2].lemma}")
    if sentence.role != "body":
        out.append("headline")
    return out


def _size(gap: int) -> str:
    return "1" if gap < 2 else "2" if gap < 4 else "3" if gap < 8 else "4"


def score(frame: Frame, index: int) -> float | None:
    """Log-odds that the token is a cue, from the model; None when no model is there."""
    model = weights.load("cue")
    return None if model is None else model.score(features(frame, index))
