"""Other names and figures of the same length, so that every offset into a text stays true.

The letters of a name that may be replaced are written in a private alphabet (`Names.encode`); each variant of a text
reads them in another one: vowels for vowels, consonants for consonants, digits for digits. A word is such a name when
the corpus has it with a capital inside a sentence, never in small letters, and no dictionary of the project knows it:
states, known people, places and outlets keep their names, so that their positions stay theirs.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Set
from itertools import product
from pathlib import Path

VOWELS, CONSONANTS, DIGITS = "aeiou", "bcdfghjklmnpqrstvwxz", "123456789"
PLAIN = VOWELS + CONSONANTS + (VOWELS + CONSONANTS).upper() + DIGITS
CODED = "".join(chr(0xE000 + n) for n in range(len(PLAIN)))  # Unicode's private use area: no text has these
_ENCODE = str.maketrans(PLAIN, CODED)

_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
# 12,500 or 350, but no year, no day, and nothing that a position could count, such as thirty days.
_FIGURE = re.compile(r"\b(?:\d{1,3}(?:,\d{3})+|\d{3})\b")


def alphabets() -> list[str]:
    """What letters are read as, one string per variant of names (3,200); the digits follow in `figures`."""
    turned = [
        (_turned(VOWELS, step, start), _turned(CONSONANTS, stride, offset))
        for step, start, stride, offset in product((1, 2, 3, 4), range(5), (1, 3, 7, 9, 11, 13, 17, 19), range(20))
    ]
    return [vowels + consonants + (vowels + consonants).upper() for vowels, consonants in turned]


def figures(variant: int) -> str:
    """What the digits are read as: nine variants. A zero stays one, so no figure gains a zero at its front."""
    return (DIGITS * 2)[variant % 9 :][:9]


class Names:
    """The words of a corpus that may be replaced."""

    def __init__(self, texts: Iterable[str], known: Set[str]) -> None:
        texts = list(texts)
        small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
        capital = {word.lower() for text in texts for word in _CAPITAL.findall(text)}
        self.words = frozenset(capital - small - known)

    def encode(self, text: str) -> str:
        """The text with its replaceable names, in whatever case, and its figures in the private alphabet."""
        text = _WORD.sub(lambda m: m[0].translate(_ENCODE) if m[0].lower() in self.words else m[0], text)
        return _FIGURE.sub(lambda m: m[0].translate(_ENCODE), text)


def decode(text: str, letters: str, digits: str) -> str:
    """The text as a variant reads it."""
    return text.translate(str.maketrans(CODED, letters + digits))


def known_words(dbt_dir: Path, others: Iterable[str] = ()) -> set[str]:
    """Every word of every dictionary of the project in small letters, the calendar's, and those of `others`."""
    dictionaries = (path.read_text(encoding="utf8") for path in sorted((dbt_dir / "seeds").rglob("*.csv")))
    days = (*calendar.day_name, *calendar.month_name, *calendar.month_abbr)
    return {word.lower() for text in (*dictionaries, *days, *others) for word in _WORD.findall(text)}


def _turned(letters: str, step: int, start: int) -> str:
    return "".join(letters[(step * n + start) % len(letters)] for n in range(len(letters)))
