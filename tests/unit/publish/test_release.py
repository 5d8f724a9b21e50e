"""Releases: whole or not at all. Detects half-written files, lost keys and comments, words where rights allow none.

Not here: readers during publishes (test_readers.py), and whether the coding is right.
"""

from __future__ import annotations

import json
from datetime import datetime, tzinfo
from pathlib import Path

import duckdb
import pytest

from flows import doctor
from flows.land.database import both_databases
from flows.publish import release
from flows.publish.contract import contract_hash, read_contract
from flows.publish.export import export
from flows.settings import Settings
from tests.fixtures import warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return warehouse.make(tmp_path)


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        return connection.execute(query).fetchall()


def change_warehouse(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(settings.warehouse_db)) as connection:
        connection.execute(sql)


def test_a_release_has_the_tables_keys_and_comments_of_the_contract(settings: Settings) -> None:
    release.publish(settings)
    assert [r[0] for r in rows(settings, "select table_name from duckdb_tables() order by 1")] == sorted(
        warehouse.PUBLISHED
    )
    assert rows(settings, "select count(*) from duckdb_views() where not internal") == [(0,)]
    assert rows(settings, "select comment from duckdb_tables() where table_name = 'events'") == [
        ("One row per events.",)
    ]
    silent = rows(
        settings, "select table_name, column_name from duckdb_columns() where comment is null and not internal"
    )
    assert silent == []
    keys = rows(
        settings, "select table_name, constraint_column_names from duckdb_constraints() "
        "where constraint_type = 'PRIMARY KEY' order by 1",
    )  # fmt: skip
    assert keys == [(table, [column]) for table, column in sorted(warehouse.KEYS.items())]


def test_old_drivers_can_read_the_file(settings: Settings) -> None:
    release.publish(settings)
    [(tags,)] = rows(settings, "select tags from duckdb_databases() where not internal")
    assert tags == {"storage_version": "v1.0.0+"}


def test_the_release_row_the_manifest_and_the_parquet_files_agree(settings: Settings) -> None:
    made = release.publish(settings)
    assert rows(settings, "select release_id, document_count, statement_count from releases") == [
        (made.release_id, 3, 3)
    ]
    about = json.loads((made.folder / "manifest.json").read_text())
    assert about["release_id"] == made.release_id
    assert about["rows"] == made.counts
    assert about["data_through_at"] == "2025-04-21T09:00:00Z"
    assert about["contract_hash"] == contract_hash(read_contract(settings))
    for name, digest in about["sha256"].items():
        assert release._sha256(made.folder / name) == digest
    parquet = settings.published_dir / "parquet"
    for name, count in made.counts.items():
        assert duckdb.sql(f"select count(*) from '{parquet / name}.parquet'").fetchall() == [(count,)]


def test_what_a_killed_publish_left_is_cleared(settings: Settings) -> None:
    half = settings.published_dir / "releases" / "20200101T000000000000Z.part"
    half.mkdir(parents=True)
    (half / "communique.half").write_bytes(b"torn")
    release.publish(settings)
    assert not half.exists()
    assert [p.name for p in (settings.published_dir / "releases").iterdir()] == [release.releases(settings)[0].name]


def test_only_the_last_releases_are_kept(tmp_path: Path) -> None:
    settings = warehouse.make(tmp_path, keep_releases=2)
    made = [release.publish(settings).folder for _ in range(4)]
    assert release.releases(settings) == made[2:]


def test_rollback_puts_the_release_before_in_place_and_then_the_one_before_that(settings: Settings) -> None:
    made = [release.publish(settings) for _ in range(3)]
    for expected in (made[1], made[0]):
        assert release.rollback(settings) == expected.folder
        assert (expected.release_id,) in rows(settings, "select release_id from releases")
        assert (settings.published_dir / "parquet").resolve() == expected.folder / "parquet"
    with pytest.raises(LookupError, match="no older release"):
        release.rollback(settings)


def test_publishing_after_a_rollback_goes_forward(settings: Settings) -> None:
    release.publish(settings)
    release.publish(settings)
    release.rollback(settings)
    last = release.publish(settings)
    assert (settings.published_dir / "parquet").resolve() == last.folder / "parquet"


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("update marts.statements set char_start = char_start + 1 where statement_id = 's-d1'", "at its offsets"),
        ("update marts.statements set text = 'Withheld' where statement_id = 's-d3'", "metadata_only"),
        (
            "update marts.statements set speaker_text = 'Withheld' where statement_id = 's-d3'",
            "speaker_text gives",
        ),
        ("update marts.statements set document_id = 'gone' where statement_id = 's-d1'", "not landed"),
    ],
)
def test_a_release_that_is_not_true_is_not_published(settings: Settings, damage: str, complaint: str) -> None:
    before = release.publish(settings)
    change_warehouse(settings, damage)
    with pytest.raises(release.VerifyFailed, match=complaint):
        release.publish(settings)
    assert rows(settings, "select release_id from releases") == [(before.release_id,)]
    assert release.releases(settings) == [before.folder]


def test_a_doubled_key_is_not_published(settings: Settings) -> None:
    before = release.publish(settings)
    change_warehouse(
        settings,
        "create or replace table marts.statements as "
        "select * from marts.statements union all select * from marts.statements",
    )
    with pytest.raises(release.VerifyFailed, match="statements: its key"):
        release.publish(settings)
    assert rows(settings, "select release_id from releases") == [(before.release_id,)]


def test_a_column_of_bodies_is_not_published(settings: Settings) -> None:
    path = settings.cache_dir / "dbt" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["nodes"]["model.communique.documents"]["columns"]["body"] = {
        "name": "body", "data_type": "varchar", "description": "The text.",
    }  # fmt: skip
    path.write_text(json.dumps(manifest))
    change_warehouse(settings, "alter table marts.documents add column body varchar")
    with pytest.raises(release.VerifyFailed, match="bodies"):
        release.publish(settings)


def test_bodies_are_published_only_when_the_setting_says_so_and_the_rights_allow_it(tmp_path: Path) -> None:
    settings = warehouse.make(tmp_path, publish_text=True)
    release.publish(settings)
    assert rows(settings, "from document_texts order by 1") == [(k, warehouse.TEXTS[k]) for k in ("d1", "d2")]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """Paths stand in SQL, in lines for people and, where dbt runs, in templates."""
    settings = warehouse.make(tmp_path / "o'brien [red] {{ x }} %s\"; drop table documents; --")
    made = release.publish(settings)
    assert rows(settings, "select count(*) from documents") == [(3,)]
    assert release.damaged_files(made.folder) == []
    assert set(export(settings, "parquet", tmp_path / "it's")) == {f"{name}.parquet" for name in warehouse.PUBLISHED}
    well = {check.name for check in doctor.examine(settings) if check.ok}
    assert well >= {"raw.duckdb", "warehouse.duckdb", "published file", "spool"}
    with both_databases(settings) as connection:
        assert connection.execute("select count(*) from raw.documents").fetchone() == (3,)


def test_a_clock_set_back_loses_no_release(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The release in place is the newest by its id too: nothing that readers see is dropped as old."""
    few = settings.model_copy(update={"keep_releases": 1})
    first = release.publish(few)
    monkeypatch.setattr(release, "datetime", _Yesterday)
    second = release.publish(few)
    assert second.release_id > first.release_id
    assert release.releases(few) == [second.folder]
    assert (few.published_dir / "parquet" / "documents.parquet").exists()


class _Yesterday(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Yesterday:
        return cls.fromtimestamp(datetime.now().timestamp() - 86_400, tz)
