"""Rows for landing, small and complete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.land.tables import DOCUMENTS
from flows.settings import Settings

Make = Callable[..., pa.Table]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def documents() -> Make:
    def make(*rows: dict[str, Any]) -> pa.Table:
        full = []
        for row in rows:
            text = row.get("text", f"Text of {row['document_id']}.")
            full.append(
                {
                    "collection_key": "main",
                    "url": "https://news.example/a",
                    "text": text,
                    "published_basis": "metadata",
                    "fetched_at": datetime(2025, 4, 23, 8),
                    "language_code": "en",
                    "word_count": 3,
                    "text_sha256": f"sha-{text}",
                    "html_sha256": "html-1",
                    "rights": "full_text",
                    "input_kind": "page",
                    "cleaner_version": "1",
                }
                | row
            )
        return pa.Table.from_pylist(full, schema=DOCUMENTS)

    return make
