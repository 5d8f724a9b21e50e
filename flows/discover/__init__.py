"""From sources to candidates: feeds, sitemaps, archives and lists become one kind of row. No article is read here."""
