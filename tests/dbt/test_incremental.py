"""What incremental.yml promises of models by document, read from their SQL: nobody reads other documents unseen.

In a model by document every step that reads rows of documents keeps their document_id, or a sentence_id made of it; a
step that drops it gathers over documents, and belongs into a model of its own. Whether the promises hold on rows is
the matter of tests/integration/test_incremental.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2] / "dbt_project"
PROMISES = yaml.safe_load((PROJECT / "incremental.yml").read_text(encoding="utf8"))
FILES = {path.stem: path for path in (PROJECT / "models").rglob("*.sql")}
BY_DOCUMENT = {name for name in FILES if name.startswith("stg_")} - set(PROMISES["of_runs"])
BY_DOCUMENT |= set(PROMISES["by_document"])

_STEP = re.compile(r"^(\w+) as \((.*?)^\)", re.MULTILINE | re.DOTALL)
_REF = re.compile(r"{{ ref\('(\w+)'\) }}")
_READ = re.compile(r"\b(?:from|join) \(?(\w+)")


def unseen(sql: str) -> list[str]:
    """Names of steps that read rows of documents and keep neither document_id nor sentence_id."""
    of_documents, faults = set(), []
    for name, body in _STEP.findall(sql):
        reads = bool(BY_DOCUMENT & set(_REF.findall(body)) or of_documents & set(_READ.findall(body)))
        if reads and ("*" in body or "document_id" in body or "sentence_id" in body):
            of_documents.add(name)
        elif reads:
            faults.append(name)
    return faults


@pytest.mark.parametrize("name", sorted(PROMISES["by_document"]))
def test_a_model_by_document_gathers_nothing_over_documents(name: str) -> None:
    assert unseen(FILES[name].read_text(encoding="utf8")) == []


def test_a_step_that_drops_the_document_is_seen() -> None:
    imported = "m as (\n    select * from {{ ref('stg_language__mentions') }}\n),\n\n"
    sql = f"with\n\n{imported}n as (\n    select distinct name_key from m\n)\n"
    assert unseen(sql) == ["n"]


def test_every_promise_is_of_a_model() -> None:
    named = {*PROMISES["of_runs"], *PROMISES["by_document"], *PROMISES["by_key"], *PROMISES["touch"]}
    named |= {parent for parents in PROMISES["touch"].values() for parent in parents}
    named |= {promise["through"] for promise in PROMISES["by_key"].values() if "through" in promise}
    named |= {parent for promise in PROMISES["by_key"].values() for parent in promise.get("whole", ())}
    assert named - FILES.keys() == set()
