"""Puts the parts together and writes the page.

The page loads nothing: its policy allows its own two script and style blocks by hash, and nothing else from anywhere,
so text from an article cannot run, fetch or submit, even where an escape was forgotten.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

import jinja2
from markupsafe import Markup

from flows.publish.report import words
from flows.publish.report.board import boards
from flows.publish.report.breakers import breakers
from flows.publish.report.distance import distances
from flows.publish.report.evidence import Evidence
from flows.publish.report.limits import Limits
from flows.publish.report.meetings import meetings
from flows.publish.report.names import Names
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Reader, Row
from flows.publish.report.statements import statements
from flows.publish.report.steps import charts
from flows.publish.report.week import week
from flows.settings import Settings

FOLDER = Path(__file__).resolve().parent / "page"
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"
)


def write_report(settings: Settings, output: Path, warehouse: Path | None = None) -> Path:
    """Writes the report over the published file (or the file `warehouse`) to `output` and returns its path.

    Raises FileNotFoundError where nothing is published, duckdb.Error on a file that is no published one, OSError
    where `output` cannot be written. The file appears whole or not at all.
    """
    html = render(warehouse or settings.published_db)
    output.parent.mkdir(parents=True, exist_ok=True)
    half = output.with_name(output.name + ".part")
    half.write_text(html, encoding="utf8", newline="\n")  # the hashes are of these line ends
    os.replace(half, output)
    return output


def render(warehouse: Path, limits: Limits | None = None) -> str:
    """The page as HTML. Raises like write_report."""
    limits = limits or Limits()
    with Reader(warehouse) as reader:
        parts = Parts(reader, Names(reader), Evidence(), limits)
        view: Row = {
            "week": week(parts),
            "boards": boards(parts),
            "steps": charts(parts),
            "distances": distances(parts),
            "meetings": meetings(parts),
            "breakers": breakers(parts),
            "statements": statements(parts),
            "conflicts": parts.conflicts,
            "conflicts_left_out": parts.conflicts_left_out,
            "about": _about(reader),
        }
        data = {**parts.evidence.collect(reader, parts.names, limits), "statements": view["statements"]["rows"]}
    script, style = _asset("report.js"), _asset("report.css")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            **view,
            words=words,
            script=Markup(script),
            style=Markup(style),
            data=_json(data),
            policy=POLICY.format(script=_hash(script), style=_hash(style)),
        )
    )


def _about(reader: Reader) -> Row:
    """What the page rests on: counts and the release."""
    about = reader.row(
        "select (select count(*) from documents where is_latest_version) as articles, "
        "(select count(distinct outlet_key) from documents) as outlets, "
        "(select count(*) from statements) as statements, (select count(*) from events) as events, "
        "(select count(*) from proposal_changes) as changes, (select max(published_at) from documents) as through_at"
    )
    return {**about, **reader.row("select release_id, published_at from releases order by published_at desc limit 1")}


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = words.day
    environment.filters["count"] = words.count
    return environment


def _asset(name: str) -> str:
    return "\n" + (FOLDER / name).read_text(encoding="utf8")


def _hash(text: str) -> str:
    """The source expression of CSP level 2: the digest of exactly what stands between the tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(data: Row) -> Markup:
    """JSON that cannot leave its script element: no '<', no '&', no line separators that scripts trip over."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
