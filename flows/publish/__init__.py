"""Hands a finished warehouse to readers: a new file built beside, verified, then put in place in one step."""
