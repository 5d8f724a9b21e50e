"""Who is the source of a cue: a head token, then the span around it as it stands in the text.

The ranker scores every noun phrase head of the sentence and the case that the text names nobody. Without it the
subject, the agent, the possessor or the object of 'according to' is taken.
"""

from __future__ import annotations

from flows.language import weights
from flows.language.attribution_cues import lexicon, phrase_owner
from flows.language.attribution_frame import NOUNS, SUBJECTS, Frame

NP_DEPS = frozenset(
    """nsubj nsubjpass dobj pobj poss conj appos ROOT attr agent dative oprd relcl npadvmod compound nmod dep pcomp
    csubj amod""".split()  # noqa: SIM905
)
PERSONAL = frozenset(["he", "she", "they", "we", "i", "you", "it", "who", "his", "her", "their", "our", "my", "its"])


# How much likelier 'nobody' must be before it wins against the grammatical subject (log-odds; polnear_dev, 2026-11).
UNNAMED_MARGIN = 2.0


def path_between(frame: Frame, cue: int, other: int) -> str:
    """Relations from the cue up to the common ancestor and down to the other token."""
    tokens = frame.tokens
    up: list[int] = [cue]
    while tokens[up[-1]].head != up[-1]:
        up.append(tokens[up[-1]].head)
    position = {k: n for n, k in enumerate(up)}
    down = [other]
    while down[-1] not in position and tokens[down[-1]].head != down[-1]:
        down.append(tokens[down[-1]].head)
    if down[-1] not in position:
        return "far"
    rise = position[down[-1]]
    ups = [tokens[k].dep for k in up[:rise]]
    downs = [tokens[k].dep for k in reversed(down[:-1])]
    if len(ups) + len(downs) > 6:
        return f"long{min(rise, 4)}"
    return "^".join(ups) + "/" + ".".join(downs)


def candidates(frame: Frame, cue: int) -> list[int]:
    """Heads of noun phrases in the cue's sentence that could be its source."""
    tokens = frame.tokens
    sentence = frame.document.sentences[tokens[cue].sentence]
    found = []
    for k in range(sentence.first, sentence.last):
        token = tokens[k]
        if k == cue or not (token.pos in NOUNS or token.tag in ("PRP$", "WP", "WDT", "DT", "CD", "NNP", "JJ")):
            continue
        if token.tag in ("DT", "WDT", "CD", "JJ") and token.dep not in SUBJECTS and token.dep not in ("pobj", "poss"):
            continue
        if token.dep == "compound" and token.pos != "PROPN":
            continue
        if token.dep in NP_DEPS:
            found.append(k)
    return found


def features(frame: Frame, cue: int, other: int, content: set[int], near: tuple[str, str, str]) -> list[str]:
    """Feature names of one candidate. `near`: lemma, tag and dependency of the cue."""
    tokens = frame.tokens
    token = tokens[other]
    lemma, tag, dep = near
    path = path_between(frame, cue, other)
    kind = token.entity[2:] or ("PRON" if token.pos == "PRON" else token.pos)
    side = "<" if other < cue else ">"
    gap = abs(other - cue)
    distance = "1" if gap == 1 else "2" if gap < 4 else "3" if gap < 9 else "4" if gap < 20 else "5"
    inside = "c" if other in content else "o"
    same = "=" if frame.region_of[cue] == frame.region_of[other] else "#"
    passive = "P" if any(tokens[c].dep == "nsubjpass" for c in frame.children[cue]) else ""
    return [
        "bias",
        f"p={path}",
        f"pp={path}|{passive}",
        f"pl={path}|{lemma}",
        f"pt={path}|{tag}",
        f"pk={path}|{kind}",
        f"k={kind}",
        f"kd={kind}|{token.dep}",
        f"d={token.dep}",
        f"s={side}|{distance}",
        f"i={inside}|{same}",
        f"id={inside}|{token.dep}|{side}",
        f"w={token.lemma}",
        f"ps={path}|{inside}{same}",
        f"cd={dep}|{token.dep}|{side}",
        f"h={tokens[token.head].lemma}|{token.dep}",
    ]


def none_features(frame: Frame, cue: int, near: tuple[str, str, str]) -> list[str]:
    """Feature names of the case that nobody is named."""
    tokens = frame.tokens
    lemma, tag, dep = near
    kinds = {tokens[c].dep for c in frame.children[cue]}
    subject = frame.subject_of(cue)
    passive = "nsubjpass" in kinds or "auxpass" in kinds
    shape = f"{'S' if subject is not None else ''}{'P' if passive else ''}{'A' if 'agent' in kinds else ''}"
    return [
        "bias",
        "none",
        f"none={lemma}",
        f"none|{tag}|{dep}",
        f"none|{shape}",
        f"none|{shape}|{tag}",
        f"none|{lemma}|{shape}",
    ]


def nearness(frame: Frame, cue: int) -> tuple[str, str, str]:
    """Lemma, tag and dependency of the cue."""
    token = frame.tokens[cue]
    return token.lemma, token.tag, token.dep


def find(frame: Frame, cue: int, content: set[int]) -> tuple[int | None, str]:
    """Head token of the source (None: nobody is named) and which way it was found."""
    model = weights.load("source")
    if model is None:
        return by_rule(frame, cue, content), "rule"
    if frame.tokens[cue].pos in ("NOUN", "ADP", "SCONJ"):
        owner = by_rule(frame, cue, content)
        if owner is not None and frame.tokens[owner].pos in ("PROPN", "PRON", "NOUN"):
            return owner, "rule"
    given = quoted_source(frame, cue) or issuer(frame, cue)
    if given is None:
        given = inverted_source(frame, cue, content)
    if given is not None:
        return given, "rule"
    near = nearness(frame, cue)
    best, best_score = None, model.score(none_features(frame, cue, near))
    for other in candidates(frame, cue):
        score = model.score(features(frame, cue, other, content, near))
        if score > best_score:
            best, best_score = other, score
    if best is None:
        named = by_rule(frame, cue, content)
        if named is not None and model.score(features(frame, cue, named, content, near)) > best_score - UNNAMED_MARGIN:
            return named, "rule+model"
    return best, "model"


def quoted_source(frame: Frame, cue: int) -> int | None:
    """'quoted the minister as saying', 'the minister was quoted as saying': whoever is quoted."""
    tokens = frame.tokens
    token = tokens[cue]
    if token.dep != "pcomp" or tokens[token.head].lemma != "as":
        return None
    verb = tokens[tokens[token.head].head]
    if verb.lemma not in ("quote", "cite", "describe", "report"):
        return None
    return frame.document.child(verb.index, "nsubjpass") or frame.document.child(verb.index, "dobj")


def issuer(frame: Frame, cue: int) -> int | None:
    """'the ministry issued a statement saying …': who issued it."""
    tokens = frame.tokens
    token = tokens[cue]
    thing = tokens[token.head]
    if token.dep != "acl" or token.tag != "VBG" or thing.dep != "dobj" or (thing.lemma, "noun") not in lexicon():
        return None
    return frame.subject_of(thing.head) if (tokens[thing.head].lemma, "light_verb") in lexicon() else None


def inverted_source(frame: Frame, cue: int, content: set[int]) -> int | None:
    """'“Why?” asked the mayor': the parser takes the inverted subject for an object."""
    tokens = frame.tokens
    near = frame.beside(cue)
    if near.before < 0 or near.gap_before > 1 or tokens[cue].tag != "VBD":
        return None
    if any(tokens[c].dep in (*SUBJECTS, "ccomp") and c not in content for c in frame.children[cue]):
        return None
    after = next((c for c in frame.children[cue] if tokens[c].dep in ("dobj", "attr", "oprd") and c > cue), None)
    if after is None or after in content or tokens[after].pos not in NOUNS:
        return None
    if any(tokens[k].pos in ("VERB", "AUX") or tokens[k].text == "," for k in range(cue + 1, after)):
        return None
    return after


def by_rule(frame: Frame, cue: int, content: set[int]) -> int | None:
    """Subject, agent, possessor, or object of 'to', 'by', 'from' under the cue."""
    tokens = frame.tokens
    token = tokens[cue]
    if token.pos in NOUNS:
        for c in frame.children[cue]:
            if tokens[c].dep == "poss":
                return c
        for c in frame.children[cue]:
            if tokens[c].dep in ("prep", "agent") and tokens[c].lemma in ("by", "from"):
                return frame.document.child(c, "pobj")
        return None
    if token.pos in ("ADP", "SCONJ"):
        return phrase_owner(frame, cue) or frame.document.child(cue, "pobj")
    for c in frame.children[cue]:
        if tokens[c].dep in ("agent", "prep") and tokens[c].lemma in (("to",) if token.lemma == "accord" else ("by",)):
            return frame.document.child(c, "pobj")
    passive = any(tokens[c].dep in ("nsubjpass", "auxpass") for c in frame.children[cue])
    subject = frame.subject_of(cue)
    if subject is None or passive or subject in content:
        return None
    if tokens[subject].tag in ("WP", "WDT") and tokens[cue].dep == "relcl":
        return tokens[cue].head
    return subject


def span(frame: Frame, head: int) -> tuple[int, int]:
    """The source as it stands in the text: the noun phrase with what restricts it, without comma-led additions."""
    tokens = frame.tokens
    below = frame.document.subtree(head)
    dropped: set[int] = set()
    for c in frame.children[head]:
        token = tokens[c]
        led_by_comma = c > head and any(
            tokens[k].text in (",", "—", "–", "-", "(", ";") for k in range(head + 1, c) if tokens[k].head == head
        )
        is_name = token.dep == "appos" and tokens[head].pos != "PROPN" and token.pos == "PROPN"
        if (
            token.dep in ("relcl", "cc", "conj", "acl", "advcl", "appos", "parataxis", "ccomp", "prep")
            and led_by_comma
            and not is_name
        ):
            if token.dep in ("cc", "conj"):
                continue
            dropped.update(frame.document.subtree(c))
        elif token.dep in ("relcl",) or (token.dep in ("mark", "advmod", "cc", "preconj") and c < head):
            dropped.update(frame.document.subtree(c))
    region = frame.region_of[head]
    kept = [k for k in below if k not in dropped and frame.region_of[k] == region]
    first = last = head
    position = kept.index(head)
    for k in reversed(kept[:position]):
        if k != first - 1:
            break
        first = k
    for k in kept[position + 1 :]:
        if k != last + 1:
            break
        last = k
    while first < head and tokens[first].pos == "PUNCT":
        first += 1
    while last > head and (tokens[last].pos == "PUNCT" or tokens[last].tag == "POS"):
        last -= 1
    return tokens[first].start, tokens[last].end
