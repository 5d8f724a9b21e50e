"""What a dictionary must keep, as its YAML declares it, held before it is loaded: each fault has file, line, value.

dbt holds the same tests after a build; there a fault has the name of a test alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

Row = tuple[int, dict[str, str | None]]  # line in the file, values by column; null where the loader reads null
Reader = Callable[[str], list[Row]]  # the rows of a dictionary by its name
NULLS = ("", "null")
MAX_SHOWN = 10


def rows_of(path: Path) -> Iterator[Row | str]:
    """The rows of a CSV file; a sentence instead of one that has not as many values as the header."""
    with path.open(encoding="utf8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        line = reader.line_num + 1
        for values in reader:
            if len(values) != len(header):
                yield f"line {line}: {len(values)} values where the header names {len(header)} columns"
            elif values:
                yield line, {name: None if v in NULLS else v for name, v in zip(header, values, strict=True)}
            line = reader.line_num + 1


def faults(path: Path, types: dict[str, str], declared: dict[str, Any], read: Reader) -> list[str]:
    """Everything that is wrong with a dictionary, a sentence each; `declared` is its entry in the YAML."""
    rows, found = [], []
    for row in rows_of(path):
        if isinstance(row, str):
            found.append(row)
        else:
            rows.append(row)
    for column, kind in types.items():
        found += _of_type(rows, column, kind)
    for column in declared.get("columns", []):
        for test in column.get("data_tests", []):
            found += _of_test(rows, [column["name"]], test, read)
    for test in declared.get("data_tests", []):
        found += _of_test(rows, [], test, read)
    return [f"{path}: {fault}." for fault in found]


def _of_type(rows: list[Row], column: str, kind: str) -> Iterator[str]:
    reads, allowed = _TYPES.get(kind, (str, ""))
    for line, row in rows:
        if (value := row[column]) is None:
            continue
        try:
            reads(value)
        except ValueError:
            yield f"line {line}: {column} is {value!r}; allowed is {allowed}"


def _boolean(value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ValueError(value)
    return value.lower() == "true"


_TYPES: dict[str, tuple[Callable[[str], Any], str]] = {
    "integer": (int, "a whole number"),
    "double": (float, "a number"),
    "boolean": (_boolean, "true or false"),
    "date": (date.fromisoformat, "a day such as 2025-04-22"),
}


def _of_test(rows: list[Row], columns: list[str], test: str | dict[str, Any], read: Reader) -> Iterator[str]:
    name, settings = (test, {}) if isinstance(test, str) else next(iter(test.items()))
    arguments = settings.get("arguments", {})
    if name == "not_null":
        yield from (f"line {line}: {columns[0]} is empty; every row needs one" for line, r in rows if not r[columns[0]])
    elif name == "unique":
        yield from _repeated(rows, columns)
    elif name == "unique_together":
        yield from _repeated(rows, arguments["columns"])
    elif name == "accepted_values":
        yield from _outside(rows, columns[0], [str(v) for v in arguments["values"]], "")
    elif name == "relationships" and (other := re.fullmatch(r"ref\('(\w+)'\)", arguments["to"])):
        known = [str(row[arguments["field"]]) for _, row in read(other[1])]
        yield from _outside(rows, columns[0], known, f" of {other[1]}.csv")


def _repeated(rows: list[Row], columns: list[str]) -> Iterator[str]:
    first: dict[tuple[str | None, ...], int] = {}
    for line, row in rows:
        key = tuple(row[column] for column in columns)
        if None not in key and first.setdefault(key, line) != line:
            said = ", ".join(f"{column} {row[column]!r}" for column in columns)
            yield f"line {line}: {said} stands already in line {first[key]}; every row needs its own"


def _outside(rows: list[Row], column: str, known: list[str], where: str) -> Iterator[str]:
    allowed = set(known)
    for line, row in rows:
        if (value := row[column]) is not None and value not in allowed:
            near = get_close_matches(value, allowed, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            words = ", ".join(sorted(allowed)[:40]) + (", …" if len(allowed) > 40 else "")
            yield f"line {line}: {column} is {value!r}. {hint}Allowed{where}: {words}"
