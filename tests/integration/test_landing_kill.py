"""Kill -9 at random points of spooling and landing: no row is lost, none doubled, the next run completes it.

Detects half-landed batches, batches deleted before their commit and locks that outlive their holder. It does not kill
the fetcher or the annotator; tests of the whole pipeline do.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.land.database import both_databases
from flows.land.lock import lock_holder
from flows.settings import Settings

BATCHES, DOCUMENTS = 3, 4
POINTS = 10
WORKER = """
import sys
from datetime import datetime
from pathlib import Path
import pyarrow as pa
from flows.land import load, spool
from flows.land.lock import write_lock
from flows.land.tables import DOCUMENTS, outcomes_table
from flows.language.schema import TABLES
from flows.outcomes import Outcome
from flows.settings import Settings

settings = Settings(data_dir=Path(sys.argv[1]))
batches, size = int(sys.argv[2]), int(sys.argv[3])
at = datetime(2025, 4, 23)

def row(batch, number):
    name = f"d{batch}-{number}"
    return dict(document_id=name, collection_key="main", url=f"https://news.example/{name}", text=name, word_count=1,
                published_basis="unknown", fetched_at=at, language_code="en", text_sha256=name, html_sha256=name,
                rights="full_text", input_kind="page", cleaner_version="1")

print("ready", flush=True)
with write_lock(settings, "land", wait_seconds=10):
    for batch in range(batches):
        rows = [row(batch, number) for number in range(size)]
        outcomes = [Outcome("fetch", r["url"], happened_at=at) for r in rows]
        spool.write_batch(settings, "pages", {
            "documents": pa.Table.from_pylist(rows, schema=DOCUMENTS), "outcomes": outcomes_table("run", outcomes)})
        spool.drain(settings, "pages", lambda tables, label: load.land_batch(settings, tables))
        waiting = load.documents_to_annotate(settings, "v1").column("document_id").to_pylist()
        sentences = [dict(document_id=i, sentence_number=n, pos=["NOUN"]) for i in waiting for n in range(3)]
        if waiting:
            table = pa.Table.from_pylist(sentences, schema=TABLES["sentences"])
            load.land_annotations(settings, {"sentences": table}, "v1")
print("done", flush=True)
"""


def _start(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(BATCHES), str(DOCUMENTS)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def _finish(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=120)
    return out


def _check_whole(settings: Settings, complete: bool) -> None:
    with both_databases(settings) as connection:

        def count(query: str) -> int:
            row = connection.execute(query).fetchone()
            assert row is not None
            return int(row[0])

        documents = count("select count(*) from raw.documents")
        assert documents % DOCUMENTS == 0, "a batch of documents is half there"
        assert count("select count(distinct document_id) from raw.documents") == documents
        assert count("select count(*) from raw.outcomes") == documents
        annotated = count("select count(*) from language.annotated")
        assert count("select count(*) from language.sentences") == 3 * annotated
        assert count("select count(distinct document_id) from language.sentences") == annotated
        if complete:
            assert documents == annotated == BATCHES * DOCUMENTS


def test_kill_at_random_points_of_landing(tmp_path: Path) -> None:
    began = time.monotonic()
    assert "done" in _finish(_start(tmp_path / "whole"))
    _check_whole(Settings(data_dir=tmp_path / "whole"), complete=True)
    took = time.monotonic() - began
    generator = random.Random(20250423)
    for point in range(POINTS):
        settings = Settings(data_dir=tmp_path / f"killed-{point}")
        process = _start(settings.data_dir)
        time.sleep(generator.uniform(0, took * 0.7))
        os.kill(process.pid, signal.SIGKILL)
        _finish(process)
        assert lock_holder(settings) is None
        _check_whole(settings, complete=False)
        assert "done" in _finish(_start(settings.data_dir))
        _check_whole(settings, complete=True)
        leftovers = [p.name for p in settings.spool_dir.iterdir()]
        assert leftovers == [], leftovers


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_batch_killed_around_its_commit_lands_once(tmp_path: Path, moment: str) -> None:
    """The two instants that matter most, hit exactly: the transaction open, and committed but not yet deleted."""
    settings = Settings(data_dir=tmp_path)
    dying = {
        "before": "load._insert_outcomes = lambda *a: __import__('os').kill(__import__('os').getpid(), 9)",
        "after": "spool.remove_batch = lambda *a: __import__('os').kill(__import__('os').getpid(), 9)",
    }[moment]
    code = WORKER.replace('print("ready", flush=True)', f'{dying}\nprint("ready", flush=True)')
    process = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(BATCHES), str(DOCUMENTS)], stdout=subprocess.PIPE, check=False
    )
    assert process.returncode == -signal.SIGKILL
    with both_databases(settings) as connection:
        row = connection.execute("select count(*) from raw.documents").fetchone()
    assert row == ((0,) if moment == "before" else (DOCUMENTS,))
    assert "done" in _finish(_start(tmp_path))
    _check_whole(settings, complete=True)
