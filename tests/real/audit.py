"""Known weaknesses of what is installed: `make audit`, or `python -m tests.real.audit [TOOL]`.

Asks the advisory service of OSV about every version of .ci/requirements.txt, by pip-audit in an environment of its own
(TOOL names one that is there). Needs the network. What could not be asked is never called sound: pip-audit itself ends
well where a service knows none of the packages. Exit codes: 0 nothing known, 1 weaknesses, 2 not everything was asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from flows.settings import PROJECT_ROOT

PACKAGE = "pip-audit==2.10.1"
LOCK = PROJECT_ROOT / ".ci" / "requirements.txt"
SOUND, WEAK, UNASKED = 0, 1, 2


def audit(tool: Path, lock: Path = LOCK) -> int:
    """Runs `tool` on the lock file, says what came of it and gives the exit code."""
    options = ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    done = subprocess.run(
        [str(tool), *options, "--disable-pip", "--no-deps", "--requirement", str(lock)],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(
            f"Nothing was checked: the advisory service could not be asked ({why[:300]}). Try where there is a network."
        )
        return UNASKED
    unasked = [p for p in packages if "skip_reason" in p]
    weak = [p for p in packages if p.get("vulns")]
    for package in weak:
        for found in package["vulns"]:
            fixed = ", ".join(found.get("fix_versions") or ["no version yet"])
            print(f"{package['name']} {package['version']}: {found['id']}, mended in {fixed}")
    print(f"{len(packages) - len(unasked)} of {len(packages)} packages were asked about; {len(weak)} have weaknesses.")
    if unasked:
        print(
            f"Nothing is known of the other {len(unasked)}, such as {unasked[0]['name']}: {unasked[0]['skip_reason']}"
        )
    return WEAK if weak else UNASKED if unasked or not packages else SOUND


def main(folder: Path) -> int:
    """Makes the environment, then audits."""
    python = folder / "bin" / "python"
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
    got = subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=False)
    if made.returncode or got.returncode:
        print(f"Nothing was checked: {PACKAGE} could not be installed. Try where there is a network.")
        return UNASKED
    return audit(folder / "bin" / "pip-audit")


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(audit(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(Path(folder)))
