"""Where a content ends: which of the phrases behind its core still belong to it.

'called the raid “a crime” | in a speech | on Thursday', 'said the text was final, | speaking after the session': a
small model gives each phrase the log-odds that it is content if what it hangs on is. The end is the likeliest one: all
phrases before it in, all behind it out, where a phrase inside one that is out costs nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log1p

from flows.language import weights
from flows.language.attribution_frame import SUBJECTS, Frame

# Dependents that a writer can hang behind what was said.
TRAILING = frozenset(
    """prep advcl npadvmod acl relcl conj appos advmod parataxis agent ccomp xcomp pcomp dep oprd dative prt
    meta""".split()  # noqa: SIM905
)
REACH = 60  # tokens: longer contents are paragraphs of quotation, whose end the marks give


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens [first, last) that stay or go together; `top` is the token that hangs them on what stands before.

    `parent`: number of the segment that `top` hangs on; -1 for the core.
    """

    first: int
    last: int
    top: int
    parent: int


def core_end(frame: Frame, cue: int, content: set[int]) -> tuple[int, int] | None:
    """First token of the run of content behind the cue, and where words begin that hang on neither; None without one.

    What stands beside the cue itself, another verb of the same subject, ends the run too.
    """
    tokens = frame.tokens
    behind = [k for k in content if k > cue]
    if not behind:
        return None
    first = min(behind)
    sentence = frame.document.sentences[tokens[cue].sentence]
    last = sentence.last if frame.region_of[cue] < 0 else min(frame.bounds[frame.region_of[cue]][1], sentence.last)
    if first >= last:
        return None
    return first, next((k for k in range(first, last) if not _hangs(frame, k, cue, content)), last)


def _hangs(frame: Frame, index: int, cue: int, content: set[int]) -> bool:
    """Whether a token is punctuation or hangs, over any steps, on the content or the cue."""
    tokens, at = frame.tokens, index
    if tokens[at].pos == "PUNCT":
        return True
    while at not in content:
        above = tokens[at].head
        if above == cue:
            return tokens[at].dep not in ("conj", "cc")
        if above == at:
            return False
        at = above
    return True


def segments(frame: Frame, cue: int, first: int, last: int) -> list[Segment]:
    """The phrases from `first` on, cut where a right-hand dependent begins outside quotation marks."""
    tokens, home = frame.tokens, frame.region_of[cue]
    starts: dict[int, int] = {}
    for k in range(first + 1, last):
        token = tokens[k]
        if token.dep not in TRAILING or token.head >= k:
            continue
        left = k
        while left - 1 > first and (_below(frame, left - 1, k) or _joins(frame, left - 1, k)):
            left -= 1
        if left <= token.head or left <= first:
            continue
        if frame.region_of[left] not in (home, -1) and frame.region_of[left] == frame.region_of[left - 1]:
            continue  # inside somebody's marks
        if left not in starts or tokens[starts[left]].head > token.head:
            starts[left] = k
    bounds = [*sorted(starts), last]
    found: list[Segment] = []
    for begin, end in pairwise(bounds):
        above = tokens[starts[begin]].head
        parent = next((n for n, s in enumerate(found) if s.first <= above < s.last), -1)
        found.append(Segment(begin, end, starts[begin], parent))
    return found


def _joins(frame: Frame, index: int, top: int) -> bool:
    """Whether this is the 'and' or 'but' before a conjunct."""
    tokens = frame.tokens
    return (
        tokens[top].dep == "conj" and tokens[index].dep in ("cc", "preconj") and tokens[index].head == tokens[top].head
    )


def _below(frame: Frame, index: int, top: int) -> bool:
    """Whether a token hangs under another, at most a few steps up."""
    for _ in range(8):
        above = frame.tokens[index].head
        if above == top:
            return True
        if above == index:
            return False
        index = above
    return False


def features(frame: Frame, cue: int, first: int, segment: Segment, content: set[int]) -> list[str]:
    """Feature names of one phrase."""
    tokens = frame.tokens
    top, word = tokens[segment.top], tokens[segment.first]
    cue_token = tokens[cue]
    before = tokens[segment.first - 1]
    comma = before.text if before.text in (",", ";", ":", "—", "–", "-", "(") else ""
    closes = "q" if frame.region_of[segment.first - 1] >= 0 and frame.region_of[segment.first] < 0 else ""
    opens = "Q" if any(frame.region_of[k] >= 0 for k in range(segment.first, segment.last)) else ""
    inside = [k for k in range(segment.first, segment.last) if tokens[k].pos != "PUNCT"]
    held = sum(k in content for k in inside) / len(inside) if inside else 0.0
    taken = "2" if held > 0.8 else "1" if held > 0.2 else "0"
    depth, at = 0, top.head
    while at != cue and depth < 4 and tokens[at].head != at:
        at = tokens[at].head
        depth += 1
    hangs = f"{depth}" if at == cue else "out"
    head = tokens[top.head]
    inner = next((c for c in frame.children[segment.top] if tokens[c].dep == "pobj"), segment.top)
    kind = tokens[inner].entity[2:] or tokens[inner].pos
    has_clause = any(tokens[k].pos in ("VERB", "AUX") for k in range(first, segment.first))
    has_subject = any(tokens[c].dep in SUBJECTS for c in frame.children[segment.top])
    after_quote = any(frame.region_of[k] >= 0 for k in range(first, segment.first)) and not closes
    size = len(inside)
    size_name = "1" if size < 2 else "2" if size < 4 else "3" if size < 8 else "4"
    ends = "$" if segment.last >= frame.document.sentences[top.sentence].last - 1 else "-"
    where = f"{top.dep}|{hangs}|{comma}"
    lemma = cue_token.lemma
    strength = frame.cue_scores.get(segment.top, -9.0)
    reports = "r" if strength > -0.5 else "p" if strength > -2 else ""
    state = f"{taken}{closes}{'c' if has_clause else 'n'}"
    return [
        "bias",
        f"t={taken}",
        f"th={taken}|{where}",
        f"w={where}",
        f"ws={where}|{state}",
        f"d={top.dep}|{state}|{comma}",
        f"l={lemma}|{top.dep}|{comma}",
        f"lw={lemma}|{word.lemma}|{taken}",
        f"f={word.lemma}|{comma}",
        f"fs={word.lemma}|{state}",
        f"fh={word.lemma}|{hangs}",
        f"fk={word.lemma}|{kind}|{hangs}",
        f"k={kind}|{top.dep}|{hangs}",
        f"p={word.lemma}|{tokens[inner].lemma}",
        f"pl={tokens[inner].lemma}|{top.dep}",
        f"tag={top.tag}|{top.dep}|{comma}|{hangs}",
        f"tt={top.tag}|{top.dep}|{comma}|{state}",
        f"tl={top.lemma}|{top.dep}|{comma}",
        f"h={head.pos}|{top.dep}|{hangs}|{comma}",
        f"hd={head.dep}|{top.dep}|{comma}",
        f"hl={head.lemma}|{word.lemma}",
        f"q={closes}{opens}{'a' if after_quote else ''}|{top.dep}|{comma}",
        f"s={has_subject}|{top.dep}|{comma}|{top.tag}",
        f"z={size_name}|{top.dep}|{comma}",
        f"e={ends}|{top.dep}|{comma}|{hangs}",
        f"r={reports}|{top.dep}|{comma}|{taken}",
        f"cp={cue_token.pos}.{cue_token.tag}|{where}",
    ]


def likeliest_end(cut: list[Segment], scores: list[float], least: int) -> int:
    """How many of the segments are content, `least` of them for sure."""

    def likelihood(count: int) -> float:
        inside = sum(log_probability(score) for score in scores[:count])
        return inside + sum(
            log_probability(-score)
            for segment, score in zip(cut[count:], scores[count:], strict=True)
            if segment.parent < count
        )

    return max(range(least, len(cut) + 1), key=likelihood)


def log_probability(score: float) -> float:
    """The logarithm of the logistic function."""
    return -log1p(exp(-score)) if score > -30 else score


def adjust(frame: Frame, cue: int, content: set[int]) -> set[int]:
    """The content with its end where the model sees it; the given one without a model or with nothing to decide."""
    model = weights.load("edge")
    found = core_end(frame, cue, content) if model is not None else None
    if model is None or found is None or found[1] - found[0] > REACH:
        return content
    first, last = found
    cut = segments(frame, cue, first, last)
    scores = [model.score(features(frame, cue, first, segment, content)) for segment in cut]
    home = frame.region_of[cue]
    marked = [
        n for n, s in enumerate(cut) if any(frame.region_of[k] != home for k in range(s.first, s.last) if k in content)
    ]
    end = likeliest_end(cut, scores, marked[-1] + 1 if marked else 0)
    stop = cut[end - 1].last if end else cut[0].first if cut else last
    gained = {
        k
        for segment, score in zip(cut[:end], scores, strict=False)
        if score > 0
        for k in range(segment.first, segment.last)
        if home < 0 or frame.region_of[k] == home
    }
    return {k for k in content if k < stop or k >= last} | (gained - {cue})
