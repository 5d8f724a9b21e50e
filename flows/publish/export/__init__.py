"""`communique export`: the published tables as files for other tools. It reads the published file and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from flows.publish.export import events, networks, tables
from flows.settings import Settings

Writer = Callable[[duckdb.DuckDBPyConnection, Path], dict[str, int]]

FORMATS: dict[str, Writer] = {
    "csv": tables.write_csv,
    "jsonl": tables.write_jsonl,
    "parquet": tables.write_parquet,
    "gdelt": events.write_gdelt,
    "icews": events.write_icews,
    "dna": networks.write_dna,
    "graphml": networks.write_graphml,
}


def export(settings: Settings, kind: str, folder: Path) -> dict[str, int]:
    """Writes files of `kind` into `folder`; returns rows per file name.

    Raises LookupError for an unknown format, FileNotFoundError before a first release.
    """
    if kind not in FORMATS:
        raise LookupError(f"No format {kind!r} here: {', '.join(FORMATS)}.")
    if not settings.published_db.exists():
        raise FileNotFoundError(2, "nothing is published yet; start with `communique run`", str(settings.published_db))
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return FORMATS[kind](connection, folder)
