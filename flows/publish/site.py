"""The documentation as a site of plain files: guides, data dictionary, cookbook, report, and dbt's own pages.

`python -m flows.publish.site` (`make docs`) writes docs/*.md again from the last build and renders everything to the
folder `site` of the data folder. Open its index.html; nothing is loaded from elsewhere but by dbt's page.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import jinja2
from markdown_it import MarkdownIt
from markupsafe import Markup

from flows.land.lock import write_lock
from flows.publish import cookbook, dictionary
from flows.publish.report import write_report
from flows.settings import PROJECT_ROOT, Settings
from flows.transform.dbt import invoke

DOCS = PROJECT_ROOT / "docs"
PAGES = {
    "data-dictionary": "Data dictionary",
    "cookbook": "Cookbook",
    "connecting": "Connecting",
    "scheduling": "Scheduled runs",
    "exports": "Exports",
    "upkeep": "Upkeep",
    "wider": "Wider than one machine",
    "million-a-day": "A million articles a day",
    "incremental": "Incremental builds",
    "bench": "Measured speed",
    "bench-full": "Measured speed at 1,000,000 documents",
    "../CHANGELOG": "Changelog",
}
TEMPLATE = Path(__file__).resolve().parent / "site.html.j2"


def write(settings: Settings, docs: Path, site: Path) -> Path:
    """Renders `docs` into `site` and returns its first page. Raises FileNotFoundError before a first release."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(docs / "cookbook", site / "cookbook")
    write_report(settings, site / "report.html")
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        TEMPLATE.read_text(encoding="utf8")
    )
    pages = {Path(name).name: title for name, title in PAGES.items()}
    for name, title in PAGES.items():
        text = (docs / f"{name}.md").read_text(encoding="utf8")
        html = template.render(title=title, pages=pages, here=Path(name).name, body=Markup(render(text)))
        (site / f"{Path(name).name}.html").write_text(html, encoding="utf8")
    shutil.copyfile(site / f"{next(iter(PAGES))}.html", site / "index.html")
    return site / "index.html"


def render(markdown: str) -> str:
    """Markdown as HTML: raw HTML stays text, headings have anchors, links between the pages lead to pages."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    html = re.sub(r"<h([1-4])>(.*?)</h\1>", lambda m: f'<h{m[1]} id="{_anchor(m[2])}">{m[2]}</h{m[1]}>', html)
    return re.sub(r'href="(?:\.\./)?([\w-]+)\.md(#[^"]*)?"', r'href="\1.html\2"', html)


def _anchor(heading: str) -> str:
    words = re.sub(r"<[^>]+>|[^\w\s-]", "", heading).lower().split()
    return "-".join(words)


def _dbt_pages(settings: Settings, site: Path) -> None:
    """dbt's own documentation, with the lineage graph, in one file."""
    with write_lock(settings, "docs"):
        invoke(settings, "docs generate", "--static")
    shutil.copyfile(settings.cache_dir / "dbt" / "static_index.html", site / "dbt.html")


def main() -> None:
    """Everything anew."""
    settings = Settings()
    dictionary.write(settings, DOCS)
    cookbook.write(settings, DOCS)
    page = write(settings, DOCS, settings.site_dir)
    _dbt_pages(settings, page.parent)
    print(f"Open {page}")


if __name__ == "__main__":
    main()
