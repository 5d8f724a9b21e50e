"""A text whose rights are metadata_only publishes offsets and codes, and not one of its own words, in any file.

The same text is published openly first: a word that no table showed then would prove nothing later. Slow: dbt twice.
Names of people, bodies and places are codes here and stay; they are not what is looked for.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Installation

# Each of the odd words stands where another column would show it.
TEXT = "\n\n".join(
    (
        "Russia will agree to a 30-day ceasefire only if Ukraine stops its kumquat deliveries, Kremlin spokesman "
        "Dmitry Peskov said on Tuesday. “We have heard enough about marmosets,” he told reporters.",
        "A quagga-loving diplomat close to the Kremlin said Russia could reportedly give up its claim to the parts of "
        "the four regions that Ukraine holds. Ukraine’s zirconium envoy, Milo Quenstedt, called the offer a tapioca "
        "concession.",
        "The bassoon delegations met in Istanbul on 16 April, and persimmon lawmakers attacked the parliament of "
        "Ukraine. Washington will trampoline Moscow over it, an ocarina official said.",
    )
)
WORDS = {
    "kumquat": "proposal_changes",
    "marmoset": "statements",
    "quagga": "actors",
    "zirconium": "actor_roles",
    "tapioca": "evidence",
    "bassoon": "event_mentions",
    "persimmon": "event_participants",
    "trampoline": "unknown_predicates",
    "ocarina": "source_chain_hops",
}


def tables_with(published: Path, word: str) -> set[str]:
    """Published tables with the word in any column, read from the Parquet files beside the database."""
    return {
        path.stem
        for path in published.glob("parquet/*.parquet")
        if duckdb.sql(f"select 1 from '{path}' as t where lower(t::varchar) like '%{word}%' limit 1").fetchall()
    }


def files_with(folder: Path, word: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes().lower()]


@pytest.mark.slow
def test_a_reserved_text_gives_offsets_and_codes_and_no_words(installation: Installation, tmp_path: Path) -> None:
    given = {"url": "https://paper.example/line", "text": TEXT, "title": "Talks", "published_at": "2025-04-22"}
    published = installation.settings.published_dir
    ended = installation("ingest", "-", stdin=json.dumps(given))
    assert ended.code == 0, ended.err
    for word, table in WORDS.items():
        assert table in tables_with(published, word), word
    with duckdb.connect(str(installation.settings.published_db), read_only=True) as connection:
        spans = connection.execute("select statement_id, char_start, char_end from statements order by all").fetchall()
        moves = connection.execute("select change_id, change_type, is_conditional from proposal_changes").fetchall()

    with duckdb.connect(str(installation.settings.raw_db)) as connection:
        connection.execute("update documents set rights = 'metadata_only'")
    for command in (("transform",), ("publish",), ("report", "--output", str(tmp_path / "page" / "report.html"))):
        ended = installation(*command)
        assert ended.code == 0, ended.err
    for kind in ("csv", "jsonl", "gdelt", "icews", "dna", "graphml"):
        assert installation("export", "--format", kind, "--output", str(tmp_path / "page" / kind)).code == 0
    (tmp_path / "page" / "file.duckdb").write_bytes(installation.settings.published_db.read_bytes())
    for word in WORDS:
        assert tables_with(published, word) == set(), word
        assert files_with(tmp_path / "page", word) == [], word
    with duckdb.connect(str(installation.settings.published_db), read_only=True) as connection:
        assert spans
        assert (
            connection.execute("select statement_id, char_start, char_end from statements order by all").fetchall()
            == spans
        )
        assert moves
        assert sorted(
            connection.execute("select change_id, change_type, is_conditional from proposal_changes").fetchall()
        ) == sorted(moves)
