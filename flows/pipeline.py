"""The stages as Prefect flows: retries, history and schedules come from here, the work from stages.py.

Tasks are coarse, a stage each: many small ones cost more in book-keeping than the work they do. They hand
nothing to each other but the databases, so a killed run goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import acquire, console, stages, wide
from flows.land.lock import write_lock
from flows.outcomes import Outcome
from flows.publish import release
from flows.settings import Settings
from flows.sources.registry import choose
from flows.sources.schema import Source
from flows.transform.inputs import inputs_hash, is_published, mark_published
from flows.workers import OpenPool


@task(name="fetch, clean and land", cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5)
def acquired(settings: Settings, sources: list[Source], run_id: str) -> list[stages.Report]:
    """Discovers and fetches; what has come is cleaned and landed meanwhile."""
    with console.progress("Cleaning") as cleaned, console.progress("Fetching") as fetched:
        work = partial(acquire.fetch, settings, sources, run_id, fetched)
        return acquire.land_while_fetching(settings, sources, run_id, work, cleaned, _cluster(settings))


@task(name="annotate", cache_policy=NO_CACHE)
def annotate(settings: Settings, run_id: str) -> stages.Report:
    """Marks what the new texts say, and groups copies."""
    with console.progress("Annotating") as progress:
        report = stages.annotate(settings, run_id, progress, _cluster(settings))
    stages.group_stories(settings)
    return report


@task(name="build", cache_policy=NO_CACHE)
def build(settings: Settings, run_id: str) -> stages.Report:
    """Codes everything into the warehouse and tests it."""
    with console.progress("Coding"):
        return stages.build(settings, run_id)


@task(name="publish", cache_policy=NO_CACHE, retries=1)
def publish(settings: Settings) -> release.Release:
    """Puts the new release in place."""
    return release.publish(settings)


@flow(name="communique", validate_parameters=False)
def communique(sample: bool = False, only: list[str] | None = None, wait_seconds: float = 0.0) -> list[Outcome]:
    """The whole run, from sources to a published file. Raises when nothing could be published."""
    run_id = console.run_id()
    base = Settings()
    with write_lock(base, "run", wait_seconds), _reading(base, sample) as (settings, sources):
        reports = acquired(settings, choose(sources, only or []), run_id)
        return [o for r in reports for o in r.outcomes] + _finish(settings, run_id)


@flow(name="communique-ingest", validate_parameters=False)
def ingest(inputs: list[str], collection: str, land_only: bool) -> list[Outcome]:
    """Documents given by hand, then the rest of the run."""
    run_id = console.run_id()
    settings = Settings()
    with write_lock(settings, "ingest"):
        report = acquire.ingest(settings, inputs, collection, run_id)
        if report.outcomes and all(o.status == "failed" for o in report.outcomes):
            return report.outcomes
        return report.outcomes + ([] if land_only else _finish(settings, run_id))


def run(settings: Settings, *, sample: bool, only: list[str], wait_seconds: float) -> None:
    """The flow, and its summary in the terminal."""
    started = time.monotonic()
    outcomes = communique(sample=sample, only=only, wait_seconds=wait_seconds)
    console.show_summary(settings, outcomes, time.monotonic() - started)


def run_ingest(settings: Settings, inputs: list[str], collection: str, land_only: bool) -> None:
    """The flow of `communique ingest`, and its summary."""
    started = time.monotonic()
    outcomes = ingest(inputs, collection, land_only)
    if outcomes and all(o.status == "failed" for o in outcomes):
        for outcome in outcomes:
            console.note(outcome)
        raise LookupError("Nothing could be read; nothing was changed.")
    if not any(outcome.stage == "clean" for outcome in outcomes):
        raise LookupError(f"Nothing was found in {', '.join(inputs)}: no file, line or page with a text.")
    if not land_only:
        console.show_summary(settings, outcomes, time.monotonic() - started)


def _finish(settings: Settings, run_id: str) -> list[Outcome]:
    outcomes = annotate(settings, run_id).outcomes
    inputs = inputs_hash(settings)
    if is_published(settings, inputs):
        return [*outcomes, Outcome("build", "warehouse", "nothing_new")]
    outcomes += build(settings, run_id).outcomes
    publish(settings)
    mark_published(settings, inputs)
    return outcomes


def _cluster(settings: Settings) -> OpenPool | None:
    """How to open the pool of the Dask cluster that the settings name, if they name one: a task run per batch."""
    if settings.dask_scheduler is None:
        return None
    try:
        runner = import_module("prefect_dask").DaskTaskRunner
    except ImportError:
        raise LookupError(
            "COMMUNIQUE_DASK_SCHEDULER is set, and prefect-dask is not installed: see docs/wider.md"
        ) from None
    batch = task(name="batch", cache_policy=NO_CACHE, persist_result=False)(wide.call)
    return partial(_open_pool, runner, settings.dask_scheduler, batch)


def _open_pool(runner: Any, address: str, batch: Any) -> Executor:
    try:
        return wide.ClusterPool(runner(address=address), batch)
    except OSError as error:
        raise LookupError(
            f"No Dask scheduler answers at {address} (COMMUNIQUE_DASK_SCHEDULER): start it, or unset this to use "
            f"the processes of this machine. What has come stays for the next run. ({error})"
        ) from error


@contextmanager
def _reading(settings: Settings, sample: bool) -> Iterator[tuple[Settings, list[Source]]]:
    """What is read and how: the registry of sources, or the sample newsroom served by this process."""
    from flows.sources.registry import load_sources

    if not sample:
        yield settings, load_sources()
        return
    from flows.newsroom.server import Newsroom

    visit = 2 if settings.raw_db.exists() else 1
    with Newsroom(settings.newsroom_dir, visit) as newsroom:
        hosts = dict.fromkeys(newsroom.hosts, f"127.0.0.1:{newsroom.port}")
        opened = settings.model_copy(update={"connect_to": hosts, "allow_loopback": True, "host_delay_seconds": 0.0})
        yield opened, load_sources([settings.newsroom_dir / "manifests"])
