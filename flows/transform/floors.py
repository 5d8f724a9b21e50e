"""Sources that gave less than expected, as outcomes: read from ops.source_freshness after a build.

A warning is a matter of the summary and of the table; only what has lasted (state `error`) is an outcome that failed.
It stops no release: what other sources gave is as good as before.
"""

from __future__ import annotations

import duckdb

from flows.outcomes import Outcome
from flows.settings import Settings


def missed_floors(settings: Settings) -> list[Outcome]:
    """One outcome per source that has been below half of what is expected for a week."""
    with duckdb.connect(str(settings.warehouse_db), read_only=True) as connection:
        rows = connection.execute(
            "select source_key, advice from ops.source_freshness where state = 'error' order by source_key"
        ).fetchall()
    return [Outcome("discover", key, "floor_missed", key, advice or "") for key, advice in rows]
