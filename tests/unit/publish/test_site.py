"""The documentation as a site: every page is there, links between pages lead somewhere, text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.publish import site
from flows.settings import PROJECT_ROOT, Settings
from tests.fixtures import published


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(data_dir=tmp_path_factory.mktemp("site"))
    settings.published_dir.mkdir()
    published.build(settings.published_db)
    return site.write(settings, PROJECT_ROOT / "docs", settings.data_dir / "site").parent


def test_every_link_within_the_site_leads_somewhere(pages: Path) -> None:
    found = 0
    for page in pages.glob("*.html"):
        if page.name == "report.html":
            continue
        html = page.read_text(encoding="utf8")
        for target in re.findall(r'(?:href|src)="([^"]+)"', html):
            if target.startswith("http"):
                continue
            name, _, anchor = target.partition("#")
            if name == "dbt.html":  # dbt writes it; too slow here
                continue
            aim = pages / name if name else page
            assert aim.exists(), (page.name, target)
            if anchor and aim.name != "report.html":
                assert f'id="{anchor}"' in aim.read_text(encoding="utf8"), (page.name, target)
            found += 1
    assert found > 100


def test_the_first_page_is_the_data_dictionary_and_loads_nothing(pages: Path) -> None:
    html = (pages / "index.html").read_text(encoding="utf8")
    assert 'id="proposal_changes_wide"' in html
    assert not re.search(r"<script|@import|url\(|src=\"http", html)


def test_markdown_is_rendered_and_html_in_it_stays_text() -> None:
    html = site.render("## A `b` c!\n\n[x](connecting.md#dbeaver) <img src=x onerror=y>\n\n| a |\n| --- |\n| 1 |\n")
    assert '<h2 id="a-b-c">' in html
    assert 'href="connecting.html#dbeaver"' in html
    assert "<img" not in html
    assert "<td>1</td>" in html
