"""How things look in a terminal: Rich tables and progress. It decides nothing and writes nothing to a database.

Text from articles is printed as text: markup, emoji codes and terminal controls in it are never interpreted.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from flows.answer import plain, print_rows
from flows.outcomes import REASONS, Outcome
from flows.settings import Settings
from flows.text import harmless

if TYPE_CHECKING:
    from flows.doctor import Check
    from flows.explain import Explanation
    from flows.recode import Difference
    from flows.sources.check import SourceCheck
    from flows.sources.schema import Source
    from flows.stages import Progress as Step
    from flows.stages import Report

out = Console(highlight=False, emoji=False)
err = Console(stderr=True, highlight=False, emoji=False)
DIFFERENCES_SHOWN = 20  # of each kind and table


def run_id() -> str:
    """A name for this run: when it began, and something that no other run has."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ-") + uuid.uuid4().hex[:6]


def say(text: str) -> None:
    """One line of text for people."""
    out.print(plain(text))


def note(outcome: Outcome) -> None:
    """One line on the error stream about something that did not work, with what to do."""
    detail = f" ({outcome.detail})" if outcome.detail else ""
    err.print(plain(f"{outcome.stage}: {outcome.subject}: {outcome.reason}{detail}. {outcome.advice}"))


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """One stage: a bar in a terminal, one line at its end elsewhere. The block gets a function (done, total)."""
    started, reached = time.monotonic(), 0

    def count(done: int, total: int) -> None:
        nonlocal reached
        reached = done
        bar.update(task, completed=done, total=total or None)

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, disable=not out.is_terminal) as bar:
        task = bar.add_task(f"{title:<11}", total=None)
        yield count
        bar.update(task, total=reached, completed=reached)
    if not out.is_terminal:
        say(f"{title:<11} {f'{reached:>6,} ' if reached else '       '}{time.monotonic() - started:>6.1f} s")


def show_difference(found: dict[str, Difference]) -> None:
    """What a new coding adds (+), drops (-) and alters (~) by table: the counts, and the first of each kind."""
    for table, difference in found.items():
        _show_difference(table, difference)


def _show_difference(table: str, found: Difference) -> None:
    from flows.recode import changes

    say(
        f"{table}: {len(found.added)} added, {len(found.dropped)} dropped, {len(found.altered)} altered, "
        f"{found.kept_count} as they were."
    )
    for sign, rows in (("+", found.added), ("-", found.dropped)):
        for row in rows[:DIFFERENCES_SHOWN]:
            say(f"{sign} {row['label']} {row['fact_id'][:8]}")
        _say_rest(sign, len(rows))
    for was, now in found.altered[:DIFFERENCES_SHOWN]:
        say(f"~ {now['label']} {now['fact_id'][:8]}")
        for name, (before, after) in changes(was, now).items():
            say(f"    {name}: {'none' if before is None else before} → {'none' if after is None else after}")
    _say_rest("~", len(found.altered))


def _say_rest(sign: str, count: int) -> None:
    if count > DIFFERENCES_SHOWN:
        say(f"{sign} … and {count - DIFFERENCES_SHOWN} more; --json has all.")


def show_report(report: Report) -> None:
    """What a stage did, and what failed."""
    say(f"{report.stage}: {report.count:,} done, {len(report.failures):,} failed")
    for outcome in report.failures[:20]:
        note(outcome)


def show_summary(settings: Settings, outcomes: list[Outcome], seconds: float) -> None:
    """The end of a run: counts, the newest changes in plain words, what failed and why, where the file is."""
    from flows.publish.question import ask

    counts = ask(
        settings,
        "select (select count(*) from documents) as documents, (select count(*) from statements) as statements, "
        "(select count(*) from events) as events, (select count(*) from actors) as actors, "
        "(select count(*) from positions) as positions, (select count(*) from proposal_changes) as changes",
        None,
    ).to_pylist()[0]
    table = Table(title=f"{_ending(outcomes)} in {seconds:,.0f} s", title_justify="left")
    for name in counts:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in counts.values()))
    out.print(table)
    latest = ask(
        settings,
        "select strftime(coalesce(made_to_date, cast(first_reported_at as date)), '%d %b %Y') as day, change_type, "
        "reading from proposal_changes order by first_reported_at desc nulls last, change_id limit 8",
        None,
    ).to_pylist()
    if latest:
        out.print("\n[bold]What changed last[/bold]")
    for row in latest:
        out.print(f"  {row['day']}  [bold]{row['change_type']:<10}[/bold]  {plain(row['reading'] or '')}")
    quiet = ask(
        settings, "select source_key, advice from source_freshness where state = 'warning' order by source_key", None
    ).to_pylist()
    if quiet:
        out.print("\n[bold]Sources that gave less than expected[/bold]")
    for row in quiet:
        out.print(f"  {plain(row['source_key'])}  {plain(row['advice'] or '')}")
    _show_left_out(outcomes)
    out.print(f"\nThe published file: [bold]{plain(str(settings.published_db))}[/bold]")
    command = "communique" if shutil.which("communique") else ".venv/bin/communique"
    out.print(f"Ask it:  {command} query --name list   ·   {command} query 'from proposal_changes select reading'")
    out.print(f"Or open it with any DuckDB client:  duckdb -readonly {plain(str(settings.published_db))}")


def _ending(outcomes: list[Outcome]) -> str:
    return "Nothing new" if any(o.reason == "nothing_new" for o in outcomes) else "Published"


def _show_left_out(outcomes: list[Outcome]) -> None:
    left = [
        o
        for o in outcomes
        if o.status != "ok" and o.reason not in ("not_modified", "already_landed", "not_due", "nothing_new")
    ]
    if not left:
        return
    out.print("\n[bold]What was left out, and why[/bold]")
    for reason, count in sorted(Counter(o.reason for o in left).items()):
        example = next(o for o in left if o.reason == reason)
        subject = plain(f"{example.subject}{f' ({example.detail})' if example.detail else ''}")
        out.print(f"  {count:>3}  {reason:<16} {REASONS[reason][1]}\n       [dim]{subject}[/dim]")


def show_status(settings: Settings, reasons: bool) -> None:
    """Lock, release, counts, the last outcomes that were not ok."""
    from flows.land.lock import lock_holder
    from flows.publish.question import ask

    if reasons:
        for reason, (word, advice) in REASONS.items():
            out.print(f"{reason:<20} {word:<8} {advice}")
        return
    holder = lock_holder(settings)
    say(f"Lock: {'held by ' + str(holder) if holder else 'free'}")
    if not settings.published_db.exists():
        say("Nothing is published yet; start with `communique run --sample` or `communique ingest FILE`.")
        return
    release = ask(settings, "from releases order by published_at desc limit 1", None).to_pylist()[0]
    for name, value in release.items():
        say(f"{name:<22} {value}")
    recent = ask(
        settings,
        "select status, stage, reason, count(*) as attempts, max(happened_at) as last_at, "
        "min(subject) as example "
        "from outcomes group by all order by status, attempts desc limit 30",
        None,
    )
    print_rows(recent.column_names, recent.to_pylist(), out)


SPAN_STYLES = {
    "content": "bold cyan",
    "core": "bold cyan",
    "cue": "bold yellow",
    "trigger": "bold yellow",
    "speaker": "bold magenta",
    "from_state": "red",
    "to_state": "green",
    "condition": "bold blue",
    "date": "bold green",
    "hedge": "italic yellow",
    "sourcing": "magenta",
}


def show_explanation(found: Explanation) -> None:
    """The passages with the spans in colour, the chain hop by hop, the facts behind it, and the row itself."""
    out.print(f"[bold]{found.table}[/bold]")
    for passage in found.passages:
        out.print(f"\n[bold]{plain(passage.outlet)}[/bold] · {plain(passage.title)} · {passage.published}")
        out.print(f"[dim]{plain(passage.url)}[/dim]")
        text = Text(harmless(passage.text))
        for start, end, kind in passage.spans:
            text.stylize(SPAN_STYLES.get(kind, "bold"), start, end)
        out.print(text)
        for start, end, kind in passage.spans:  # said again in words: colours are lost in a pipe
            style = SPAN_STYLES.get(kind, "bold")
            out.print(f"  [{style}]{kind:<11}[/] {plain(passage.text[start:end])}", soft_wrap=False)
    for name, rows in [("sourcing chain", found.chain), *found.facts]:
        if rows:
            out.print(f"\n[bold]{name}[/bold]")
            print_rows(list(rows[0]), rows, out)
    out.print("\n[bold]the row[/bold]")
    for name, value in found.row.items():
        if value is not None:
            out.print(f"  [dim]{name:<24}[/dim] {plain(str(value))}")


def show_checks(checks: list[Check]) -> bool:
    """Prints the doctor's findings; returns whether all is well."""
    for check in checks:
        mark = "[green]ok[/green]  " if check.ok else "[red]fix[/red] "
        out.print(f"{mark} {plain(check.name)}: {plain(check.finding)}")
        if not check.ok:
            out.print(f"     {plain(check.advice)}")
    return all(check.ok for check in checks)


def show_source_checks(checks: Iterable[SourceCheck]) -> bool:
    """One line per listing as it is asked; returns whether all answer."""
    well = True
    for check in checks:
        for feed in check.feeds:
            mark = "[green]ok[/green]  " if feed.answers else "[red]fix[/red] "
            newest = f", newest {feed.newest_at:%Y-%m-%d}" if feed.newest_at else ""
            found = f"{feed.wanted_count} of {feed.address_count} addresses{newest}"
            out.print(f"{mark} {check.source_key}  {plain(feed.url)}  {found}")
            if not feed.answers:
                out.print(f"     {feed.reason} {plain(feed.detail)} {plain(feed.advice)}")
        well &= check.answers
    return well


def show_sources(sources: list[Source]) -> None:
    """The outlets as a table."""
    table = Table()
    table.add_column("key", min_width=max((len(s.key) for s in sources), default=0))  # a key is there to be copied
    for name in ("name", "country", "language", "feeds", "rights", "verified"):
        table.add_column(name)
    for s in sources:
        table.add_row(s.key, plain(s.name), s.country, s.language, str(len(s.feeds)), s.rights, str(s.verified))
    out.print(table)
