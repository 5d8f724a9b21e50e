"""The data dictionary as Markdown, from dbt's own descriptions: what is written there is what analysts read."""

from __future__ import annotations

from pathlib import Path

from flows.publish.contract import Table, read_contract
from flows.settings import Settings

INTRODUCTION = """# Data dictionary

Every table of the published file, made from the dbt project by `make docs`; do not edit it here.
`*_id` is a hash key, `*_key` a natural key, `*_at` a UTC timestamp, `*_date` a day, `*_count` a number of rows.
Offsets (`char_start`, `char_end`) are half-open, in Unicode code points, into the landed text.
"""


def render(tables: list[Table]) -> str:
    """The dictionary: a list of tables, then each with its columns."""
    parts = [INTRODUCTION, *(f"- [{t.name}](#{t.name}): {t.description}" for t in tables)]
    for table in tables:
        parts += [
            "",
            f"## {table.name}",
            "",
            table.description,
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        parts += [f"| `{c.name}` | {c.data_type} | {_cell(c.description)} |" for c in table.columns]
    return "\n".join(parts) + "\n"


def write(settings: Settings, folder: Path) -> None:
    """Writes data-dictionary.md into `folder`. Raises FileNotFoundError when dbt has not run."""
    (folder / "data-dictionary.md").write_text(render(read_contract(settings)), encoding="utf8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
