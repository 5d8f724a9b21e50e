"""The synthetic corpora: the same for the same seed, of the promised make, and with offsets that are true."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.newsroom import load_library
from flows.newsroom.pages import Press
from flows.settings import Settings
from tests.bench.corpus import invent
from tests.bench.corpus.alphabet import CODED, Names, alphabets, decode, figures, known_words


def test_every_alphabet_is_another_one_and_keeps_vowels_and_capitals() -> None:
    found = alphabets()
    assert len(set(found)) == len(found) == 3_200
    for letters in found[::77]:
        assert sorted(letters[:5]) == sorted("aeiou")
        assert letters[25:] == letters[:25].upper()
        assert len(letters) + len(figures(0)) == len(CODED)
    assert len({figures(n) for n in range(9)}) == 9


def test_unknown_names_and_figures_change_in_length_preserving_ways() -> None:
    text = "On Monday Quilbert met Macron in Paris about 12,350 shells; QUILBERT left in 2024, after 30 days."
    names = Names([text], known_words(Settings().dbt_dir, ["Harbour Wire"]))
    assert names.words == {"quilbert"}
    read = decode(names.encode(text), alphabets()[777], figures(4))
    assert len(read) == len(text)
    other = read[len("On Monday ") :].split()[0]
    assert other != "Quilbert"
    assert other.istitle()
    for kept in ("On Monday", "met Macron in Paris", "in 2024, after 30 days", other.upper()):
        assert kept in read
    assert "12,350" not in read
    assert decode(names.encode("quilbert"), alphabets()[777], figures(4)) == other.lower()


def test_invented_articles_are_the_same_again_and_grow_at_the_end() -> None:
    settings = Settings()
    articles = invent(settings, 60)
    assert invent(settings, 40) == articles[:40]
    assert invent(settings, 40, seed=2) != articles[:40]
    assert not any(letter in p for a in articles for p in a.paragraphs for letter in CODED)
    urls = Counter(a.url for a in articles)
    assert sum(n - 1 for n in urls.values()) == 3, "three corrections stand at the address of an article"
    assert sum(a.paragraphs[-1].startswith("First published by") for a in articles) >= 6
    whole = Counter("\n".join(a.paragraphs) for a in articles)
    assert max(whole.values()) == 1
    page = Press(load_library(settings.newsroom_dir), visit=1).article(articles[0])
    assert articles[0].paragraphs[0].split()[0].encode() in page.body


@pytest.mark.parametrize("count", [0, 7])
def test_a_corpus_of_any_size_can_be_asked_for(count: int) -> None:
    assert len(invent(Settings(), count)) == count
