"""Text that any store, terminal and file can hold. It knows nothing of what a text means."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


# A terminal obeys these: colours, titles, moves of the cursor. Tabs and line ends stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """`text` with U+FFFD for each character that a terminal would obey or cannot show."""
    return _CONTROL.sub("\ufffd", sound(text))


def sound(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate (broken JSON, names of files in other encodings): offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
