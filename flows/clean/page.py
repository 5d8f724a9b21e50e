"""One page in, one article out, or the reason why there is none. Pure: no network, no files, no state between pages."""

from __future__ import annotations

import hashlib
import re

from flows.clean import extract
from flows.clean.article import CLEANER_VERSION, Article, count_words
from flows.clean.boilerplate import remove_boilerplate
from flows.clean.decode import decode
from flows.clean.language import detect_language
from flows.clean.metadata import Hints, Metadata, read_metadata
from flows.outcomes import Outcome

VERSION = f"{CLEANER_VERSION}+{extract.VERSION}"
# Official read-outs are as short as 45 words; what is shorter on news pages is a caption or a notice (November 2026).
MIN_WORDS = 40
STUB_WORDS = 160
LANGUAGES = ("en",)

_PAYWALL = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in|become a (?:member|subscriber))\b[^.]{0,60}"
    r"\b(?:to (?:continue|keep|finish|read|unlock|access|view)|for (?:full|unlimited) access)|"
    r"(?:to (?:continue|keep|finish) reading)|already (?:a )?(?:subscriber|member)|"
    r"(?:this|the full) (?:article|story|content) is (?:only )?(?:for|available (?:only )?to) "
    r"(?:paying |registered )?(?:subscribers|members)|(?:subscribers|members)[- ]only|"
    r"you have (?:reached|read) your (?:limit|last free)|unlock (?:this|the) (?:article|story)",
    re.I,
)
_END_OF_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")


def _outcome(url: str, reason: str, detail: str) -> Outcome:
    return Outcome(stage="clean", subject=url, reason=reason, detail=detail)


def _looks_like_listing(lines: list[str], words: int) -> bool:
    """Mostly short lines without an end: headlines of other pages, links, form labels."""
    prose = sum(count_words(line) for line in lines if _END_OF_SENTENCE.search(line) and count_words(line) >= 8)
    return prose < 0.4 * words


def _classify(page: Metadata, lines: list[str], words: int, seen: str) -> tuple[str, str]:
    if words == 0:
        return ("empty_page", "no text") if count_words(seen) < 20 else ("not_an_article", "no running text")
    is_short_of_paid = words < STUB_WORDS and (page.is_paid or _PAYWALL.search(seen) is not None)
    if is_short_of_paid and (page.is_article or page.is_paid or words >= MIN_WORDS):
        return "paywall_stub", f"{words} words before the barrier"
    if page.is_listing:
        return "not_an_article", "the page calls itself a list, a profile or a form"
    if words < MIN_WORDS:
        return ("too_short" if page.is_article else "not_an_article"), f"{words} words"
    if not page.is_article and _looks_like_listing(lines, words):
        return "not_an_article", "headlines or links, not running text"
    if not page.is_article and page.dates.published_date is None and not page.authors and words < 120:
        return "not_an_article", "no date, no author and little text"
    return "done", ""


def clean_page(
    html: bytes | str, url: str, hints: Hints | None = None, *, keep_stubs: bool = False
) -> Article | Outcome:
    """The article of a page, or an outcome of stage `clean`.

    A text in another language comes back as an Article with reason `other_language`: it is kept and not annotated. With
    `keep_stubs` the free beginning of a paid article does too (`paywall_stub`), and shortness is no reason to refuse:
    for pages that somebody chose by hand. Raises nothing: a fault inside becomes `internal_error`.
    """
    hints = hints or Hints()
    try:
        return _clean(html, url, hints, keep_stubs)
    except (RecursionError, MemoryError) as error:
        return _outcome(url, "internal_error", f"{type(error).__name__} while cleaning")
    except Exception as error:  # one odd page must not end a run of thousands; the message names the fault
        return _outcome(url, "internal_error", f"{type(error).__name__}: {str(error)[:200]}")


def _clean(html: bytes | str, url: str, hints: Hints, keep_stubs: bool) -> Article | Outcome:
    data = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    try:
        tree = extract.parse_page(decode(html, hints.http_charset))
    except ValueError as error:
        return _outcome(url, "too_large", str(error))
    if tree is None:
        return _outcome(url, "empty_page", "no markup")
    page = read_metadata(tree, url, hints)
    lines = remove_boilerplate(extract.article_lines(tree, url), page.title, page.authors, page.section)
    text = "\n\n".join(lines)
    words = count_words(text)
    seen = extract.visible_text(tree) if words < STUB_WORDS else ""
    reason, detail = _classify(page, lines, words, seen)
    if reason != "done" and not (keep_stubs and words and reason in ("paywall_stub", "too_short", "not_an_article")):
        return _outcome(url, reason, detail)
    language = detect_language(text, page.declared_language)
    if language is not None and language not in LANGUAGES:
        reason, detail = "other_language", language
    elif reason != "paywall_stub":
        reason, detail = "done", page.dates.warning
    return Article(
        url=url,
        title=page.title,
        text=text,
        authors=page.authors,
        published_at=page.dates.published_at,
        published_date=page.dates.published_date,
        published_basis=page.dates.basis,
        modified_at=page.dates.modified_at,
        language_code=language,
        section=page.section,
        site_name=page.site_name,
        html_sha256=hashlib.sha256(data).hexdigest(),
        reason=reason,
        detail=detail,
    )
