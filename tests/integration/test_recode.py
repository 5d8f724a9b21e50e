"""`recode --diff` on a changed dictionary: what it would add, drop and alter, while the warehouse stays as it is."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from flows import recode, stages
from flows.ingest import to_documents
from flows.ingest.lines import record_of_row
from flows.land.load import land_documents
from flows.settings import Settings

TEXT = "Norway's foreign minister met her Chilean counterpart in Oslo on Monday.\n\nTurkey will send an envoy to Chile."


@pytest.mark.slow
def test_a_changed_rule_shows_in_the_difference_and_changes_nothing(tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(Settings().dbt_dir, project)
    settings = Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache", dbt_dir=project, annotate_processes=1)
    table, _ = to_documents([record_of_row({"id": "a", "text": TEXT, "date": "2025-03-05"}, "test")], settings)
    land_documents(settings, table)
    stages.annotate(settings, "test")
    stages.group_stories(settings)
    stages.build(settings, "test", tests=False)
    before = hashlib.sha256(settings.warehouse_db.read_bytes()).hexdigest()
    same = recode.diff(settings)
    assert same.kept_count > 0
    assert (same.added, same.dropped, same.altered) == ([], [], [])

    rules = project / "seeds" / "events" / "event_rules.csv"
    text = rules.read_text(encoding="utf8")
    assert "v_meet_046,meet," in text
    rules.write_text(text.replace("v_meet_046,meet,", "v_meet_046,encounter,"), encoding="utf8")
    changed = recode.diff(settings)
    lost = [row for row in changed.dropped if row["event_type"] == "meeting"]
    recoded = [now for was, now in changed.altered if was["event_type"] == "meeting"]
    assert lost or recoded
    assert hashlib.sha256(settings.warehouse_db.read_bytes()).hexdigest() == before
