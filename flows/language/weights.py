"""Small linear models: feature names and weights from .npz files, scored as sparse sums in plain Python.

The files hold no code and no pickle: names as one UTF-8 text, weights as half floats. `flows/language/training`
makes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import exp
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "models"


class Linear:
    """A linear model with one column of weights per class; two classes share one column."""

    def __init__(self, classes: list[str], weights: dict[str, tuple[float, ...]], threshold: float) -> None:
        self.classes = classes
        self.weights = weights
        self.threshold = threshold
        self.single = {name: values[0] for name, values in weights.items()} if len(classes) == 1 else {}

    def score(self, features: Iterable[str]) -> float:
        """The log-odds of the one class (or the rank of a candidate)."""
        get = self.single.get
        total = 0.0
        for name in features:
            total += get(name, 0.0)
        return total

    def scores(self, features: Iterable[str]) -> list[float]:
        """One sum per class, in the order of `classes`."""
        totals = [0.0] * len(self.classes)
        get = self.weights.get
        for name in features:
            values = get(name)
            if values is not None:
                for k, value in enumerate(values):
                    totals[k] += value
        return totals


def probability(score: float) -> float:
    """The logistic function, safe at both ends."""
    return 1.0 / (1.0 + exp(-score)) if score > -60 else 0.0


@lru_cache(maxsize=16)
def load(name: str) -> Linear | None:
    """The model of this name, or None when it has not been trained: callers then fall back to rules."""
    path = FOLDER / f"{name}.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as data:
        names = data["names"].tobytes().decode("utf-8").split("\n")
        classes = data["classes"].tobytes().decode("utf-8").split("\n")
        matrix = data["weights"].astype(np.float64).tolist()
        threshold = float(data["threshold"][0])
    return Linear(classes, {n: tuple(row) for n, row in zip(names, matrix, strict=True)}, threshold)


def save(name: str, classes: list[str], weights: dict[str, tuple[float, ...]], threshold: float) -> Path:
    """Writes the model, names sorted; returns its path. For the training script."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.npz"
    ordered = sorted(weights)
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(ordered).encode("utf-8"), dtype=np.uint8),
        classes=np.frombuffer("\n".join(classes).encode("utf-8"), dtype=np.uint8),
        weights=np.array([weights[n] for n in ordered], dtype=np.float16).reshape(len(ordered), -1),
        threshold=np.array([threshold], dtype=np.float64),
    )
    return path
