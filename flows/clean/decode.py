"""Bytes of a page to text: byte order mark, HTTP header, <meta charset>, then trying. Never raises."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What browsers read under these names (WHATWG Encoding Standard, section 4.2).
_BROWSER_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}
_CONTROL = bytes(n for n in range(32) if n not in b"\t\n\r") + b"\x7f"
_ONE_BYTE_CONTROLS = ("utf-8", "cp1252", "cp1251", "cp1250", "koi8-r", "koi8-u")
_CONTROL_CHARACTERS = dict.fromkeys(_CONTROL)


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return None
    return _BROWSER_NAMES.get(codec, _BROWSER_NAMES.get(name.strip().lower(), codec))


def _declared(data: bytes, http_charset: str | None) -> list[str]:
    names = [http_charset] if http_charset else []
    for pattern in (_META, _XML):
        if found := pattern.search(data[:4096]):
            names.append(found.group(1).decode("ascii"))
    return [codec for name in names if name and (codec := _known(name))]


def decode(data: bytes | str, http_charset: str | None = None) -> str:
    """The page as text without control characters. UTF-8 that is valid wins over a declaration that says otherwise,
    since wrong declarations are common and valid multi-byte UTF-8 is hardly ever an accident."""
    if isinstance(data, str):
        return data.lstrip("\ufeff").translate(_CONTROL_CHARACTERS)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace").translate(_CONTROL_CHARACTERS)
    declared = _declared(data, http_charset)
    for codec in ["utf-8", *declared]:
        try:
            if codec in _ONE_BYTE_CONTROLS:  # the same characters, taken out where it costs next to nothing
                return data.translate(None, _CONTROL).decode(codec)
            return data.decode(codec).translate(_CONTROL_CHARACTERS)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    # Mostly UTF-8 with a few broken bytes (a cut character, an injected snippet) stays UTF-8.
    data = data.translate(None, _CONTROL)
    text = data.decode("utf-8", "replace")
    if "utf-8" in declared or text.count("\ufffd") * 50 < len(text):
        return text
    return data.decode(declared[0] if declared else "cp1252", "replace")
