"""From sources to candidates: feeds, sitemaps, archives and lists become one kind of row. Never reads an article page."""
