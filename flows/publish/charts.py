"""A plain chart of an answer as SVG, as the question asks for it: "bars of n by who", "dots of day by who".

For the cookbook, where a picture of the answer is enough; the report has real charts. A line is a row of the answer,
or all rows with the same label; at most MOST lines are drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa

MOST, WIDTH, LABEL, LINE, TOP = 16, 760, 300, 22, 40
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.v{fill:#777}line{stroke:#ccc}.m0{fill:#3b6ea5}.m1{fill:#c0702b}"
    ".m2{fill:#999}.r{fill:none;stroke:#c0702b;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.v{fill:#aaa}line{stroke:#555}.m0{fill:#7fb0e0}.m1{fill:#e8a365}"
    ".m2{fill:#777}.r{stroke:#e8a365}}"
)
_WANTED = re.compile(r"(bars|dots|gap|count)(?: of ([\w, ]+?))? by ([\w, ]+)")


@dataclass(frozen=True)
class Chart:
    """What a question wants drawn: the kind, the columns that are measured, and those that name a line."""

    kind: str
    measures: list[str]
    labels: list[str]


def wanted(sql: str) -> Chart | None:
    """The chart of the comment "-- Chart: …", None without one. Raises ValueError for one that cannot be read."""
    line = re.search(r"^-- Chart: (.*)$", sql, re.M)
    if line is None:
        return None
    found = _WANTED.fullmatch(line[1].strip())
    if found is None:
        raise ValueError(f"A chart is 'bars|dots|gap of COLUMNS by COLUMNS' or 'count by COLUMNS', not {line[1]!r}.")
    measures = [name.strip() for name in (found[2] or "").split(",") if name.strip()]
    return Chart(found[1], measures, [name.strip() for name in found[3].split(",")])


def draw(answer: pa.Table, chart: Chart, title: str) -> str | None:
    """The chart, or None where the answer has nothing to draw. Raises KeyError for a column that is not in it."""
    rows = answer.to_pylist()
    if chart.kind == "count":
        counted = Counter(_label(row, chart) for row in rows)
        rows = [{"rows": number, "label": label} for label, number in counted.most_common()]
        chart = Chart("bars", ["rows"], ["label"])
    rows = [row for row in rows if any(row[name] is not None for name in chart.measures)]
    if not rows:
        return None
    lines = list(dict.fromkeys(_label(row, chart) for row in rows)) if chart.kind == "dots" else rows
    height = TOP + LINE * min(len(lines), MOST) + 14
    marks = {"bars": _bars, "dots": _dots, "gap": _gap}[chart.kind](rows, chart)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" width="{WIDTH}">',
            f"<title>{escape(title)}</title><style>{STYLE}</style>",
            *_legend(chart),
            *marks,
            "</svg>\n",
        ]
    )


def _legend(chart: Chart) -> list[str]:
    """The names of the measures with their mark, above the lines."""
    parts, x = [], LABEL + 10
    for number, name in enumerate(chart.measures):
        mark = "r" if chart.kind == "gap" and number else f"m{number}"
        shape = f'<circle cx="{x + 5}" cy="13" r="4.5" class="{mark}"/>'
        words = escape(name.replace("_", " "))
        parts.append(f'{shape}<text x="{x + 15}" y="17" class="v">{words}</text>')
        x += 30 + 7 * len(words)
    return parts


def _bars(rows: list[dict[str, Any]], chart: Chart) -> list[str]:
    """A bar per measure, from zero."""
    rows = rows[:MOST]
    x = _scale([0.0, *(float(row[name]) for row in rows for name in chart.measures if row[name] is not None)], 50)
    thick = (LINE - 6) / len(chart.measures)
    parts = [_rule(x(0), len(rows))]
    for index, row in enumerate(rows):
        parts.append(_named(index, _label(row, chart)))
        for number, name in enumerate(chart.measures):
            value = float(row[name] or 0)
            left, right = sorted((x(0), x(value)))
            top = TOP + LINE * index + 3 + thick * number
            parts.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(right - left, 1):.1f}" height="{thick - 1:.1f}" '
                f'class="m{number}"/>'
            )
        if len(chart.measures) == 1:
            parts.append(f'<text x="{right + 5:.1f}" y="{_middle(index)}" class="v">{value:g}</text>')
    return parts


def _gap(rows: list[dict[str, Any]], chart: Chart) -> list[str]:
    """Two measures of a row as a dot and a ring with a line between."""
    rows = rows[:MOST]
    x = _scale([float(row[name]) for row in rows for name in chart.measures if row[name] is not None], 30)
    parts = []
    for index, row in enumerate(rows):
        y = _middle(index) - 4
        parts.append(_named(index, _label(row, chart)))
        ends = [(number, float(row[name])) for number, name in enumerate(chart.measures) if row[name] is not None]
        if len(ends) == 2:
            parts.append(f'<line x1="{x(ends[0][1]):.1f}" x2="{x(ends[1][1]):.1f}" y1="{y}" y2="{y}"/>')
        for number, value in ends:
            mark = "r" if number else "m0"
            parts.append(f'<circle cx="{x(value):.1f}" cy="{y}" r="{6 if number else 4.5}" class="{mark}"/>')
        if len(ends) == 1:
            parts.append(f'<text x="{x(ends[0][1]) + 10:.1f}" y="{y + 4}" class="v">{ends[0][1]:g}</text>')
    return parts


def _dots(rows: list[dict[str, Any]], chart: Chart) -> list[str]:
    """A dot per row at its day; rows with one label share a line."""
    days = [(_label(row, chart), _day(row[chart.measures[0]])) for row in rows]
    lines = list(dict.fromkeys(label for label, _ in days))[:MOST]
    first, last = min(day for _, day in days), max(day for _, day in days)
    x = _scale([float(first.toordinal()), float(last.toordinal())], 60)
    parts = []
    for day in dict.fromkeys((first, last)):
        at = x(day.toordinal())
        parts.append(f'<text x="{at:.1f}" y="{TOP - 6}" text-anchor="middle" class="v">{day}</text>')
        parts.append(_rule(at, len(lines)))
    parts += [_named(index, label) for index, label in enumerate(lines)]
    for label, day in days:
        if label in lines:
            y = _middle(lines.index(label)) - 4
            parts.append(f'<circle cx="{x(day.toordinal()):.1f}" cy="{y}" r="4.5" class="m0" fill-opacity=".7"/>')
    return parts


def _scale(values: list[float], margin: float) -> Any:
    """From a value to its place between the labels and the right edge."""
    low, high = min(values), max(values)
    room = WIDTH - LABEL - 40 - margin
    return lambda value: LABEL + 40 + room * ((value - low) / (high - low) if high > low else 0)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _middle(index: int) -> int:
    return TOP + LINE * index + 15


def _rule(x: float, lines: int) -> str:
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{TOP + LINE * lines}"/>'


def _named(index: int, label: str) -> str:
    return f'<text x="{LABEL + 20}" y="{_middle(index)}" text-anchor="end">{escape(label)}</text>'


def _label(row: dict[str, Any], chart: Chart) -> str:
    words = " ".join(", ".join(str(row[name]) for name in chart.labels if row[name] is not None).split())
    return words if len(words) <= 46 else words[:45] + "…"
