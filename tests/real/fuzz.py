"""Fuzzing what outside bytes reach, guided by coverage: `python -m tests.real.fuzz [--minutes N] [TARGET …]`.

Makes an environment with atheris over this one (`--environment FOLDER` is used again), and gives each target of
tests/fixtures/fuzzing.py N minutes (3), two at a
time. A finding, once by the place that raised it, is written to
`--keep`; put it into tests/fixtures/fuzz/TARGET, where the ordinary tests try it again, and mend what it found.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PACKAGE = "atheris==3.0.0"
TARGETS = ("clean", "feed", "sitemap", "manifest", "lines", "files", "words")
SLOW_SECONDS = 5.0  # of a processor, for at most 16 kB, while being watched
MAX_BYTES = 16_384
# Libraries in pure Python whose branches are worth finding; the rest of what is imported is not watched.
WATCHED = ["flows", "feedparser", "yaml", "trafilatura", "htmldate", "courlan", "warcio", "dateutil", "email", "json"]

ARTICLE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks go on | The Weir Post</title>'
    '<meta property="article:published_time" content="2025-04-22T10:00:00+02:00">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks go on", "datePublished": '
    '"2025-04-22", "author": [{"name": "Ann Moss"}], "isAccessibleForFree": "False"}</script></head><body><article>'
    "<h1>Talks go on</h1><p>By Ann Moss</p><time datetime='2025-04-22'>22 April 2025</time>"
    + "<p>The two delegations met in Ankara on Tuesday and agreed to exchange lists by the end of the month.</p>"
    * 6
    + "<ul><li>One</li></ul><table><tr><td>2</td></tr></table><blockquote>“We came,” he said.</blockquote></article>"
    "</body></html>"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><language>en-gb</language><item><guid>1</guid>'
    "<link>https://news.example/a</link><title>A &amp; b</title><pubDate>Tue, 22 Apr 2025 10:00:00 GMT</pubDate>"
    "<description><![CDATA[<b>x</b>]]></description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="/a"/><title>T</title>'
    "<updated>2025-04-22T10:00:00Z</updated></entry></feed>"
)
JSON_FEED = '{"version": "1", "language": "en", "items": [{"id": "https://a.example/1", "date_published": "2025-04"}]}'
SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/a</loc>'
    "<lastmod>2025-04-22</lastmod><news:news><news:title>T</news:title><news:publication_date>2025-04-22"
    "</news:publication_date></news:news></url></urlset>"
)
MANIFEST = (
    "key: outlet:weir\nname: The Weir Post\ncountry: GBR\nhomepage: https://weir.example/\ndomains: [weir.example]\n"
    "language: en\ntimezone: Europe/London\nrights: full_text\nfeeds:\n  - {url: https://weir.example/rss, kind: rss}\n"
    "politeness: {delay_seconds: 2, concurrency: 1}\nfloors: &a {articles_per_day: 1}\n"
)
LINE = (
    '{"id": "1", "url": "https://a.example/x", "title": "T", "outlet": "W", "published_at": "2025-04-22T10:00:00+02:00"'
    ', "text": "Title\\n\\nHe said: “We met on 3 May.”", "authors": ["A"], "collection": "c"}\n'
    '{"html": "<p>One</p>", "date": "Tue, 22 Apr 2025 10:00:00 GMT"}\n'
)
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-04-22T10:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 83\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>One</p></html>\r\n\r\n\r\n"
)
TIMES = (
    "On Wednesday, 22 April 2025, he said: “We met on May 3-5.” By late March 2024, two weeks ago, within 3 days, "
    "since 2022 until next month, in early 2023, the day before yesterday, summer of 2024, 2025-04-22 'so', "
    '"it’s" «x».'
)
SEEDS = {
    "clean": [ARTICLE],
    "feed": [RSS, ATOM, JSON_FEED],
    "sitemap": [SITEMAP, "https://a.example/1\nhttps://a.example/2\n", SITEMAP.replace("url", "sitemap")],
    "manifest": [MANIFEST],
    "lines": [LINE],
    "files": ["\0" + ARTICLE, "\1Title\n\nText.", "\2[" + LINE.splitlines()[0] + "]", "\3" + LINE, "\4" + WARC],
    "words": [TIMES],
}


def main(chosen: list[str], minutes: float, keep: Path, environment: Path) -> int:
    """Runs the targets; prints one line each. Returns the number of findings."""
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        packages = next((environment / "lib").glob("python3*")) / "site-packages"
        (packages / "this-project.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(lambda target: _run(python, target, minutes, keep), chosen):
            print(line, flush=True)
    found = [path for target in chosen for path in sorted((keep / target).glob("*.bin"))]
    for path in found:
        print(f"\n{path}\n{path.with_suffix('.txt').read_text(encoding='utf8')}")
    print(f"{len(found)} findings")
    return len(found)


def _run(python: Path, target: str, minutes: float, keep: Path) -> str:
    (keep / target).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS[target]):
            (Path(corpus) / str(number)).write_bytes(seed.encode())
        began = time.monotonic()
        limits = [
            "-timeout=60",
            "-rss_limit_mb=3000",
            f"-max_len={MAX_BYTES}",
            f"-artifact_prefix={keep / target}/stop-",
        ]
        line = [str(python), "-m", "tests.real.fuzz", "--inside", str(keep), target]
        done = subprocess.run(
            [*line, *limits, f"-max_total_time={minutes * 60:.0f}", corpus], capture_output=True, text=True, check=False
        )
        took = time.monotonic() - began
    for stop in (keep / target).glob("stop-*"):  # a hang, or too much memory
        stop.with_suffix(".txt").write_text(done.stderr[-2000:], encoding="utf8")
        stop.rename(stop.with_suffix(".bin"))
    runs = re.findall(r"^#(\d+)\s+\w+\s+cov: (\d+)", done.stderr, re.MULTILINE)
    end = re.findall(r"Done (\d+) runs", done.stderr)
    count = end[-1] if end else (runs[-1][0] if runs else "no")
    places = f", {runs[0][1]} branches at first, {runs[-1][1]} at last" if runs else f"\n{done.stderr[-1500:]}"
    return f"{target}: {count} inputs in {took:.0f} s{places}"


def inside(keep: Path, target: str, options: list[str]) -> None:
    """The fuzzer's own process: runs one target until libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=WATCHED):
        from tests.fixtures.fuzzing import TARGETS as functions

    seen: set[str] = set()

    def note(kind: str, data: bytes, told: str) -> None:
        if kind not in seen:
            seen.add(kind)
            path = keep / target / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(f"{kind}\n{told}", encoding="utf8")

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            functions[target](data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            said = str(error)[:60] if isinstance(error, AssertionError) else ""
            note(f"{type(error).__name__} {place.filename}:{place.lineno} {said}", data, traceback.format_exc()[-3000:])
        if time.process_time() - began > SLOW_SECONDS:
            note("slow", data, f"{time.process_time() - began:.1f} s for {len(data)} bytes")

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
        sys.exit()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], default=[])
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--environment", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.environment or Path(folder) / "environment"
        sys.exit(min(main(given.targets or list(TARGETS), given.minutes, given.keep, place), 1))
