"""What a fuzzer, or a person thinking as one, once found in what outside bytes reach: it is refused in words now.

New findings come from `python -m tests.real.fuzz`; each is a file in tests/fixtures/fuzz.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from flows import console
from flows.ingest import Record, read_inputs, to_documents
from flows.land.tables import outcomes_table
from flows.outcomes import Outcome
from flows.settings import Settings
from flows.sources.manifest import ManifestError, load_manifest
from tests.fixtures.fuzzing import FOUND, TARGETS

FILES = sorted(FOUND.rglob("*.bin"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOUND)) for path in FILES])
def test_no_finding_comes_back(path: Path) -> None:
    began = time.process_time()
    TARGETS[path.parent.name](path.read_bytes())
    assert time.process_time() - began < 5


def test_every_target_reads_something() -> None:
    assert {path.parent.name for path in FILES} <= TARGETS.keys()
    for target in TARGETS.values():
        assert target(b"") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key: outlet:x\nname: &a [*a]\n", ":2: not valid YAML: an alias (*name); write it out"),
        (
            "key: outlet:x\nname: X\nverified: 2020-13-45\n",
            ":3: not valid YAML: a value that is none: month must be in",
        ),
        ("- " * 2000, ": not valid YAML: it is nested too deeply"),
    ],
)
def test_a_manifest_that_yaml_cannot_read_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "outlet.yml"
    path.write_text(text)
    with pytest.raises(ManifestError) as caught:
        load_manifest(path)
    assert str(caught.value).startswith(f"{path}{said}")


def test_a_file_whose_name_is_no_utf_8_is_read_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in ((b"caf\xe9.txt", b"A text."), (b"caf\xe9.pdf", b"%PDF-1.7")):
        (tmp_path / name.decode("utf8", "surrogateescape")).write_bytes(data)
    refused, read = read_inputs([tmp_path], Settings())
    assert isinstance(refused, Outcome)
    assert isinstance(read, Record)
    table, outcomes = to_documents([refused, read], Settings())
    assert table.column("record_id").to_pylist() == [f"{tmp_path}/caf\ufffd.txt"]
    assert outcomes_table("run", outcomes).num_rows == 2
    console.note(refused)
    assert "caf\ufffd.pdf" in capsys.readouterr().err.replace("\n", "")


def test_a_page_with_an_address_that_is_none_is_kept() -> None:
    paragraph = "<p>The two delegations met in Ankara on Tuesday and agreed to exchange lists.</p>"
    record = Record("x", f"<html><title>T</title>{paragraph * 6}</html>", True, "jsonl", url="http://[")
    table, _ = to_documents([record], Settings())
    assert table.column("url").to_pylist() == ["http://["]
