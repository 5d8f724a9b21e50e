"""All authors of a page: declared ones first, then the byline. People before organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flows.clean.structured import Structured, plain, types_of
from flows.clean.titles import bare_name

_PHRASE = re.compile(r"\s*(?:[;|/•·,\n]|(?<=[a-z]{3})\.\s+(?=[A-Z]))\s*")
_SPLIT = re.compile(r"(?:^|\s+)(?:and|und|et|y|with(?=\s+[A-Z]))\s+|\s*&\s*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Editors, photographers and translators are no authors.
_OTHER_WORK = re.compile(
    r"(?<=\w)\W+(?:edit(?:ed|ing)|photo(?:s|graphs?|graphy)?|pictures?|illustrations?|graphics?|video|translat(?:ed|ion)|"
    r"fact[- ]check(?:ed|ing)?)\s+by\b.*",
    re.I,
)
_ROLE_BEFORE = re.compile(
    r"^(?:[a-z-]+\s+){0,3}?(?:reporter|correspondent|editor|writer|journalist|columnist)s?:?\s+(?=[A-Z]\w+\s)", re.I
)
_NAME_AND_ROLE = re.compile(
    r"((?!The\b)[A-Z][\w.'’-]+ [A-Z][\w'’-]+) (?:[\w-]+ ){1,3}"
    r"(?:reporter|correspondent|editor|writer|journalist|columnist)$"
)
_LEAD = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|words|text|analysis|opinion|video|report|edited)\s+)?"
    r"(?:by|from|von|par|por|author|authors|reporting by)\b[\s:.-]*",
    re.I,
)
_TAIL = re.compile(
    r"\s+(?:in\s+(?:the\s+)?[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+)*|for\s+(?:the\s+)?[A-Z].*|of\s+(?:the\s+)?[A-Z].*|[–—-]\s.*|\(.*\)|@\w+.*|"
    r"(?:is|was|has|covers|writes|reports|joined)\s.*|"
    r"\d.*|"
    r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*|(?:published|updated|posted|last|on|at)\b.*)$"
)
_ROLE = re.compile(
    r"\b(?:staff|senior|chief|reporter|correspondent|editor|writer|journalist|columnist|contributor|contributing|"
    r"producer|bureau|desk|agency|agencies|wires?|services?|analyst|professor|newsletter|photographer|photos?|images|"
    r"follow|read more|"
    r"published|updated|min read|share|comments?|subscribe|view all|profile|email|bio|archive|"
    r"january|february|march|april|june|july|august|september|october|november|december)\b",
    re.I,
)
_AGENCIES = re.compile(
    r"^(?:the )?(?:associated press|ap|reuters|afp|agence france[- ]presse|bloomberg|dpa|efe|pa media|"
    r"press association|xinhua|tass|interfax|ukrinform|anadolu(?: agency)?|cnn|bbc(?: news)?)$",
    re.I,
)
_USELESS = re.compile(
    r"^(?:admin(?:istrator)?|editor(?:ial)?|editors|staff|newsroom|web ?desk|webmaster|author|unknown|none|null|"
    r"anonymous|guest|user|news|team|redaktion|online|contributor|posts?|ph\.?d|m\.?d|mp|mep|jr|sr|obe|\d+)$",
    re.I,
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|article-author|contributor|writer|autor)s?(?:$|[\s_-])", re.I
)
_NOT_CLASS = re.compile(
    r"bio|avatar|image|comment|related|social|follow|email|desc|about|photo|date|time|share|twitter", re.I
)
_META = (
    "author", "byl", "parsely-author", "sailthru.author", "article:author", "og:article:author", "dc.creator",
    "dcterms.creator", "citation_author", "authors", "cxenseparse:author", "byline",
)  # fmt: skip
_LABEL = re.compile(r"(?:(?:written|reported|story|words|text) )?by:?$|authors?:?$", re.I)
_AGENCY_END = re.compile(r"\s+((?:The )?(?:Associated Press|Reuters|AFP|Bloomberg))$", re.I)
_STAFF = re.compile(r"(?<=\w)\s+(?:staff|newsroom|news desk|desk|team)$", re.I)
MAX_NAME = 60


def _names(value: str) -> list[str]:
    """'By Ann Lee, Staff Writer, and Bo Ek in Kyiv' -> ['Ann Lee', 'Bo Ek']."""
    text = " ".join(_EMAIL.sub(" ", value.replace("\xa0", " ")).split()).strip("() ")
    text = _OTHER_WORK.sub("", _LEAD.sub("", text))
    if re.search(r"https?://|www\.|@\w+\.", text):
        return []
    found = []
    for phrase in _PHRASE.split(text):
        tells_role = _ROLE.search(phrase) is not None
        for part in _SPLIT.split(phrase):
            name = _TAIL.sub("", _ROLE_BEFORE.sub("", _LEAD.sub("", part))).strip(" .,:;|-–—\"'")
            agency = None if _AGENCIES.match(name) else _AGENCY_END.search(name)
            for one in (name[: agency.start()], agency[1]) if agency else (_STAFF.sub("", name),):
                # 'Defence and security editor': a single word beside a role is no name.
                if _is_author(one) and not (tells_role and " " not in one and not _AGENCIES.match(one)):
                    found.append(one)
    if not found and (named := _NAME_AND_ROLE.match(text)):
        return [named[1]]
    return found


def _is_author(name: str) -> bool:
    if _AGENCIES.match(name):
        return True
    return 2 < len(name) <= MAX_NAME and not _USELESS.match(name) and _looks_like_name(name)


def _looks_like_name(name: str) -> bool:
    if _AGENCIES.match(name):
        return True
    words = name.split()
    if len(words) > 6 or _ROLE.search(name) or re.search(r"[\d@#{}<>\[\]=]", name):
        return False
    return len(words) > 1 or name[:1].isupper()


_PARTICLES = re.compile(
    r"(?:de|del|della|der|den|di|da|do|dos|du|van|von|ten|ter|la|le|el|al|bin|ibn|ben|abu|af|av|zu|e|y)$"
)


def _is_cased_like_name(name: str) -> bool:
    """Every word but particles begins with a capital, and the first is no article: not 'defence ministries'."""
    words = name.split()
    return words[0].lower() not in ("the", "a", "an", "our") and all(
        w[0].isupper() or not w[0].isalpha() or _PARTICLES.match(w) or w.startswith(("al-", "el-", "d'", "d’"))
        for w in words
    )


def _people(value: Any, by_id: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Names of people and of organisations in a JSON-LD author value; `by_id` resolves references to other nodes."""
    people: list[str] = []
    others: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            target = others if types_of(item) & {"Organization", "NewsMediaOrganization", "Corporation"} else people
            names = item.get("name") or by_id.get(str(item.get("@id")))
            for name in names if isinstance(names, list) else [names]:
                target.extend(_names(plain(name) or ""))
        elif isinstance(item, str):
            people.extend(_names(plain(item) or ""))
    return people, others


def _unique(names: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        key = re.sub(r"[\W\d_]+", "", name.lower())
        shown = name.title() if (name.isupper() and len(name) > 5) or name.islower() else name
        if key and (key not in kept or kept[key].isupper()):
            kept[key] = shown
    return list(kept.values())


@lru_cache(maxsize=4096)
def _says_byline(label: str) -> bool:
    """Whether names of classes stand for a byline. Sites repeat them, so most are known."""
    return _CLASS.search(label) is not None and _NOT_CLASS.search(label) is None


def _bylines(tree: Any) -> tuple[list[str], list[str]]:
    """Names in rel=author links and itemprop=author, and names in elements whose class says byline."""
    strong: list[str] = []
    weak: list[str] = []
    for term in tree.iter("dt"):
        name = term.getnext()
        if name is not None and name.tag == "dd" and _LABEL.match(" ".join(term.text_content().split())):
            strong.extend(n for n in _names(name.text_content()) if _is_cased_like_name(n))
    for element in tree.iter("a", "span", "div", "p", "address", "li", "strong", "em", "h3", "h4", "h5"):
        prop = (element.get("itemprop") or "").lower()
        is_strong = prop == "author" or "author" in (element.get("rel") or "").lower().split()
        if not is_strong and not _says_byline(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        if any(_is_aside(a) for a in element.iterancestors() if a.tag not in ("body", "html")):
            continue
        inner = element.find(".//*[@itemprop='name']") if prop == "author" else None
        text = " ".join(" ".join((inner if inner is not None else element).itertext()).split())
        if not text or len(text) > 160:
            continue
        names = [n for n in _names(text) if _is_cased_like_name(n)]
        if is_strong:
            strong.extend(names)
        elif re.match(r"\W*by\b", text, re.I) or len(text) < 45:
            weak.extend(n for n in names if " " in n or _AGENCIES.match(n))
    return strong, weak


def _is_aside(element: Any) -> bool:
    label = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.tag in ("aside", "footer", "nav") or any(
        word in label
        for word in ("comment", "related", "sidebar", "recommend", "most-read", "teaser", "popular", "promo")
    )


def find_authors(tree: Any, structured: Structured, sites: set[str]) -> tuple[str, ...]:
    """Names of all authors in page order; () when nobody signs. Raises nothing."""
    people: list[str] = []
    others: list[str] = []
    by_id = {str(node["@id"]): node.get("name") for node in structured.nodes if "@id" in node and node.get("name")}
    for node in structured.articles[:1]:
        for key in ("author", "creator"):
            named, organisations = _people(node.get(key), by_id)
            others.extend(organisations)
            if not people:
                people = named
    meta: list[str] = []
    for name in _META:
        values = [n for value in structured.meta.get(name, ()) for n in _names(value)]
        if len(values) > len(meta):
            meta = values

    bare_sites = {bare_name(site) for site in sites}

    def own(names: list[str]) -> list[str]:
        return [n for n in _unique(names) if bare_name(re.sub(r"\W+", "", n.lower())) not in bare_sites]

    declared = max(own(people), own(meta), key=len)
    if own(people) and len(own(people)) >= len(own(meta)):
        declared = own(people)
    strong, weak = _bylines(tree)
    byline = own(strong) or own(weak)
    known = {name.lower() for name in declared}
    shown = {name.lower() for name in byline}
    if byline and len(byline) <= 8 and (known <= shown or all(_AGENCIES.match(n) for n in declared)):
        return tuple(byline)
    if declared or own(others):
        return tuple(declared or own(others))
    # A desk or bureau that signs ('News Nation Bureau', 'Staff Reports') is better than nobody.
    signed = [plain(node.get("author")) for node in structured.articles[:1]] + [structured.first("author")]
    desks = [d for d in signed if d and " " in d and len(d) <= MAX_NAME and not re.search(r"https?:|[@<>{}]", d)]
    return tuple(own(desks[:1]))
