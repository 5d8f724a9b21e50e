"""Quality floors of cleaning on the sample newsroom: eight templates whose true articles are known to the letter.

The floors only rise. It is not a measure for the open web, where no page is known to the letter.
"""

from __future__ import annotations

from datetime import UTC

import pytest

from flows.clean.article import Article
from flows.clean.metadata import Hints
from flows.clean.page import clean_page
from flows.newsroom.articles import load_library
from flows.newsroom.pages import build_site
from flows.settings import Settings

pytestmark = pytest.mark.gate


@pytest.fixture(scope="module")
def cleaned() -> list[tuple[object, Article]]:
    library = load_library(Settings().newsroom_dir)
    site = build_site(library, 1)
    shown = {(a.outlet.host, a.path): a for a in library.articles}
    found = []
    for key, truth in sorted(shown.items(), key=lambda item: item[0]):
        if truth.paywalled or truth.language != "en" or key not in site or site[key].status != 200:
            continue
        article = clean_page(site[key].body, truth.url, Hints(time_zone=str(truth.outlet.zone)))
        assert isinstance(article, Article), f"{truth.ref}: {article}"
        found.append((truth, article))
    return found


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_texts_are_the_articles_to_the_letter(cleaned: list[tuple[object, Article]]) -> None:
    hits = []
    for truth, article in cleaned:
        end = getattr(truth, "cut_after_paragraph", None)
        hits.append(article.text == "\n\n".join(truth.paragraphs[:end]))  # type: ignore[attr-defined]
    assert len(hits) >= 100
    assert _share(hits) >= 0.99  # 104 of 104 in November 2026


def test_titles(cleaned: list[tuple[object, Article]]) -> None:
    assert _share([article.title == truth.title for truth, article in cleaned]) >= 0.99  # type: ignore[attr-defined]


def test_days_and_times(cleaned: list[tuple[object, Article]]) -> None:
    days, times = [], []
    for truth, article in cleaned:
        at = truth.published_at  # type: ignore[attr-defined]
        days.append(article.published_date == at.astimezone(truth.outlet.zone).date())  # type: ignore[attr-defined]
        if article.published_at is not None:
            times.append(article.published_at == at.astimezone(UTC).replace(tzinfo=None))
    assert _share(days) >= 0.99
    assert _share(times) >= 0.99


def test_authors(cleaned: list[tuple[object, Article]]) -> None:
    """One outlet prints no byline, so its authors cannot be found."""
    hits = [set(article.authors) == set(truth.authors) for truth, article in cleaned if article.authors]  # type: ignore[attr-defined]
    assert _share(hits) >= 0.99
