"""The analysts' questions as a page: what a reader learns, the query, what it answers on the data at hand, a chart."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa

from flows.publish.charts import draw, wanted
from flows.publish.question import ask, header, questions
from flows.settings import Settings

ROWS, CELL = 12, 90
INTRODUCTION = """# Cookbook

Twenty questions that the published tables answer, made by `make docs` from `dbt_project/analyses/`; do not edit it
here. The answers are those of the published file that was in place, after `make run` the sample's. Ask them yourself
with `communique query --name q01`, or paste a query into any DuckDB client.
"""


def write(settings: Settings, folder: Path) -> int:
    """Writes cookbook.md and its charts into `folder`; returns the number of questions. Raises FileNotFoundError."""
    charts = folder / "cookbook"
    charts.mkdir(parents=True, exist_ok=True)
    for old in charts.glob("*.svg"):
        old.unlink()
    known = questions(settings)
    parts = [INTRODUCTION]
    for name, path in known.items():
        sql = path.read_text(encoding="utf8")
        answer = ask(settings, None, name)
        chart = wanted(sql)
        picture = draw(answer, chart, title(name)) if chart else None
        if picture:
            (charts / f"{name}.svg").write_text(picture, encoding="utf8")
        parts.append(entry(name, sql, answer, with_chart=bool(picture)))
    (folder / "cookbook.md").write_text("\n".join(parts), encoding="utf8")
    return len(known)


def entry(name: str, sql: str, answer: pa.Table, *, with_chart: bool) -> str:
    """One question as Markdown."""
    lines = [f"## {title(name)}", "", header(sql), "", "```sql", query(sql), "```", ""]
    if answer.num_rows == 0:
        return "\n".join([*lines, "No row in these data.", ""])
    lines += ["| " + " | ".join(answer.column_names) + " |", "|" + " --- |" * answer.num_columns]
    for row in answer.slice(0, ROWS).to_pylist():
        lines.append("| " + " | ".join(_cell(v) for v in row.values()) + " |")
    if answer.num_rows > ROWS:
        lines += ["", f"The first {ROWS} of {answer.num_rows:,} rows."]
    if with_chart:
        lines += ["", f"![{title(name)}](cookbook/{name}.svg)"]
    return "\n".join([*lines, ""])


def title(name: str) -> str:
    """'q01_territorial_moves' -> '1. Territorial moves'."""
    found = re.fullmatch(r"q0*(\d+)_?(.*)", name)
    if not found:
        return name
    words = found[2].replace("_", " ").strip()
    return f"{found[1]}. {words[:1].upper()}{words[1:]}" if words else f"Question {found[1]}"


def query(sql: str) -> str:
    """The query without the comment on top, which stands above it as text."""
    lines = sql.strip().splitlines()
    while lines and (lines[0].startswith("--") or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.3g}" if isinstance(value, float) else " ".join(str(value).split())
    text = text if len(text) <= CELL else text[: CELL - 1] + "…"
    for mark, safe in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("*", "\\*"), ("`", "\\`"), ("[", "\\[")):
        text = text.replace(mark, safe)
    return text
