"""What a build depends on, as one hash: the dbt project and the landed facts. Equal hashes give equal warehouses.

The hash of the last published build is kept beside the warehouse, so that a run with nothing new builds nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flows.land.database import both_databases
from flows.settings import Settings
from flows.transform.dbt import project_hash
from flows.transform.seeds import seeds_hash

# Cheap facts that change whenever a build could come out differently, whatever the clock said when a row was landed.
# Outcomes are left out: they tell of runs.
_FACTS = """
select
    (select (count(*), bit_xor(hash(document_id, landed_at, is_latest_version, version_number))) from raw.documents),
    (select (count(*), bit_xor(hash(document_id, annotated_at, annotator_version))) from language.annotated),
    (select (count(*), count(distinct story_id), bit_xor(hash(document_id, story_id))) from language.stories),
    (select (count(*), bit_xor(hash(source_key, name))) from raw.sources)
"""


def inputs_hash(settings: Settings) -> str:
    """SHA-256 over the project's files and the state of both databases."""
    digest = hashlib.sha256((project_hash(settings) + seeds_hash(settings)).encode())
    with both_databases(settings) as connection:
        digest.update(repr(connection.execute(_FACTS).fetchone()).encode())
    return digest.hexdigest()


def is_published(settings: Settings, inputs: str) -> bool:
    """Whether the release in place was built from these inputs."""
    stamp = _stamp(settings)
    return settings.published_db.exists() and stamp.exists() and stamp.read_text(encoding="utf8") == inputs


def mark_published(settings: Settings, inputs: str) -> None:
    """Remembers that the release in place was built from these inputs."""
    _stamp(settings).write_text(inputs, encoding="utf8")


def _stamp(settings: Settings) -> Path:
    return settings.warehouse_db.with_suffix(".inputs.sha256")
