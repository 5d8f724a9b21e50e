"""Reads the published file: opened read-only, closed before the page is written. It knows no table by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

Row = dict[str, Any]


class Reader:
    """One read-only connection. Raises FileNotFoundError when nothing is published yet."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise FileNotFoundError(2, "nothing is published yet; start with `communique run`", str(path))
        self._connection = duckdb.connect(str(path), read_only=True)
        self._connection.execute("set TimeZone = 'UTC'")

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """All rows as dictionaries. Order is the query's."""
        cursor = self._connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, *parameters: object) -> Row:
        """The first row; an empty dictionary when there is none."""
        return next(iter(self.rows(sql, *parameters)), {})

    def number(self, sql: str, *parameters: object) -> int:
        """The one number that the query counts."""
        return int(next(iter(self.row(sql, *parameters).values()), 0) or 0)


def day_of(*candidates: date | datetime | None) -> date | None:
    """The first that is given, as a date: a timestamp is one too, to Python."""
    for value in candidates:
        if value is not None:
            return value.date() if isinstance(value, datetime) else value
    return None


def shorten(text: str | None, length: int) -> str | None:
    """The text, cut at a word and marked with an ellipsis where it is longer than `length` code points."""
    if text is None or len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def left_out(shown: Sequence[object], total: int) -> int:
    """How many rows the page does not show."""
    return max(0, total - len(shown))
