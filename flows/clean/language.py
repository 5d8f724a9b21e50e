"""In which language a text is written: by script, then by function words. Needs no model.

It tells the languages of stopwords.csv apart, and English from everything else; it does not identify dialects, and
says None when the text is too short to tell.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from importlib import resources

# Script -> language where the script alone decides, else None. First and last code point of each block.
_SCRIPTS: tuple[tuple[int, int, str, str | None], ...] = (
    (0x0041, 0x024F, "latin", None),
    (0x1E00, 0x1EFF, "latin", None),
    (0x0370, 0x03FF, "greek", "el"),
    (0x0400, 0x052F, "cyrillic", None),
    (0x0530, 0x058F, "armenian", "hy"),
    (0x0590, 0x05FF, "hebrew", "he"),
    (0x0600, 0x077F, "arabic", None),
    (0x0900, 0x097F, "devanagari", "hi"),
    (0x0980, 0x09FF, "bengali", "bn"),
    (0x0E00, 0x0E7F, "thai", "th"),
    (0x10A0, 0x10FF, "georgian", "ka"),
    (0x1100, 0x11FF, "hangul", "ko"),
    (0x1200, 0x137F, "ethiopic", "am"),
    (0x3040, 0x30FF, "kana", "ja"),
    (0x4E00, 0x9FFF, "han", "zh"),
    (0xAC00, 0xD7AF, "hangul", "ko"),
)
# Letters that only these languages of a script use.
_LETTERS = {
    "uk": frozenset("іїєґ"), "be": frozenset("ўі"), "ru": frozenset("ыэъё"), "sr": frozenset("ђћџљњј"),
    "mk": frozenset("ѓќѕ"), "fa": frozenset("پچژگ"), "ur": frozenset("ٹڈڑے"),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 6_000  # characters read of a long text
MIN_HITS = 4  # function words needed to say anything: about twelve words of running text


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    with (resources.files("flows.clean") / "stopwords.csv").open(encoding="utf-8") as handle:
        return {row["language_code"]: frozenset(row["words"].split()) for row in csv.DictReader(handle)}


def _script(char: str) -> tuple[str, str | None] | None:
    point = ord(char)
    for first, last, script, language in _SCRIPTS:
        if first <= point <= last:
            return script, language
    return None


@cache
def _candidates(script: str) -> list[str]:
    found = []
    for code, words in _stopwords().items():
        sample = _script(max(words, key=lambda word: (len(word), word))[0])
        if sample and sample[0] == script:
            found.append(code)
    return found


def detect_language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of the language of `text`, or None.

    `declared` (an html lang attribute) decides only where the text itself is too short.
    """
    sample = text[:SAMPLE]
    scripts: Counter[tuple[str, str | None]] = Counter()
    characters = Counter(sample.lower())
    for char, count in characters.items():
        if char.isalpha() and (script := _script(char)):
            scripts[script] += count
    fallback = declared.split("-")[0].split("_")[0].lower() if declared else None
    if not scripts or sum(scripts.values()) < 20:
        return fallback
    if scripts.get(("kana", "ja"), 0) * 10 > sum(scripts.values()):
        return "ja"
    (name, language), _ = scripts.most_common(1)[0]
    if language:
        return language
    words = Counter(_WORD.findall(sample.lower()))
    scores: dict[str, float] = {}
    for code in _candidates(name):
        # A single Latin letter is an initial or a list mark as often as a word.
        known = words.keys() & _stopwords()[code]
        hits = sum(words[w] for w in known if len(w) > 1 or not w.isascii() or name != "latin")
        own = sum(characters[c] for c in _LETTERS.get(code, frozenset()))
        scores[code] = hits + own / 2
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    return best if scores[best] >= MIN_HITS else fallback
