"""`make train DATA=…`: every model that the given file or folder has data for.

A folder is searched for PolNeAR-format sets (polnear_train.jsonl, plain or .gz); a file is taken as one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flows.language.training import train


def main(arguments: list[str]) -> int:
    """Trains what there is data for; returns an exit code."""
    if not arguments:
        print("usage: python -m flows.language.training FILE|FOLDER [options of training.train]", file=sys.stderr)
        return 2
    given = Path(arguments[0])
    files = [given] if given.is_file() else sorted(given.glob("*polnear_train*.jsonl*"))
    if not files:
        print(f"no training set in {given}: expected polnear_train.jsonl or polnear_train.jsonl.gz", file=sys.stderr)
        return 2
    train.main([str(files[0]), *arguments[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
