"""How an answer looks: a table that fits the terminal, records where none would be readable, CSV, JSON lines, Parquet.

Text from articles is printed as text: markup, emoji codes and terminal controls in it are never interpreted.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows.publish.export.tables import csv_query
from flows.text import harmless

FORMATS = ("table", "records", "csv", "json", "parquet")
LONGEST_WORD = 20  # longer ones, addresses above all, may be broken
TALLEST = 8  # lines of a cell; a row of more is read more easily as a record


def show(answer: pa.Table, kind: str, output: Path | None, columns: list[str], out: Console) -> None:
    """Prints or writes the chosen columns of an answer; no choice means all. Raises LookupError for what it cannot."""
    if unknown := [name for name in columns if name not in answer.column_names]:
        raise LookupError(f"No column {', '.join(unknown)} here; there are: {', '.join(answer.column_names)}.")
    answer = answer.select(columns) if columns else answer
    if kind not in FORMATS:
        raise LookupError(f"No format {kind!r} here: {', '.join(FORMATS)}.")
    if kind == "parquet":
        _write_parquet(answer, output)
    elif kind in ("csv", "json"):
        text = _csv(answer) if kind == "csv" else _json_lines(answer)
        if output:
            output.write_text(text, encoding="utf8", newline="")
        else:
            sys.stdout.write(text)
    elif output:
        raise LookupError(f"{kind} is for the terminal; for a file choose csv, json or parquet.")
    else:
        print_rows(answer.column_names, answer.to_pylist(), out, as_records=kind == "records")


def plain(text: str) -> str:
    """Text for a line that has Rich markup of ours: none of its own is read."""
    return escape(harmless(text))


def print_rows(names: list[str], rows: list[dict[str, Any]], out: Console, *, as_records: bool = False) -> None:
    """Rows as a table whose words stay whole, or one under the other where that does not fit."""
    cells = [[harmless(_cell(value)) for value in row.values()] for row in rows]
    widths = None if as_records else _widths(names, cells, out.width)
    if widths is None:
        _print_records(names, cells, out)
    else:
        is_tall = any(_height(row, widths) > 1 for row in cells)
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), leading=int(is_tall))
        for name, width in zip(names, widths, strict=True):
            side: JustifyMethod = "right" if all(isinstance(r[name], int | float | None) for r in rows) else "left"
            table.add_column(Text(_broken(harmless(name), width)), width=width, justify=side, overflow="fold")
        for row in cells:
            table.add_row(*(Text(_broken(text, width)) for text, width in zip(row, widths, strict=True)))
        out.print(table)
    out.print(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def _widths(names: list[str], cells: list[list[str]], room: int) -> list[int] | None:
    """Width of each column, or None where words would break or a row would be taller than TALLEST lines."""
    columns = [list(column) for column in zip(*cells, strict=True)] or [[] for _ in names]
    needed = [max(map(cell_len, _words(name)), default=1) for name in names]
    widths = [
        max([least, *(min(LONGEST_WORD, cell_len(word)) for text in column for word in _words(text))])
        for least, column in zip(needed, columns, strict=True)
    ]
    wanted = [max(map(cell_len, [name, *column])) for name, column in zip(names, columns, strict=True)]
    spare = room - sum(widths) - 2 * (len(widths) - 1)
    if spare < 0:
        return None
    while spare and any(w < n for w, n in zip(widths, wanted, strict=True)):
        tightest = max(range(len(widths)), key=lambda i: wanted[i] / widths[i])
        widths[tightest] += 1
        spare -= 1
    tallest = max((_height(row, widths) for row in cells), default=1)
    return widths if tallest <= TALLEST else None


def _height(row: list[str], widths: list[int]) -> int:
    """Lines that a row takes."""
    return max(len(_broken(text, width).split("\n")) for text, width in zip(row, widths, strict=True))


def _print_records(names: list[str], cells: list[list[str]], out: Console) -> None:
    label = max(map(len, names), default=0)
    for number, row in enumerate(cells, 1):
        out.print(f"[dim]── {number} {'─' * max(0, min(out.width, 80) - 5 - len(str(number)))}[/dim]")
        for name, text in zip(names, row, strict=True):
            if text:
                lines = textwrap.wrap(text, max(20, out.width - label - 2), break_on_hyphens=False)
                body = ("\n" + " " * (label + 2)).join(map(escape, lines))
                out.print(f"[bold]{plain(name):<{label}}[/bold]  {body}", soft_wrap=True, emoji=False)


def _words(text: str) -> list[str]:
    """What a line may end with: words, and the parts of a name with underscores."""
    return text.replace("_", "_ ").split()


def _broken(text: str, width: int) -> str:
    """A text in lines of at most so many characters, broken between words and after underscores, else anywhere."""
    if len(text) <= width:
        return text
    lines = textwrap.wrap(text.replace("_", "_ "), width, break_on_hyphens=False)
    return "\n".join(line.replace("_ ", "_") for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else str(value)


def _csv(answer: pa.Table) -> str:
    """CSV whose cells no spreadsheet takes for a formula: the rule of the exports."""
    with duckdb.connect() as connection:
        connection.register("answer", answer)
        harmless = connection.execute(csv_query(connection, "answer")).fetchall()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([answer.column_names, *harmless])
    return buffer.getvalue()


def _json_lines(answer: pa.Table) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in answer.to_pylist())


def _write_parquet(answer: pa.Table, output: Path | None) -> None:
    import pyarrow.parquet as pq

    if output is None:
        raise LookupError("parquet is for a file: add --output FILE.")
    pq.write_table(answer, output)
