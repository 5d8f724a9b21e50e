"""Training of the linear model of events on labelled sentences that the whole product codes; no run needs it."""
