"""One page in, one article or one reason out; nasty pages never raise."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean.article import Article
from flows.clean.page import clean_page
from flows.outcomes import Outcome
from tests.unit.clean.pages import PARAGRAPHS, page

URL = "https://weir-post.example/world/2025/04/22/lists"


def _article(html: str | bytes, **options: bool) -> Article:
    found = clean_page(html, URL, **options)
    assert isinstance(found, Article), found
    assert found.reason != "internal_error"
    return found


def _reason(html: str | bytes) -> str:
    found = clean_page(html, URL)
    assert isinstance(found, Outcome), found
    return found.reason


def test_paragraphs_are_kept_apart_and_nothing_else_is_there() -> None:
    found = _article(page())
    assert found.text.split("\n\n") == list(PARAGRAPHS)
    assert found.title == "Delegations agree to exchange lists of prisoners"
    assert found.language_code == "en"
    assert found.published_date is not None
    assert (found.published_date.isoformat(), found.published_basis) == ("2025-04-22", "in_text")


def test_what_stands_around_and_between_paragraphs_is_left_out() -> None:
    between = '<div class="inline-promo"><p>Support our desk: every reader pays for one more hour of work.</p></div>'
    text = (*PARAGRAPHS[:2], PARAGRAPHS[2] + "</p>" + between + "<p>" + PARAGRAPHS[3], PARAGRAPHS[4])
    above = '<p class="byline">By Ann Moss and Bo Lind</p><time datetime="2025-04-22">22 April 2025</time>'
    below = (
        '<p>Read more: Who sits at the table</p><div class="share"><a href="#">Share</a></div>'
        '<section class="comments"><h2>2 Comments</h2><p>They said so last year as well, '
        "and nothing came of it.</p></section>"
        '<ul><li><a href="/a">Rail strike ends after night of talks</a></li><li><a '
        'href="/b">Harvest delayed</a></li></ul>'
    )
    found = _article(page(paragraphs=text, above=above, below=below))
    assert found.text.split("\n\n") == list(PARAGRAPHS)
    assert found.authors == ("Ann Moss", "Bo Lind")


def test_paragraphs_cut_into_chunks_are_all_found() -> None:
    quote = (
        '<aside class="pull-quote"><p>No one left the room before midnight, which was new in these talks.</p></aside>'
    )
    chunks = ""
    for part in ("one", "two", "three"):
        prose = "".join(f"<p>{p} Part {part}.</p>" for p in PARAGRAPHS)
        chunks += f'<div class="grid"><div class="grid-item story-body">{prose}</div></div>{quote}'
    found = _article(page(paragraphs=(), below=chunks))
    assert len(found.text.split("\n\n")) == 15
    assert "left the room" not in found.text


def test_a_page_in_another_language_is_kept_with_its_reason() -> None:
    text = (
        "Делегації зустрілися у вівторок в Анкарі та домовилися до кінця місяця обмінятися списками полонених.",
        "Речник посередників заявив, що сторони дотримувалися порядку денного і жодної теми не було відхилено.",
        "Наступна зустріч запланована на другий тиждень травня, хоча місце ще не підтвердила жодна столиця.",
        "Представники іншої сторони відмовилися сказати, чи обговорювали лінію "
        "припинення вогню, і просили про терпіння.",
    )
    found = _article(page(paragraphs=text))
    assert (found.reason, found.language_code) == ("other_language", "uk")


def test_the_free_beginning_of_a_paid_article_is_no_article() -> None:
    wall = '<div class="barrier"><p>Subscribe to continue reading. Already a subscriber? Sign in.</p></div>'
    html = page(paragraphs=PARAGRAPHS[:2], below=wall)
    assert _reason(html) == "paywall_stub"
    kept = _article(html, keep_stubs=True)
    assert kept.reason == "paywall_stub"
    assert PARAGRAPHS[0] in kept.text


@pytest.mark.parametrize("html", ["", "   \n", "<html></html>", "<html><body></body></html>", b"\x00\x00\x00"])
def test_an_empty_page_says_so(html: str | bytes) -> None:
    assert _reason(html) == "empty_page"


def test_a_list_of_headlines_is_no_article() -> None:
    rows = "".join(f'<li><a href="/{n}">Minister {n} visits the northern border region</a></li>' for n in range(40))
    html = f"<html><head><title>World</title></head><body><h1>World</h1><ul>{rows}</ul></body></html>"
    assert _reason(html) == "not_an_article"


def test_one_sentence_is_too_short_for_an_article() -> None:
    assert _reason(page(paragraphs=PARAGRAPHS[:1])) == "too_short"


def test_nul_bytes_and_controls_disappear() -> None:
    found = _article(page().replace("Ankara", "An\x00ka\x07ra").encode())
    assert found.text.split("\n\n")[0] == PARAGRAPHS[0]


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-16", "no-such-charset", "koi8-r"])
def test_a_wrong_charset_does_not_spoil_utf_8(declared: str) -> None:
    html = page(head=f'<meta charset="{declared}">').replace("Ankara", "Łódź").encode()
    assert "Łódź" in _article(html).text


def test_a_legacy_charset_is_read_as_browsers_do() -> None:
    html = page(head='<meta charset="iso-8859-1">').replace("agenda", "“agenda”").encode("cp1252")
    assert "the “agenda” and" in _article(html).text


def test_very_deep_nesting_is_survived() -> None:
    html = (
        page().replace('<div class="story-text">', "<div>" * 5000).replace("</article>", "</div>" * 4999 + "</article>")
    )
    found = clean_page(html, URL)
    assert isinstance(found, Article) or found.reason != "internal_error"


def test_a_page_of_fifty_megabytes_is_refused_or_read_in_bounds() -> None:
    assert _reason(page(below="<div>" + "<i>x</i> y " * 4_000_000 + "</div>")) == "too_large"
    heavy = _article(page(head="<script>" + "var a=1;" * 1_000_000 + "</script>"))
    assert heavy.text.split("\n\n") == list(PARAGRAPHS)


def test_broken_json_ld_and_broken_markup_are_passed_over() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",}}</script><meta property=og:title'
    )
    assert PARAGRAPHS[1] in _article(page(head=head)).text


def test_the_same_page_twice_gives_the_same_article() -> None:
    assert clean_page(page(), URL) == clean_page(page().encode(), URL)


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    found = clean_page(data, URL)
    assert not isinstance(found, Outcome) or found.reason != "internal_error", found


@given(st.integers(0, 6000), st.integers(0, 6000))
@settings(max_examples=40, deadline=None)
def test_any_cut_of_a_page_gives_an_article_or_a_reason(start: int, end: int) -> None:
    found = clean_page(page()[start:end], URL)
    assert not isinstance(found, Outcome) or found.reason != "internal_error", found


def test_compressed_bytes_by_mistake_are_no_article() -> None:
    assert isinstance(clean_page(gzip.compress(page().encode()), URL), Outcome)
