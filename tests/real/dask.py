"""Cleaning and parsing on a Dask cluster, a worker of which is killed: `python -m tests.real.dask [ENVIRONMENT]`.

Makes an environment with prefect-dask over this one (a folder given as argument is used again), starts a scheduler and
two workers over TCP on loopback, runs the sample newsroom by itself and on the cluster, kills a worker with -9 while it
has a batch, and compares the published tables of both runs row for row.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

PACKAGES = ("prefect-dask==0.3.7", "distributed==2026.8.0")
SCHEDULER = "tcp://127.0.0.1:8796"
# What differs from run to run: when something was fetched, run and published.
OF_RUNS = ("releases", "outcomes", "source_days", "test_results", "source_freshness")
TIMES = ("fetched_at", "landed_at", "first_fetched_at", "annotated_at", "ingested_at")


def main(environment: Path) -> int:
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        packages = next((environment / "lib").glob("python3*")) / "site-packages"
        (packages / "this-project.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with tempfile.TemporaryDirectory() as folder:
        alone, wide = Path(folder) / "alone", Path(folder) / "wide"
        _run(python, alone, {})
        with _cluster(environment):
            started = time.monotonic()
            run = _start(python, wide, {"COMMUNIQUE_DASK_SCHEDULER": SCHEDULER})
            os.kill(_busy_worker(python), signal.SIGKILL)
            print(f"killed a worker after {time.monotonic() - started:.1f} s", flush=True)
            output = run.communicate(timeout=600)[0]
            if run.returncode:
                print(output[-3000:])
                return 1
        unequal = _unequal(alone / "published" / "communique.duckdb", wide / "published" / "communique.duckdb")
    for line in unequal:
        print(line)
    print("unequal" if unequal else "the tables are equal, row for row")
    return len(unequal)


def _start(python: Path, data: Path, more: dict[str, str]) -> subprocess.Popen[str]:
    environment = {**os.environ, "COMMUNIQUE_DATA_DIR": str(data), **more}
    line = [str(python), "-m", "flows.cli", "run", "--sample"]
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _run(python: Path, data: Path, more: dict[str, str]) -> None:
    run = _start(python, data, more)
    output = run.communicate(timeout=600)[0]
    if run.returncode:
        raise RuntimeError(output[-3000:])


@contextmanager
def _cluster(environment: Path) -> Iterator[None]:
    dask = str(environment / "bin" / "dask")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    port = SCHEDULER.rpartition(":")[2]
    scheduler = subprocess.Popen(
        [dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
        **quiet,  # type: ignore[call-overload]
    )
    workers = []
    try:
        # Without a nanny, which would start the killed one again: the other has to do its work.
        line = [dask, "worker", SCHEDULER, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        workers = [subprocess.Popen(line, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        yield
    finally:
        for process in (*workers, scheduler):
            process.kill()


def _busy_worker(python: Path) -> int:
    """The process id of a worker that has a batch, as soon as one has."""
    look = (
        "import os, time; from distributed import Client\n"
        f"client = Client('{SCHEDULER}')\n"
        "client.wait_for_workers(2)\n"
        "processes = client.run(os.getpid)\n"
        "while not (busy := [w for w, batches in client.processing().items() if batches]): time.sleep(0.02)\n"
        "print(processes[busy[0]])\n"
    )
    told = subprocess.run([str(python), "-c", look], check=True, timeout=120, stdout=subprocess.PIPE, text=True)
    return int(told.stdout)


def _unequal(one: Path, other: Path) -> list[str]:
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as a (read_only); attach '{other}' as b (read_only)")
        tables = connection.execute("select table_name from duckdb_tables() where database_name = 'a'").fetchall()
        for (table,) in tables:
            columns = connection.execute(
                "select column_name from duckdb_columns() where database_name = 'a' and table_name = ?", [table]
            ).fetchall()
            kept = ", ".join(f'"{c}"' for (c,) in columns if c not in TIMES)
            if table in OF_RUNS:
                continue
            for x, y in (("a", "b"), ("b", "a")):
                query = (
                    f"select count(*) from (select {kept} from {x}.{table} except all select {kept} from {y}.{table})"
                )
                if count := connection.execute(query).fetchone():
                    found += [f"{table}: {count[0]} rows of {x} alone"] if count[0] else []
            print(f"{table}: compared", flush=True)
    return found


if __name__ == "__main__":
    given = sys.argv[1:]
    if given:
        sys.exit(main(Path(given[0])))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(Path(folder) / "environment"))
