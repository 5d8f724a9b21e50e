"""`make bench`: one table of ratios, kept in docs/bench.md and docs/bench.json.

Each ratio sets our stage against the library it stands on, on the same input in the same run. Start-up (imports, the
model, dbt's compilation) is shown apart. Not measured here: anything over a network, and quality.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from tests.bench.acquisition import acquisition, memory
from tests.bench.clock import Watch, peak_mib
from tests.bench.parsing import annotate, clean, processes, whole
from tests.bench.positions import positions
from tests.bench.questions import asked
from tests.bench.table import Line, Run, earlier_run, names_of
from tests.bench.warehouse import builds, disk, publish, recoded
from tests.bench.workload import SIZES, Workload

DOCS = Path(__file__).resolve().parents[2] / "docs"
PARTS: dict[str, Callable[[Workload], Iterator[Line]]] = {
    "clean": clean,
    "annotate": annotate,
    "processes": processes,
    "acquisition": acquisition,
    "recode": recoded,
    "builds": builds,
    "publish": publish,
    "disk": disk,
    "questions": asked,
    "positions": positions,
    "whole": whole,
    "memory": memory,
}


def main() -> None:
    """Measures, prints and keeps."""
    arguments = _arguments()
    console = Console(width=150)
    try:
        chosen = names_of(PARTS, arguments.only)
        earlier = earlier_run(arguments.compare) if arguments.compare else None
    except (ValueError, OSError, KeyError) as fault:
        raise SystemExit(f"bench: {fault}") from fault
    run, watch = Run(asdict(SIZES[arguments.size]), arguments.size), Watch()
    try:
        _measure(run, chosen, console)
    finally:  # what a run of many minutes has measured is told even when a part fails
        run.others = watch.others()
        run.lines.append(Line("peak memory of the bench itself", "", "MiB", peak_mib()))
        run.show(console, earlier)
    if arguments.keep:
        run.save(arguments.keep)


def _measure(run: Run, parts: list[str], console: Console) -> None:
    run.load.append(os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as folder:
        work = Workload(Path(folder), SIZES[run.size])
        for name in parts:
            started = time.monotonic()
            run.lines += PARTS[name](work)
            run.load.append(os.getloadavg()[0])
            console.print(f"[dim]{name}: {time.monotonic() - started:.0f} s with what it needed[/dim]")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS='…'", description=__doc__)
    parser.add_argument("--only", default="", help=f"comma-separated parts: {', '.join(PARTS)}")
    parser.add_argument("--quick", dest="size", action="store_const", const="quick", default="usual", help="minutes")
    parser.add_argument("--full", dest="size", action="store_const", const="full", help="up to 1,000,000 documents")
    parser.add_argument("--compare", type=Path, help="the JSON file of an earlier run")
    parser.add_argument("--keep", type=Path, help="JSON file to write, with a Markdown table beside it")
    arguments = parser.parse_args()
    if arguments.keep is None and not arguments.only:
        arguments.keep = DOCS / "bench.json"
    return arguments


if __name__ == "__main__":
    main()
