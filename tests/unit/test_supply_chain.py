"""What is installed is what was tested: one version and the hashes of its files for every package. Tested offline."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from flows.settings import PROJECT_ROOT
from tests.real import audit

LOCK = PROJECT_ROOT / ".ci" / "requirements.txt"


def pins(text: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): number for name, number in found}


def test_hashed_and_plain_versions_are_the_same() -> None:
    plain = pins((PROJECT_ROOT / "constraints.txt").read_text(encoding="utf8"))
    assert len(plain) > 100
    assert pins(LOCK.read_text(encoding="utf8")) == plain


def test_every_package_has_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_installed_versions_are_those_of_the_lock() -> None:
    wrong = {}
    for name, wanted in pins(LOCK.read_text(encoding="utf8")).items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # a package for another platform
        if found != wanted:
            wrong[name] = (found, wanted)
    assert not wrong


def test_all_that_the_project_needs_has_hashes() -> None:
    """What `make setup` installs, at any remove; what a person adds is that person's, the extra `lake` too."""
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    extras = project["optional-dependencies"]
    assert set(extras) == {"dev", "lake"}
    waiting = [Requirement(line) for line in (*project["dependencies"], *extras["dev"])]
    needed: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            if (wanted.name, extra) in needed:
                continue
            needed.add((wanted.name, extra))
            inner = map(Requirement, requires(wanted.name) or [])
            waiting += [r for r in inner if r.marker is None or r.marker.evaluate({"extra": extra})]
    names = {re.sub(r"[-_.]+", "-", name).lower() for name, _ in needed}
    assert len(names) > 100
    assert names - pins(LOCK.read_text(encoding="utf8")).keys() == set()


def test_setup_and_ci_install_by_hash_alone() -> None:
    """The project itself comes from this folder, without what it depends on; CI calls nothing but make."""
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf8")
    recipe = makefile.split("$(STAMP): ", 1)[1].split("\n\n", 1)[0]
    installs = re.findall(r"\$\(PIP\) (.*?) 2>", recipe)
    assert installs == ["--no-deps --require-hashes -r .ci/requirements.txt", "--no-deps --no-build-isolation -e ."]
    assert not re.search(r"\bpip\b", (PROJECT_ROOT / ".ci" / "run").read_text(encoding="utf8"))


KNOWN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([KNOWN], audit.SOUND, "1 of 1 packages were asked about; 0 have weaknesses."),
        ([KNOWN, WEAK], audit.WEAK, "b 2: PYSEC-1, mended in 2.1"),
        ([KNOWN, SKIPPED], audit.UNASKED, "Nothing is known of the other 1, such as c: not found"),
        ([SKIPPED], audit.UNASKED, "0 of 1 packages were asked about"),
        ([], audit.UNASKED, "0 of 0 packages"),
    ],
)
def test_an_audit_calls_nothing_sound_that_it_could_not_ask_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], packages: list[dict[str, Any]], code: int, said: str
) -> None:
    assert audit.audit(tool(tmp_path, f"echo '{json.dumps({'dependencies': packages})}'")) == code
    assert said in capsys.readouterr().out


def test_an_audit_without_a_network_says_that_nothing_was_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As pip-audit ends where no name resolves."""
    offline = "echo 'requests.exceptions.ConnectionError: Failed to resolve api.osv.dev' >&2; exit 1"
    assert audit.audit(tool(tmp_path, offline)) == audit.UNASKED
    said = capsys.readouterr().out
    assert said.startswith("Nothing was checked: the advisory service could not be asked (requests.exceptions.Conn")
    assert "Failed to resolve" in said


def tool(folder: Path, script: str) -> Path:
    path = folder / "pip-audit"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf8")
    path.chmod(0o755)
    return path
