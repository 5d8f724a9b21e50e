"""Pages for the cleaning tests: original prose in the shapes that real sites have."""

from __future__ import annotations

PARAGRAPHS = (
    "The two delegations met in Ankara on Tuesday and agreed to exchange lists of prisoners by the end of the month.",
    "A spokesman for the mediators said that both sides had kept to the agenda and that no subject had been refused.",
    "“We came with one proposal and leave with three,” the head of the visiting "
    "delegation told reporters at the airport.",
    "Officials on the other side declined to say whether the ceasefire line had been "
    "discussed, and asked for patience.",
    "A further meeting is planned for the second week of May, although neither capital has confirmed the place yet.",
)


def page(
    *,
    head: str = "",
    above: str = "",
    below: str = "",
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    title: str = "Delegations agree to exchange lists of prisoners",
) -> str:
    """A small article page: `head` goes into <head>, `above` and `below` stand around the paragraphs."""
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{title} | The Weir Post</title>
<meta property="og:site_name" content="The Weir Post"><meta property="og:type" content="article">{head}</head>
<body><header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>
<main><article><h1>{title}</h1>{above}<div class="story-text">{body}</div>{below}</article></main>
<footer><p>© The Weir Post</p></footer></body></html>"""
