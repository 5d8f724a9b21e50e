"""Text that any store, terminal and file can hold. It knows nothing of what a text means."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate (broken JSON, names of files in other encodings): offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
