"""`communique forget` through the whole product: the words are in no file any more, not even in the old releases.

Slow: dbt builds twice. The parts by themselves are in tests/unit/land/test_forget.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Installation

KEPT = "Lorvia's foreign minister, Ana Brel, said on Tuesday that the blockade must end first."
GONE = "Tarsk's envoy, Milo Quenstedt, said on Monday that zirconium shipments would stop at once."


def files_with(folder: Path, word: str) -> list[str]:
    found = [p for p in folder.rglob("*") if p.is_file() and "prefect" not in p.relative_to(folder).parts]
    return sorted(str(p.relative_to(folder)) for p in found if word.encode() in p.read_bytes())


@pytest.mark.slow
def test_what_is_forgotten_leaves_every_file_and_does_not_come_back(installation: Installation) -> None:
    given = "".join(
        json.dumps({"url": f"https://paper.example/{name}", "text": text * 4, "title": name, "date": "2025-04-22"})
        + "\n"
        for name, text in (("kept", KEPT), ("gone", GONE))
    )
    data = installation.settings.data_dir
    first = installation("ingest", "-", stdin=given)
    assert first.code == 0, first.err
    assert files_with(data, "zirconium")
    assert installation("publish").code == 0

    site = installation.settings.site_dir
    site.mkdir()
    (site / "report.html").write_text(GONE)

    ended = installation("forget", "https://paper.example/gone")
    assert ended.code == 0, ended.err
    assert "1 documents" in ended.out
    assert files_with(data, "zirconium") == []
    assert files_with(data, "Quenstedt") == []
    releases = list((data / "published" / "releases").iterdir())
    assert len(releases) == 1
    with duckdb.connect(str(installation.settings.published_db), read_only=True) as connection:
        urls = connection.execute("select url from documents").fetchall()
        spoken = connection.execute("select count(*) from statements where text is not null").fetchone()
    assert urls == [("https://paper.example/kept",)]
    assert spoken is not None
    assert spoken[0] > 0
    assert "no older release" in installation("publish", "--rollback").err

    again = installation("ingest", "-", "--land-only", stdin=given)
    assert again.code == 0, again.err
    assert files_with(data, "zirconium") == []
