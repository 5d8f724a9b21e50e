"""`communique forget`: takes an article or an outlet out of everything that is kept, up to the published file.

Archive, landed texts and annotations lose it, the warehouse is built anew, and a new release replaces all that were
kept, since each of them holds it. Copies that readers made before are out of reach.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from flows import stages
from flows.fetch.erase import erase_pages
from flows.land.forget import OUTLET, Subject, delete_documents, is_kept, near_subjects
from flows.land.load import land_outcomes
from flows.outcomes import Outcome
from flows.publish import lake, release
from flows.settings import Settings
from flows.sources.registry import did_you_mean, load_sources
from flows.transform.inputs import inputs_hash, is_published
from flows.transform.seeds import stamp_path


@dataclass(frozen=True)
class Forgotten:
    """What went: ids of documents, number of archived pages, and the new release where one was published."""

    document_ids: list[str]
    page_count: int
    release_id: str | None


class NothingKept(LookupError):
    """Nothing that is kept has this address or this outlet, and no manifest declares it."""


def forget(settings: Settings, subject: Subject, run_id: str) -> Forgotten:
    """Forgets the subject everywhere. The write lock is the caller's.

    Raises NothingKept, and then nothing was changed; transform.dbt.BuildFailed, VerifyFailed, and then the texts are
    gone already and the old release still stands: call it again.
    """
    pages = erase_pages(settings, subject.covers)
    if not pages and not is_kept(settings, subject):
        _refuse_unknown(settings, subject)
    ids = delete_documents(settings, subject)
    detail = f"{len(ids)} documents, {pages} archived pages"
    land_outcomes(settings, run_id, [Outcome("land", subject.key, "forgotten", detail=detail)])
    stages.group_stories(settings)
    nothing_went = not ids and not pages and is_published(settings, inputs_hash(settings))
    if nothing_went or not settings.published_db.exists():
        return Forgotten(ids, pages, None)
    for path in (settings.warehouse_db, stamp_path(settings)):
        path.unlink(missing_ok=True)
    stages.build(settings, run_id)
    made = release.publish(settings)
    for folder in release.releases(settings):
        if folder != made.folder:
            shutil.rmtree(folder)
    lake.forget(settings)
    shutil.rmtree(settings.site_dir, ignore_errors=True)  # it quotes; `make docs` makes it again
    return Forgotten(ids, pages, made.release_id)


def _refuse_unknown(settings: Settings, subject: Subject) -> None:
    """Raises NothingKept with near names and how to find the right one; an outlet that is read may be barred early."""
    declared = [source.key for source in load_sources()]
    if subject.key in declared:
        return
    near = near_subjects(settings, subject)
    if subject.kind == OUTLET:
        meant = f" Did you mean {' or '.join(near)}?" if near else did_you_mean(subject.key, declared)
        raise NothingKept(
            f"Nothing kept is of an outlet {subject.key}, and no manifest has that key; nothing was changed.{meant} "
            "`communique sources list` shows the keys. Articles of an outlet without a manifest go by their address: "
            "`communique query 'select url, outlet_key, title from documents'` shows it."
        )
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise NothingKept(
        f"Nothing kept has the address {subject.key}; nothing was changed.{meant} "
        "`communique query \"select url, title from documents where url like '%word%'\"` finds an address."
    )
