"""The kept figures of the bench: a run can be read again and compared; a disturbed run says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.table import Line, Run, earlier_run, names_of


def test_a_run_is_kept_and_compared_with_a_later_one(tmp_path: Path) -> None:
    Run(
        {"texts": 3},
        lines=[Line("clean", "3 pages", "pages/s", 80.0, 100.0), Line("start", "9 texts; 4 rows", "s", 2.0)],
    ).save(tmp_path / "bench.json")
    earlier = earlier_run(tmp_path / "bench.json")
    assert earlier == {("clean", "3 pages", "pages/s"): 80.0, ("start", "9 texts", "s"): 2.0}
    console = Console(width=160, record=True)
    later = Run({"texts": 3}, lines=[Line("clean", "3 pages", "pages/s", 120.0, 100.0), Line("new", "", "s", 1.0)])
    later.show(console, earlier)
    shown = console.export_text()
    clean = next(row for row in shown.splitlines() if "clean" in row)
    assert clean.split("│")[1:-1] == [
        *(" clean ", " 3 pages ", " pages/s ", "  120 ", "   100 ", "  1.20 ", " 80.0 ", "        1.50 ")
    ]
    assert "| clean | 3 pages | pages/s | 80.0 | 100 | 0.80 |" in (tmp_path / "bench.md").read_text(encoding="utf8")


def test_a_run_beside_other_programs_warns() -> None:
    processors = os.cpu_count() or 1
    assert Run({}, others=0.05 * processors).warning is None
    assert Run({}, others=None).warning is None
    disturbed = Run({}, others=0.9 * processors)
    assert "Other programs kept" in (disturbed.warning or "")
    assert disturbed.warning in disturbed.markdown()


def test_parts_are_chosen_by_name_and_in_order() -> None:
    assert names_of(["clean", "annotate", "publish"], "publish, clean") == ["clean", "publish"]
    assert names_of(["clean", "annotate"], "") == ["clean", "annotate"]
    with pytest.raises(ValueError, match="No part is called 'speed'; there are: clean, annotate"):
        names_of(["clean", "annotate"], "clean,speed")
