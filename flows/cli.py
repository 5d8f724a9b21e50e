"""The command line: one command, one call. What a command does lives elsewhere; how it looks lives in console.py.

Exit codes: 0 done · 1 failed, nothing was published · 2 wrong usage or nothing readable · 3 another process writes.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows import __version__, cli_review, cli_sources
from flows.environment import misspelt
from flows.faults import FAILED
from flows.settings import Settings

app = typer.Typer(
    name="communique",
    help="News about wars and the talks that may end them, read into tables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done; 1 failed, nothing was published; 2 wrong usage; 3 another process is writing.",
)
app.add_typer(cli_sources.app, name="sources")
app.add_typer(cli_review.app, name="review")

Inputs = Annotated[list[str], typer.Argument(help="URLs, HTML or text files, folders, JSONL, WARC; '-' for JSONL.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """News about wars and the talks that may end them, read into tables."""
    for sentence in misspelt(os.environ):
        typer.echo(sentence, err=True)


@app.command()
def run(
    sample: Annotated[bool, typer.Option("--sample", help="Read the sample newsroom, served on this machine.")] = False,
    source: Annotated[list[str] | None, typer.Option(help="Only this outlet key; may be repeated.")] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another process that writes.")] = 0.0,
) -> None:
    """Discover, fetch, clean, land, annotate, build and publish."""
    from flows.prefect_environment import prepare
    from flows.prefect_server import running_server

    prepare(Settings())
    with running_server(Settings()):
        from flows.pipeline import run as run_pipeline

        run_pipeline(Settings(), sample=sample, only=source or [], wait_seconds=wait)


@app.command()
def schedule(
    every: Annotated[str, typer.Option(help="Between two runs: 15m, 6h, 1d.")] = "15m",
    sample: Annotated[bool, typer.Option("--sample", help="Read the sample newsroom.")] = False,
    source: Annotated[list[str] | None, typer.Option(help="Only this outlet key; may be repeated.")] = None,
    port: Annotated[int, typer.Option(help="Of Prefect's page on this machine; 0 takes a free one.")] = 4200,
) -> None:
    """Run again and again, one run at a time, until interrupted."""
    from flows import console
    from flows.prefect_environment import prepare
    from flows.prefect_server import interval, running_server

    length = interval(every)
    prepare(Settings())
    with running_server(Settings(), port, with_pages=True) as api:
        console.say(f"Prefect's page: {api.removesuffix('/api')}")
        from flows.schedule import serve

        serve(length, sample=sample, only=source or [])


@app.command()
def ingest(
    inputs: Inputs,
    collection: Annotated[str, typer.Option(help="The closed world these documents belong to.")] = "main",
    land_only: Annotated[bool, typer.Option("--land-only", help="Do not annotate, build and publish.")] = False,
) -> None:
    """Read documents of any kind into the warehouse."""
    from flows.prefect_environment import prepare
    from flows.prefect_server import running_server

    prepare(Settings())
    with running_server(Settings()):
        from flows.pipeline import run_ingest

        run_ingest(Settings(), inputs, collection, land_only)


@app.command()
def backfill(
    places: Annotated[list[Path], typer.Argument(help="WARC or WACZ files or folders, GDELT files, lists of URLs.")],
    all_sites: Annotated[bool, typer.Option("--all-sites", help="Not only the outlets of the manifests.")] = False,
) -> None:
    """Read the past from archives and lists of addresses into the raw database."""
    from flows import console
    from flows.backfill import backfill as fill

    for report in fill(Settings(), places, console.run_id(), all_sites):
        console.show_report(report)


@app.command()
def replay(
    since: Annotated[datetime | None, typer.Option(help="Only pages fetched since then (UTC).")] = None,
    source: Annotated[str | None, typer.Option(help="Only pages of this outlet key.")] = None,
) -> None:
    """Clean the archived pages again, without a request, and land what changed."""
    from flows import acquire, console
    from flows.land.lock import write_lock
    from flows.sources.registry import load_sources

    settings, run_id = Settings(), console.run_id()
    with write_lock(settings, "replay"):
        acquire.replay(settings, run_id, since, source)
        console.show_report(acquire.clean(settings, load_sources(), run_id))


@app.command()
def annotate() -> None:
    """Mark what the landed texts say, where that is not done yet."""
    from flows import console, stages
    from flows.land.lock import write_lock

    settings = Settings()
    with write_lock(settings, "annotate"), console.progress("Annotating") as progress:
        report = stages.annotate(settings, console.run_id(), progress)
        stages.group_stories(settings)
    console.show_report(report)


@app.command()
def transform(
    tests: Annotated[bool, typer.Option("--tests/--no-tests", help="Run dbt's tests too.")] = True,
    everything: Annotated[bool, typer.Option("--everything", help="Code every document anew.")] = False,
) -> None:
    """Code what the texts say into the warehouse, with dbt's SQL: what is new, changed or withdrawn."""
    from flows import console, stages
    from flows.land.lock import write_lock

    settings = Settings()
    with write_lock(settings, "build"):
        console.show_report(stages.build(settings, console.run_id(), tests=tests, everything=everything))


@app.command()
def recode(
    diff: Annotated[bool, typer.Option("--diff", help="Only show what would change; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --diff: one JSON object instead of lines.")] = False,
) -> None:
    """Code the whole archive again with changed dictionaries and publish it; with --diff, say what that would do."""
    from flows import console, stages
    from flows import recode as coding
    from flows.land.lock import write_lock
    from flows.publish import release

    settings = Settings()
    with write_lock(settings, "recode"):
        if not diff:
            console.show_report(stages.build(settings, console.run_id()))
            console.say(f"In place: release {release.publish(settings).folder.name} as {settings.published_db}")
            return
        found = coding.diff(settings)
    if as_json:
        typer.echo(json.dumps(coding.as_json(found), ensure_ascii=False, default=str, indent=2))
    else:
        console.show_difference(found)


@app.command()
def publish(
    rollback: Annotated[bool, typer.Option("--rollback", help="Put the release before this one in place.")] = False,
) -> None:
    """Hand the built warehouse to readers, or take the last release back."""
    from flows import console
    from flows.land.lock import write_lock
    from flows.publish import release

    settings = Settings()
    with write_lock(settings, "publish"):
        folder = release.rollback(settings) if rollback else release.publish(settings).folder
    console.say(f"In place: release {folder.name} as {settings.published_db}")


@app.command()
def forget(
    subject: Annotated[str, typer.Argument(help="The address of an article, or the key of an outlet.")],
    allow: Annotated[bool, typer.Option("--allow", help="Let it be read again after it was forgotten.")] = False,
) -> None:
    """Take an article or an outlet out of everything kept, up to the published file, and never read it again."""
    from flows import console
    from flows.forget import forget as forget_subject
    from flows.land.forget import allow_again, subject_of
    from flows.land.lock import write_lock

    settings, meant = Settings(), subject_of(subject)
    with write_lock(settings, "forget"):
        if allow:
            console.say(f"{meant.key}: {'may be read again' if allow_again(settings, meant) else 'was not forgotten'}")
            return
        gone = forget_subject(settings, meant, console.run_id())
    console.say(f"{meant.key}: {len(gone.document_ids)} documents and {gone.page_count} archived pages are gone.")
    console.say(f"In place: release {gone.release_id}" if gone.release_id else "No published file had any of it.")


@app.command()
def extract(
    inputs: Inputs,
    warehouse: Annotated[Path | None, typer.Option(help="Also keep the published file here.")] = None,
) -> None:
    """Print one JSON line of published rows per document; reads JSONL, or files of any kind."""
    from flows import console
    from flows.extract import extract as extract_rows
    from flows.ingest import read_inputs

    settings = Settings()
    count = 0
    for line in extract_rows(read_inputs(inputs, settings), settings, warehouse=warehouse, note=console.note):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    if not count:
        raise LookupError(f"No document could be read from {', '.join(inputs)}: nothing there, or nothing with a text.")


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="SQL over the published tables.")] = None,
    name: Annotated[str | None, typer.Option(help="An analyst's question by name, such as q01; 'list' lists.")] = None,
    format: Annotated[
        str, typer.Option("--format", help="table, records (one under the other), csv, json or parquet.")
    ] = "table",
    columns: Annotated[str, typer.Option(help="Only these, such as reading,best_grade.")] = "",
    output: Annotated[Path | None, typer.Option(help="Write here instead of the terminal.")] = None,
) -> None:
    """Ask the published tables. A table too wide for the terminal is printed as records."""
    from flows import answer, console
    from flows.publish import question

    wanted = [column.strip() for column in columns.split(",") if column.strip()]
    answer.show(question.ask(Settings(), sql, name), format, output, wanted, console.out)


@app.command()
def export(
    format: Annotated[str, typer.Option("--format", help="csv, jsonl, parquet, gdelt, icews, dna or graphml.")],
    output: Annotated[Path, typer.Option(help="The folder to write into; made when it is missing.")],
) -> None:
    """Write the published tables as files for other tools."""
    from flows import console
    from flows.publish.export import export as export_files

    for name, count in export_files(Settings(), format, output).items():
        console.say(f"{count:>9,}  {output / name}")


@app.command()
def explain(
    fact_id: Annotated[
        str, typer.Argument(help="Of a statement, event, change, position or chain; its start is enough.")
    ],
) -> None:
    """From a published row back to the words, the rule and the sourcing chain."""
    from flows import console
    from flows.explain import explain as explain_fact

    console.show_explanation(explain_fact(Settings(), fact_id))


@app.command()
def report(
    output: Annotated[Path, typer.Option(help="The page to write.")] = Path("report.html"),
    warehouse: Annotated[
        Path | None, typer.Option(help="Read this published file instead of the one in place.")
    ] = None,
) -> None:
    """Write one self-contained HTML page: what changed this week, how firmly it is known, who stands where."""
    from flows import console
    from flows.publish.report import write_report

    console.say(f"Written: {write_report(Settings(), output, warehouse)}")


@app.command()
def status(
    reasons: Annotated[bool, typer.Option("--reasons", help="Explain every reason code of an outcome.")] = False,
) -> None:
    """Freshness, counts, the last outcomes, and who holds the lock."""
    from flows import console

    console.show_status(Settings(), reasons)


@app.command()
def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended; nothing precious is deleted.")
    ] = False,
) -> None:
    """Check the installation and say what to do, or do it."""
    from flows import console
    from flows import doctor as checks
    from flows.land.lock import write_lock

    if repair:
        with write_lock(Settings(), "repair"):
            for sentence in checks.repair(Settings()):
                console.say(sentence)
    if not console.show_checks(checks.examine(Settings())):
        raise typer.Exit(FAILED)


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="A folder that is missing or empty.")]) -> None:
    """Keep what cannot be had again: texts, annotations, archive, decisions."""
    from flows import backup as copies
    from flows import console
    from flows.land.lock import write_lock

    settings = Settings()
    with write_lock(settings, "backup"):
        done = copies.backup(settings, folder)
    console.say(f"{folder}: {done.file_count} files, {done.byte_count / 1e6:,.1f} MB, each with its checksum.")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `communique backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Move data that are there aside first.")] = False,
) -> None:
    """Put a backup in place, after checking every file of it."""
    from flows import backup as copies
    from flows import console
    from flows.land.lock import write_lock

    settings = Settings()
    with write_lock(settings, "restore"):
        done = copies.restore(settings, folder, force=force)
    console.say(f"{done.file_count} files are in place. `communique transform && communique publish` codes them.")


def main() -> None:
    """The entry point: turns expected faults into one sentence and an exit code."""
    from flows.faults import explain

    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as fault:
        sentence, code = explain(fault)
        if sentence is None:
            raise
        sys.stderr.write(sentence + "\n")
        raise SystemExit(code) from None


if __name__ == "__main__":
    main()
