"""dbt's test results as rows of the warehouse: the table ops.test_results, filled after the tests have ended.

The model of that name declares its columns and is empty; a row is the test's last result: what it reads has not
changed since.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from flows.settings import Settings
from flows.transform.dbt import Result

TABLE = "ops.test_results"
TESTS = ("test.", "unit_test.")


def record_tests(settings: Settings, results: list[Result]) -> int:
    """Replaces the rows of the tests that ran in ops.test_results; returns how many ran.

    Does nothing where the warehouse has no such table.
    """
    manifest: dict[str, Any] = json.loads((settings.cache_dir / "dbt" / "manifest.json").read_text(encoding="utf8"))
    nodes = {**manifest["nodes"], **manifest.get("unit_tests", {})}
    ended = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    rows = [_row(r, nodes.get(r.node, {}), ended) for r in results if r.node.startswith(TESTS)]
    with duckdb.connect(str(settings.warehouse_db)) as connection:
        found = connection.execute(
            "select 1 from duckdb_tables() where schema_name = 'ops' and table_name = 'test_results'"
        ).fetchone()
        if not found:
            return 0
        if rows:
            connection.register("incoming", pa.Table.from_pylist(rows, schema=SCHEMA))
            connection.execute(f"delete from {TABLE} where test_id in (select test_id from incoming)")
            connection.execute(f"insert into {TABLE} by name select * from incoming")
    return len(rows)


SCHEMA = pa.schema(
    [
        ("test_id", pa.string()),
        ("test_name", pa.string()),
        ("table_name", pa.string()),
        ("column_name", pa.string()),
        ("severity", pa.string()),
        ("status", pa.string()),
        ("failure_count", pa.int64()),
        ("duration_seconds", pa.float64()),
        ("message", pa.string()),
        ("tested_at", pa.timestamp("us")),
    ]
)


def _row(result: Result, node: dict[str, Any], ended: datetime) -> dict[str, Any]:
    attached = node.get("attached_node") or node.get("model") or _last_parent(node)
    return {
        "test_id": result.node,
        "test_name": (node.get("test_metadata") or {}).get("name") or node.get("name"),
        "table_name": attached.split(".")[-1] if attached else None,
        "column_name": node.get("column_name"),
        "severity": str(node.get("config", {}).get("severity") or "error").lower(),
        "status": result.status,
        "failure_count": result.failures,
        "duration_seconds": round(result.seconds, 3),
        "message": result.message if result.status != "pass" else None,
        "tested_at": ended,
    }


def _last_parent(node: dict[str, Any]) -> str | None:
    """A test written as a query belongs to the model it reads, where that is one."""
    parents = [p for p in node.get("depends_on", {}).get("nodes", []) if p.startswith("model.")]
    return parents[0] if len(parents) == 1 else None
