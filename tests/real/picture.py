"""The picture of the report in the README: `python -m tests.real.picture` writes docs/report.png.

From the release that is in place (`make run` first), in headless Chromium, light, at twice the pixels.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from flows.publish.report import write_report
from flows.settings import PROJECT_ROOT, Settings

WINDOW = {"width": 1280, "height": 960}


def main() -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser_path, "Chromium is not installed: apt-get install chromium"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = write_report(Settings(), Path(folder) / "report.html")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WINDOW, color_scheme="light", device_scale_factor=1.5)
        page.goto(page_file.as_uri())
        page.screenshot(path=PROJECT_ROOT / "docs" / "report.png")
        browser.close()
    print("Written: docs/report.png")


if __name__ == "__main__":
    main()
