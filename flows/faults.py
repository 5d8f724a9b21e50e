"""Faults that a person can act on, as one sentence and an exit code. Anything else is a bug and keeps its traceback."""

from __future__ import annotations

import errno
from typing import TypeGuard

import duckdb
import pydantic
from pydantic_settings import SettingsError

FAILED, USAGE, LOCKED = 1, 2, 3


def explain(fault: Exception) -> tuple[str | None, int]:
    """(sentence, exit code) for an expected fault; (None, 1) for one that is not."""
    from flows.environment import unusable
    from flows.land.database import DatabaseBusy
    from flows.land.lock import LockHeld
    from flows.language.parse import ModelMissing
    from flows.publish.question import UnknownQuestion
    from flows.publish.release import VerifyFailed
    from flows.sources.manifest import ManifestError
    from flows.transform.dbt import BuildFailed
    from flows.transform.seeds import UnreadableSeed

    if _is_full(fault):
        return (
            f"The disk is full ({fault}). What is landed is safe; make room and start again: it goes on from there.",
            FAILED,
        )
    if isinstance(fault, LockHeld | DatabaseBusy):
        return str(fault), LOCKED
    if isinstance(fault, BuildFailed):
        return f"The build failed and nothing was published. dbt says: {fault}", FAILED
    if isinstance(fault, UnreadableSeed):
        return f"A dictionary cannot be used, and nothing was changed.\n{fault}", FAILED
    if isinstance(fault, VerifyFailed):
        return f"The new release is not whole; the old one stays. {fault}", FAILED
    if isinstance(fault, ModelMissing | LookupError | UnknownQuestion):
        return str(fault), FAILED if isinstance(fault, ModelMissing) else USAGE
    if isinstance(fault, SettingsError) or _is_about_settings(fault):
        return unusable(fault), USAGE
    if isinstance(fault, ManifestError):
        return f"A manifest cannot be used. {fault}", USAGE
    if isinstance(fault, duckdb.IOException):
        return f"A file cannot be read: {fault} `communique doctor` says which, and what to do.", FAILED
    if isinstance(fault, duckdb.Error):
        return f"The database says: {fault}", USAGE
    if isinstance(fault, FileNotFoundError):
        return f"Not found: {fault.filename or fault}", USAGE
    return None, FAILED


def _is_about_settings(fault: Exception) -> TypeGuard[pydantic.ValidationError]:
    """Rows and manifests are checked by the same library; their faults are told elsewhere."""
    return isinstance(fault, pydantic.ValidationError) and fault.title == "Settings"


def _is_full(fault: BaseException) -> bool:
    """Whether the disk had no room; DuckDB says so in words, and so does dbt, which speaks for it."""
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return any(words in str(fault) for words in ("No space left on device", "Disk quota exceeded"))
