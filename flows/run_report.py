"""The report of one scheduled run as Markdown: what Prefect shows as an artifact. Text of articles is not in it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from flows.outcomes import REASONS, Outcome
from flows.publish.question import ask
from flows.settings import Settings

_COUNTS = """
select
    (select max(release_id) from releases) as release,
    (select count(*) from documents) as documents,
    (select count(*) from statements) as statements,
    (select count(*) from events) as events,
    (select count(*) from proposal_changes) as changes
"""
_QUIET = "select source_key, state, advice from source_freshness where state in ('warning', 'error') order by 2, 1"


def done(settings: Settings, outcomes: list[Outcome], started: datetime) -> str:
    """A run that published: the release, its counts, every outcome by stage and reason, quiet sources."""
    [counts] = ask(settings, _COUNTS, None).to_pylist()
    lines = [f"# Published after {_seconds(started):,.0f} s", ""]
    lines += ["| " + " | ".join(counts) + " |", "|" + " --- |" * len(counts)]
    lines += ["| " + " | ".join(f"{v:,}" if isinstance(v, int) else str(v) for v in counts.values()) + " |", ""]
    lines += [
        "## What was tried",
        "",
        "| stage | status | reason | number | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    for (stage, status, reason), number in sorted(Counter((o.stage, o.status, o.reason) for o in outcomes).items()):
        lines.append(f"| {stage} | {status} | {reason} | {number:,} | {REASONS[reason][1]} |")
    quiet = ask(settings, _QUIET, None).to_pylist()
    if quiet:
        lines += ["", "## Sources that gave less than expected", ""]
        lines += [f"- {row['source_key']} ({row['state']}): {row['advice']}" for row in quiet]
    return "\n".join(lines) + "\n"


def failed(fault: Exception, started: datetime) -> str:
    """A run that published nothing, and why."""
    said = str(fault).replace("```", "'''")[:4000]
    title = f"# Failed after {_seconds(started):,.0f} s"
    return f"{title}\n\nNothing was published; the release before stays.\n\n```\n{said}\n```\n"


def skipped(why: str) -> str:
    """A run that had nothing to do."""
    return f"# Skipped\n\n{why}\n"


def _seconds(started: datetime) -> float:
    return (datetime.now(UTC) - started).total_seconds()
