"""Kill -9 at random moments of every stage, without the scheduler: `python -m tests.real.faults [POINTS] [SEED]`.

Half of the points fall on fetching, cleaning and landing, half on annotating, stories, building and publishing. Says
where the kills fell and how many pages were landed by then.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fixtures.killing import PAGES, Slaughter, site
from tests.fixtures.killing_stages import StageSlaughter


def main(points: int, seed: int) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        later = StageSlaughter(Path(folder) / "later", seed).run(points // 2)
        print(f"{later.total()} kills in {time.monotonic() - began:.0f} s: {dict(later)}", flush=True)
        with site() as server:
            seen = Slaughter(Path(folder), server, seed).run(points - points // 2)
    print(f"{seen.during.total()} kills, {time.monotonic() - began:.0f} s in all: {dict(seen.during)}")
    spread = sorted(Counter(seen.landed).items())
    print(f"pages landed at the kill, of {PAGES}: " + ", ".join(f"{n} ({times} times)" for n, times in spread))
    print("Nothing landed was lost or doubled, nothing half-published was seen; every next run completed.")


if __name__ == "__main__":
    arguments = [int(value) for value in sys.argv[1:3]]
    main(*arguments, *(200, 1)[len(arguments) :])
