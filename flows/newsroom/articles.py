"""Reads the sample newsroom's outlets, articles and special pages from data/newsroom into plain records.

It knows nothing of HTML or HTTP (pages.py, server.py). The texts are this project's own; the outlets are
fictional and live under the reserved top-level domain .example.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml


class NewsroomError(ValueError):
    """A file of the sample newsroom is wrong; the message names the file and the fault."""


@dataclass(frozen=True)
class Outlet:
    """One fictional news site."""

    key: str
    name: str
    host: str
    country: str
    language: str
    is_wire: bool
    is_state_media: bool
    timezone: str
    template: str
    url_path: str
    feeds: tuple[str, ...]
    date_style: str
    tagline: str
    robots: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def folder(self) -> str:
        return self.key.removeprefix("outlet:")


@dataclass(frozen=True)
class Article:
    """One article as its site shows it on one visit."""

    outlet: Outlet
    slug: str
    title: str
    published_at: datetime
    modified_at: datetime | None
    authors: tuple[str, ...]
    section: str
    language: str
    facts: tuple[str, ...]
    paragraphs: tuple[str, ...]
    copy_of: str | None = None
    cut_after_paragraph: int | None = None
    second_version: str | None = None
    paywalled: bool = False
    caption: str | None = None
    correction: str | None = None

    @property
    def ref(self) -> str:
        """``outlet-folder/slug``, the name other files use for the article."""
        return f"{self.outlet.folder}/{self.slug}"

    @property
    def path(self) -> str:
        local = self.published_at.astimezone(self.outlet.zone)
        return self.outlet.url_path.format(
            year=f"{local:%Y}", month=f"{local:%m}", day=f"{local:%d}", slug=self.slug, section=self.section
        )

    @property
    def url(self) -> str:
        """Public address without port: it stays the same whatever port serves it."""
        return f"http://{self.outlet.host}{self.path}"

    @property
    def changed_at(self) -> datetime:
        return self.modified_at or self.published_at

    @property
    def lead(self) -> str:
        """First paragraph, as feeds and meta descriptions carry it."""
        return self.paragraphs[0]

    @property
    def word_count(self) -> int:
        return sum(len(p.split()) for p in self.paragraphs)


@dataclass(frozen=True)
class SpecialPage:
    """A page that is not simply an article: gone, moved, mislabelled, or no news at all (special.yml)."""

    kind: str
    outlet: Outlet
    path: str
    title: str
    status: int = 200
    target: str | None = None
    listed: bool = False
    listed_at: datetime | None = None
    paragraphs: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://{self.outlet.host}{self.path}"


@dataclass(frozen=True)
class Library:
    """Everything under data/newsroom; ``articles`` are first versions, ``corrected`` those of a second visit."""

    root: Path
    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]
    corrected: dict[str, Article] = field(default_factory=dict)
    special: tuple[SpecialPage, ...] = ()
    charsets: dict[str, str] = field(default_factory=dict)
    stale_dates: dict[str, str] = field(default_factory=dict)

    def of(self, outlet: Outlet) -> list[Article]:
        """Articles of one outlet, newest first."""
        mine = [a for a in self.articles if a.outlet.key == outlet.key]
        return sorted(mine, key=lambda a: (a.published_at, a.slug), reverse=True)

    def as_seen(self, article: Article, visit: int) -> Article:
        """The article on the given visit: corrections appear from the second visit on."""
        return self.corrected.get(article.ref, article) if visit >= 2 else article


def load_library(root: Path) -> Library:
    """Read data/newsroom. Raises NewsroomError for an unknown outlet, a bad date, a missing copy or slug clash."""
    outlets = tuple(_outlet(row) for row in _yaml(root / "outlets.yml")["outlets"])
    by_key = {o.key: o for o in outlets}
    drafts = [
        _article(path, by_key)
        for path in sorted((root / "articles").glob("*/*.md"))
        if not path.name.endswith(".v2.md")
    ]
    by_ref = {a.ref: a for a in drafts}
    if len(by_ref) != len(drafts):
        raise NewsroomError("two articles of one outlet share a slug")
    articles = tuple(_with_copy(a, by_ref) for a in drafts)
    corrected = {
        a.ref: _article(root / "articles" / a.outlet.folder / a.second_version, by_key)
        for a in articles
        if a.second_version
    }
    special = _yaml(root / "special.yml")
    return Library(
        root=root,
        outlets=outlets,
        articles=articles,
        corrected=corrected,
        special=tuple(_special(row, by_key, by_ref) for row in special.get("pages", [])),
        charsets=_known(special.get("charset_headers", {}), by_ref),
        stale_dates=_known(special.get("stale_dates", {}), by_ref),
    )


def _yaml(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as fault:
        raise NewsroomError(f"{path.name}: {fault}") from fault
    if not isinstance(loaded, dict):
        raise NewsroomError(f"{path.name}: expected a mapping")
    return loaded


def _outlet(row: dict[str, Any]) -> Outlet:
    values = {**row, "feeds": tuple(row["feeds"]), "robots": tuple(row.get("robots", ()))}
    outlet = Outlet(**values)
    if not outlet.host.endswith(".example"):
        raise NewsroomError(f"{outlet.key}: host must lie under .example, not {outlet.host}")
    return outlet


def _article(path: Path, outlets: dict[str, Outlet]) -> Article:
    name = f"{path.parent.name}/{path.name}"
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise NewsroomError(f"{name}: front matter between two lines of --- is missing")
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError as fault:
        raise NewsroomError(f"{name}: {fault}") from fault
    outlet = outlets.get(head["outlet"])
    if outlet is None or outlet.folder != path.parent.name:
        raise NewsroomError(f"{name}: unknown outlet or wrong folder: {head['outlet']}")
    if path.name not in (f"{head['slug']}.md", f"{head['slug']}.v2.md"):
        raise NewsroomError(f"{name}: slug {head['slug']} does not match the file name")
    modified = head.get("modified_at")
    return Article(
        outlet=outlet,
        slug=head["slug"],
        title=head["title"],
        published_at=_moment(head["published_at"], name),
        modified_at=_moment(modified, name) if modified else None,
        authors=tuple(head.get("authors") or ()),
        section=head["section"],
        language=head.get("language", outlet.language),
        facts=tuple(head.get("facts") or ()),
        paragraphs=tuple(" ".join(p.split()) for p in parts[2].split("\n\n") if p.strip()),
        copy_of=head.get("copy_of"),
        cut_after_paragraph=head.get("cut_after_paragraph"),
        second_version=head.get("second_version"),
        paywalled=bool(head.get("paywalled", False)),
        caption=head.get("caption"),
        correction=head.get("correction"),
    )


def _with_copy(article: Article, by_ref: dict[str, Article]) -> Article:
    """A copy takes the paragraphs of its original, up to the cut; its own body, if any, follows them."""
    if article.copy_of is None:
        if not article.paragraphs:
            raise NewsroomError(f"{article.ref}: no text")
        return article
    original = by_ref.get(article.copy_of)
    if original is None or original.copy_of:
        raise NewsroomError(f"{article.ref}: copy_of names no original article: {article.copy_of}")
    return replace(article, paragraphs=original.paragraphs[: article.cut_after_paragraph] + article.paragraphs)


def _special(row: dict[str, Any], outlets: dict[str, Outlet], by_ref: dict[str, Article]) -> SpecialPage:
    outlet = outlets[row["outlet"]]
    target = row.get("target")
    if target is not None and target not in by_ref:
        raise NewsroomError(f"special.yml: {row['path']} leads to an unknown article: {target}")
    listed_at = row.get("listed_at")
    return SpecialPage(
        kind=row["kind"],
        outlet=outlet,
        path=row["path"],
        title=row["title"],
        status=int(row.get("status", 200)),
        target=by_ref[target].path if target else None,
        listed=bool(row.get("listed", False)),
        listed_at=_moment(listed_at, "special.yml") if listed_at else None,
        paragraphs=tuple(row.get("paragraphs", ())),
    )


def _known(by_article: dict[str, str], by_ref: dict[str, Article]) -> dict[str, str]:
    for ref in by_article:
        if ref not in by_ref:
            raise NewsroomError(f"special.yml names an unknown article: {ref}")
    return dict(by_article)


def _moment(value: object, name: str) -> datetime:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as fault:
        raise NewsroomError(f"{name}: not a date and time: {value}") from fault
    if moment.tzinfo is None:
        raise NewsroomError(f"{name}: date without a time zone: {value}")
    return moment.astimezone(UTC)
