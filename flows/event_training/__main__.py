"""Trains seeds/events/event_weights.csv, and measures what it is worth on sentences that it has not seen.

  python -m flows.event_training SET.jsonl … [--articles ARTICLES.jsonl.gz] [--out CSV | --folds FOLDER] [--work FOLDER]

The sentences are coded by the whole product in a scratch warehouse (`--work` keeps it: a second call parses nothing).
Without `--folds` the seed is written. With it, each of five parts is coded with weights that its sentences had no share
in, and FOLDER gets one file of rows per set, as `communique extract` prints them: what a scorer says of those files is
what the coder is worth, as far as weights go. Rules are not held out: whoever wrote them has seen what they have seen.
A folder stands for its events_*train*.jsonl, events_random*.jsonl and polnear_train.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.event_training import regression
from flows.event_training.scratch import Scratch
from flows.event_training.sentences import Sentence, draw, read
from flows.settings import Settings

SEED = Path(__file__).parents[2] / "dbt_project" / "seeds" / "events" / "event_weights.csv"
DRAWN = 700  # sentences presumed to hold no event


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns an exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="labelled sentences; or one folder of sets and articles")
    parser.add_argument("--articles", type=Path, help="news articles to draw sentences without an event from")
    parser.add_argument("--drawn", type=int, default=DRAWN)
    parser.add_argument("--out", type=Path, default=SEED)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    if given.sets[0].is_dir():
        folder = given.sets[0]
        given.sets = sorted(folder.glob("events_*train*.jsonl")) + sorted(folder.glob("events_random*.jsonl"))
        given.articles = given.articles or next(iter(sorted(folder.glob("polnear_train.jsonl*"))), None)
    if not given.sets:
        print("no labelled sentences: expected events_*train*.jsonl, events_random*.jsonl", file=sys.stderr)
        return 2
    sets = {path.stem: read(path) for path in given.sets}
    if given.articles:
        sets["drawn"] = draw(given.articles, given.drawn)
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        sentences = [sentence for one in sets.values() for sentence in one]
        scratch = Scratch(Settings(data_dir=work / "data", cache_dir=work / "cache"), sentences)
        if given.folds:
            _measure(scratch, sets, given.folds)
        else:
            regression.write(given.out, regression.train(sentences, scratch.features()))
    return 0


def _measure(scratch: Scratch, sets: dict[str, list[Sentence]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = {row["id"]: row for row in _held_out(scratch, [s for one in sets.values() for s in one])}
    for name, sentences in sets.items():
        lines = [json.dumps(rows[s.id], ensure_ascii=False) + "\n" for s in sentences if s.id in rows]
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def _held_out(scratch: Scratch, sentences: list[Sentence]) -> Iterator[dict[str, Any]]:
    """Every sentence coded once, with weights learnt from the other four parts."""
    features = scratch.features()
    for part in regression.folds(sentences):
        weights = regression.train([s for s in sentences if s.id not in part], features)
        yield from (row for row in scratch.code(weights) if row["id"] in part)


if __name__ == "__main__":
    sys.exit(main())
