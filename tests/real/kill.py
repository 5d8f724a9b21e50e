"""Kill -9 at a hundred random moments of fetch, clean and land: `python -m tests.real.kill [POINTS] [SEED]`.

Says where the kills fell and how many pages were landed by then. Takes about ten minutes for a hundred.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fixtures.killing import PAGES, Slaughter, site


def main(points: int, seed: int) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, site() as server:
        seen = Slaughter(Path(folder), server, seed).run(points)
    print(f"{sum(seen.during.values())} kills in {time.monotonic() - began:.0f} s: {dict(seen.during)}")
    spread = sorted(Counter(seen.landed).items())
    print(f"pages landed at the kill, of {PAGES}: " + ", ".join(f"{n} ({times} times)" for n, times in spread))
    print("No landed row was lost, none doubled; every next run completed.")


if __name__ == "__main__":
    arguments = [int(value) for value in sys.argv[1:3]]
    main(*arguments, *(100, 1)[len(arguments) :])
