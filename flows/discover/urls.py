"""One canonical form per address, so that the same page found twice is one candidate.

courlan removes trackers and uniforms case, ports and escapes; the rules here go on where it stops: fragments, AMP
variants, paging and print parameters, trailing slashes. Deterministic and idempotent. Nothing is fetched, so two
addresses that only a redirect joins stay two.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan import clean_url

MAX_LENGTH = 2_048
# Parameters that never choose another text on news sites: shares, newsletters, session and layout.
_NOISE = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|at_.*|cmp|cmpid|ocid|smid|smtyp"
    r"|share|shared|shareid|sharetype|ito|ns_.*|traffic_source|sr_share|spm|s_?cid|xtor|wt_mc|wt_zmc|feature"
    r"|outputtype|amp|print|printable|rss|feed|from_rss|src|source|via|phpsessid|jsessionid|sessionid)$"
)
_SESSION_PATH = re.compile(r"(?:;|%3b)jsessionid=[^/]*", re.IGNORECASE)
_INDEX_FILE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
# An address that no rule would change, recognised in a microsecond: sitemaps hold a million of them.
_PLAIN = re.compile(
    r"https?://(?!amp\.)[a-z0-9]+(?:[.-][a-z0-9]+)+(?:/(?!amp(?:/|$))(?!index\.|default\.)[A-Za-z0-9_-]+(?:\.html?)?)+"
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def canonical_url(url: str) -> str | None:
    """The canonical form of an http(s) address, or None when it is none (no host, other scheme, credentials, too long).

    Idempotent: canonical_url(canonical_url(u)) == canonical_url(u).
    """
    text = url.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        return None
    if _PLAIN.fullmatch(text):
        return text
    if not is_http(text):
        return None
    # Rules may feed each other (a dropped parameter bares a trailing slash); two passes reach the fixed point,
    # the bound is for what nobody thought of.
    for _ in range(5):
        step: str | None = _once(text)
        if step is None or step == text:
            return step
        text = step
    return None


def is_http(url: str) -> bool:
    """True for a full http or https address with a host, without credentials, control characters or a bad port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return bool(
        parts.scheme.lower() in ("http", "https")
        and host
        and "@" not in parts.netloc
        and (port is None or 0 < port < 65_536)
        and not _CONTROL.search(url)
        and not re.search(r"[<>\"\\^`{|}\s]|%[^0-9a-fA-F]|\.\.", host)
    )


def host_of(url: str) -> str:
    """Host in lower case without port; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def _once(url: str) -> str | None:
    cleaned: str | None = clean_url(url)
    if not cleaned or not is_http(cleaned):
        return None
    parts = urlsplit(cleaned)
    host = _ascii_host(parts.hostname or "")
    if host is None:
        return None
    if host.startswith("amp.") and host.count(".") >= 2:
        host = host[4:]
    port = parts.port
    default = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, default) else f"{shown}:{port}"
    return urlunsplit((parts.scheme, netloc, _path(parts.path), _query(parts.query), ""))


def _ascii_host(host: str) -> str | None:
    host = host.rstrip(".").lower()
    if host.isascii():
        return host or None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def _path(path: str) -> str:
    path = _ESCAPE.sub(_uniform_escape, _SESSION_PATH.sub("", path))
    path = _INDEX_FILE.sub("/", _dots(path))
    segments = path.split("/")
    # .../amp, .../amp/ and .../story.amp are the same text; /amp/story is a mirror below a folder.
    if len(segments) > 2 and [s for s in segments if s][-1:] == ["amp"]:
        path = path.rstrip("/")[: -len("/amp")]
    elif len(segments) > 2 and segments[1] == "amp":
        path = "/" + "/".join(segments[2:])
    path = re.sub(r"\.amp(?=$|\.html?$)", "", path)
    return path.rstrip("/") or "/"


def _dots(path: str) -> str:
    """Dot segments removed as RFC 3986, section 5.2.4, has it."""
    out: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            if out:
                out.pop()
        elif segment != ".":
            out.append(segment)
    tail = "/" if path.endswith(("/.", "/..")) and out else ""
    return "/" + "/".join(out) + tail


def _uniform_escape(match: re.Match[str]) -> str:
    octet = chr(int(match[0][1:], 16))
    return octet if re.fullmatch(r"[A-Za-z0-9._~-]", octet) else match[0].upper()


def _query(query: str) -> str:
    kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _NOISE.match(k.lower())]
    return urlencode(sorted(kept))
