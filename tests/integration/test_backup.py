"""A backup brings back what cannot be had again; a damaged one touches nothing. The doctor mends what is damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows import doctor
from flows.backup import BadBackup, backup, restore
from flows.land import spool
from flows.publish import release
from flows.settings import PROJECT_ROOT, Settings
from tests.fixtures import warehouse


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        return {n: sorted(connection.execute(f'from "{n}"').fetchall(), key=repr) for n in names}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Landed texts, an archive, a spool, a published release; decisions of its own."""
    made = warehouse.make(tmp_path / "data", dbt_dir=tmp_path / "dbt")
    shutil.copytree(PROJECT_ROOT / "dbt_project" / "seeds" / "reviews", made.dbt_dir / "seeds" / "reviews")
    (made.archive_dir / "2026").mkdir(parents=True)
    (made.archive_dir / "2026" / "a.warc.gz").write_bytes(b"pages")
    (made.spool_dir / "batch").mkdir(parents=True)
    (made.spool_dir / "batch" / "pages.parquet").write_bytes(b"waiting")
    release.publish(made)
    return made


def test_what_is_restored_is_what_was_kept(settings: Settings, tmp_path: Path) -> None:
    copied = backup(settings, tmp_path / "kept")
    assert (
        copied.file_count
        == len(list((tmp_path / "kept").rglob("*"))) - sum(p.is_dir() for p in (tmp_path / "kept").rglob("*")) - 1
    )
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    assert restore(other, tmp_path / "kept") == copied
    assert tables(other.raw_db) == tables(settings.raw_db)
    assert (other.archive_dir / "2026" / "a.warc.gz").read_bytes() == b"pages"
    assert (other.spool_dir / "batch" / "pages.parquet").read_bytes() == b"waiting"


def test_data_that_are_there_are_moved_aside_only_when_asked(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "kept")
    with pytest.raises(BadBackup, match="already holds data"):
        restore(settings, tmp_path / "kept")
    before = tables(settings.raw_db)
    restore(settings, tmp_path / "kept", force=True)
    assert tables(settings.raw_db) == before
    (aside,) = settings.data_dir.glob("before-restore-*")
    assert tables(aside / "raw.duckdb") == before
    assert not settings.warehouse_db.exists()


def test_a_damaged_backup_touches_nothing(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "kept")
    (tmp_path / "kept" / "data" / "archive" / "2026" / "a.warc.gz").write_bytes(b"other")
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    with pytest.raises(BadBackup, match=r"a\.warc\.gz is missing or not what was written"):
        restore(other, tmp_path / "kept")
    assert not other.raw_db.exists()
    with pytest.raises(BadBackup, match="is no backup"):
        restore(other, tmp_path)
    with pytest.raises(BadBackup, match="is not empty"):
        backup(settings, tmp_path / "kept")


def damage(path: Path) -> None:
    """The header stays, so that the file opens, and its blocks are noise."""
    size = path.stat().st_size
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xa5" * (size - 3 * 4096))


def test_the_doctor_moves_damaged_databases_aside(settings: Settings) -> None:
    damage(settings.warehouse_db)
    damage(settings.raw_db)
    found = {check.name: check for check in doctor.examine(settings)}
    assert not found["raw.duckdb"].ok
    assert "communique restore" in found["raw.duckdb"].advice
    done = list(doctor.repair(settings))
    assert [sentence.split(":")[0] for sentence in done] == ["raw.duckdb", "warehouse.duckdb"]
    assert not settings.raw_db.exists()
    assert len(list((settings.data_dir / "damaged").rglob("*.duckdb"))) == 2


def test_the_doctor_puts_the_newest_whole_release_in_place(settings: Settings) -> None:
    whole = release.releases(settings)[-1]
    release.publish(settings)
    damage(settings.published_db)
    found = {check.name: check for check in doctor.examine(settings)}
    assert not found["published file"].ok
    assert list(doctor.repair(settings)) == [f"published file: release {whole.name} is in place again"]
    assert tables(settings.published_db)["documents"]
    assert all(check.ok for check in doctor.examine(settings) if check.name == "published file")


@pytest.mark.parametrize("change", ["cut", "noise", "gone", "all gone"])
def test_the_doctor_makes_damaged_parquet_files_of_a_release_again(settings: Settings, change: str) -> None:
    file = settings.published_dir / "parquet" / "documents.parquet"
    before, held = duckdb.sql(f"from '{file}'").fetchall(), file.read_bytes()
    if change == "cut":
        file.write_bytes(held[:-9])
    elif change == "noise":
        file.write_bytes(held[:40] + b"\xa5" * 9 + held[49:])
    elif change == "gone":
        file.unlink()
    else:
        shutil.rmtree(file.parent.resolve())
    found = {check.name: check for check in doctor.examine(settings)}["published file"]
    assert not found.ok
    assert "parquet" in found.finding
    assert "--repair" in found.advice
    [said] = doctor.repair(settings)
    assert "documents.parquet" in said
    assert duckdb.sql(f"from '{file}'").fetchall() == before
    whole = settings.published_dir / "parquet"
    assert release.damaged_files(whole.resolve().parent) == []
    assert {check.name: check for check in doctor.examine(settings)}["published file"].ok
    about = json.loads((whole.resolve().parent / "manifest.json").read_text("utf8"))
    assert about["rows"]["documents"] == len(before)


def test_the_doctor_moves_batches_aside_that_cannot_be_read(settings: Settings) -> None:
    good, bad = (spool.write_batch(settings, "pages", {"pages": pa.table({"n": [1]})}) for _ in range(2))
    (bad / "pages.parquet").write_bytes(b"PAR1 cut")
    found = {check.name: check for check in doctor.examine(settings)}["spool"]
    assert str(bad / "pages.parquet") in found.finding
    assert "--repair" in found.advice
    [said] = doctor.repair(settings)
    assert "communique replay" in said
    assert spool.pending(settings, "pages") == [good]
    after = {check.name: check for check in doctor.examine(settings)}["spool"]
    assert (after.ok, after.repair) == (False, None)
    assert "1 damaged batches in" in after.finding


def test_a_damaged_parquet_file_in_a_backup_touches_nothing(settings: Settings, tmp_path: Path) -> None:
    batch = spool.write_batch(settings, "pages", {"pages": pa.table({"n": [1]})})
    backup(settings, tmp_path / "kept")
    kept = tmp_path / "kept" / "data" / "spool" / batch.name / "pages.parquet"
    kept.write_bytes(kept.read_bytes()[:-1])
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    with pytest.raises(BadBackup, match=r"pages\.parquet is missing or not what was written; use another backup"):
        restore(other, tmp_path / "kept")
    assert not other.data_dir.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"files": {"decisions.csv": {}}}', "cannot be read"),
        ('{"files": {"data/../../x": {"sha256": "", "bytes": 0}}}', "names a file outside of the backup"),
        ('{"files": {"/etc/hostname": {"sha256": "", "bytes": 0}}}', "names a file outside of the backup"),
    ],
)
def test_a_damaged_list_of_a_backup_touches_nothing(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "backup.json").write_text(text)
    with pytest.raises(BadBackup, match=rf"backup\.json {said}.*Nothing was changed"):
        restore(Settings(data_dir=tmp_path / "other"), tmp_path / "kept")
    assert not (tmp_path / "other").exists()
