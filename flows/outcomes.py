"""The one vocabulary for what can happen to a subject at a stage, and the row that records it.

An outcome is written for every attempt, good or bad, so that "what is missing, and why" is a query. A reason
that is not listed here is a programming error and raises. Nothing here logs or stores.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from flows.text import sound

STAGES = ("discover", "fetch", "clean", "land", "annotate", "build", "publish")
STATUSES = ("ok", "skipped", "failed")

# reason -> (status, what to do, in one plain sentence)
REASONS: dict[str, tuple[str, str]] = {
    "done": ("ok", ""),
    "not_modified": ("skipped", "The server says nothing changed since the last visit."),
    "nothing_new": ("skipped", "Nothing changed since the last build; the release in place stays."),
    "already_landed": ("skipped", "The same text of the same address is landed already."),
    "copy_of_landed": ("skipped", "The text is a copy of one that is annotated already."),
    "unreachable": ("failed", "The host did not answer; it is tried again on the next run."),
    "dns_failure": ("failed", "The name does not resolve; check the address."),
    "tls_failure": ("failed", "The certificate or the TLS handshake failed; nothing was read."),
    "timeout": ("failed", "The answer took longer than the limit (first_byte_seconds, total_seconds)."),
    "too_large": ("failed", "The page is larger than max_wire_bytes or max_body_bytes."),
    "bomb": ("failed", "The page unpacks to more than max_ratio times its size."),
    "too_many_redirects": ("failed", "More redirects than max_redirects, or a loop."),
    "forbidden_address": ("failed", "The address is private, loopback, link-local or a metadata service."),
    "bad_url": ("failed", "Not an http or https address; correct it."),
    "robots_forbidden": ("skipped", "robots.txt of the site does not allow this page."),
    "robots_unreachable": ("skipped", "robots.txt could not be read, which forbids the site until it can."),
    "rights_reserved": ("skipped", "The site reserves text and data mining; only what it allows is kept."),
    "quarantined": ("skipped", "The host failed too often; it rests before the next try."),
    "rate_limited": ("failed", "The host asked for fewer requests; Retry-After is honoured."),
    "gone": ("skipped", "The page was removed (410); it is not asked for again."),
    "forbidden": ("skipped", "The server refuses the page (401, 403, 451); that is respected for a week."),
    "forgotten": ("skipped", "Taken out on request, with every copy kept here; it is not read again."),
    "not_due": ("skipped", "Visited lately; corrections are looked for again later."),
    "not_found": ("failed", "The page does not exist (404); check the address or the feed."),
    "http_error": ("failed", "The server answered with an error status."),
    "truncated": ("failed", "The answer ended early; it is tried again on the next run."),
    "bad_encoding": ("failed", "The bytes do not decompress or decode."),
    "not_html": ("skipped", "The address gives something other than a web page."),
    "bad_feed": ("failed", "The feed or sitemap could not be read."),
    "filtered": ("skipped", "A filter of the source leaves this address out."),
    "empty_page": ("failed", "The page has no text."),
    "not_an_article": ("skipped", "The page is no article: a list, a form, a contact page."),
    "too_short": ("skipped", "Too little text was found to be an article."),
    "paywall_stub": ("skipped", "Only the free beginning of a paid article is there."),
    "other_language": ("skipped", "The text is in a language that is not annotated; it is kept."),
    "unreadable_file": ("failed", "The file cannot be read; check path, rights and format."),
    "bad_json": ("failed", "The line is not a JSON object."),
    "bad_record": ("failed", "The record lacks what it must have, or a value is of the wrong kind."),
    "bad_date": ("skipped", "The date given is no date; the document is kept without one."),
    "bad_archive": ("failed", "The WARC file is damaged; what comes before the damage is kept."),
    "damaged_batch": (
        "failed",
        "Fetched pages could not be read back; `communique replay` lands them from the archive.",
    ),
    "internal_error": ("failed", "A fault of this program; the message tells which. Please report it."),
    "model_missing": ("failed", "The spaCy pipeline is not installed; run `communique doctor`."),
    "build_failed": ("failed", "A dbt model failed; nothing was published."),
    "test_failed": ("failed", "A dbt test failed; nothing was published."),
    "verify_failed": ("failed", "The new release is not whole; the old one stays."),
    "floor_missed": ("failed", "A source gave less than its floor; look at the source."),
}


@dataclass(frozen=True)
class Outcome:
    """One attempt. `reason` is a key of REASONS (else ValueError); `detail` names the thing, for people."""

    stage: str
    subject: str
    reason: str = "done"
    source_key: str | None = None
    detail: str = ""
    http_status: int | None = None
    byte_count: int | None = None
    duration_ms: int | None = None
    happened_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(tzinfo=None))

    def __post_init__(self) -> None:
        if self.stage not in STAGES:
            raise ValueError(f"unknown stage {self.stage!r}")
        if self.reason not in REASONS:
            raise ValueError(f"unknown reason {self.reason!r}")
        # An outcome is landed and printed: the name of a file may hold what neither can take.
        object.__setattr__(self, "subject", sound(self.subject))
        object.__setattr__(self, "detail", sound(self.detail))

    @property
    def status(self) -> str:
        """ok, skipped or failed, as the reason says."""
        return REASONS[self.reason][0]

    @property
    def advice(self) -> str:
        """One plain sentence: what it means and what to do; empty for success."""
        return REASONS[self.reason][1]
