"""robots.txt as RFC 9309 has it: parsing, the longest match, crawl-delay. Fetching and caching is the client's work.

A status of 4xx allows everything, 5xx or no answer forbids everything (section 2.3.1). Matching is by octets after
percent-encoding is made uniform (section 2.2.2); no regular expressions, so no pattern can cost exponential time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_BYTES = 512_000  # section 2.5: parse at least 500 KiB


@dataclass(frozen=True)
class Robots:
    """The rules for one user agent: (pattern, allowed), and the pause that the site asks for, in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    crawl_delay: float | None = None

    def allows(self, url: str) -> bool:
        """True when the longest matching rule allows the path of `url`, or none matches. Ties allow."""
        parts = urlsplit(url)
        path = _uniform(parts.path or "/") + ("?" + _uniform(parts.query) if parts.query else "")
        if path == "/robots.txt":
            return True
        best, allowed = -1, True
        for pattern, allow in self.rules:
            length = len(pattern)
            if (length > best or (length == best and allow)) and matches(pattern, path):
                best, allowed = length, allow
        return allowed


ALLOW_ALL = Robots()
FORBID_ALL = Robots((("/", False),))


def parse_robots(text: str, agent: str) -> Robots:
    """The rules of all groups that name `agent` (a product token), or else of all groups for `*`."""
    own: list[tuple[str, bool]] = []
    other: list[tuple[str, bool]] = []
    delays: dict[str, float] = {}
    named: set[str] = set()
    group: set[str] = set()
    in_rules = True
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")[:MAX_BYTES]):
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if in_rules:
                group, in_rules = set(), False
            token = value if value == "*" else (re.match(r"[A-Za-z_-]*", value) or [""])[0].lower()
            group.add(token)
            named.add(token)
        elif field in ("allow", "disallow"):
            in_rules = True
            if value:
                rule = (_uniform(value if value[0] in "/*" else "/" + value), field == "allow")
                if agent.lower() in group:
                    own.append(rule)
                if "*" in group:
                    other.append(rule)
        elif field == "crawl-delay":
            in_rules = True
            seconds = _seconds(value)
            if seconds is not None:
                for token in group:
                    delays[token] = max(seconds, delays.get(token, 0.0))
    if agent.lower() in named:
        return Robots(tuple(own), delays.get(agent.lower()))
    return Robots(tuple(other), delays.get("*"))


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) else None


def _uniform(path: str) -> str:
    """Percent-encoding made uniform: reserved octets stay encoded, unreserved ones plain, hex in capitals."""

    def one(match: re.Match[str]) -> str:
        octet = chr(int(match[0][1:], 16))
        return octet if re.fullmatch(r"[A-Za-z0-9._~-]", octet) else match[0].upper()

    return quote(re.sub(r"%[0-9A-Fa-f]{2}", one, path), safe="/%!$&'()*+,;=:@?~-._")


def matches(pattern: str, path: str) -> bool:
    """Whether `path` begins with `pattern`, where * is any run of characters and a final $ the end of the path."""
    anchored = pattern.endswith("$")
    pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    position = len(pieces[0])
    if len(pieces) == 1:
        return not anchored or position == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    last = pieces[-1]
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= position
    return path.find(last, position) >= 0


def listed_sitemaps(text: str) -> list[str]:
    """Addresses in `Sitemap:` lines, in their order (not part of RFC 9309, but of the sitemaps protocol)."""
    found = re.findall(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(https?://\S+)", text[:MAX_BYTES])
    return list(dict.fromkeys(found))
