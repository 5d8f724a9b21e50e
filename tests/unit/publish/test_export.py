"""Exports: shapes that other tools expect, values that survive, cells that no spreadsheet runs.

Not here: whether those tools like the content. The published file is the hand-made one of tests/fixtures.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import networkx
import pandas
import pytest

from flows.publish.export import FORMATS, export
from flows.settings import Settings
from tests.fixtures import published
from tests.fixtures.texts import HOSTILE

FORMULAS = ["=1+1", "+1", "-1+cmd|'/C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


def add(connection: duckdb.DuckDBPyConnection, table: str, **row: object) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache")
    settings.published_dir.mkdir()
    published.build(settings.published_db)
    with duckdb.connect(str(settings.published_db)) as connection:
        putin, trump, un = (f"a-{n}" for n in ("one", "two", "un"))
        for actor, key, name, kind, country, sector in [
            (putin, "person:one", "Ana\tOne", "person", "RUS", "GOV"),
            (trump, "person:two", "Bo Two", "person", "USA", "GOV"),
            (un, "UN", "United Nations", "igo", None, "IGO"),
            ("a-rus", "RUS", "Russia", "state", "RUS", "GOV"),
        ]:
            add(connection, "actors", actor_id=actor, actor_key=key, name=name, actor_type=kind, country_iso3=country,
                sector=sector)  # fmt: skip
        add(connection, "documents", document_id="doc", url="https://a.example/1", outlet_key="outlet:x", title="=T")
        for event, code, day in [("e-visit", "046", date(2025, 4, 11)), ("e-equal", "036", date(2025, 4, 12)),
                                 ("e-denied", None, date(2025, 4, 13)), ("e-undated", "046", None)]:  # fmt: skip
            add(connection, "events", event_id=event, event_type="meeting", cameo_code=code, cameo_root="04",
                quad_class=1, goldstein=7.0, to_date=day, place_name="London", latitude=51.5, longitude=-0.1,
                country_iso3="RUS", document_count=2)  # fmt: skip
            add(connection, "event_mentions", event_mention_id=event, event_id=event, document_id="doc",
                sentence_number=4)  # fmt: skip
            roles = ("participant",) * 3 if event == "e-equal" else ("initiator", "target", "absent")
            for actor, role in zip((putin, trump, un), roles, strict=True):
                add(connection, "event_participants", event_id=event, actor_id=actor, role=role)
        connection.execute("drop table if exists position_mentions")
        connection.execute(
            "create table position_mentions (position_mention_id varchar, document_id varchar, actor_id varchar, "
            "spoken_by_actor_id varchar, issue_key varchar, scope_key varchar, level integer, modality varchar, "
            "voice varchar, epistemic_status varchar, held_from_date date, held_to_date date, held_precision varchar, "
            "char_start integer, char_end integer)"
        )
        for number, (modality, day) in enumerate(
            [("offers", date(2025, 4, 1)), ("offers", date(2025, 4, 3)), ("rejects", None), ("threatens_exit", None)]
        ):
            add(connection, "position_mentions", position_mention_id=f"p{number}", document_id="doc", actor_id="a-rus",
                spoken_by_actor_id=putin, issue_key="ceasefire", scope_key="general", level=2, modality=modality,
                voice="official", held_to_date=day, held_precision="day" if day else None)  # fmt: skip
        for number, text in enumerate(FORMULAS):
            add(connection, "statements", statement_id=f"f{number}", text=text)
    return settings


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_every_table_is_exported_with_all_its_rows(settings: Settings, tmp_path: Path, kind: str) -> None:
    counts = export(settings, kind, tmp_path / "out")
    with duckdb.connect(str(settings.published_db), read_only=True) as connection:
        for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            [(expected,)] = connection.execute(f"select count(*) from {name}").fetchall()
            assert counts[f"{name}.{kind}"] == expected
            assert (tmp_path / "out" / f"{name}.{kind}").exists()
    assert not list((tmp_path / "out").glob("*.part"))


def test_no_cell_of_a_csv_starts_a_formula(settings: Settings, tmp_path: Path) -> None:
    export(settings, "csv", tmp_path)
    texts = {r["statement_id"]: r["text"] for r in rows(tmp_path / "statements.csv")}
    assert [texts[f"f{n}"] for n in range(len(FORMULAS))] == ["'" + text for text in FORMULAS]
    for path in tmp_path.glob("*.csv"):
        for row in rows(path):
            dangerous = [v for v in row.values() if v and (v[0] in "=@\t\r\n＝" or (v[0] in "+-" and not _number(v)))]
            assert dangerous == []


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_json_lines_hold_the_values_as_they_are(settings: Settings, tmp_path: Path) -> None:
    export(settings, "jsonl", tmp_path)
    found = [json.loads(line) for line in (tmp_path / "statements.jsonl").read_text("utf8").splitlines()]
    assert {r["text"] for r in found} >= set(FORMULAS)


def test_a_gdelt_file_has_61_columns_and_one_row_per_pair(settings: Settings, tmp_path: Path) -> None:
    export(settings, "gdelt", tmp_path)
    lines = [line.split("\t") for line in (tmp_path / "communique.export.CSV").read_text("utf8").splitlines()]
    assert {len(line) for line in lines} == {61}
    assert len({line[0] for line in lines}) == len(lines) == 3
    visit = next(line for line in lines if line[1] == "20250411")
    assert visit[2:5] == ["202504", "2025", f"{2025 + 131 / 365:.4f}"]
    assert (visit[5], visit[6], visit[15], visit[16]) == ("RUSGOV", "ANA ONE", "USAGOV", "BO TWO")
    assert visit[26:34] == ["046", "046", "04", "1", "7.0", "1", "1", "2"]
    assert visit[51:53] == ["4", "London"]
    assert (visit[56], visit[57], visit[60]) == ("51.5", "-0.1", "https://a.example/1")


def test_a_meeting_of_equals_gives_each_pair_once(settings: Settings, tmp_path: Path) -> None:
    export(settings, "gdelt", tmp_path)
    lines = [line.split("\t") for line in (tmp_path / "communique.export.CSV").read_text("utf8").splitlines()]
    assert sorted((line[5], line[15]) for line in lines if line[1] == "20250412") == [
        ("IGO", "RUSGOV"),
        ("IGO", "USAGOV"),
    ]


def test_nobody_acts_on_himself(settings: Settings, tmp_path: Path) -> None:
    with duckdb.connect(str(settings.published_db)) as connection:
        add(connection, "event_participants", event_id="e-visit", actor_id="a-one", role="target")
    export(settings, "gdelt", tmp_path)
    lines = [line.split("\t") for line in (tmp_path / "communique.export.CSV").read_text("utf8").splitlines()]
    assert [(line[5], line[15]) for line in lines if line[1] == "20250411"] == [("RUSGOV", "USAGOV")]


def test_an_icews_file_has_its_20_columns(settings: Settings, tmp_path: Path) -> None:
    export(settings, "icews", tmp_path)
    found = rows(tmp_path / "communique.icews.tab", delimiter="\t")
    assert len(found[0]) == 20
    visit = next(r for r in found if r["Event Date"] == "2025-04-11")
    assert (visit["Source Name"], visit["Source Country"], visit["Target Name"]) == ("Ana One", "Russia", "Bo Two")
    assert (visit["CAMEO Code"], visit["Intensity"], visit["City"], visit["Country"]) == (
        "046", "7.0", "London", "Russia",
    )  # fmt: skip
    assert (visit["Story ID"], visit["Sentence Number"]) == ("doc", "5")
    assert visit["Event Text"]


def test_the_event_list_gives_actor_concept_stance_and_date(settings: Settings, tmp_path: Path) -> None:
    export(settings, "dna", tmp_path)
    found = [r for r in rows(tmp_path / "communique.dna.csv") if r["document_id"] == "doc"]
    assert [(r["organization"], r["person"], r["agreement"], r["time"]) for r in found if r["time"]] == [
        ("Russia", "Ana\tOne", "1", "2025-04-01"),
        ("Russia", "Ana\tOne", "1", "2025-04-03"),
    ]
    assert [r["agreement"] for r in found if not r["time"]] == ["0"]
    assert all(r["concept"].count(":") == 1 for r in found)
    assert {r["document_title"] for r in found} == {"'=T"}


def test_a_graph_sums_stances_and_survives_hostile_names(settings: Settings, tmp_path: Path) -> None:
    with duckdb.connect(str(settings.published_db)) as connection:
        connection.execute("update actors set name = ? where actor_id = 'a-rus'", ["<b>&\"'\x01\x0b</b>"])
    assert export(settings, "graphml", tmp_path) == {"communique.graphml": 2}
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(tmp_path / "communique.graphml").getroot()
    nodes = {n.get("id"): {d.get("key"): d.text for d in n} for n in root.iter(f"{space}node")}
    edges = [(e, {d.get("key"): d.text for d in e}) for e in root.iter(f"{space}edge")]
    assert nodes["actor RUS"]["label"] == "<b>&\"'��</b>"
    assert all(e.get("source") in nodes and e.get("target") in nodes for e, _ in edges)
    backed = next(data for _, data in edges if data["agreement"] == "1")
    assert (backed["weight"], backed["first_date"], backed["last_date"]) == ("2", "2025-04-01", "2025-04-03")


def test_networkx_opens_the_graph(settings: Settings, tmp_path: Path) -> None:
    export(settings, "graphml", tmp_path)
    graph = networkx.read_graphml(tmp_path / "communique.graphml", force_multigraph=True)
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"actor", "concept"}
    assert all(graph.nodes[a]["kind"] == "actor" and graph.nodes[c]["kind"] == "concept" for a, c in graph.edges())
    assert all(data["weight"] > 0 and data["agreement"] in (0, 1) for _, _, data in graph.edges(data=True))
    assert graph.number_of_edges() > 0


def test_pandas_opens_what_it_would_be_given(settings: Settings, tmp_path: Path) -> None:
    """GDELT's file has no header and 61 columns, ICEWS's has one; both are read with tabs and without quotes."""
    for kind in ("gdelt", "icews", "csv", "parquet"):
        export(settings, kind, tmp_path)
    plain: dict[str, Any] = {"sep": "\t", "quoting": csv.QUOTE_NONE, "dtype": str}
    gdelt = pandas.read_csv(tmp_path / "communique.export.CSV", header=None, **plain)
    icews = pandas.read_csv(tmp_path / "communique.icews.tab", **plain)
    assert gdelt.shape == (3, 61)
    assert len(icews) == len(gdelt)
    assert set(icews["CAMEO Code"]) == set(gdelt[26])
    statements = pandas.read_csv(tmp_path / "statements.csv", keep_default_na=False)
    assert not statements["text"].str.match(r"[=+\-@]").any()
    assert len(pandas.read_parquet(tmp_path / "statements.parquet")) == len(statements)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_words_stay_words_in_every_export(settings: Settings, tmp_path: Path, text: str) -> None:
    with duckdb.connect(str(settings.published_db)) as connection:
        connection.execute("update actors set name = ? where actor_id = 'a-one'", [text])
        connection.execute("update events set place_name = ?", [text])
        connection.execute("update documents set title = ?, url = ? where document_id = 'doc'", [text, text])
        count = len(connection.execute("from actors").fetchall())
    for kind in FORMATS:
        export(settings, kind, tmp_path / kind)
    cell = f"'{text}" if text[0] in "=＝" else text
    assert cell in {r["name"] for r in rows(tmp_path / "csv" / "actors.csv")}
    for found in (
        [json.loads(line) for line in (tmp_path / "jsonl" / "actors.jsonl").read_text("utf8").splitlines()],
        duckdb.sql(f"from '{tmp_path}/parquet/actors.parquet'").to_arrow_table().to_pylist(),
    ):
        assert len(found) == count
        assert text in {r["name"] for r in found}
    plain: dict[str, Any] = {"sep": "\t", "quoting": csv.QUOTE_NONE, "dtype": str, "keep_default_na": False}
    gdelt = pandas.read_csv(tmp_path / "gdelt" / "communique.export.CSV", header=None, **plain)
    assert (gdelt.shape[1], set(gdelt[52]), set(gdelt[60])) == (61, {cell}, {cell})
    assert cell.upper() in {*gdelt[6], *gdelt[16]}
    icews = pandas.read_csv(tmp_path / "icews" / "communique.icews.tab", **plain)
    assert (icews.shape[1], set(icews["City"])) == (20, {cell})
    assert cell in {*icews["Source Name"], *icews["Target Name"]}
    stances = [r for r in rows(tmp_path / "dna" / "communique.dna.csv") if r["document_id"] == "doc"]
    assert {(r["person"], r["document_title"]) for r in stances} == {(cell, cell)}
    with duckdb.connect(str(settings.published_db)) as connection:
        connection.execute("update actors set name = ? where actor_id = 'a-rus'", [text])
    export(settings, "graphml", tmp_path)
    graph = networkx.read_graphml(tmp_path / "communique.graphml", force_multigraph=True)
    assert text in {data["label"] for _, data in graph.nodes(data=True)}


@pytest.mark.parametrize("name", ["\t=1+1", "a\tb", "a\nb", "a\x00b\x0bc\x85d\u2028e", "\r\n@SUM(A1)"])
def test_no_name_breaks_a_line_of_a_format_without_quotes(settings: Settings, tmp_path: Path, name: str) -> None:
    with duckdb.connect(str(settings.published_db)) as connection:
        connection.execute("update actors set name = ?", [name])
        connection.execute("update documents set url = ?", [name])
    for kind, file, columns in (("gdelt", "communique.export.CSV", 61), ("icews", "communique.icews.tab", 20)):
        export(settings, kind, tmp_path)
        lines = (tmp_path / file).read_text("utf8").splitlines()
        assert {line.count("\t") for line in lines} == {columns - 1}
        assert not [c for line in lines for c in line.split("\t") if c[:1] in {"=", "@", "＝"}]


def test_an_unknown_format_is_told_with_those_there_are(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="graphml"):
        export(settings, "xlsx", tmp_path)
    assert set(FORMATS) == {"csv", "jsonl", "parquet", "gdelt", "icews", "dna", "graphml"}
