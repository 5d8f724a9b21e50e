"""The report in a real browser: it draws, its panel and filters work, it logs nothing, asks for nothing, and axe finds
nothing to object to, in light and dark, wide and narrow.

Needs Chromium (`apt-get install chromium`), which no Python package brings; skipped with that reason without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from flows.publish.report import write_report
from flows.settings import Settings
from tests.fixtures.published import build

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: apt-get install chromium")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = "</script><img src=x onerror=window.hit=1><script>window.hit=2</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return write_report(Settings(data_dir=folder), folder / "report.html", build(folder / "communique.duckdb"))


class Visit:
    """One page in a window of its own; everything it logs or asks for is kept."""

    def __init__(self, browser: Browser, path: Path, **context: Any) -> None:
        self.noise: list[str] = []
        self._context = browser.new_context(**context)
        self.page: Page = self._context.new_page()
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda fault: self.noise.append(str(fault)))
        self.page.on("request", lambda r: None if r.url.startswith("file:") else self.noise.append(r.url))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *fault: object) -> None:
        self._context.close()


def test_it_draws_and_stays_silent(browser: Browser, report: Path) -> None:
    with Visit(browser, report) as visit:
        assert visit.page.locator(".chart svg a").count() > 10
        assert visit.page.locator("#week .moves > li").count() == 9
        assert visit.noise == []


@pytest.mark.parametrize("width", [360, 768, 1360])
def test_it_fits_the_window(browser: Browser, report: Path, width: int) -> None:
    with Visit(browser, report, viewport={"width": width, "height": 800}) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_mark_opens_its_evidence_by_keyboard(browser: Browser, report: Path) -> None:
    with Visit(browser, report) as visit:
        mark = visit.page.locator("a[aria-label^='Concession, 1–21 Apr 2025']")
        mark.focus()
        visit.page.keyboard.press("Enter")
        panel = visit.page.locator("#panel")
        assert panel.is_visible()
        assert "people familiar with the talks told the agency" in panel.inner_text()
        assert "Harbour Wire" in panel.locator(".chain").inner_text()
        assert panel.locator(".excerpt a").first.get_attribute("href") == "https://dnipro-ledger.example/line-offer"
        visit.page.keyboard.press("Escape")
        assert not panel.is_visible()
        assert mark.evaluate("node => node === document.activeElement")
        assert visit.noise == []


def test_statements_are_filtered(browser: Browser, report: Path) -> None:
    with Visit(browser, report) as visit:
        page, found = visit.page, visit.page.locator("#found")
        assert found.inner_text() == "12 of 14 statements, newest first."
        page.locator("#further").click()
        assert page.locator("#said li").count() == 14
        page.select_option("#f-speaker", "Dmitry Peskov")
        assert found.inner_text() == "2 of 2 statements, newest first."
        page.fill("#f-text", "CAMERAS")
        assert page.locator("#said li").count() == 1
        page.fill("#f-text", "nothing like it")
        assert found.inner_text() == "No statement fits these filters."
        page.get_by_role("button", name="Clear").click()
        page.wait_for_function("document.querySelectorAll('#said li').length === 12")
        page.select_option("#f-issue", "Ceasefire / halt of hostilities")
        page.select_option("#f-outlet", "Harbour Wire")
        assert "will be signed" in page.locator("#said").inner_text()
        assert visit.noise == []


def test_one_conflict_can_be_chosen(browser: Browser, report: Path) -> None:
    with Visit(browser, report) as visit:
        visit.page.select_option("#conflict", label="Israel and Hamas")
        assert visit.page.locator("#week .moves > li:visible").count() == 2
        assert visit.page.locator("#board details:visible summary").all_inner_texts() == ["Israel and Hamas 2 lines"]
        assert visit.page.locator("#board .board:visible").count() == 1


def test_colours_follow_the_system_and_the_button(browser: Browser, report: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with Visit(browser, report, color_scheme="dark") as visit:
        dark = visit.page.evaluate(paper)
        visit.page.locator("#theme").click()
        assert visit.page.evaluate(paper) != dark
        visit.page.reload()
        assert visit.page.evaluate(paper) != dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1360])
def test_axe_finds_nothing(browser: Browser, report: Path, scheme: str, width: int) -> None:
    window = {"width": width, "height": 900}
    with Visit(browser, report, color_scheme=scheme, viewport=window, bypass_csp=True) as visit:
        visit.page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")
        visit.page.add_script_tag(path=AXE)
        assert _violations(visit.page) == []
        visit.page.locator(".reading a").first.click()
        assert _violations(visit.page) == []


def test_it_prints_what_is_folded(browser: Browser, report: Path) -> None:
    with Visit(browser, report) as visit:
        assert visit.page.pdf()[:5] == b"%PDF-"
        visit.page.emulate_media(media="print")
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert visit.page.locator(".board:visible").count() == 2
        assert not visit.page.locator("header.top").is_visible()
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        visit.page.emulate_media(media="screen")
        assert visit.page.locator(".board:visible").count() == 1


def test_without_scripts_the_week_is_still_told(browser: Browser, report: Path) -> None:
    with Visit(browser, report, java_script_enabled=False) as visit:
        assert visit.page.locator("#week blockquote").count() == 9
        assert visit.page.locator("#said li").count() == 12
        assert not visit.page.locator("#filters").is_visible()


def test_hostile_words_do_not_run(browser: Browser, tmp_path: Path) -> None:
    published = build(tmp_path / "communique.duckdb", hostile=HOSTILE)
    path = write_report(Settings(data_dir=tmp_path), tmp_path / "report.html", published)
    with Visit(browser, path) as visit:
        visit.page.locator(".reading a").first.click()
        assert HOSTILE in visit.page.locator("#panel").inner_text()
        assert visit.page.evaluate("window.hit") is None
        assert visit.page.locator("img").count() == 0
        assert visit.noise == []


def _violations(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))", RULES
    )
    return found
