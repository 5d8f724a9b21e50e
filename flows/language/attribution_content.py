"""Which words a cue reports: the sentence's tree, cut at the cue, each branch taken, left or looked into.

The branches below the cue and beside its ancestors are the units. The content model (three classes: in, out, split)
walks from the cue outwards; a split unit is decided word and branch by branch. Without the model a few rules take the
clausal complement, the rest of a sentence around an inserted cue, or the quotation beside it.
"""

from __future__ import annotations

from flows.language import attribution_edges, attribution_repair, weights
from flows.language.attribution_cues import is_as_clause, phrase_owner
from flows.language.attribution_frame import NOUNS, SUBJECTS, Frame

DEPTH = 4  # branches below this are not cut any further
CLASSES = ["in", "out", "split"]
TAKEN = ("ccomp", "xcomp", "acl", "dobj", "prep")


def units(frame: Frame, cue: int) -> list[tuple[int, str, bool]]:
    """(token, path, is_whole) around a cue: its own branches, then every ancestor by itself and its other branches."""
    tokens = frame.tokens
    found = [(c, tokens[c].dep, True) for c in frame.children[cue] if tokens[c].pos != "PUNCT"]
    path, below, steps = "", cue, 0
    while tokens[below].head != below:
        parent = tokens[below].head
        steps += 1
        path = f"{path}^{tokens[below].dep}" if steps < 4 else path
        found.append((parent, f"{path}.", False))
        found += [
            (c, f"{path}~{tokens[c].dep}", True)
            for c in frame.children[parent]
            if c != below and tokens[c].pos != "PUNCT"
        ]
        below = parent
    return found


def facts(frame: Frame, cue: int) -> tuple[str, str, str, int, int]:
    """What all units of one cue share: lemma, part of speech with tag, kinds of its branches, quotations beside it."""
    tokens = frame.tokens
    kinds = {tokens[c].dep for c in frame.children[cue]}
    shape = ("C" if "ccomp" in kinds else "") + ("X" if "xcomp" in kinds else "") + ("O" if "dobj" in kinds else "")
    shape += "P" if "nsubjpass" in kinds else ""
    shape += "S" if kinds & set(SUBJECTS) else ""
    return tokens[cue].lemma, f"{tokens[cue].pos}.{tokens[cue].tag}", shape, frame.opens_at(cue), frame.closes_at(cue)


def features(
    frame: Frame,
    cue: int,
    unit: int,
    path: str,
    is_whole: bool,
    edges: tuple[int, int],
    shared: tuple[str, str, str, int, int],
) -> list[str]:
    """Feature names of one unit; `edges`: its first and last token."""
    tokens = frame.tokens
    token = tokens[unit]
    lemma, pos, shape, opens, closes = shared
    first, last = edges
    side = "<" if last < cue else ">" if first > cue else "o"
    where = f"{path}{side}"
    inside = frame.region_of[unit]
    own = frame.region_of[cue]
    if inside == own:
        quote = "n" if own < 0 else "s"
    elif inside < 0:
        quote = "x"
    else:
        quote = "a" if inside in (opens, closes) else "q"
        quote += "+" if frame.bounds[inside][1] - frame.bounds[inside][0] > 9 else "-"
    beside = first - 1 if side == ">" else last + 1
    comma = frame.word(beside) if 0 <= beside < len(tokens) else ""
    comma = comma if comma in (",", ":", ";", "-", "—", "–", '"', "(") else ""
    start = tokens[first].lemma
    size = last - first
    size_name = "1" if size == 0 else "2" if size < 4 else "3" if size < 10 else "4"
    has_quote = opens >= 0 or closes >= 0
    out = [
        "bias",
        f"p={path}",
        f"w={where}",
        f"wl={where}|{lemma}",
        f"wp={where}|{pos}",
        f"wu={where}|{token.pos}",
        f"ws={where}|{shape}",
        f"wq={where}|{quote}",
        f"q={quote}|{side}|{has_quote}",
        f"wc={where}|{comma}",
        f"wz={where}|{size_name}",
        f"wm={where}|{start}",
        f"wt={where}|{token.lemma}",
        f"ql={quote}|{lemma}",
        f"d={token.dep}|{pos[:4]}",
        f"lt={lemma}|{token.lemma}|{token.dep}",
        f"wuq={where}|{token.tag}|{quote}|{shape}",
        f"wcs={where}|{comma}|{shape}",
    ]
    if is_whole:
        strength = frame.cue_scores.get(unit)
        if strength is not None and strength > -1.5:
            level = "2" if strength > 1.0 else "1"
            out += [f"cu={level}|{where}", f"cu={level}|{where}|{token.tag}"]
    if not is_whole:
        out.append(f"self|{path}|{token.pos}|{quote}")
    if token.dep == "prep" or "prep" in path:
        out.append(f"pl={where}|{lemma}|{start}")
    return out


def edges_of(frame: Frame, index: int) -> tuple[int, int]:
    """First and last token of a branch."""
    below = frame.document.subtree(index)
    return below[0], below[-1]


def by_model(frame: Frame, cue: int, model: weights.Linear) -> set[int] | None:
    """Token indices of the content."""
    taken: set[int] = set()
    shared = facts(frame, cue)
    stack = [(u, p, w, 0) for u, p, w in units(frame, cue)]
    tokens = frame.tokens
    while stack:
        unit, path, whole, depth = stack.pop()
        edges = edges_of(frame, unit) if whole else (unit, unit)
        totals = model.scores(features(frame, cue, unit, path, whole, edges, shared))
        branches = [c for c in frame.children[unit] if tokens[c].pos != "PUNCT"] if whole else []
        if not branches or depth >= DEPTH:
            if totals[0] > totals[1]:
                taken.update(frame.document.subtree(unit) if whole else (unit,))
            continue
        best = totals.index(max(totals))
        if best == 0:
            taken.update(frame.document.subtree(unit))
        elif best == 2:
            stack.append((unit, f"{path}.", False, depth + 1))
            stack += [(c, f"{_shorten(path)}/{tokens[c].dep}", True, depth + 1) for c in branches]
    return taken


def _shorten(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[-2:])


def by_rule(frame: Frame, cue: int) -> set[int]:
    """Token indices of the content, by syntax alone."""
    tokens, document = frame.tokens, frame.document
    token = tokens[cue]
    kinds: dict[str, list[int]] = {}
    for c in frame.children[cue]:
        kinds.setdefault(tokens[c].dep, []).append(c)
    if token.lemma == "accord" or token.pos in ("ADP", "SCONJ") or (token.dep == "parataxis" and "ccomp" not in kinds):
        top = tokens[cue].head
        while tokens[top].pos not in ("VERB", "AUX") and tokens[top].head != top:
            top = tokens[top].head  # ', per the ministry' hangs on the nearest noun
        phrase = tokens[cue].head if tokens[tokens[cue].head].lemma == "as" else cue  # 'as per the treaty'
        return set(document.subtree(top)) - set(document.subtree(phrase))
    if token.pos in NOUNS:
        for dep in ("acl", "ccomp"):
            for c in kinds.get(dep, []):
                return set(document.subtree(c))
        return set()
    for dep in ("ccomp", "xcomp"):
        if dep in kinds:
            return set().union(*(document.subtree(c) for c in kinds[dep]))
    near = frame.beside(cue)
    for number in (frame.opens_at(cue), frame.closes_at(cue), near.before, near.after):
        if number >= 0 and is_whole(frame, number):
            first, last = frame.bounds[number]
            return set(range(first, last))
    if "dobj" in kinds and token.lemma not in ("tell", "inform", "assure", "brief", "ask", "answer"):
        return set(document.subtree(kinds["dobj"][0]))
    if "prep" in kinds:
        return set(document.subtree(kinds["prep"][0]))
    return set()


def of(frame: Frame, cue: int) -> tuple[set[int], str]:
    """Tokens of the content and which way they were found."""
    if frame.tokens[cue].pos in ("ADP", "SCONJ") and phrase_owner(frame, cue) is not None:
        return by_rule(frame, cue), "rule"
    if is_as_clause(frame, cue):
        top = frame.tokens[cue].head
        while frame.tokens[top].dep == "conj":  # 'has 14 points and was written in Miami, as first reported by X'
            top = frame.tokens[top].head
        return set(frame.document.subtree(top)) - set(frame.document.subtree(cue)), "rule"
    model = weights.load("content")
    taken = by_model(frame, cue, model) if model is not None else None
    way = "model"
    if not taken:
        taken, way = by_rule(frame, cue), "rule"
    taken = attribution_edges.adjust(frame, cue, taken)
    repaired = attribution_repair.repair(frame, cue, taken)
    return repaired, way if repaired == taken else f"{way}+repair"


def is_whole(frame: Frame, number: int) -> bool:
    """Whether a quotation can stand for itself: a stop or comma inside its end, a capital, or more than a few words."""
    region = frame.regions[number]
    text = frame.document.text
    return (
        text[region.inner_end - 1] in ".,!?…" or text[region.inner_start].isupper() or len(frame.words_in(number)) > 3
    )
