"""Training of the event model on invented sentences: what is drawn and learnt, not how well the product codes."""

from __future__ import annotations

import json
from pathlib import Path

from flows.event_training import regression
from flows.event_training.sentences import NONE, Sentence, draw, read


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_first_event_is_the_class_and_a_bare_statement_is_none(tmp_path: Path) -> None:
    expected = [[{"root": "01"}, {"root": "20"}], [{"root": "01"}], []]
    rows: list[dict[str, object]] = [{"id": str(n), "text": "-", "expected": e} for n, e in enumerate(expected)]
    assert [s.root for s in read(write(tmp_path / "set.jsonl", rows))] == ["18", None, NONE]


def test_a_draw_depends_on_the_texts_alone(tmp_path: Path) -> None:
    texts = [
        f"The ferry to the island of Nume was {n} minutes late on that morning. Nobody minded.\nToo short."
        for n in "abcdef"
    ]
    rows: list[dict[str, object]] = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    first = draw(write(tmp_path / "a.jsonl", rows), 4)
    assert first == draw(write(tmp_path / "b.jsonl", rows[::-1]), 4)
    assert len(first) == 4
    assert all(s.is_drawn and s.root == NONE and s.text.endswith("morning.") for s in first)


def labelled() -> tuple[list[Sentence], dict[str, set[str]]]:
    """Twenty meetings, twenty marches, twenty without an event, ten drawn ones of which five speak of meetings."""
    sentences, features = [], {}
    for n in range(70):
        root = ("04", "14", NONE, NONE)[n // 20]
        verb = "meet" if n >= 65 else ("meet", "march", "rain", "rain")[n // 20]
        sentence = Sentence(f"s{n:02}", "-", None, root, is_drawn=n >= 60)
        sentences.append(sentence)
        features[sentence.id] = {f"l=v {verb}", f"w={n % 7}"}
    return sentences, features


def test_weights_tell_a_meeting_from_rain() -> None:
    table = regression.train(*labelled())
    assert table["l=v meet"]["04"] > 0 > table["l=v rain"].get("04", -1.0)
    assert all(abs(w) >= regression.SMALLEST for f in table if f for w in table[f].values())


def test_drawn_sentences_that_look_like_events_teach_nothing() -> None:
    sentences, features = labelled()
    believed = [s for s in sentences if s.id < "s65"]
    assert regression.train(sentences, features) == regression.train(believed, features)


def test_each_sentence_is_held_out_once() -> None:
    sentences, _ = labelled()
    parts = regression.folds(sentences)
    assert sorted(i for part in parts for i in part) == [s.id for s in sentences]
