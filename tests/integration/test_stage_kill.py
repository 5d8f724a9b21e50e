"""Ten kills at random moments after landing; `python -m tests.real.faults` does hundreds over all stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.killing_stages import StageSlaughter


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_show_nothing_half_done(tmp_path: Path) -> None:
    assert StageSlaughter(tmp_path, seed=11).run(10).total() >= 10
