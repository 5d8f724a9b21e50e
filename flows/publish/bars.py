"""A plain bar chart of an answer as SVG: one measure of each row, labelled by the texts and days before it.

For the cookbook, where a picture of the answer is enough; the report has real charts.
"""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

import pyarrow as pa

MOST, WIDTH, LABEL, LINE = 16, 760, 300, 22
MEASURES = ("count", "factor", "distance", "share", "gap", "delta", "days", "changes", "concessions")
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.v{fill:#777}rect{fill:#3b6ea5}line{stroke:#bbb}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.v{fill:#aaa}rect{fill:#7fb0e0}line{stroke:#555}}"
)


def bars(answer: pa.Table, title: str) -> str | None:
    """The chart of up to MOST rows, or None where the answer has no label, no number or fewer than two bars."""
    number = _measure([f.name for f in answer.schema if _is_number(f.type)])
    labels = [f.name for f in answer.schema if _is_label(f.type) and not f.name.endswith("_id")][:2]
    if number is None or not labels:
        return None
    rows = [r for r in answer.slice(0, MOST).to_pylist() if r[number] is not None]
    if len(rows) < 2 or not any(r[number] for r in rows):
        return None
    values = [float(r[number]) for r in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (WIDTH - LABEL - 70) / (high - low)
    zero = LABEL + 10 - low * scale
    height = LINE * (len(rows) + 1) + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" width="{WIDTH}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text x="{LABEL + 10}" y="15" class="v">{escape(number.replace("_", " "))}</text>',
    ]
    for index, (row, value) in enumerate(zip(rows, values, strict=True), 1):
        top = LINE * index
        left, width = min(zero, zero + value * scale), abs(value * scale)
        label = ", ".join(str(row[name]) for name in labels if row[name] is not None)
        parts.append(f'<text x="{LABEL}" y="{top + 15}" text-anchor="end">{escape(_short(label))}</text>')
        parts.append(f'<rect x="{left:.1f}" y="{top + 3}" width="{max(width, 1):.1f}" height="{LINE - 7}"/>')
        parts.append(f'<text x="{left + width + 5:.1f}" y="{top + 15}" class="v">{value:g}</text>')
    parts.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{LINE}" y2="{height - 8}"/></svg>')
    return "\n".join(parts) + "\n"


def _measure(numbers: list[str]) -> str | None:
    """The column that counts or measures, by its name; else the last number: levels and keys stand before it."""
    named = [n for n in numbers if n.rsplit("_", 1)[-1] in MEASURES]
    return next(iter(named or numbers[-1:]), None)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _is_label(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_date(kind))


def _short(text: str | date) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= 44 else words[:43] + "…"
