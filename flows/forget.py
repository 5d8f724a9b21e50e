"""`communique forget`: takes an article or an outlet out of everything that is kept, up to the published file.

Archive, landed texts and annotations lose it, the warehouse is built anew, and a new release replaces all that were
kept, since each of them holds it. Copies that readers made before are out of reach.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from flows import stages
from flows.fetch.erase import erase_pages
from flows.land.forget import Subject, delete_documents
from flows.land.load import land_outcomes
from flows.outcomes import Outcome
from flows.publish import lake, release
from flows.settings import Settings
from flows.transform.inputs import inputs_hash, is_published
from flows.transform.seeds import stamp_path


@dataclass(frozen=True)
class Forgotten:
    """What went: ids of documents, number of archived pages, and the new release where one was published."""

    document_ids: list[str]
    page_count: int
    release_id: str | None


def forget(settings: Settings, subject: Subject, run_id: str) -> Forgotten:
    """Forgets the subject everywhere. The write lock is the caller's. Raises transform.dbt.BuildFailed, VerifyFailed.

    When it raises, the texts are gone already and the old release still stands: call it again.
    """
    pages = erase_pages(settings, subject.covers)
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
