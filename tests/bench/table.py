"""What `make bench` keeps: lines of one run as JSON and as a Markdown table, and the comparison with an earlier run."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HEADINGS = ("what", "size", "unit", "ours", "alone", "ratio")
# With more than this share of the processors busy for others, figures of the clock are no longer ours (November 2026:
# at two busy processors of two, the clock told half of what the processors told).
DISTURBED = 0.15


@dataclass(frozen=True)
class Line:
    """One measurement. `alone` is what ours is set against: the library by itself, or what `what` says after 'against'.

    `unit` ends with '/s' where more is better; of seconds, bytes and MiB less is.
    """

    what: str
    size: str
    unit: str
    ours: float
    alone: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours by alone."""
        return self.ours / self.alone if self.alone else None

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later run must have to be compared; of the size what was asked for, not what was found (after ;)."""
        return self.what, self.size.split(";")[0], self.unit

    def cells(self) -> list[str]:
        """As the table shows it."""
        return [self.what, self.size, self.unit, _figure(self.ours), _figure(self.alone), _ratio(self.ratio)]


@dataclass
class Run:
    """One run of the bench: where, when, over what, and its lines in order."""

    sizes: dict[str, Any]  # of the corpora: workload.Sizes
    size: str = "usual"  # which of SIZES
    date: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"))
    machine: str = field(default_factory=lambda: machine())
    load: list[float] = field(default_factory=list)  # averages of one minute, at the start and after each part
    others: float | None = None  # processors kept busy by other programs, on average
    lines: list[Line] = field(default_factory=list)

    @property
    def warning(self) -> str | None:
        """That figures of the clock are not to be trusted, where other programs kept the processors busy."""
        if self.others is None or self.others <= DISTURBED * (os.cpu_count() or 1):
            return None
        return (
            f"Other programs kept {self.others:.1f} of {os.cpu_count()} processors busy: seconds of the clock are too "
            "long, and ratios of them are rough. Seconds of processors hold better."
        )

    def save(self, path: Path) -> None:
        """Writes `path` (JSON) and the Markdown beside it."""
        lines = [{**asdict(line), "ratio": line.ratio} for line in self.lines]
        path.write_text(json.dumps({**asdict(self), "lines": lines}, indent=1) + "\n", encoding="utf8")
        path.with_suffix(".md").write_text(self.markdown(), encoding="utf8")

    def markdown(self) -> str:
        """The page for docs/."""
        load = f"Load average {min(self.load):.1f} to {max(self.load):.1f}" if self.load else "Load unknown"
        rows = [HEADINGS, ("---", "---", "---", "--:", "--:", "--:"), *(line.cells() for line in self.lines)]
        return "\n".join(
            [
                "# Speed, memory and disk",
                "",
                "Written by `make bench` (CONTRIBUTING.md tells how to run a part, or compare runs); do not edit.",
                "Ratios within one run: *ours* by *alone*, which is the library that does the heavy part by itself, on",
                "the same input with the same number of processes. The corpora are synthetic (`tests/bench/corpus`).",
                "",
                f"{self.date}; sizes: {self.size}; {self.machine}. {load}.",
                *(["", f"**{self.warning}**"] if self.warning else []),
                "",
                *("| " + " | ".join(row) + " |" for row in rows),
                "",
            ]
        )

    def show(self, console: Console, earlier: dict[tuple[str, str, str], float] | None = None) -> None:
        """Prints the table; with an `earlier` run also its figures and ours by these."""
        table = Table(title="Ratios within one run (ours by alone)", title_justify="left")
        for name in (*HEADINGS, *(("then", "now by then") if earlier is not None else ())):
            table.add_column(name, justify="left" if name in HEADINGS[:3] else "right")
        for line in self.lines:
            then = (earlier or {}).get(line.key)
            more = [_figure(then), _ratio(line.ours / then if then else None)] if earlier is not None else []
            table.add_row(*line.cells(), *more)
        console.print(table)
        console.print(
            f"{self.date}; sizes: {self.size}; {self.machine}; load {', '.join(f'{n:.1f}' for n in self.load)}"
        )
        if self.warning:
            console.print(self.warning)


def earlier_run(path: Path) -> dict[tuple[str, str, str], float]:
    """What a kept run found: (what, size, unit) -> ours. Raises OSError, and KeyError for a file of another kind."""
    lines = json.loads(path.read_text(encoding="utf8"))["lines"]
    kept = [Line(**{name: line[name] for name in ("what", "size", "unit", "ours", "alone")}) for line in lines]
    return {line.key: line.ours for line in kept}


def machine() -> str:
    """Processors, memory, versions of what does the work."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "spacy", "trafilatura", "dbt-duckdb"))
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB; Python {platform.python_version()}, "
        f"{versions}"
    )


def _figure(value: float | None) -> str:
    return (
        "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 1 else f"{value:.3f}"
    )


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def names_of(parts: Iterable[str], asked: str) -> list[str]:
    """The parts that a comma-separated list asks for, in the bench's order. Raises ValueError for an unknown one."""
    parts, wanted = list(parts), [name.strip() for name in asked.split(",") if name.strip()]
    if unknown := sorted(set(wanted) - set(parts)):
        raise ValueError(f"No part is called {unknown[0]!r}; there are: {', '.join(parts)}.")
    return [name for name in parts if not wanted or name in wanted]
