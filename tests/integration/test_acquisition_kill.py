"""Ten kills at random moments of fetch, clean and land; `python -m tests.real.faults` does a hundred and more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.killing import Slaughter, site


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with site() as server:
        seen = Slaughter(tmp_path, server, seed=7).run(10)
    assert sum(seen.during.values()) >= 10
