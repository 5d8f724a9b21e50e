"""The language layer: marks what a text says. It maps texts to rows and knows no database, no network and no scheduler."""
