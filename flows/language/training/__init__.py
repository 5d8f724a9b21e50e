"""Training of the small models of the language layer; `make train DATA=…` runs it. Nothing here is needed to run."""
