"""A multinomial logistic regression over clause features, as the rows of seeds/events/event_weights.csv.

L2 penalty; rounded, pruned weights. Sentences drawn as NONE are only presumed so (positive and unlabelled data, Liu et
al. 2002): those that a model held out from them takes for an event teach nothing. Needs scikit-learn.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from flows.event_training.sentences import NONE, Sentence

Table = dict[str, dict[str, float]]  # feature -> root -> weight; '' holds the intercepts
PENALTY = 3.0  # C of the regression: of 1, 3 and 10 the best cross-validated F1 (November 2026)
SMALLEST = 0.08  # weights below this go; costs .001 of F1 and halves the seed
PRESUMED = 0.5  # a drawn sentence stays NONE with at least this probability
FOLDS = 5


def train(sentences: list[Sentence], features: dict[str, set[str]]) -> Table:
    """The weights learnt from sentences that have a root and features."""
    usable = sorted((s for s in sentences if s.root and s.id in features), key=lambda s: s.id)
    return _table(*_fit(_believed(usable, features), features))


def folds(sentences: list[Sentence]) -> list[set[str]]:
    """The ids of five parts with the same mix of roots; each id is in one."""
    from sklearn.model_selection import StratifiedKFold

    ids = sorted(sentences, key=lambda s: s.id)
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    return [{ids[n].id for n in part} for _, part in splitter.split(ids, [s.root or "" for s in ids])]


def _believed(sentences: list[Sentence], features: dict[str, set[str]]) -> list[Sentence]:
    """Without the drawn sentences that look like events to a model that has not seen them."""
    if not any(s.is_drawn for s in sentences):
        return sentences
    doubted: set[str] = set()
    for part in folds(sentences):
        model, names = _fit([s for s in sentences if s.id not in part], features)
        table = _table(model, names)
        doubted |= {
            s.id for s in sentences if s.is_drawn and s.id in part and _nothing(table, features[s.id]) < PRESUMED
        }
    return [s for s in sentences if s.id not in doubted]


def _nothing(table: Table, features: set[str]) -> float:
    """The probability that nothing happens."""
    from math import exp

    scores = {root: w + sum(table[f].get(root, 0.0) for f in features if f in table) for root, w in table[""].items()}
    return exp(scores[NONE]) / sum(exp(score) for score in scores.values())


def _fit(sentences: list[Sentence], features: dict[str, set[str]]) -> tuple[Any, list[str]]:
    """(fitted regression, feature names); features of a single sentence are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(f for s in sentences for f in features[s.id])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1 for f in sorted(features[s.id]) if counts[f] > 1} for s in sentences])
    model = LogisticRegression(C=PENALTY, max_iter=400)
    model.fit(matrix, [s.root for s in sentences])
    return model, list(vectorizer.get_feature_names_out())


def _table(model: Any, names: list[str]) -> Table:
    table: Table = {"": dict(zip(model.classes_, model.intercept_.round(3).tolist(), strict=True))}
    for column, name in enumerate(names):
        weights = {r: round(float(w), 2) for r, w in zip(model.classes_, model.coef_[:, column], strict=True)}
        kept = {r: w for r, w in weights.items() if abs(w) >= SMALLEST}
        if kept:
            table[name] = kept
    return table


def write(path: Path, table: Table) -> None:
    """The seed: feature, root, weight."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["feature", "root", "weight"])
        for feature in sorted(table):
            for root, weight in sorted(table[feature].items()):
                writer.writerow([feature, root, weight])
