"""The command line's `review` group: files for judges, and their decisions back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.faults import USAGE
from flows.settings import Settings

app = typer.Typer(help="What people should judge, and what they decided.", no_args_is_help=True)


@app.command("export")
def review_export(
    output: Annotated[Path, typer.Argument(help="The folder to write into; made when it is missing.")],
    sample: Annotated[int, typer.Option(min=0, help="Changes to draw at random, for judging precision.")] = 100,
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 1,
) -> None:
    """Write the queue of doubtful rows and a random sample of changes, as CSV and JSON lines."""
    from flows import console, review

    for name, count in review.export(Settings(), output, size=sample, seed=seed).items():
        console.say(f"{count:>9,}  {output / name}")


@app.command("take")
def review_take(
    file: Annotated[Path, typer.Argument(help="A file of the export with decisions filled in.")],
    by: Annotated[str | None, typer.Option(help="Who decided, where a row names nobody.")] = None,
) -> None:
    """Keep the decisions of a judged file; the next run codes with them."""
    from flows import console, review

    taken = review.take(Settings(), file, by=by)
    for fault in taken.faults:
        console.say(f"Left out: {fault}.")
    console.say(f"{taken.count} decisions kept. `communique transform && communique publish` codes with them.")
    if taken.faults:
        raise typer.Exit(USAGE)
