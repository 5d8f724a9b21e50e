"""The headline of a page without the name of the site."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flows.clean.structured import Structured, plain

_SEPARATOR = re.compile(
    r"\s+(?:[|–—•·»«‹›]|-{1,2}|::?|/{1,2})\s+|\s*\|\s*|(?<=\w):\s+(?=[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}\s*$)"
)
_WORDS = re.compile(r"\w+")
# Words that a site adds to its name in one title and not in another.
_ADDED = frozenset(
    ["world", "news", "international", "business", "sport", "sports", "politics", "europe", "us", "uk", "online", "tv"]
)
MAX_TITLE = 400


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.lower()))


def site_names(structured: Structured, url: str, outlet_name: str | None = None) -> set[str]:
    """Names under which the site may stand in a title, as keys of letters and digits."""
    names = {outlet_name or ""}
    for key in ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "dc.publisher"):
        names.update(structured.meta.get(key, ()))
    for node in structured.nodes:
        names.add(plain(node.get("publisher")) or "")
        if str(node.get("@type")) in ("Organization", "NewsMediaOrganization", "WebSite"):
            names.add(plain(node.get("name")) or "")
    labels = [x for x in _host(url).split(".") if x not in ("www", "m", "amp", "edition", "en")]
    if len(labels) > 1:
        core = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2]
        names.update((core, ".".join(labels), f"{core}.{labels[-1]}"))
    # Some pages put the headline into the name of their "application".
    return {key for name in names if len(name.split()) <= 6 and len(key := _key(name)) > 1}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address as a person gave it
        return ""


def strip_site_name(title: str, sites: set[str]) -> str:
    """`title` without a leading or trailing part that names the site ('… | Reuters', 'BBC News - …')."""
    text = " ".join(title.split())
    was_named = False
    while marks := list(_SEPARATOR.finditer(text)):
        first, last = marks[0], marks[-1]
        if _names_site(text[last.end() :], sites) or (was_named and _is_section(text, last)):
            was_named = True
            text = text[: last.start()].rstrip()
        elif _names_site(text[: first.start()], sites):
            text = text[first.end() :].lstrip()
        else:
            return text
    return text


def _is_section(text: str, mark: re.Match[str]) -> bool:
    """A section between the headline and the site's name: '… | Ukraine | The Guardian'."""
    return "|" in mark.group() and len(text[mark.end() :].split()) <= 3 <= len(text[: mark.start()].split())


def bare_name(key: str) -> str:
    """The key of a site's name without the words that are left out as often as not."""
    return re.sub(r"^the|(?:com|org|net|news|online|newspaper|international)$", "", key)


def _names_site(part: str, sites: set[str]) -> bool:
    key = _key(part)
    if not key:
        return True
    bare = bare_name(key)
    for site in sites:
        core = bare_name(site)
        if key == site or (len(core) > 2 and bare == core):
            return True
        # 'RT World News' for RT International: what is left without words that any site may add.
        own = [word for word in part.lower().split() if word not in _ADDED]
        if len(own) < len(part.split()) and _key(" ".join(own)) in (site, core):
            return True
        # 'Politics News - Reuters US edition': a short part that begins or ends with the site's name.
        if len(site) > 3 and len(part.split()) <= 4 and (key.startswith(site) or key.endswith(site)):
            return True
    # Initials: 'FT' for Financial Times is left to the outlet's own name.
    return False


def _headings(tree: Any) -> list[str]:
    found = []
    for heading in tree.iter("h1"):
        if any("comment" in (a.get("class") or "").lower() for a in heading.iterancestors()):
            continue
        text = " ".join(" ".join(t for t in heading.itertext()).split())
        if 2 < len(text) <= MAX_TITLE:
            found.append(text)
    return found


def _overlap(a: str, b: str) -> float:
    x, y = ({w for w in _WORDS.findall(t.lower()) if len(w) > 3 or w.isdigit()} for t in (a, b))
    if not x or not y:
        return float(_key(a) == _key(b))
    return len(x & y) / min(len(x), len(y))


def find_title(tree: Any, structured: Structured, sites: set[str]) -> str | None:
    """The headline as readers see it: the <h1> that agrees with what the page declares, else what it declares.

    Several first-level headings (a logo, a section) are told apart by their overlap with the declared titles.
    """
    declared = []
    for node in structured.articles[:1]:
        declared.append(plain(node.get("headline")) or plain(node.get("name")))
    declared += [structured.first("og:title"), structured.first("twitter:title"), structured.first("headline")]
    declared.append(structured.first("title", "dc.title", "sailthru.title", "parsely-title", "citation_title"))
    element = tree.find(".//title")
    declared.append(element.text_content() if element is not None else None)
    titles = [t for d in declared if d and (t := strip_site_name(d, sites)) and _key(t) not in sites]
    titles = [t for t in titles if len(t) <= MAX_TITLE]
    headings = [h for h in _headings(tree) if _key(h) not in sites]
    best: tuple[float, str] | None = None
    for heading in headings:
        score = max((_overlap(heading, t) for t in titles), default=0.0)
        if len(_WORDS.findall(heading)) < 3:
            score -= 0.4  # one or two words: a section or a column name, unless the page declares just them
        if best is None or score > best[0]:
            best = (score, heading)
    if best and (best[0] >= 0.5 or not titles):
        return strip_site_name(best[1], sites)
    if best and len(headings) == 1 and len(_WORDS.findall(best[1])) >= 5 and best[0] > 0.15:
        return strip_site_name(best[1], sites)  # a search title differs from the headline readers see
    return titles[0] if titles else None
