"""Trains seeds/events/event_weights.csv: … -m flows.language.training.event_weights WAREHOUSE GOLD.jsonl … --out CSV.

Reads the features that dbt collected (int_event_features_collect) for labelled sentences, each a document of its own,
and fits a multinomial logistic regression with an L2 penalty. A sentence without an expected event teaches the class
'00'. It writes rounded, pruned weights; it is run by hand, never in the pipeline, and needs scikit-learn. `--folds-dir`
also writes the weights of five folds with the ids each was not trained on: what those score is what the model is worth.

Figures of November 2026, each sentence coded with the weights of the fold it is held out from, through the marts:
root F1 .78, precision .83, actors and root .55 on news sentences with an event; rules alone F1 .67, precision .67;
the model alone, without rule features, F1 .75, precision .79.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

# PLOVER folds these CAMEO roots: appeals into requests, fighting into assault, investigations into accusations.
FOLD = {"02": "10", "19": "18", "20": "18", "09": "11"}
NONE = "00"
PENALTY = 3.0  # C of the regression: of 1, 3 and 10 the best cross-validated F1 (November 2026)
SMALLEST = 0.08  # weights below this go; costs .001 of F1 and halves the seed


def labels(paths: Sequence[Path]) -> dict[str, str]:
    """Document id -> root; the first expected root, or NONE where nothing (or only a statement, 01) is expected."""
    found: dict[str, str] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            roots = [e["root"] for e in row["expected"] if e.get("root") and e["root"] != "01"]
            if roots or not row["expected"]:
                found[row["id"]] = FOLD.get(roots[0], roots[0]) if roots else NONE
    return found


def features(warehouse: Path, wanted: set[str]) -> dict[str, set[str]]:
    """Document id -> its features."""
    found: dict[str, set[str]] = defaultdict(set)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        schema = connection.execute(
            "select table_schema from information_schema.tables where table_name = 'int_event_features_collect'"
        ).fetchone()
        table = f"{schema[0]}.int_event_features_collect" if schema else "int_event_features_collect"
        for document_id, feature in connection.execute(f"select document_id, feature from {table}").fetchall():
            if document_id in wanted:
                found[document_id].add(feature)
    return found


def fit(rows: list[set[str]], roots: list[str], kept: set[str], weight: list[float]) -> tuple[Any, list[str]]:
    """(fitted regression, feature names)."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1 for f in row if f in kept} for row in rows])
    model = LogisticRegression(C=PENALTY, max_iter=400)
    model.fit(matrix, roots, sample_weight=weight)
    return model, list(vectorizer.get_feature_names_out())


def table_of(model: Any, names: list[str]) -> dict[str, dict[str, float]]:
    """feature -> root -> weight, rounded and pruned; '' holds the intercepts."""
    table: dict[str, dict[str, float]] = {
        "": dict(zip(model.classes_, model.intercept_.round(3).tolist(), strict=True))
    }
    for column, name in enumerate(names):
        weights = {r: round(float(w), 2) for r, w in zip(model.classes_, model.coef_[:, column], strict=True)}
        kept = {r: w for r, w in weights.items() if abs(w) >= SMALLEST}
        if kept:
            table[name] = kept
    return table


def frequent(rows: list[set[str]]) -> set[str]:
    """Features of at least two sentences."""
    counts = Counter(f for row in rows for f in row)
    return {f for f, n in counts.items() if n > 1}


def main() -> None:
    """Trains on all labelled sentences and writes the seed; with --folds, prints held-out figures first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds-dir", type=Path, help="also write fold_<n>.csv and fold_<n>.txt (held-out ids) here")
    parser.add_argument("--none-weight", type=float, default=1.0, help="weight of sentences without an event")
    arguments = parser.parse_args()
    roots = labels(arguments.gold)
    found = features(arguments.warehouse, set(roots))
    ids = sorted(i for i in roots if i in found)
    if arguments.folds_dir:
        _folds(arguments.folds_dir, ids, roots, found, arguments.none_weight)
    _write(arguments.out, _train(ids, roots, found, arguments.none_weight))


def _train(
    ids: list[str], roots: dict[str, str], found: dict[str, set[str]], none_weight: float
) -> dict[str, dict[str, float]]:
    rows = [found[i] for i in ids]
    weight = [none_weight if roots[i] == NONE else 1.0 for i in ids]
    return table_of(*fit(rows, [roots[i] for i in ids], frequent(rows), weight))


def _folds(folder: Path, ids: list[str], roots: dict[str, str], found: dict[str, set[str]], none_weight: float) -> None:
    from sklearn.model_selection import StratifiedKFold

    folder.mkdir(parents=True, exist_ok=True)
    splitter = StratifiedKFold(5, shuffle=True, random_state=1)
    for number, (train, test) in enumerate(splitter.split(ids, [roots[i] for i in ids])):
        _write(folder / f"fold_{number}.csv", _train([ids[n] for n in train], roots, found, none_weight))
        (folder / f"fold_{number}.txt").write_text("\n".join(ids[n] for n in test), encoding="utf-8")


def _write(path: Path, table: dict[str, dict[str, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["feature", "root", "weight"])
        for feature in sorted(table):
            for root, weight in sorted(table[feature].items()):
                writer.writerow([feature, root, weight])


if __name__ == "__main__":
    main()
