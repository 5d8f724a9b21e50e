"""Brings the warehouse up to date with what is landed: only what new, changed or withdrawn documents touch is coded.

Every touched key is coded again as a whole from the rows it comes from, and never patched; the new rows are compared
with the old ones, and only what differs touches what comes after. So the tables are those of a build of everything,
row for row; a build of everything is the same code where all documents are new. One transaction: a build that is
killed leaves the warehouse as it was.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from flows.outcomes import Outcome
from flows.settings import Settings
from flows.transform import compiled, dbt, landed
from flows.transform.checks import check
from flows.transform.compiled import Model
from flows.transform.plan import Step, Unit, plan

EVERYTHING = "everything"  # instead of a query for keys
_RELATION = re.compile(r'"warehouse"\."\w+"\."(\w+)"')


def build(settings: Settings, *, tests: bool = True, everything: bool = False) -> list[dbt.Result]:
    """Codes the landed facts on the loaded dictionaries into `settings.warehouse_db`, and tests what differs.

    `everything` forgets what the warehouse holds; so do changed SQL, dictionaries and sources. Raises dbt.BuildFailed
    for SQL that fails and for a failed test; the warehouse is then as it was.
    """
    models = {model.name: model for model in compiled.compile_models(settings)}
    data_tests = compiled.compile_tests(settings)
    units = plan(settings, list(models.values()), tested={name for test in data_tests for name in test.parents})
    with compiled.connect(settings) as connection:
        connection.begin()
        coding = _Coding(connection, models)
        coding.make_views()
        # Of tables written in the same transaction DuckDB knows no statistics, takes each join of them for one row and
        # orders joins badly: in the order in which the models are written they take seven tenths of the time.
        connection.execute("set disabled_optimizers = 'join_order'")
        state = landed.state(settings, connection)
        landed.find_present(connection)
        is_anew = everything or landed.held_state(connection) != state
        if is_anew:
            coding.code_everything(units)
        else:
            coding.has_news = landed.find_changed(connection) > 0
            coding.code_changes(units)
        connection.execute("reset disabled_optimizers")
        results = [dbt.Result(node, "success", seconds, "") for node, seconds in coding.seconds.items()]
        if tests:
            deltas = {name: f'temp."delta {name}"' for name in coding.changed}
            results += check(connection, data_tests, models, None if is_anew else deltas)
            if any(result.failed for result in results):
                raise dbt.failure(results)
        if is_anew or coding.has_news:
            landed.remember(connection, state)
        connection.commit()
    return results


@dataclass
class _Coding:
    connection: duckdb.DuckDBPyConnection
    models: dict[str, Model]
    has_news: bool = False  # whether any document is new, changed or withdrawn
    seconds: dict[str, float] = field(default_factory=dict)  # by dbt's name of the model
    changed: set[str] = field(default_factory=set)  # tables whose rows differ now; which, is in temp."delta <name>"
    columns: dict[str, frozenset[str]] = field(default_factory=dict)

    def make_views(self) -> None:
        for schema in sorted({m.schema for m in self.models.values()}):
            self._run(f"create schema if not exists {schema}")
        for model in self.models.values():
            if model.is_view:
                with self._told(model):
                    self._run(f"create or replace view {model.relation} as {model.sql}")

    def code_everything(self, units: list[Unit]) -> None:
        self._drop_strays()
        for unit in units:
            passing = {step.name for step in unit.steps} - unit.kept
            for step in unit.steps:
                with self._told(step.model) as model:
                    sql = _renamed(model.sql, passing)
                    if step.name in passing:
                        self._run(f"drop table if exists {model.relation}")
                        self._run(f'create or replace temp table "{step.name}" as {sql}')
                    else:
                        self._run(f"create or replace table {model.relation} as {sql}")
            for name in passing:
                self._run(f'drop table temp."{name}"')

    def _drop_strays(self) -> None:
        """Tables between that no model makes any more."""
        held = self.connection.execute(
            "select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'intermediate'"
        ).fetchall()
        made = {model.name for model in self.models.values() if model.schema == "intermediate"}
        for (name,) in held:
            if name not in made:
                self._run(f'drop table intermediate."{name}"')

    def code_changes(self, units: list[Unit]) -> None:
        for unit in units:
            if unit.is_stage:
                self._code_stage(unit)
            else:
                with self._told(unit.steps[0].model):
                    self._code_across(unit.steps[0])

    # Stages: models by document.

    def _code_stage(self, unit: Unit) -> None:
        inside = {s.name for s in unit.steps}
        touching = [q for s in unit.steps for q in self._touching(s, without=inside)]
        if not touching:
            return
        self._run(f"create or replace temp table batch as select distinct document_id from ({_union(touching)})")
        self._run(
            "create or replace temp table held_documents as from batch anti join "
            "(from changed_documents anti join build.documents using (document_id)) using (document_id)"
        )
        outside = {p for s in unit.steps for p in s.model.parents} - inside
        narrowed = {name for name in sorted(outside) if "document_id" in self._columns(name)}
        for name in narrowed:
            self._run(
                f'create or replace temp table "{name}" as '
                f"select * from {self.models[name].relation} semi join batch using (document_id)"
            )
        for step in unit.steps:
            with self._told(step.model):
                sql = _renamed(step.model.sql, narrowed | inside)
                self._run(f'create or replace temp table "{step.name}" as {sql}')
                if step.name in unit.kept:
                    self._apply(step, f'temp."{step.name}"', "semi join held_documents using (document_id)")
        for name in narrowed | inside:
            self._run(f'drop table temp."{name}"')

    # Models across documents.

    def _code_across(self, step: Step) -> None:
        touching = self._touching(step)
        if not touching:
            return
        if EVERYTHING in touching:
            self._run(f"create or replace temp table coded as {step.model.sql}")
            self._apply(step, "temp.coded", "")
            return
        self._run(f"create or replace temp table touched as {_union(touching)}")
        narrowed = self._narrow(step)
        among = _either(step.key[0], step.other) if step.other else _among(step.key)
        sql = _renamed(step.model.sql, narrowed)
        self._run(f"create or replace temp table coded as select r.* from ({sql}) as r {among}")
        self._apply(step, "temp.coded", among)
        for name in narrowed:
            self._run(f'drop view temp."{name}"')

    def _narrow(self, step: Step) -> set[str]:
        """Views of the parents with the rows of the touched keys alone, else of the documents that have these."""
        among = _among(step.key)
        if step.through:
            through = self.models[step.through].relation
            self._run(f"create or replace temp table batch as select distinct document_id from {through} as r {among}")
        narrowed = set()
        for name in set(step.model.parents) - step.whole:
            columns = self._columns(name)
            if columns.issuperset(step.key):
                rows = f"select r.* from {self.models[name].relation} as r {among}"
            elif step.through and "document_id" in columns:
                rows = f"select * from {self.models[name].relation} semi join batch using (document_id)"
            else:
                continue
            self._run(f'create or replace temp view "{name}" as {rows}')
            narrowed.add(name)
        return narrowed

    # What touches what, and what then differs.

    def _touching(self, step: Step, without: Set[str] = frozenset()) -> list[str]:
        """Queries for the keys of a model that changed rows of its parents touch; EVERYTHING among them."""
        read = dict.fromkeys([*step.model.parents, *([step.through] if step.through else [])])
        return [self._touched_by(step, name) for name in read if name not in without and self._has_changed(name)]

    def _has_changed(self, name: str) -> bool:
        """Whether rows of a model differ now, or may: of views that tell of no document nothing is known."""
        if not self.models[name].is_view:
            return name in self.changed
        return self.has_news or "document_id" not in self._columns(name)

    def _touched_by(self, step: Step, parent: str) -> str:
        columns, delta = self._columns(parent), f'temp."delta {parent}"'
        if self.models[parent].is_view:
            columns, delta = columns & {"document_id"}, "temp.changed_documents"
        keys = ", ".join(step.key)
        if step.key and parent in step.touch:
            return re.sub(r"\bdelta\b", lambda _: delta, step.touch[parent])
        if step.key and columns.issuperset(step.key):
            return f"select distinct {keys} from {delta}"
        if step.through and "document_id" in columns:
            through = self.models[step.through].relation
            return f"select distinct {keys} from {through} semi join {delta} using (document_id)"
        if step.is_by_document:
            return "select document_id from present_documents union select document_id from changed_documents"
        return EVERYTHING

    def _apply(self, step: Step, coded: str, among: str) -> None:
        """Puts coded rows in the place of those that the table holds of the same keys, and remembers what differs."""
        table = step.model.relation
        self._run(
            "create or replace temp table differing as select * exclude (side), sum(side) as side from ("
            f"select r.*, -1 as side from {table} as r {among} union all select *, 1 as side from {coded}) "
            "group by all having sum(side) != 0"
        )
        if not self._value("select count(*) from differing"):
            return
        self.changed.add(step.name)
        self._run(f'create temp table "delta {step.name}" as from differing')
        # a table that is written anew costs its size; without a key all rows of a hash go and come
        key = (*step.key, step.other) if step.other else step.key
        keys, on = (", ".join(key), _same(key, "r", "k")) if among else ("hash(r) as hash", "hash(r) = hash")
        self._run(
            f"create or replace temp table touched_again as select distinct {keys} "
            "from (select * exclude (side) from differing) as r"
        )
        self._run(f"delete from {table} as r using touched_again as k where {on}")
        self._run(f"insert into {table} select r.* from {coded} as r semi join touched_again as k on {on}")

    # Small change.

    @contextmanager
    def _told(self, model: Model) -> Iterator[Model]:
        """Times the work on a model; an error of the database names it."""
        begun = time.monotonic()
        try:
            yield model
        except duckdb.Error as error:
            failed = Outcome("build", model.node, "build_failed", detail=str(error))
            raise dbt.BuildFailed(f"{model.node}: {error}", [failed]) from error
        self.seconds[model.node] = self.seconds.get(model.node, 0.0) + time.monotonic() - begun

    def _columns(self, name: str) -> frozenset[str]:
        if name not in self.columns:
            described = self.connection.execute(f"describe {self.models[name].relation}").fetchall()
            self.columns[name] = frozenset(row[0] for row in described)
        return self.columns[name]

    def _value(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    def _run(self, sql: str) -> None:
        self.connection.execute(sql)


def _renamed(sql: str, names: Set[str]) -> str:
    """Compiled SQL that reads these models from temporary tables of the same names."""
    return _RELATION.sub(lambda found: f'temp."{found[1]}"' if found[1] in names else found[0], sql)


def _same(columns: tuple[str, ...], left: str, right: str) -> str:
    return " and ".join(f"{left}.{c} is not distinct from {right}.{c}" for c in columns)


def _among(key: tuple[str, ...]) -> str:
    return f"semi join touched as k on {_same(key, 'r', 'k')}"


def _either(key: str, other: str) -> str:
    touched = f"(select {key} from touched)"
    return f"where r.{key} in {touched} or r.{other} in {touched}"


def _union(queries: list[str]) -> str:
    return " union ".join(f"({query})" for query in dict.fromkeys(queries))
