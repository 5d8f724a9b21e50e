"""Releases: write the published file, verify it, put it in place, keep the last ones, go back to one.

Readers open `communique.duckdb` and the folder `parquet`; both change by a rename, so a reader sees one whole
release or another, never half of one. A process that has the old file open keeps reading the old release.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from flows import __version__
from flows.land.load import land_release
from flows.language.annotate import ANNOTATOR_VERSION
from flows.publish import lake
from flows.publish.contract import Table, contract_hash, read_contract
from flows.publish.verify import BODIES, VerifyFailed, verify
from flows.settings import Settings

__all__ = ["Release", "VerifyFailed", "publish", "put_in_place", "releases", "rollback", "write_file"]

# Read by DuckDB since 1.1, which is what BI drivers bundle; 1.0 stumbles over the keys (tests/real/old_duckdb.py).
STORAGE_VERSION = "v1.0.0"
ID_FORMAT = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class Release:
    """One published release and where its files are."""

    release_id: str
    folder: Path
    counts: dict[str, int]


def publish(settings: Settings) -> Release:
    """Builds a release from the warehouse, verifies it and puts it in place, then into the lake, if one is set.

    Raises VerifyFailed, duckdb.Error; LookupError when the lake alone did not take it.
    """
    published_at = _later_than_all(settings, datetime.now(UTC).replace(tzinfo=None))
    release_id = published_at.strftime(ID_FORMAT)
    folder = settings.published_dir / "releases" / release_id
    half = folder.with_suffix(".part")
    _clear_halves(settings)
    (half / "parquet").mkdir(parents=True)
    counts = write_file(settings, half / "communique.duckdb", release_id, published_at)
    _write_parquet(half)
    _write_manifest(settings, half, release_id, published_at, counts)
    # A reader who opens the file for writing would shut all others out.
    (half / "communique.duckdb").chmod(0o444)
    half.rename(folder)
    put_in_place(settings, folder)
    land_release(settings, _release_row(folder / "communique.duckdb", release_id))
    _drop_old(settings)
    lake.send(settings, folder)
    return Release(release_id, folder, counts)


def write_file(
    settings: Settings, path: Path, release_id: str = "unreleased", published_at: datetime | None = None
) -> dict[str, int]:
    """The published file at `path`: tables with keys and comments, verified. Returns rows per table."""
    tables = read_contract(settings)
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{_quoted(settings.warehouse_db)}' as warehouse (read_only)")
        connection.execute(f"attach '{_quoted(settings.raw_db)}' as raw (read_only)")
        connection.execute(f"attach '{_quoted(half)}' as release (storage_version '{STORAGE_VERSION}')")
        for table in tables:
            try:
                _copy(connection, table)
            except duckdb.ConstraintException as fault:
                raise VerifyFailed(f"{table.name}: its key is not unique ({fault})") from fault
        _add_release(connection, release_id, published_at or datetime.now(UTC).replace(tzinfo=None))
        if settings.publish_text:
            _copy_bodies(connection)
        counts = verify(connection, tables, with_text=settings.publish_text)
        connection.execute("checkpoint release")
        connection.execute("detach release")
    os.replace(half, path)
    return counts


def releases(settings: Settings) -> list[Path]:
    """Folders of the kept releases, oldest first."""
    root = settings.published_dir / "releases"
    return sorted(p for p in root.glob("*Z") if p.is_dir()) if root.exists() else []


def rollback(settings: Settings) -> Path:
    """Puts the release before the present one in place again, in the lake too. Raises LookupError without one."""
    kept = releases(settings)
    present = settings.published_dir / "parquet"
    now = present.resolve().parent.name if present.is_symlink() else ""
    older = [p for p in kept if p.name < now]
    if not older:
        raise LookupError("There is no older release to go back to.")
    put_in_place(settings, older[-1])
    lake.send(settings, older[-1])
    return older[-1]


def damaged_files(folder: Path) -> list[str]:
    """What of a release is missing or not what was published, by the checksums of its manifest."""
    try:
        checksums: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf8"))["sha256"]
    except (OSError, ValueError, KeyError):
        return ["manifest.json"]
    return [n for n, checksum in checksums.items() if not (folder / n).is_file() or _sha256(folder / n) != checksum]


def write_files_again(settings: Settings, folder: Path) -> None:
    """The Parquet files and the manifest of a release again, from its database."""
    shutil.rmtree(folder / "parquet", ignore_errors=True)
    (folder / "parquet").mkdir()
    _write_parquet(folder)
    with duckdb.connect(str(folder / "communique.duckdb"), read_only=True) as connection:
        names = [row[0] for row in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        counts = {n: int((connection.execute(f'select count(*) from "{n}"').fetchone() or [0])[0]) for n in names}
    published_at = datetime.strptime(folder.name, ID_FORMAT)
    (folder / "manifest.json").unlink(missing_ok=True)
    _write_manifest(settings, folder, folder.name, published_at, counts)


def put_in_place(settings: Settings, folder: Path) -> None:
    """Two renames: the file, then the folder of Parquet files (a link)."""
    root = settings.published_dir
    link, file = root / "parquet.new", root / "communique.duckdb.new"
    for path in (link, file):
        path.unlink(missing_ok=True)
    try:
        os.link(folder / "communique.duckdb", file)
    except OSError:  # a file system without hard links
        shutil.copyfile(folder / "communique.duckdb", file)
    os.symlink(Path("releases") / folder.name / "parquet", link)
    os.replace(file, settings.published_db)
    os.replace(link, root / "parquet")


def _copy(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(
        f'"{c.name}" {c.data_type}{" primary key" if c.name == table.key else ""}' for c in table.columns
    )
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    connection.execute(f'create table release.main."{table.name}" ({columns})')
    connection.execute(
        f'insert into release.main."{table.name}" select {names} from warehouse."{table.schema}"."{table.name}" '
        "order by all"
    )
    connection.execute(f"comment on table release.main.\"{table.name}\" is '{_escaped(table.description)}'")
    for column in table.columns:
        connection.execute(
            f'comment on column release.main."{table.name}"."{column.name}" is \'{_escaped(column.description)}\''
        )


def _copy_bodies(connection: duckdb.DuckDBPyConnection) -> None:
    """The texts, for those who may publish them: what the setting publish_text asks for."""
    connection.execute(f"create table release.main.{BODIES} (document_id varchar primary key, text varchar)")
    connection.execute(
        f"insert into release.main.{BODIES} select r.document_id, r.text from raw.main.documents as r "
        "inner join release.main.documents as d on r.document_id = d.document_id "
        "where r.rights = 'full_text' order by all"
    )
    connection.execute(f"comment on table release.main.{BODIES} is 'One row per document: its text as it was landed.'")


def _add_release(connection: duckdb.DuckDBPyConnection, release_id: str, published_at: datetime) -> None:
    connection.execute(
        """
        insert into release.main.releases by name
        select
            ? as release_id, ? as published_at, ? as code_version, ? as annotator_version,
            (select max(published_at) from release.main.documents) as data_through_at,
            (select count(*) from release.main.documents) as document_count,
            (select count(*) from release.main.statements) as statement_count,
            (select count(*) from release.main.events) as event_count,
            (select count(*) from release.main.proposal_changes) as proposal_change_count
        """,
        [release_id, published_at, __version__, ANNOTATOR_VERSION],
    )


def _write_parquet(folder: Path) -> None:
    with duckdb.connect(str(folder / "communique.duckdb"), read_only=True) as connection:
        for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            target = _quoted(folder / "parquet" / f"{name}.parquet")
            connection.execute(f"copy \"{name}\" to '{target}' (format parquet, compression zstd)")


def _write_manifest(
    settings: Settings, folder: Path, release_id: str, published_at: datetime, counts: dict[str, int]
) -> None:
    tables = read_contract(settings)
    about = {
        "release_id": release_id,
        "published_at": published_at.isoformat() + "Z",
        "code_version": __version__,
        "annotator_version": ANNOTATOR_VERSION,
        "data_through_at": _data_through(folder / "communique.duckdb"),
        "contract_hash": contract_hash(tables),
        "rows": counts,
        "sha256": {str(p.relative_to(folder)): _sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()},
    }
    (folder / "manifest.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf8")


def _data_through(path: Path) -> str | None:
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select max(published_at) from documents").fetchone()
    return row[0].isoformat() + "Z" if row and row[0] else None


def _release_row(path: Path, release_id: str) -> dict[str, object]:
    with duckdb.connect(str(path), read_only=True) as connection:
        table = connection.execute("select * from releases where release_id = ?", [release_id]).to_arrow_table()
    row: dict[str, object] = table.to_pylist()[0]
    return row


def _later_than_all(settings: Settings, moment: datetime) -> datetime:
    """The moment, or just after the newest release where the clock was set back: ids are in the order of releases."""
    newest = max((datetime.strptime(p.name, ID_FORMAT) for p in releases(settings)), default=datetime.min)
    return max(moment, newest + timedelta(microseconds=1))


def _drop_old(settings: Settings) -> None:
    for folder in releases(settings)[: -settings.keep_releases]:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_halves(settings: Settings) -> None:
    for half in (settings.published_dir / "releases").glob("*.part"):
        shutil.rmtree(half, ignore_errors=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _escaped(text: str) -> str:
    return text.replace("'", "''")
