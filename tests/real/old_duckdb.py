"""Older versions of DuckDB open a release, as the ones that BI tools bundle do: `python -m tests.real.old_duckdb`.

Each is installed from PyPI into an environment that is thrown away and reads every table and comment of a small
release. 1.0 is not among them: it cannot read the primary keys that newer versions write (tried in November 2026).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from flows.publish import release
from tests.fixtures import warehouse

VERSIONS = ("1.1.0", "1.2.2", "1.3.2", "1.4.2")
READ = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    tables = [t for (t,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
    rows = sum(len(connection.execute(f'from "{t}"').fetchall()) for t in tables)
    query = "select count(*) from duckdb_columns() where comment is null and not internal"
    [silent] = connection.execute(query).fetchone()
    print(duckdb.__version__, len(tables), "tables", rows, "rows", silent, "columns without comment")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = warehouse.make(Path(folder) / "data")
        made = release.publish(settings)
        wanted = f"{len(made.counts)} tables {sum(made.counts.values())} rows 0 columns without comment"
        python = Path(folder) / "old" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        for version in VERSIONS:
            subprocess.run([python, "-m", "pip", "install", "--quiet", f"duckdb=={version}"], check=True)
            line = [str(python), "-c", READ, str(settings.published_db)]
            done = subprocess.run(line, capture_output=True, text=True, check=False)
            print(done.stdout.strip() or done.stderr)
            assert done.stdout.strip() == f"{version} {wanted}"


if __name__ == "__main__":
    main()
