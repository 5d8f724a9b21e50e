"""An article full of SQL, templates, markup and formulas goes through all stages as words, and no other is touched."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.fixtures.texts import HOSTILE
from tests.integration.conftest import Installation

SAID = " ".join(
    f"“We were told to write {text.replace('“', '')} on the wall,” Lorvia's foreign minister, Ana Brel, said on Monday."
    for text in HOSTILE.values()
)


@pytest.mark.slow
def test_words_of_an_article_are_words_in_every_table_file_and_line(installation: Installation, tmp_path: Path) -> None:
    given = [
        {"id": text, "text": SAID, "title": text, "outlet": text, "author": text, "published_at": "2025-03-05",
         "url": f"https://a.example/{number}"}
        for number, text in enumerate(HOSTILE.values())
    ]  # fmt: skip
    (tmp_path / "given.jsonl").write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf8")
    kept = tmp_path / "kept.duckdb"
    ended = installation("extract", str(tmp_path / "given.jsonl"), "--warehouse", str(kept))
    assert ended.code == 0, ended.err
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [row["id"] for row in rows] == list(HOSTILE.values())
    for row in rows:
        assert row["statements"]
        assert all(s["text"] == SAID[s["char_start"] : s["char_end"]] for s in row["statements"])
    said = " ".join(s["text"] for s in rows[0]["statements"])
    assert [name for name, text in HOSTILE.items() if text not in said] == []
    with duckdb.connect(str(kept), read_only=True) as connection:
        found = connection.execute("select title, author from documents order by url").fetchall()
    assert found == [(text, text) for text in HOSTILE.values()]
