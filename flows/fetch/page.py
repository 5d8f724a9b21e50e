"""What a successful fetch gives: one page as bytes, with all that later stages may want to know of the exchange.

Nothing here decodes characters or reads HTML; that is the work of cleaning.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flows.discover.candidate import Candidate
from flows.outcomes import Outcome


def utc_now() -> datetime:
    """The present time as a naive datetime in UTC, as all timestamps of the warehouse are."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Page:
    """One answer with status 200. `body` is free of content encoding; `encoding` is what the header claims.

    `canonical_url` is of the requested address; `rights` is full_text or metadata_only (see rights.py).
    `candidate` says where the address was found, when that is known.
    """

    url: str
    canonical_url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    encoding: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    wire_bytes: int
    rights: str = "full_text"
    rights_basis: str = ""
    source_key: str | None = None
    duration_ms: int = 0
    candidate: Candidate | None = field(default=None, compare=False)

    @property
    def body_sha256(self) -> str:
        """Hash of the bytes, in hex: tells a changed page from one that was only sent again."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def content_type(self) -> str:
        """Media type in lower case, without parameters; empty when the server gave none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def outcome(self) -> Outcome:
        """The row that records this success."""
        return Outcome(
            "fetch", self.url, "done", self.source_key, self.rights_basis, self.status, len(self.body), self.duration_ms
        )


def charset(content_type: str) -> str | None:
    """The charset parameter of a Content-Type header, in lower case; None when there is none."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or None
    return None
