"""dbt's data tests, run from their compiled SQL in the process that coded: each where something that it reads differs.

A test of one row (not_null, accepted_values) looks at the rows that came, a test of uniqueness at the rows that share
the tested columns with these: what was there before has passed. All other tests look at whole tables.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import duckdb

from flows.transform.compiled import Model, Test
from flows.transform.dbt import Result

OF_ROWS = ("not_null", "accepted_values")
OF_GROUPS = ("unique", "unique_together")


def check(
    connection: duckdb.DuckDBPyConnection,
    tests: list[Test],
    models: Mapping[str, Model],
    deltas: Mapping[str, str] | None,
) -> list[Result]:
    """The results of the tests, as dbt would tell them.

    `deltas`: the tables of rows that came (side > 0) and went, by the model that differs; only tests that read such a
    model are run. None runs all on whole tables.
    """
    results = []
    for test in tests:
        if deltas is not None and deltas.keys().isdisjoint(test.parents):
            continue
        begun = time.monotonic()
        sql = test.sql
        if deltas and test.model and test.model in deltas and test.kind in (*OF_ROWS, *OF_GROUPS):
            model = models[test.model]
            sql = sql.replace(model.relation, f"({_narrowed(test, model, deltas[model.name])})")
        row = connection.execute(f"select count(*) from ({sql})").fetchone()
        failures = int(row[0]) if row else 0
        status = "pass" if not failures else "warn" if test.warns else "fail"
        said = f"Got {failures} results, configured to fail if != 0" if failures else ""
        results.append(Result(test.node, status, time.monotonic() - begun, said, failures))
    return results


def _narrowed(test: Test, model: Model, delta: str) -> str:
    came = f"select * exclude (side) from {delta} where side > 0"
    if test.kind in OF_ROWS:
        return came
    on = " and ".join(f"r.{column} is not distinct from k.{column}" for column in test.columns)
    return f"select r.* from {model.relation} as r semi join ({came}) as k on {on}"
