"""A lake on PostgreSQL, on disk and on S3, with two newsrooms that publish at once: `python -m tests.real.lake`.

Makes an environment with DuckDB's extensions and an S3 server over this one (a folder given as argument is used again),
starts PostgreSQL (Debian's, with a password) and moto's S3 over HTTP on loopback, and codes two newsrooms of synthetic
articles with two releases each. Then, for each storage: both publish at once, first into an empty catalogue; a reader
never stops looking; writers are killed with -9 midway; two machines publish the same newsroom at once; and every table
is compared with the published file, row for row.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import duckdb
from pydantic import SecretStr

from flows.publish import lake, release
from flows.settings import PROJECT_ROOT, Settings
from flows.transform import incremental, seeds
from tests.bench.clock import Spent, spent
from tests.bench.corpus import land
from tests.bench.workload import SIZES, Workload

EXTENSIONS = ("ducklake", "postgres-scanner", "httpfs")
PACKAGES = (*(f"duckdb-extension-{name}=={duckdb.__version__}" for name in EXTENSIONS), "moto[server]==5.2.5")
POSTGRES, S3 = 5497, 5597
CATALOGUE = f"host=127.0.0.1 port={POSTGRES} user=communique dbname="
NEWSROOMS = ("north", "south")
NEW, ROUNDS = 50, 10
PAUSE = 0.25  # between two looks: a reader that never rests would only measure itself
WATCHED = ("documents", "statements", "events", "positions", "proposal_changes", "evidence")
WRITER = """
import sys
from pathlib import Path
from flows.publish import lake
from flows.settings import Settings
from tests.bench.clock import spent
for folder in map(Path, sys.argv[1:]):
    cost = spent(lambda: lake.send(Settings(), folder))
    print(cost.clock, cost.processors, flush=True)
"""


@dataclass
class Newsroom:
    """One writer: its releases, and how it reaches a lake."""

    settings: Settings
    releases: list[Path]
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, releases: list[Path]) -> subprocess.Popen[str]:
        line = [sys.executable, "-c", WRITER, *map(str, releases)]
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(PROJECT_ROOT)}
        return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def main(documents: int) -> int:
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        rooms = _newsrooms(folder, documents)
        servers.enter_context(_postgres())
        servers.enter_context(_s3())
        faults = []
        for storage, data in (("disk", str(folder / "lake")), ("s3", "s3://lake/releases")):
            faults += [f"{storage}: {fault}" for fault in _try(storage, data, rooms)]
    for fault in faults:
        print(fault)
    print("not whole, or unequal" if faults else "every look saw whole releases; the tables are equal, row for row")
    return len(faults)


def _try(storage: str, data: str, rooms: list[Newsroom]) -> list[str]:
    subprocess.run(["createdb", "-h", "127.0.0.1", "-p", str(POSTGRES), "-U", "communique", storage], check=True)
    for name, room in zip(NEWSROOMS, rooms, strict=True):
        address = f"ducklake:postgres:{CATALOGUE}{storage}"
        room.settings = room.settings.model_copy(
            update={"lake": SecretStr(address), "lake_data": data, "lake_schema": name}
        )
        room.environment = {"COMMUNIQUE_LAKE": address, "COMMUNIQUE_LAKE_DATA": data, "COMMUNIQUE_LAKE_SCHEMA": name}
    first = _finished([room.start(room.releases[:1]) for room in rooms])
    alone = _finished([rooms[0].start([rooms[0].releases[n % 2] for n in range(1, 6)])])
    with _reader(rooms) as seen:
        at_once = _finished([r.start([r.releases[n % 2] for n in range(ROUNDS)]) for r in rooms])
        faults = _killed(rooms[0])
        faults += [f for room in rooms for f in _unequal(room.settings, _present(room))]
        same = _finished([rooms[1].start([rooms[1].releases[n] for _ in range(5)]) for n in (0, 1)])
    faults += seen.faults
    faults += [f for room in rooms for f in _unequal(room.settings, _present(room))]
    before = _stored(rooms[0].settings)
    forgotten = spent(partial(lake.forget, rooms[0].settings))
    faults += [f for room in rooms for f in _unequal(room.settings, _present(room))]
    print(f"\n{storage}")
    for what, costs in (
        ("first release, two newsrooms at once", first),
        (f"release with {NEW} documents more or fewer, alone", alone),
        ("the same, two newsrooms at once", at_once),
        ("the same, two machines for one newsroom", same),
        ("look of a reader meanwhile", seen.costs),
        ("forget", [forgotten]),
    ):
        clock = [cost.clock for cost in costs]
        spread = f"{min(clock):7.2f} {statistics.median(clock):7.2f} {max(clock):7.2f} s"
        processors = statistics.median(cost.processors for cost in costs)
        print(f"  {what:<52}{len(costs):5} times {spread}, {processors:.2f} s of processors")
    print(f"  Parquet of both newsrooms before and after forget: {before}, {_stored(rooms[0].settings)}")
    print(f"  catalogue in PostgreSQL: {_catalogue_bytes(storage) / 1e6:.1f} MB", flush=True)
    return faults


def _newsrooms(folder: Path, documents: int) -> list[Newsroom]:
    work = Workload(folder, SIZES["quick"])
    work.prepare()
    rooms = []
    for seed, name in enumerate(NEWSROOMS, start=1):
        made = []
        for count in (documents, documents + NEW):
            settings = land(work.base, folder / name, count, seed)
            seeds.load(settings)
            incremental.build(settings)
            made.append(release.publish(settings).folder)
        rooms.append(Newsroom(settings, made))
        parquet = sum(p.stat().st_size for p in (made[1] / "parquet").iterdir()) / 1e6
        file = (made[1] / "communique.duckdb").stat().st_size / 1e6
        print(f"{name}: {documents + NEW:,} documents, file {file:.1f} MB, as Parquet {parquet:.1f} MB", flush=True)
    return rooms


def _finished(writers: list[subprocess.Popen[str]]) -> list[Spent]:
    """What each release cost. Raises RuntimeError with the words of a writer that failed."""
    costs = []
    for writer in writers:
        told, fault = writer.communicate(timeout=1_800)
        if writer.returncode:
            raise RuntimeError(fault[-3000:])
        costs += [Spent(*map(float, line.split())) for line in told.splitlines()]
    return costs


def _killed(room: Newsroom) -> list[str]:
    """Kills writers midway: the release before stays whole, and the next writer brings the other one."""
    faults = []
    for count in (1, 10, 20):
        before = _present(room)
        other = next(r for r in room.releases if r != before)
        nobodys = _orphans(room)
        writer = room.start([other])
        while _orphans(room) < nobodys + count and writer.poll() is None:
            time.sleep(0.01)
        writer.send_signal(signal.SIGKILL)
        midway = writer.wait() == -signal.SIGKILL
        present = _present(room)
        which = "the one before" if present == before else "its release"
        left = _orphans(room) - nobodys
        print(f"killed {'midway' if midway else 'too late'}, {left} files written: {which} is there", flush=True)
        faults += _unequal(room.settings, present)
        _finished([room.start([other])])
        faults += _unequal(room.settings, other)
    return faults


@dataclass
class Seen:
    """What a reader saw: what each look cost, and what was not whole."""

    costs: list[Spent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def _reader(rooms: list[Newsroom]) -> Iterator[Seen]:
    """Looks at both newsrooms in one transaction, again and again, and compares with the releases of that name."""
    seen, stop = Seen(), threading.Event()
    known = {}
    for room in rooms:
        for folder in room.releases:
            with duckdb.connect(str(folder / "communique.duckdb"), read_only=True) as connection:
                known[folder.name] = _digest(connection, "main")

    def look() -> None:
        with lake._opened(rooms[0].settings) as connection:
            while not stop.is_set():
                connection.execute("begin")
                found: dict[str, tuple[object, ...]] = {}
                seen.costs.append(spent(partial(_look, connection, found)))
                connection.execute("commit")
                seen.faults += [f"{n} was not whole: {d}" for n, d in found.items() if d != known.get(str(d[0]))]
                stop.wait(PAUSE)

    def watch() -> None:
        try:
            look()
        except Exception as error:
            seen.faults.append(f"the reader failed: {error}")

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def _look(connection: duckdb.DuckDBPyConnection, found: dict[str, tuple[object, ...]]) -> None:
    found.update({name: _digest(connection, f"lake.{name}") for name in NEWSROOMS})


def _digest(connection: duckdb.DuckDBPyConnection, schema: str) -> tuple[object, ...]:
    """The newest release, then rows and a checksum of each watched table."""
    found = [connection.execute(f"select max(release_id) from {schema}.releases").fetchone()]
    for table in WATCHED:
        found.append(connection.execute(f"select count(*), bit_xor(hash(t)) from {schema}.{table} as t").fetchone())
    return tuple(value for row in found for value in row or ())


def _present(room: Newsroom) -> Path:
    """The folder of the release that the lake has."""
    return next(r for r in room.releases if r.name == lake.newest(room.settings))


def _unequal(settings: Settings, folder: Path) -> list[str]:
    """Every table of the lake against the published file, both ways, all columns."""
    faults = []
    with lake._opened(settings) as connection:
        connection.execute(f"attach '{folder / 'communique.duckdb'}' as file (read_only)")
        names = [
            {n for (n,) in connection.execute(query, [where]).fetchall()}
            for query, where in (
                ("select table_name from duckdb_tables() where database_name = ?", "file"),
                ("select table_name from duckdb_tables() where database_name = 'lake' and schema_name = ?",
                 settings.lake_schema),
            )
        ]  # fmt: skip
        if names[0] != names[1]:
            faults.append(f"{settings.lake_schema}: other tables: {names[0] ^ names[1]}")
        for name in sorted(names[0] & names[1]):
            places = (f"lake.{settings.lake_schema}.{name}", f"file.main.{name}")
            for one, other in (places, places[::-1]):
                row = connection.execute(f"select count(*) from (from {one} except all from {other})").fetchone()
                faults += [f"{folder.name}, {name}: {row} rows of {one} alone"] if row != (0,) else []
    return faults


def _orphans(room: Newsroom) -> int:
    """Files that no release names, as a killed writer leaves them."""
    with lake._opened(room.settings) as connection:
        call = "call ducklake_delete_orphaned_files('lake', cleanup_all => true, dry_run => true)"
        return len(connection.execute(call).fetchall())


def _stored(settings: Settings) -> str:
    with lake._opened(settings) as connection:
        row = connection.execute(
            f"select count(*), sum(size) from read_blob('{settings.lake_data}/**/*.parquet')"
        ).fetchone()
    return f"{row[0]} files, {row[1] / 1e6:.1f} MB" if row else "none"


def _catalogue_bytes(database: str) -> int:
    line = ["psql", "-h", "127.0.0.1", "-p", str(POSTGRES), "-U", "communique", "-tA", database]
    query = f"select pg_database_size('{database}')"
    return int(subprocess.run([*line, "-c", query], check=True, stdout=subprocess.PIPE, text=True).stdout)


@contextmanager
def _postgres() -> Iterator[None]:
    """Debian's PostgreSQL in a folder of its own, with a password; it refuses to run as root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise LookupError("PostgreSQL is not installed: apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp())
    os.environ["PGPASSWORD"] = password = f"{random.getrandbits(64):x}"
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    run = partial(subprocess.run, user=user, check=True, stdout=subprocess.DEVNULL)
    data = str(folder / "data")
    secret = f"--pwfile={folder / 'password'}"
    run([programs[-1] / "initdb", "-D", data, "-U", "communique", "-A", "scram-sha-256", "-E", "UTF8", secret])
    options = f"-p {POSTGRES} -k {folder} -c listen_addresses=127.0.0.1"
    run([programs[-1] / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"])
    try:
        yield
    finally:
        run([programs[-1] / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"])
        shutil.rmtree(folder)


@contextmanager
def _s3() -> Iterator[None]:
    """moto's S3: it keeps objects in memory, and believes every key."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "anybody", "AWS_SECRET_ACCESS_KEY": "anything", "AWS_REGION": "us-east-1"}
    os.environ |= {"DUCKDB_S3_ENDPOINT": f"127.0.0.1:{S3}", "DUCKDB_S3_USE_SSL": "false"}
    line = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(S3)]
    server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            time.sleep(0.2)
            try:
                urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{S3}/lake", method="PUT"))
                break
            except OSError:
                continue
        yield
    finally:
        server.kill()
        server.wait()


def _environment(folder: Path) -> str:
    """The Python of an environment with what this needs, over the one that runs now."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        packages = next((folder / "lib").glob("python3*")) / "site-packages"
        (packages / "this-project.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return str(python)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("environment", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=600, help="of each newsroom, a multiple of 50")
    given = parser.parse_args()
    if find_spec("moto") and find_spec("duckdb_extension_postgres_scanner"):
        sys.exit(main(given.documents))
    with tempfile.TemporaryDirectory() as name:
        python = _environment(given.environment or Path(name) / "environment")
        line = [python, "-m", "tests.real.lake", "--documents", str(given.documents)]
        sys.exit(subprocess.run(line).returncode)
