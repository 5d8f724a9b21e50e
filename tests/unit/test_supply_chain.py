"""What is installed is what was tested: one version and the hashes of its files for every package."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version

from flows.settings import PROJECT_ROOT

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
