"""One link of a sourcing chain, before it is a row. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hop:
    """One link of a chain after the publisher. `count`: unnamed people, stated or implied."""

    hop_type: str
    start: int | None
    end: int | None
    descriptor: str
    cue: str
    mention: int | None
    count: int | None
    is_explicit: bool = True
    entity: int | None = None  # cluster of the person in the document

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two hops of one document the same."""
        if self.entity is not None and self.hop_type in ("person", "social_post", "broadcast"):
            return (self.hop_type, self.entity, self.is_explicit)
        return (self.hop_type, self.descriptor.lower(), self.is_explicit)
