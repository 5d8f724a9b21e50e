"""Datelines: 'KYIV, April 22 (Reuters) -' at the start of a paragraph is no part of its first sentence.

A place in capitals, or any place with an agency in brackets or a day, before a dash; a place of the dictionary alone
before a dash or colon. 'LAVROV: …' is a speaker and none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.language import lexicon

DATELINE = re.compile(
    r"""(?m)^[ \t]*
    (?P<place>[A-Z][\w.'’-]*(?:[ /-][A-Z][\w.'’-]*){0,4})
    (?P<region>(?:,[ ](?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][\w.]*(?:[ ][A-Z][\w.]*)?){0,2})
    (?P<day>,[ ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?[ ]\d{1,2}(?:,?[ ]\d{4})?)?
    (?P<agency>,?[ ]?\([A-Z][\w .,’'/&-]{1,40}\))?
    [ ]?(?P<mark>--|[-–—:])(?P<blank>[ ]?)(?=["“‘'«„A-Z])
    """,
    re.VERBOSE,
)
PLACES = ("state", "place")


def ends(text: str) -> Iterator[int]:
    """Offsets after the mark of every dateline, in order."""
    for match in DATELINE.finditer(text):
        if _is_dateline(match):
            yield match.end("mark")


def _is_dateline(match: re.Match[str]) -> bool:
    place, is_colon = match["place"], match["mark"] == ":"
    if match["day"] or match["agency"]:
        return not is_colon or match["agency"] is not None
    if match["mark"] == "-" and not match["blank"]:
        return False  # 'US-Russia talks'
    known = lexicon.longest(lexicon.names(), lexicon.fold(place), 0, lambda end: end == len(place))
    if known is not None and any(r.actor_type in PLACES for r in known[1]):
        return not is_colon or place.isupper()
    return place.isupper() and len(place) > 3 and not is_colon
