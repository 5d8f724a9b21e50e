"""Speed of cue matching and of change computation over a million position mentions. The mentions are synthetic.

Texts: the clauses in which the sample newsroom names an issue, multiplied under new document ids. Histories: 2,000 of
500 mentions each, a level kept with probability .95, so that most mentions repeat a position, as in the news.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from flows.settings import Settings
from flows.transform import compiled
from tests.bench.clock import spent
from tests.bench.table import Line
from tests.bench.workload import Workload

MATCHING = [
    "int_clause_lemmas_list",
    "int_issue_cues_compile",
    "int_issue_cues_find",
    "int_issue_cues_match",
    "int_issue_matches_find",
]
COMPUTING = [
    "int_position_mentions_settle",
    "int_position_mentions_order",
    "int_positions_stretch",
    "int_positions_collect",
    "int_positions_precede",
    "int_changes_measure",
    "int_changes_compare",
    "int_responses_match",
    "int_changes_direct",
]

_CLAUSES = """
    create or replace table bench.clauses as
    select c.* replace (c.document_id || '-' || copies.n as document_id)
    from (
        select distinct clauses.*
        from staging.stg_language__clauses as clauses
        inner join intermediate.int_issue_matches_find as matches
            on clauses.document_id = matches.document_id and clauses.clause_number = matches.clause_number
    ) as c
    cross join (select unnest(range($copies)) as n) as copies"""

_DOCUMENTS = """
    create or replace table bench.documents as
    select d.* replace (d.document_id || '-' || copies.n as document_id)
    from intermediate.int_documents_resolve as d
    cross join (select unnest(range($copies)) as n) as copies"""

# A level walks: each mention moves it by one step, up or down, one time in twenty.
_MENTIONS = """
    create or replace table bench.mentions as
    with issues as (
        select issue_key, max(level) as top, row_number() over (order by issue_key) - 1 as issue_number
        from seeds.issue_levels group by issue_key
    ),
    walk as (
        select
            h, m, issues.issue_key, issues.top,
            sum(case when hash(h, m) % 20 = 0 then case when hash(m, h) % 2 = 0 then 1 else -1 end else 0 end)
                over (partition by h order by m) as steps
        from range($histories) as histories (h)
        cross join range($length) as mentions (m)
        inner join issues on issues.issue_number = h % (select count(*) from issues)
    ),
    levelled as (select *, abs(steps) % (top + 1) as level from walk)
    select
        sample.* replace (
            md5(h || '-' || m) as position_mention_id,
            'd' || h || '-' || m as document_id,
            's' || h || '-' || m as story_id,
            'main' as collection_key,
            'actor ' || (h // 58) as actor_key,
            levelled.issue_key as issue_key,
            'general' as scope_key,
            case when h % 58 < 29 then 'official' else 'reported_private' end as voice,
            levelled.level as level, levelled.level as level_min, levelled.level as level_max,
            ['demands', 'offers', 'accepts', 'rejects'][(hash(m, h, 1) % 4 + 1)::bigint] as modality,
            date '2014-01-01' + (m * 8 + h % 8)::integer as published_date,
            (date '2014-01-01' + (m * 8 + h % 8)::integer)::timestamp as published_at,
            date '2014-01-01' + (m * 8 + h % 8)::integer as held_to_date,
            hash(m, h, 2) % 10 = 0 as is_background,
            false as is_presupposed, null as presupposed_level, 'claim' as cue_kind
        )
    from levelled
    cross join (select * from intermediate.int_position_mentions_code limit 1) as sample"""


def positions(work: Workload) -> Iterator[Line]:
    """Both over the wanted number of mentions, and how many positions these make."""
    found = seconds(work.copy(work.warehouse(work.sizes.warehouses[0])[0], "positions"), work.sizes.mentions)
    size = f"{work.sizes.mentions:,} mentions"
    yield Line("match cues", size, "s", found["matching"])
    yield Line("compute positions and changes", size, "s", found["changes"])
    yield Line("positions found", size, "rows", found["positions"])


def seconds(settings: Settings, mentions: int) -> dict[str, float]:
    """Seconds of cue matching, and of computing changes, over `mentions` synthetic mentions; and the positions found.

    `settings.warehouse_db` must hold a build; it is spoiled for anything else.
    """
    models = {model.name: model for model in compiled.compile_models(settings)}
    with compiled.connect(settings) as connection:
        connection.execute("create schema if not exists bench")
        matched = _count(connection, "intermediate.int_issue_matches_find")
        connection.execute(_CLAUSES, {"copies": -(-mentions // matched)})
        connection.execute(_DOCUMENTS, {"copies": -(-mentions // matched)})
        connection.execute(_MENTIONS, {"histories": mentions // 500, "length": 500})
        _put(connection, models["stg_language__clauses"], "bench.clauses")
        _put(connection, models["int_documents_resolve"], "bench.documents")
        _put(connection, models["int_position_mentions_code"], "bench.mentions")
        return {
            "matching": _run(connection, [models[name] for name in MATCHING]),
            "changes": _run(connection, [models[name] for name in COMPUTING]),
            "positions": float(_count(connection, "intermediate.int_positions_collect")),
        }


def _put(connection: duckdb.DuckDBPyConnection, model: compiled.Model, table: str) -> None:
    connection.execute(f"drop {model.materialized} {model.schema}.{model.name}")
    connection.execute(f"create table {model.schema}.{model.name} as select * from {table}")


def _run(connection: duckdb.DuckDBPyConnection, models: list[compiled.Model]) -> float:
    return spent(lambda: compiled.run(connection, models)).clock


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()
    return int(found[0]) if found else 0
