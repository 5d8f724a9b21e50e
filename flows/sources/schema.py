"""The strict schema of a source manifest: one manifest is one outlet or official site.

Unknown keys, wrong types and impossible values are errors. Reading YAML and naming the line of a fault is the
work of manifest.py; where manifests live is that of registry.py.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

FeedKind = Literal["rss", "atom", "json", "sitemap", "news_sitemap"]
Rights = Literal["full_text", "metadata_only", "skip"]
FEED_KINDS: tuple[str, ...] = get_args(FeedKind)


# The host of an ordinary address, without the cost of taking the address apart.
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]*[a-z0-9])(?=[/?#]|$)")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a full http or https address")
    return value


class Feed(_Strict):
    """One address that lists new pages, and its format."""

    url: str
    kind: FeedKind

    _url = field_validator("url")(_http_url)


class Politeness(_Strict):
    """How hard a host may be asked. None means the installation's default (Settings.host_delay_seconds)."""

    delay_seconds: float | None = Field(default=None, ge=0, le=3600, description="pause between two requests")
    concurrency: int = Field(default=1, ge=1, le=8, description="requests under way at one time")


class Floors(_Strict):
    """What the source normally gives; less is a warning, then an error. None means: not known yet."""

    articles_per_week: float | None = Field(default=None, ge=0)
    author_fill: float | None = Field(default=None, ge=0, le=1, description="share of articles with an author")
    date_fill: float | None = Field(default=None, ge=0, le=1, description="share of articles with a publication date")


class Source(_Strict):
    """One outlet or official site. `key` joins to the warehouse's outlets; `domains` include subdomains."""

    key: str = Field(pattern=r"^outlet:[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1)
    country: str | None = Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3; null: an international body")
    homepage: str
    domains: tuple[str, ...] = Field(strict=False, min_length=1)
    language: str = Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code of the pages that the feeds list")
    feeds: tuple[Feed, ...] = Field(default=(), strict=False)
    is_wire: bool = Field(description="a news agency whose texts others reprint")
    is_state_media: bool = Field(description="owned or directed by a government")
    is_official: bool = Field(False, description="a body that speaks for itself: a presidency, a ministry, the UN")
    timezone: str = Field(description="IANA zone in which a time without a zone is meant")
    politeness: Politeness = Politeness()
    rights: Rights = "full_text"
    include: tuple[str, ...] = Field((), strict=False, description="regular expressions; one must be found in the URL")
    exclude: tuple[str, ...] = Field((), strict=False, description="regular expressions; none may be found in the URL")
    floors: Floors = Floors()
    verified: Literal["never"] | date = Field(description="the last day `communique sources check` saw it answer")

    _homepage = field_validator("homepage")(_http_url)

    @field_validator("domains")
    @classmethod
    def _plain_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
                raise ValueError(f"{host!r} is not a lower-case host name without scheme and path")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is not an IANA time zone such as Europe/Kyiv") from error
        return value

    @field_validator("include", "exclude")
    @classmethod
    def _compiles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _homepage_is_own(self) -> Source:
        if not self.owns(self.homepage):
            raise ValueError(f"homepage {self.homepage} is not on one of the domains {', '.join(self.domains)}")
        return self

    def owns(self, url: str) -> bool:
        """True when the host of `url` is one of the domains or below one."""
        plain = _PLAIN_HOST.match(url)
        try:
            host = plain[1] if plain else (urlsplit(url).hostname or "").lower().rstrip(".")
        except ValueError:
            return False
        return any(host == domain or host.endswith("." + domain) for domain in self.domains)

    def wants(self, url: str) -> bool:
        """True when `url` is the source's own and passes include and exclude."""
        if not self.owns(url) or any(re.search(p, url) for p in self.exclude):
            return False
        return not self.include or any(re.search(p, url) for p in self.include)
