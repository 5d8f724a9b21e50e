"""How much of a large warehouse one page shows. What is left out is counted on the page itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Rows per part of the page: a page of the sample is about 1 MB, and one at these limits stays under 5 MB."""

    week_changes: int = 60
    conflicts: int = 8
    parties: int = 5  # columns of the board; six do not fit a printed page
    board_rows: int = 30  # per conflict
    charts: int = 10  # per conflict: five rows of two
    chart_changes: int = 40  # marks in one chart
    distances: int = 20  # per conflict
    meetings: int = 12  # per status
    outlets: int = 15
    echoed: int = 10
    statements: int = 400
    options: int = 80  # entries of one filter
    excerpts: int = 4  # of evidence per fact
    excerpt_length: int = 420  # code points
