"""The language layer: marks what a text says. It maps texts to rows; it knows no database, network or scheduler."""
