"""Keeps what manifests declare of the outlets, so that dbt can name them without reading a manifest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from flows.land.load import land_batch
from flows.settings import Settings
from flows.sources.schema import Source

SOURCES = pa.schema(
    [
        ("source_key", pa.string()),
        ("name", pa.string()),
        ("domain", pa.string()),
        ("country_iso3", pa.string()),
        ("language_code", pa.string()),
        ("timezone", pa.string()),
        ("is_wire", pa.bool_()),
        ("is_state_media", pa.bool_()),
        ("rights", pa.string()),
        ("articles_per_week", pa.float64()),
        ("author_fill", pa.float64()),
        ("date_fill", pa.float64()),
        ("verified_date", pa.date32()),
    ]
)


def land_sources(settings: Settings, sources: Iterable[Source]) -> None:
    """Adds the outlets, or replaces what was known of them; one that is no longer declared stays."""
    rows = [
        {
            "source_key": s.key,
            "name": s.name,
            "domain": s.domains[0] if s.domains else None,
            "country_iso3": s.country,
            "language_code": s.language,
            "timezone": s.timezone,
            "is_wire": s.is_wire,
            "is_state_media": s.is_state_media,
            "rights": s.rights,
            **s.floors.model_dump(),
            "verified_date": s.verified if isinstance(s.verified, date) else None,
        }
        for s in sources
    ]
    land_batch(settings, {"sources": pa.Table.from_pylist(rows, schema=SOURCES)})
