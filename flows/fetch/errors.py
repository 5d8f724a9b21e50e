"""The one exception inside the fetch package: a reason code with what else is known. It never leaves the client."""

from __future__ import annotations


class FetchError(Exception):
    """A request failed. `reason` is a key of outcomes.REASONS; `passing` says that another try may help.

    `retry_after` is in seconds, when the server named them; `remembered` means that nothing was asked this time.
    """

    def __init__(
        self,
        reason: str,
        detail: str,
        *,
        passing: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
        remembered: bool = False,
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.passing = passing
        self.status = status
        self.retry_after = retry_after
        self.remembered = remembered
