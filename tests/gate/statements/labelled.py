"""Labelled articles through the whole product: which statement holds the words of a label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

Label = tuple[dict[str, Any], list[Any], dict[str, Any] | None]  # (article, label, its statement or None)


def run(articles: Path, settings: Settings) -> list[Label]:
    """Every label of the articles with its statement, to which `chain` is added."""
    labelled = yaml.safe_load(articles.read_text(encoding="utf8"))
    rows = [
        {
            "id": a["id"],
            "text": a["t"],
            "published_at": f"{a['published']}T12:00:00",
            "outlet": a.get("outlet"),
            "collection": a.get("scoop", a["id"]),
        }
        for a in labelled
    ]
    records = [record_of_row(row, articles.name) for row in rows]
    lines = {line["id"]: line for line in extract(records, settings)}
    return [(a, label, _statement(lines[a["id"]], label[0])) for a in labelled for label in a["e"]]


def _statement(line: dict[str, Any], words: str) -> dict[str, Any] | None:
    """The outermost, shortest statement that holds the words."""
    held = [s for s in line["statements"] if " ".join(words.split()) in " ".join(s["text"].split())]
    found = min(held, key=lambda s: (s["nested_in_statement_id"] is not None, len(s["text"])), default=None)
    chains = {c["chain_id"]: c for c in line["source_chains"]}
    return found and found | {"chain": chains.get(found["chain_id"])}
