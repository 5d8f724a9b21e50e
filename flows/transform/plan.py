"""In which order, by which key and from what each model can be coded again: read from dbt_project/incremental.yml.

A model that the file does not name is coded whole whenever something that it reads has changed: to forget a model
there costs time and never truth. That those it names keep their promise is tested (tests/dbt/test_incremental.py).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from flows.settings import Settings
from flows.transform.compiled import Model

DOCUMENT = ("document_id",)


@dataclass(frozen=True)
class Step:
    """A model and how its rows hang together.

    `key`: rows of a key come from rows of that key alone; empty where nothing is promised. `other`: where rows are of
    pairs, the column of the second key. `through`: a table that has the key and document_id, by which parents without
    the key are narrowed. `whole`: parents that are read whole all the same. `touch`: by parent a query for the keys
    that its changed rows (`delta`) touch; more than need be is harmless.
    """

    model: Model
    key: tuple[str, ...] = ()
    other: str | None = None
    through: str | None = None
    whole: frozenset[str] = frozenset()
    touch: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def is_by_document(self) -> bool:
        """Whether rows of a document come from rows of that document alone."""
        return self.key == DOCUMENT


@dataclass(frozen=True)
class Unit:
    """Steps that are coded together: a stage of models by document, or one other model. `kept` names its tables."""

    steps: tuple[Step, ...]
    kept: frozenset[str]

    @property
    def is_stage(self) -> bool:
        """Whether its models are coded by document."""
        return self.steps[0].is_by_document


def plan(settings: Settings, models: list[Model], tested: Set[str] = frozenset()) -> list[Unit]:
    """Units in the order in which they can be coded. Views are no part of it: they hold no rows.

    A stage ends where a model by document needs a table that is made across documents. Tables that nothing outside
    their stage reads are not kept, unless they are `tested`. Raises FileNotFoundError, yaml.YAMLError, ValueError.
    """
    promises = yaml.safe_load((settings.dbt_dir / "incremental.yml").read_text(encoding="utf8"))
    steps = {m.name: _step(m, promises) for m in models if not m.is_view}
    levels = _levels(steps, {m.name for m in models if m.is_view} - set(promises["of_runs"]))
    kept = (
        tested
        | {s.through for s in steps.values()}
        | {s.name for s in steps.values() if s.model.schema != "intermediate"}
    )
    for step in steps.values():
        inside = {p for p in step.model.parents if p in steps and step.is_by_document and steps[p].is_by_document}
        kept |= set(step.model.parents) - {p for p in inside if levels[p] == levels[step.name]}
    units = []
    for level in sorted(set(levels.values())):
        here = [s for s in steps.values() if levels[s.name] == level]
        if stage := tuple(s for s in here if s.is_by_document):
            units.append(Unit(stage, frozenset(s.name for s in stage if s.name in kept)))
        units += [Unit((s,), frozenset((s.name,))) for s in here if not s.is_by_document]
    return units


def _step(model: Model, promises: dict[str, Any]) -> Step:
    if model.name in promises["by_document"]:
        step = Step(model, DOCUMENT)
    else:
        promise = dict(promises["by_key"].get(model.name, {}))
        key, whole = tuple(promise.pop("key", ())), frozenset(promise.pop("whole", ()))
        step = Step(model, key, whole=whole, **promise)
        if step.other and len(key) != 1:
            raise ValueError(
                f"incremental.yml: {model.name} has pairs (other: {step.other}) of a key of {len(key)} columns"
            )
    return replace(step, touch=promises["touch"].get(model.name, {}))


def _levels(steps: dict[str, Step], document_views: set[str]) -> dict[str, int]:
    """The stage after which, or in which, a model is coded: -1 for what no document has a part in."""
    levels: dict[str, int] = {}
    for step in steps.values():
        parents = [p for p in step.model.parents if p in steps]
        above = [levels[p] + (step.is_by_document and not steps[p].is_by_document) for p in parents]
        reads_documents = step.is_by_document or not document_views.isdisjoint(step.model.parents)
        levels[step.name] = max([0 if reads_documents else -1, *above])
    return levels
