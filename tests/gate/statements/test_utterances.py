"""One utterance in several articles: cut shorter, split by its cue, or with a word changed; in any order of articles.

It also detects what must stay apart: other words, and a few words that recur by chance.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

pytestmark = pytest.mark.gate

ARTICLES = {
    "whole": "“We will not give up the eastern bank, and we will not talk under fire,” President Omar Delk said.",
    "cut": "President Omar Delk spoke on Monday. “We will not give up the eastern bank,” he said.",
    "split": "“We will not give up the eastern bank,” President Omar Delk said, “and we will not talk under fire.”",
    "word": "“We will not give up the eastern shore, and we will not talk under fire!” said President Omar Delk.",
    "other_words": "“We will not give up the mines, nor will we talk while they shell us,” President Omar Delk said.",
    "few": "“We will not,” President Omar Delk said.",
    "few_again": "“We will not,” President Omar Delk said on Friday.",
}


def utterances(folder: Path, order: list[str]) -> dict[str, set[str]]:
    """The utterances of the quotations of each article."""
    rows: list[dict[str, Any]] = [
        {"id": name, "text": ARTICLES[name], "published_at": "2026-03-10T12:00:00", "collection": "one"}
        for name in order
    ]
    lines = extract([record_of_row(row, "utterances") for row in rows], Settings(data_dir=folder))
    return {line["id"]: {s["utterance_id"] for s in line["statements"]} for line in lines}


def test_one_utterance_in_several_articles(tmp_path: Path) -> None:
    found = utterances(tmp_path / "a", list(ARTICLES))
    assert len(found["whole"]) == 1
    assert found["whole"] == found["cut"] == found["split"] == found["word"]
    assert found["whole"].isdisjoint(found["other_words"])
    assert found["few"].isdisjoint(found["few_again"])
    assert found == utterances(tmp_path / "b", list(reversed(ARTICLES)))
