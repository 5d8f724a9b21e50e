"""The report: one HTML page from one published file, for people who want the answer before the table.

Charts are inline SVG drawn by the templates from coordinates computed here, and not Altair's. Measured on 2026-11-22
with vl-convert 1.9: its offline JavaScript bundle is 895 kB and compiles expressions with `new Function`, so the page
would have to allow `unsafe-eval` next to text from the open web; marks would be drawn by script only, so nothing
would print or be read aloud without it. A mark here is a link with a name: it takes the keyboard's focus, opens its
evidence, follows the page's colours in light, dark and print, and costs some 300 bytes.

What this package is not: it computes no fact. Moves, positions, grades and counts are read as published; only the
distance between two published levels and sums of published counts are worked out here.
"""

from flows.publish.report.page import write_report

__all__ = ["write_report"]
