"""Which attributions are none: doubtful cues inside a sure report, acts, names, bare things that nobody said.

Each test reads one attribution and the frame; `keep` runs them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language import attribution_cues, lexicon, weights
from flows.language.attribution_discourse import describe
from flows.language.attribution_frame import Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

# A cue inside the content of a sure one must be this much surer (log-odds): mixed joint F1 .753 -> .772 on polnear_dev.
SURE, NESTED_MARGIN = 0.0, 1.5
# A thing as content of a cue outside the dictionary (log-odds): precision .714 -> .736 on polnear_dev, F1 as before.
THING_MARGIN = 1.5
# 'titled', 'dubbed': marked words after these are a name and nobody's statement.
NAMING = frozenset(["title", "entitle", "name", "dub", "nickname", "codename", "christen", "rename"])
# 'banners that read “…”': a slogan is nobody's statement.
BANNERS = frozenset(["banner", "sign", "placard", "poster", "slogan", "flag", "shirt", "graffiti", "sticker", "badge"])
# 'writing on X', 'spoke to reporters': where or to whom, not what.
WHERE = frozenset(["on", "in", "at", "to", "with", "via", "through", "before"])
WRITING = frozenset(["write", "post", "tweet", "speak", "talk", "comment", "reply", "respond", "publish"])


def keep(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """The attributions that tell of something said, in their order."""
    return [
        a
        for a in plausible(frame, [a for a in found if not _cites(frame, a)])
        if has_words(frame, a)
        and not _names(frame, a)
        and not _repeats(frame, a)
        and not _issues(frame, a)
        and not _is_banner(frame, a)
        and not _is_empty(frame, a)
    ]


def plausible(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """Without doubtful cues inside what a sure one reports: there the model sees cues too often."""
    sure: set[int] = set()
    for a in found:
        if a.score is not None and a.score >= SURE:
            sure |= a.content
    model = weights.load("cue")
    least = (model.threshold if model is not None else 0.0) + NESTED_MARGIN
    return [
        a
        for a in found
        if a.score is None
        or a.score >= least
        or a.cue not in sure
        or (a.cue is not None and attribution_cues.is_firm(frame, a.cue))
    ]


def has_words(frame: Frame, a: Attribution) -> bool:
    """Whether a thing as content comes with a cue that the dictionary knows, or a very sure one.

    'released 205 prisoners', 'passed a law' are acts; the model, trained on stances too, takes some for attributions.
    """
    if a.cue is None or a.score is None or a.score >= THING_MARGIN or not _is_thing(frame, a):
        return True
    tokens = frame.tokens
    word_class = attribution_cues.CLASS_OF.get(tokens[a.cue].pos, "preposition")
    known = attribution_cues.lexicon()
    return (attribution_cues.cue_lemma(frame, a.cue), word_class) in known or (tokens[a.cue].lemma, word_class) in known


def _is_thing(frame: Frame, a: Attribution) -> bool:
    """Whether the content has neither a verb nor marked words; a title in marks is a thing too."""
    regions = {frame.region_of[k] for k in a.content} - {-1}
    if any(not describe(frame, number).endswith("T") for number in regions):
        return False
    return not any(frame.tokens[k].pos in ("VERB", "AUX") and frame.region_of[k] < 0 for k in a.content)


def _names(frame: Frame, a: Attribution) -> bool:
    return a.cue is not None and frame.tokens[a.cue].lemma in NAMING


def _repeats(frame: Frame, a: Attribution) -> bool:
    """'was quoted as saying that …': one report, and 'saying' is its cue."""
    if a.cue is None or frame.tokens[a.cue].lemma not in ("quote", "cite", "report"):
        return False
    tokens = frame.tokens
    return any(
        tokens[c].lemma == "as" and any(tokens[g].dep == "pcomp" and g in frame.cue_scores for g in frame.children[c])
        for c in frame.children[a.cue]
    )


def _issues(frame: Frame, a: Attribution) -> bool:
    """'issued a statement saying that …': 'saying' is the cue."""
    tokens = frame.tokens
    if a.cue is None or (tokens[a.cue].lemma, "light_verb") not in attribution_cues.lexicon():
        return False
    things = [c for c in frame.children[a.cue] if tokens[c].dep == "dobj"]
    return any(
        tokens[g].tag == "VBG" and tokens[g].dep == "acl" and frame.document.child(g, "ccomp") is not None
        for c in things
        for g in frame.children[c]
    )


def _cites(frame: Frame, a: Attribution) -> bool:
    """'citing two officials', 'cited the envoy's warning that …': whom or what somebody cites is a source and not what
    is said.
    """
    if a.cue is None or frame.tokens[a.cue].lemma not in ("cite", "quote"):
        return False
    tokens = frame.tokens
    things = [c for c in frame.children[a.cue] if tokens[c].dep == "dobj" and c in a.content]
    words = lexicon.words_of_speech("noun")
    if any(tokens[c].lemma in words and frame.document.child(c, "acl", "ccomp") is not None for c in things):
        return True
    return _is_thing(frame, a) and any(_is_source(frame, c) for c in things)


def _is_source(frame: Frame, index: int) -> bool:
    token = frame.tokens[index]
    groups = lexicon.group_nouns()
    can_speak = token.lemma in groups and groups[token.lemma].can_be_source
    return can_speak or token.entity[2:] in ("PERSON", "ORG") or token.lemma in lexicon.roles()


def _is_banner(frame: Frame, a: Attribution) -> bool:
    """'banners reading “…”', 'a sign that says “…”', 'held a poster that read “…”'."""
    if a.cue is None:
        return False
    tokens = frame.tokens
    if any(tokens[c].dep == "dobj" and tokens[c].lemma in BANNERS for c in frame.children[a.cue]):
        return True
    givers = {a.source, frame.subject_of(a.cue)} - {None}
    if tokens[a.cue].dep in ("relcl", "acl"):
        givers.add(tokens[a.cue].head)
    return any(tokens[g].lemma in BANNERS for g in givers if g is not None)


def _is_empty(frame: Frame, a: Attribution) -> bool:
    """'said so', 'writing on X', 'whose budget was rejected', 'shots were reported': nothing that anybody said."""
    if a.cue is None or not _is_thing(frame, a):
        return False
    tokens = frame.tokens
    words = [k for k in sorted(a.content) if tokens[k].pos != "PUNCT"]
    if not words or tokens[words[0]].tag in ("WDT", "WP$"):
        return True
    if a.source is None and any(tokens[c].dep == "nsubjpass" and c in a.content for c in frame.children[a.cue]):
        return True
    if len(words) == 1 and tokens[words[0]].lemma in ("so", "it", "this", "that"):
        return True
    if tokens[a.cue].lemma == "answer":  # letters, questions, calls
        return True
    if a.source is not None and tokens[a.source].lemma.lower() in ("nobody", "no-one", "none"):
        return True
    if tokens[a.cue].lemma in WRITING and not attribution_cues.withholds_comment(frame, a.cue):
        where = [c for c in frame.children[a.cue] if tokens[c].dep == "prep" and tokens[c].lemma in WHERE]
        return any(a.content <= set(frame.document.subtree(c)) for c in where)
    return False
