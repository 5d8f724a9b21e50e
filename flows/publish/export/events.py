"""Event files in the column order of GDELT 2.0 and of ICEWS, for tools that read those.

Both are dyadic: one row per pair of a source and a target. What this project does not measure stays empty: tone,
ethnic and religious codes, FIPS places, districts. An event without a CAMEO code (denied, hypothetical, a mere
statement) or without a day is left out, since both formats demand them and neither may be invented.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from flows.publish.export.tables import FORMULA, copy
from flows.settings import PROJECT_ROOT

SQL = Path(__file__).resolve().parent
# Neither format has quotes: what would end a cell becomes a blank. What a spreadsheet would take for a formula gets an
# apostrophe in front, as in the CSV.
_BLANK = r"[\x00-\x1f\x7f-\x9f\x{2028}\x{2029}]"
CELL = f"regexp_replace(trim(regexp_replace(text, '{_BLANK}', ' ', 'g')), '({FORMULA})', '''\\1')"
CAMEO = PROJECT_ROOT / "dbt_project" / "seeds" / "events" / "cameo.csv"


def write_gdelt(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """communique.export.CSV: 61 columns, tabs, no header, no quotes (GDELT 2.0 Event Database codebook, 2015)."""
    _pairs(connection)
    options = "format csv, header false, delimiter '\\t', quote '', escape '', nullstr ''"
    query = (SQL / "gdelt.sql").read_text(encoding="utf8")
    return {"communique.export.CSV": copy(connection, query, folder / "communique.export.CSV", options)}


def write_icews(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """communique.icews.tab: 20 columns, tabs, header (ICEWS Coded Event Data, Boschee and others 2015)."""
    _pairs(connection)
    with CAMEO.open(encoding="utf8", newline="") as file:
        names = [(row["cameo_code"], row["name"]) for row in csv.DictReader(file)]
    connection.execute("create or replace temp table cameo_names (cameo_code varchar, name varchar)")
    rows = ", ".join("(?, ?)" for _ in names)
    connection.execute(f"insert into cameo_names values {rows}", [value for pair in names for value in pair])
    options = "format csv, header true, delimiter '\\t', quote '', escape '', nullstr ''"
    query = (SQL / "icews.sql").read_text(encoding="utf8")
    return {"communique.icews.tab": copy(connection, query, folder / "communique.icews.tab", options)}


def _pairs(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"create or replace temp macro cell(text) as {CELL}")
    connection.execute((SQL / "pairs.sql").read_text(encoding="utf8"))
