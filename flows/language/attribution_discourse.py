"""Which cue each quotation belongs to, also over sentence ends: floating quotes, continued quotes, dialogue.

For every outermost quotation the candidates are the cues around it, the giver of the quotation before it, and nobody
(scare quotes, titles, slogans). A small model ranks them; without it the rules are: what the syntax says, else the cue
beside the quotation, else, for whole clauses, who spoke last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language import (
    attribution_content,
    attribution_dialogue,
    attribution_sources,
    attribution_spans,
    weights,
)
from flows.language.attribution_dialogue import Turn
from flows.language.attribution_frame import Beside, Frame

if TYPE_CHECKING:
    from flows.language.attribution import Attribution

CLAUSE_WORDS = 5  # shorter marked words are somebody's only when a cue takes them
BRIDGE = 12  # words between two quotations of one sentence that may belong to both
WEAKEST = -3.0  # log-odds below which a token is no candidate cue of a quotation
TITLED = frozenset(
    """title entitle name call dub film movie novel book song album play series show documentary exercise operation
    manoeuvre article poem""".split()  # noqa: SIM905
)
CARRY, NOBODY = -1, -2


@dataclass
class Choice:
    """A candidate giver of a quotation: a cue token, CARRY or NOBODY, with its feature names."""

    cue: int
    features: list[str]


def complete(frame: Frame, found: list[Attribution], labelled: list[Attribution]) -> list[Attribution]:
    """The attributions with every quotation given to whom it belongs; `labelled` ones have theirs already."""
    if not frame.regions:
        return found + labelled
    by_cue = {a.cue: a for a in found if a.cue is not None}
    model = weights.load("region")
    turns: list[Turn] = []
    last_number = -1
    for number, region in enumerate(frame.regions):
        span = (region.inner_start, region.inner_end)
        signed = next((a for a in labelled for s, e in a.spans if s <= span[0] and span[1] <= e), None)
        if signed is not None:
            turns.append(attribution_dialogue.turn(frame, number, signed))
            last_number = number
            continue
        last = turns[-1].giver if turns and _near(frame, last_number, number) else None
        share = {
            a.cue: coverage(frame, a.content, number) for a in found if a.cue is not None and _outside(frame, a, number)
        }
        chosen, way = _choose(frame, number, candidates(frame, number, share, last is not None, last), share, model)
        if chosen == NOBODY and last is not None and last_number == number - 1 and frame.regions[last_number].continues:
            chosen, way = CARRY, "rule"  # left open there, opened again here: one quotation
        giver: Attribution | None
        if chosen in (CARRY, NOBODY):
            giver = _without_cue(frame, number, turns, last if chosen == CARRY else None)
            if giver is None:
                continue
            if giver not in found and giver not in labelled:
                found.append(giver)
            elif not _covered(found, span, frame, number):
                _add(giver, span, way)
        elif _is_marked_word(frame, chosen, number, share):
            continue
        else:
            giver = by_cue.get(chosen)
            if giver is None:
                giver = by_cue[chosen] = _attribution(frame, chosen, number, way)
                found.append(giver)
            elif share.get(chosen, 0.0) < 0.5 and not _bridge(frame, giver, number):
                _add(giver, span, way)
        turns.append(attribution_dialogue.turn(frame, number, giver))
        last_number = number
    found = found + labelled
    for attribution in found:
        attribution.spans = sorted(set(attribution.spans))
    return found


def _without_cue(frame: Frame, number: int, turns: list[Turn], carried: Attribution | None) -> Attribution | None:
    """Who gives a quotation that no cue takes: the partner in a dialogue, who spoke last, whom the text is about."""
    if is_name(frame, number):
        return None
    partner = attribution_dialogue.answers(frame, number, turns)
    if partner is not None or carried is not None:
        return partner or carried
    subject = attribution_dialogue.subject_before(frame, number)
    if subject is None:
        return None
    region = frame.regions[number]
    return _attribution_type()(
        None, subject, [(region.inner_start, region.inner_end)], "cue:none source:subject_before"
    )


def _is_marked_word(frame: Frame, chosen: int, number: int, share: dict[int, float]) -> bool:
    """A title, or a marked word inside somebody else's sentence."""
    if is_name(frame, number):
        return True
    return (
        share.get(chosen, 0.0) < 0.5
        and not attribution_content.is_whole(frame, number)
        and not _touches(frame, chosen, number)
    )


def _add(giver: Attribution, span: tuple[int, int], way: str) -> None:
    giver.spans.append(span)
    giver.rule = giver.rule if "discourse" in giver.rule else f"{giver.rule} discourse:{way}"


def _bridge(frame: Frame, giver: Attribution, number: int) -> bool:
    """'said she would speak “directly” and let them know that “this is not us”': the words between are content too."""
    tokens, cue = frame.tokens, giver.cue
    first, end = frame.bounds[number]
    if cue is None or cue > first or tokens[cue].sentence != tokens[first].sentence:
        return False
    last = max((k for k in giver.content if cue < k < first), default=first)
    between = range(last + 1, first)
    if not 0 < len(between) <= BRIDGE or any(frame.cue_scores.get(k, -9.0) > 0 for k in between):
        return False
    giver.content.update(range(last + 1, end))
    whole = attribution_spans.spans(frame, giver.content, cue)
    giver.spans = whole + [s for s in giver.spans if not any(w[0] <= s[0] and s[1] <= w[1] for w in whole)]
    giver.rule += "" if "bridge" in giver.rule else " discourse:bridge"
    return True


def _attribution_type() -> type[Attribution]:
    from flows.language.attribution import Attribution

    return Attribution


def _choose(
    frame: Frame, number: int, choices: list[Choice], share: dict[int, float], model: weights.Linear | None
) -> tuple[int, str]:
    if model is not None:
        scored = [(model.score(c.features), c.cue) for c in choices]
        return max(scored)[1], "model"
    held = [c for c, s in share.items() if s >= 0.5]
    if held:
        return max(held), "rule"
    near = [
        c.cue
        for c in choices
        if c.cue >= 0 and any(f.startswith("adj=") for f in c.features) and frame.cue_scores.get(c.cue, -9) > 0
    ]
    if near:
        return near[0], "rule"
    if is_clause(frame, number) and any(c.cue == CARRY for c in choices):
        return CARRY, "rule"
    return NOBODY, "rule"


def _attribution(frame: Frame, cue: int, number: int, way: str) -> Attribution:
    first, last = frame.bounds[number]
    content = set(range(first, last))
    source, source_way = attribution_sources.find(frame, cue, content)
    region = frame.regions[number]
    span = (region.inner_start, region.inner_end)
    return _attribution_type()(
        cue, source, [span], f"cue:discourse content:{way} source:{source_way}", frame.cue_scores.get(cue), content
    )


def coverage(frame: Frame, content: set[int], number: int) -> float:
    """Share of the quotation's words, in the sentences that the content touches, that are content."""
    words = frame.words_in(number)
    touched = {t.sentence for t in words if t.index in content}
    near = [t for t in words if t.sentence in touched]
    return sum(t.index in content for t in near) / len(near) if near else 0.0


def _outside(frame: Frame, attribution: Attribution, number: int) -> bool:
    return attribution.cue is None or frame.region_of[attribution.cue] != number


def _touches(frame: Frame, cue: int, number: int) -> bool:
    """Whether the quotation stands right beside the cue, with nothing between."""
    return cue >= 0 and number in (frame.opens_at(cue), frame.closes_at(cue))


def _near(frame: Frame, before: int, number: int) -> bool:
    """Whether the giver of the quotation `before` may still be speaking: at most two paragraphs on."""
    return (
        before >= 0 and _paragraph(frame, frame.bounds[number][0]) - _paragraph(frame, frame.bounds[before][1] - 1) <= 2
    )


def _paragraph(frame: Frame, token: int) -> int:
    token = min(token, len(frame.tokens) - 1)
    return frame.document.sentences[frame.tokens[token].sentence].paragraph


def _covered(found: list[Attribution], span: tuple[int, int], frame: Frame, number: int) -> bool:
    return any(s <= span[0] and span[1] <= e for a in found if _outside(frame, a, number) for s, e in a.spans)


def is_clause(frame: Frame, number: int) -> bool:
    """Whether the marked words look like somebody's sentence."""
    words = frame.words_in(number)
    return len(words) >= CLAUSE_WORDS and any(t.tag in ("VBD", "VBP", "VBZ", "MD", "VB") for t in words)


def is_name(frame: Frame, number: int) -> bool:
    """Whether the marked words are a title: capitals throughout, after 'titled', 'film', 'exercise', 'operation'."""
    first = frame.bounds[number][0]
    before = {frame.tokens[k].lemma for k in range(max(0, first - 3), first)}
    return bool(before & TITLED) and describe(frame, number).endswith("T")


def candidates(
    frame: Frame, number: int, share: dict[int, float], may_carry: bool, last: Attribution | None
) -> list[Choice]:
    """Cues in the sentences around the quotation, then carry and nobody."""
    tokens, sentences = frame.tokens, frame.document.sentences
    first, end = frame.bounds[number]
    if first >= end:
        return [Choice(NOBODY, ["bias", "nobody"])]
    near_first, near_last = tokens[first].sentence, tokens[end - 1].sentence
    low = sentences[max(0, near_first - 1)].first
    high = sentences[min(len(sentences) - 1, near_last + 1)].last
    about = describe(frame, number)
    found: list[Choice] = []
    strong = [k for k in range(low, high) if frame.region_of[k] != number and frame.cue_scores.get(k, -9.0) > WEAKEST]
    best = max((frame.cue_scores[k] for k in strong), default=-9.0)
    for k in strong:
        found.append(Choice(k, _cue_features(frame, number, k, share.get(k, 0.0), about, near_first, near_last, best)))
    paragraph = _paragraph(frame, first)
    opening = sentences[near_first].start >= frame.regions[number].start and (
        near_first == 0 or sentences[near_first - 1].paragraph < sentences[near_first].paragraph
    )
    context = f"{'T' if best > 0.5 else 'F'}{'O' if opening else 'M'}"
    if may_carry and last is not None:
        before = number - 1
        gap_paragraphs = paragraph - _paragraph(frame, frame.bounds[before][1] - 1) if before >= 0 else 3
        gap_sentences = near_first - tokens[frame.bounds[before][1] - 1].sentence if before >= 0 else 5
        continues = before >= 0 and frame.regions[before].continues
        found.append(
            Choice(
                CARRY,
                [
                    "bias",
                    "carry",
                    f"carry|{about}",
                    f"carry|g{min(gap_paragraphs, 3)}|s{min(gap_sentences, 4)}",
                    f"carry|{context}",
                    f"carry|{continues}",
                    f"carry|g{min(gap_paragraphs, 3)}|{context}|{about[0]}",
                    f"carry|s{min(gap_sentences, 4)}|{context}",
                ],
            )
        )
    covered = max(share.values(), default=0.0)
    level = "2" if covered >= 0.5 else "1" if covered > 0 else "0"
    word = tokens[first - 1].lemma if first > 0 and tokens[first - 1].sentence == near_first else "^"
    after = tokens[end].lemma if end < len(tokens) and tokens[end].sentence == near_last else "$"
    found.append(
        Choice(
            NOBODY,
            [
                "bias",
                "nobody",
                f"nobody|{about}",
                f"nobody|{level}",
                f"nobody|{level}|{about[0]}",
                f"nobody<{word}",
                f"nobody>{after}",
                f"nobody|{context}",
                f"nobody|{context}|{about}",
                f"nobody|{tokens[first].dep}",
            ],
        )
    )
    return found


def describe(frame: Frame, number: int) -> str:
    """Length, finite verb, capital at the start, sentence end inside, all words capital: five letters."""
    words = frame.words_in(number)
    region = frame.regions[number]
    text = frame.document.text
    size = "0" if len(words) < 3 else "1" if len(words) < 6 else "2" if len(words) < 12 else "3"
    verb = "v" if any(t.tag in ("VBD", "VBP", "VBZ", "MD") for t in words) else "-"
    capital = "C" if text[region.inner_start].isupper() else "c"
    stop = "." if text[region.inner_end - 1] in ".!?…" else "," if text[region.inner_end - 1] == "," else "-"
    long_words = [t for t in words if len(t.text) > 3]
    title = "T" if len(long_words) > 1 and all(t.text[0].isupper() for t in long_words) else "t"
    return size + verb + capital + stop + title


def _cue_features(
    frame: Frame, number: int, cue: int, share: float, about: str, near_first: int, near_last: int, best: float
) -> list[str]:
    tokens = frame.tokens
    token = tokens[cue]
    first, end = frame.bounds[number]
    score = frame.cue_scores[cue]
    level = "4" if score > 3 else "3" if score > 1 else "2" if score > -0.4 else "1"
    where = "<" if cue < first else ">"
    sentence = "=" if near_first <= token.sentence <= near_last else "p" if token.sentence < near_first else "n"
    beside: Beside = frame.beside(cue)
    adjacent = ""
    if beside.before == number:
        adjacent = f"b{min(beside.gap_before, 6)}"
    elif beside.after == number:
        adjacent = f"a{min(beside.gap_after, 6)}"
    held = "2" if share >= 0.5 else "1" if share > 0 else "0"
    top = "top" if score >= best else "low"
    gap = (first - cue) if cue < first else (cue - end + 1)
    distance = "1" if gap <= 2 else "2" if gap <= 5 else "3" if gap <= 12 else "4" if gap <= 30 else "5"
    paragraph = _paragraph(frame, cue) - _paragraph(frame, first)
    colon = ":" if where == "<" and first > 0 and tokens[first - 1].text == ":" else ","
    between = sum(1 for k in range(min(cue, end), max(cue, first)) if k != cue and frame.cue_scores.get(k, -9.0) > -0.4)
    inside = "q" if frame.region_of[cue] >= 0 else "o"
    out = [
        "bias",
        "cue",
        f"lev={level}",
        f"l={token.lemma}",
        f"held={held}",
        f"held={held}|{sentence}{where}",
        f"sw={sentence}{where}|{level}",
        f"swa={sentence}{where}|{about}",
        f"d={sentence}{where}|{distance}",
        f"top={top}|{sentence}{where}",
        f"par={paragraph}",
        f"col={colon}|{sentence}{where}|{level}",
        f"bt={min(between, 3)}|{sentence}{where}",
        f"in={inside}|{sentence}",
        f"held={held}|{about}",
        f"ps={token.pos}|{sentence}{where}",
    ]
    if adjacent:
        out += [
            f"adj={adjacent}",
            f"adj={adjacent}|{level}",
            f"adj={adjacent[0]}|{about[0]}",
            f"adj={adjacent[0]}|{sentence}|{held}",
        ]
    return out
