"""Writes the blocks of the README that show output again: `python -m tests.real.readme [LOG of make run]`.

Each SQL block between the QUERIES markers is asked of the published file, and the block behind it takes the answer.
With a log, the RUN OUTPUT block takes its end. What stands around the blocks is left as it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from flows.settings import PROJECT_ROOT

README = PROJECT_ROOT / "README.md"
ASKED = re.compile(r"(```sql\n(.*?)```\n\n```\n)(.*?)(```\n)", re.DOTALL)


def answer(sql: str) -> str:
    """What `communique query` prints at the width of a README."""
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "query", sql],
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def between(text: str, name: str, new: str) -> str:
    """The text with what stands between the markers of `name` replaced."""
    return re.sub(rf"(<!-- {name} -->\n).*?(<!-- END {name} -->)", lambda m: m[1] + new + m[2], text, flags=re.DOTALL)


def main() -> None:
    """Asks, and writes the file."""
    text = README.read_text(encoding="utf8")
    match = re.search(r"<!-- QUERIES -->\n(.*?)<!-- END QUERIES -->", text, re.DOTALL)
    if match is None:
        raise SystemExit("README.md has no QUERIES block.")
    text = between(text, "QUERIES", ASKED.sub(lambda m: m[1] + answer(m[2]) + m[4], match[1]))
    if len(sys.argv) > 1:
        log = Path(sys.argv[1]).read_text(encoding="utf8")
        ending = "\n".join(line.rstrip() for line in log[log.index("Fetching") :].splitlines())
        text = between(text, "RUN OUTPUT", f"It ends like this:\n\n```\n{ending}\n```\n")
    README.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
