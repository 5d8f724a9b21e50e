"""What a release into a lake costs by its size: `python -m tests.real.lake_size 20 200`.

Multiplies the release that is in place (that of `make run`, say) so many times, each copy with ids of its own, and
sends it into a lake with a catalogue in a file, then the same with a fiftieth of the documents exchanged. Prints
seconds of the clock and of processors, and the most memory that the process has held, making the copies included.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import duckdb
from pydantic import SecretStr

from flows.publish import lake
from flows.settings import Settings
from tests.bench.clock import peak_mib, spent


def main(times: int) -> None:
    installed = Settings()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        changed = max(1, times // 50)
        first = _multiplied(installed.published_db, folder / "20260101T000000000001Z", 0, times)
        second = _multiplied(installed.published_db, folder / "20260101T000000000002Z", changed, changed + times)
        address = SecretStr(f"ducklake:{folder / 'lake.ducklake'}")
        settings = installed.model_copy(update={"lake": address, "lake_data": str(folder / "lake")})
        for release in (first, second):
            cost = spent(partial(lake.send, settings, release))
            print(f"{cost.clock:.1f} s, {cost.processors:.1f} s of processors, {peak_mib():,.0f} MiB", flush=True)


def _multiplied(source: Path, folder: Path, begin: int, end: int) -> Path:
    folder.mkdir()
    with duckdb.connect(str(folder / "communique.duckdb")) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        query = "select table_name, list(column_name order by column_index) from duckdb_columns() "
        rows = 0
        for table, columns in connection.execute(f"{query} where database_name = 'source' group by all").fetchall():
            ids = [c for c in columns if c.endswith("_id") and table != "releases"]
            changed = f"replace ({', '.join(f'md5({c} || number) as {c}' for c in ids)})" if ids else ""
            numbers = f"range({begin}, {end})" if ids else "range(1)"
            rows_of = f"select * exclude (number) {changed} from source.{table}, {numbers} as n(number)"
            connection.execute(f"create table {table} as {rows_of}")
            row = connection.execute(f"select count(*) from {table}").fetchone()
            rows += row[0] if row else 0
        connection.execute(f"update releases set release_id = '{folder.name}'")
        told = connection.execute("select count(*) from documents").fetchone()
    print(f"{told[0] if told else 0:,} documents, {rows:,} rows", flush=True)
    return folder


if __name__ == "__main__":
    for given in sys.argv[1:]:
        main(int(given))
