"""The pictures of the report in the README: `python -m tests.real.picture` writes docs/report.png, its first screen,
and docs/report-moves.png, the first charts of how positions moved.

From the release that is in place (`make run` first), in headless Chromium, light, at one and a half times the pixels.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from flows.publish.report import write_report
from flows.settings import PROJECT_ROOT, Settings


def main() -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser_path, "Chromium is not installed: apt-get install chromium"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = write_report(Settings(), Path(folder) / "report.html")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 960}, color_scheme="light", device_scale_factor=1.5)
        page.goto(page_file.as_uri())
        page.screenshot(path=PROJECT_ROOT / "docs" / "report.png")
        first, last = (page.locator("#steps .chart").nth(number).bounding_box() for number in (0, 3))
        assert first
        assert last
        top, bottom = first["y"] - 16, last["y"] + last["height"]
        clip = {"x": 0, "y": top, "width": 1280, "height": bottom - top}
        page.screenshot(path=PROJECT_ROOT / "docs" / "report-moves.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        browser.close()
    print("Written: docs/report.png and docs/report-moves.png")


if __name__ == "__main__":
    main()
