"""The sample newsroom's files: enough articles, of the right length, on known facts. Not about serving them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from flows.newsroom import Library, NewsroomError, load_library
from flows.sources.registry import load_sources

ROOT = Path(__file__).resolve().parents[3] / "data" / "newsroom"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT)


def _on_ukraine(library: Library) -> list[str]:
    return [a.ref for a in library.articles if a.facts]


def test_enough_articles_on_ukraine_and_on_other_conflicts(library: Library) -> None:
    other = [a.ref for a in library.articles if a.section in {"caucasus", "horn"}]
    assert len(_on_ukraine(library)) >= 48
    assert len(other) >= 6


def test_every_fact_of_the_history_is_told(library: Library) -> None:
    told = {fact for a in library.articles for fact in a.facts}
    assert told == {f"T{n:02}" for n in range(1, 53)}


def test_articles_are_of_newspaper_length(library: Library) -> None:
    whole = [a for a in library.articles if not a.paywalled and a.cut_after_paragraph is None]
    odd = {a.ref: a.word_count for a in whole if not 150 <= a.word_count <= 600}
    assert odd == {}
    assert all(a.word_count < 60 for a in library.articles if a.paywalled)


def test_outlets_are_fictional_and_differ_in_template(library: Library) -> None:
    assert len(library.outlets) >= 7
    assert all(o.host.endswith(".example") for o in library.outlets)
    assert len({o.template for o in library.outlets}) >= 6
    assert {o.key for o in library.outlets} == {a.outlet.key for a in library.articles}


def test_a_wire_story_runs_on_three_sites_under_different_titles_once_cut(library: Library) -> None:
    original = next(a for a in library.articles if a.slug == "peskov-lists-terms-for-halt")
    copies = [a for a in library.articles if a.copy_of == original.ref]
    assert original.outlet.is_wire
    assert len({original.outlet.key, *(c.outlet.key for c in copies)}) == 3
    assert len({original.title, *(c.title for c in copies)}) == 3
    shared = sorted(len(c.paragraphs) for c in copies)
    assert shared == [4, len(original.paragraphs)]
    assert all(c.paragraphs == original.paragraphs[: len(c.paragraphs)] for c in copies)


def test_the_ukrainian_page_is_in_ukrainian(library: Library) -> None:
    pages = [a for a in library.articles if a.language == "uk"]
    assert len(pages) >= 1
    assert all("і" in a.lead and "ы" not in " ".join(a.paragraphs) for a in pages)


def test_corrections_change_the_text_but_not_the_address(library: Library) -> None:
    assert library.corrected
    for article in library.articles:
        if article.ref in library.corrected:
            second = library.as_seen(article, 2)
            assert library.as_seen(article, 1) is article
            assert second.url == article.url
            assert second.paragraphs != article.paragraphs
            assert second.correction
            assert second.modified_at
            assert second.modified_at > article.published_at


def test_no_outlet_prints_the_same_text_twice_and_lists_newest_first(library: Library) -> None:
    for outlet in library.outlets:
        mine = library.of(outlet)
        assert len({a.paragraphs for a in mine}) == len({a.path for a in mine}) == len(mine)
        assert all(a.published_at >= b.published_at for a, b in pairwise(mine))


def test_manifests_agree_with_outlets(library: Library) -> None:
    sources = {s.key: s for s in load_sources([ROOT / "manifests"])}
    assert set(sources) == {o.key for o in library.outlets}
    for o in library.outlets:
        s = sources[o.key]
        assert (s.name, s.country, s.language, s.timezone) == (o.name, o.country, o.language, o.timezone)
        assert (s.is_wire, s.is_state_media, s.domains) == (o.is_wire, o.is_state_media, (o.host,))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("outlet: outlet:a-paper", "outlet: outlet:unknown"), "unknown outlet"),
        (("slug: one", "slug: two"), "does not match"),
        (("T10:00:00Z", "T10:00:00"), "without a time zone"),
        (("A sentence.", ""), "no text"),
        (("language: en", "copy_of: a-paper/none"), "names no original"),
    ],
)
def test_a_faulty_article_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    folder = tmp_path / "articles" / "a-paper"
    folder.mkdir(parents=True)
    (tmp_path / "outlets.yml").write_text(
        "outlets: [{key: 'outlet:a-paper', name: A, host: a.example, country: GBR, language: en, is_wire: false, "
        "is_state_media: false, timezone: Europe/London, template: wire, url_path: '/{slug}', feeds: [rss], "
        "date_style: open_graph, tagline: T}]",
        encoding="utf-8",
    )
    (tmp_path / "special.yml").write_text("pages: []", encoding="utf-8")
    good = (
        "---\noutlet: outlet:a-paper\nslug: one\ntitle: One\npublished_at: 2024-01-02T10:00:00Z\n"
        "section: world\nlanguage: en\n---\n\nA sentence.\n"
    )
    (folder / "one.md").write_text(good, encoding="utf-8")
    assert load_library(tmp_path).articles[0].paragraphs == ("A sentence.",)
    (folder / "one.md").write_text(good.replace(*change), encoding="utf-8")
    with pytest.raises(NewsroomError, match=f"one.*{message}"):
        load_library(tmp_path)
