"""`recode --diff` on a changed dictionary: what it would add, drop and alter, while the warehouse stays as it is."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from flows import console, recode, stages
from flows.ingest import to_documents
from flows.ingest.lines import record_of_row
from flows.land.load import land_documents
from flows.recode import changes
from flows.settings import Settings
from flows.transform.seeds import UnreadableSeed

TEXT = "Norway's foreign minister met her Chilean counterpart in Oslo on Monday.\n\n"
TEXT += "Turkey will send an envoy to Chile.\n\n"
TEXT += "Russia rules out a ceasefire with Ukraine, Kremlin spokesman Dmitry Peskov said on Tuesday."


@pytest.mark.slow
def test_a_changed_rule_shows_in_the_difference_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(Settings().dbt_dir, project)
    settings = Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache", dbt_dir=project, annotate_processes=1)
    table, _ = to_documents([record_of_row({"id": "a", "text": TEXT, "date": "2025-03-05"}, "test")], settings)
    land_documents(settings, table)
    stages.annotate(settings, "test")
    stages.group_stories(settings)
    stages.build(settings, "test", tests=False)
    before = hashlib.sha256(settings.warehouse_db.read_bytes()).hexdigest()
    for same in recode.diff(settings).values():
        assert same.kept_count > 0
        assert (same.added, same.dropped, same.altered) == ([], [], [])

    rules = project / "seeds" / "events" / "event_rules.csv"
    text = rules.read_text(encoding="utf8")
    assert "v_meet_046,meet," in text
    rules.write_text(text.replace("v_meet_046,meet,", "v_meet_046,encounter,"), encoding="utf8")
    changed = recode.diff(settings)["events"]
    lost = [row for row in changed.dropped if row["event_type"] == "meeting"]
    recoded = [now for was, now in changed.altered if was["event_type"] == "meeting"]
    assert lost or recoded

    cues = project / "seeds" / "proposals" / "issue_cues.csv"
    text = cues.read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line.split(",")[4] != "ceasefire"]
    assert len(lines) < len(text.splitlines())
    cues.write_text("\n".join(lines) + "\n", encoding="utf8")
    found = recode.diff(settings)
    assert [row["issue_key"] for row in found["positions"].dropped] == ["ceasefire"]
    assert [row["change_type"] for row in found["proposal_changes"].dropped] == ["new"]
    assert [changes(was, now)["issues"] for was, now in found["statements"].altered] == [("ceasefire", None)]
    console.show_difference(found)
    printed = capsys.readouterr().out
    assert "positions: 0 added, 1 dropped, 0 altered, 0 as they were.\n- Russia on ceasefire [official" in printed
    assert set(recode.as_json(found)) == {"events", "statements", "positions", "proposal_changes"}

    rules.write_text(rules.read_text(encoding="utf8").replace(",meeting,", ",meating,"), encoding="utf8")
    with pytest.raises(
        UnreadableSeed, match=r"event_rules.csv: line \d+: event_type is 'meating'. Did you mean 'meeting'"
    ):
        recode.diff(settings)
    assert hashlib.sha256(settings.warehouse_db.read_bytes()).hexdigest() == before
