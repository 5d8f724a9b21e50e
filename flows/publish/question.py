"""Questions to the published file: SQL of one's own, or one of the analysts' questions by name."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.settings import Settings

# What an answer may touch: not even a read-only connection keeps COPY from writing a file, or ATTACH from opening one.
LOCKED = ("TimeZone = 'UTC'", "enable_external_access = false", "lock_configuration = true")


class Forbidden(LookupError):
    """The SQL asks for more than the published tables."""


class UnknownQuestion(LookupError):
    """No question of that name; the text lists those there are."""


def ask(settings: Settings, sql: str | None, name: str | None) -> pa.Table:
    """The answer as an Arrow table.

    Raises UnknownQuestion, Forbidden, FileNotFoundError before a first release, duckdb.Error.
    """
    if name == "list":
        known = {stem: header(path.read_text(encoding="utf8")) for stem, path in questions(settings).items()}
        return pa.table({"name": list(known), "what a reader learns": list(known.values())})
    if (sql is None) == (name is None):
        raise UnknownQuestion("Give either SQL or --name. " + _listing(settings))
    text = sql if sql is not None else _question(settings, name or "")
    if not settings.published_db.exists():
        raise FileNotFoundError(2, "nothing is published yet; start with `communique run`", str(settings.published_db))
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        for setting in LOCKED:
            connection.execute(f"set {setting}")
        try:
            return connection.execute(text).to_arrow_table()
        except duckdb.PermissionException as fault:
            raise Forbidden(
                "A question reads the published tables and nothing else: no file, no other database, no extension. "
                f"To write an answer use --format and --output; for more, open the file with DuckDB. ({fault})"
            ) from fault


def questions(settings: Settings) -> dict[str, Path]:
    """The analysts' questions by file name without ending."""
    return {p.stem: p for p in sorted((settings.dbt_dir / "analyses").glob("q*.sql"))}


def header(text: str) -> str:
    """The comment at the top of a question: what a reader learns."""
    lines = [
        line[2:].strip() for line in text.splitlines() if line.startswith("--") and not line.startswith("-- Chart:")
    ]
    return " ".join(lines)


def _question(settings: Settings, name: str) -> str:
    known = questions(settings)
    hits = [path for stem, path in known.items() if stem == name or re.match(rf"{re.escape(name)}(_|$)", stem)]
    if len(hits) != 1:
        raise UnknownQuestion(f"No question is called {name!r}. " + _listing(settings))
    return hits[0].read_text(encoding="utf8")


def _listing(settings: Settings) -> str:
    lines = [f"  {stem}: {header(path.read_text(encoding='utf8'))}" for stem, path in questions(settings).items()]
    return "There are:\n" + "\n".join(lines)
