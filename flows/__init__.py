"""Communiqué: news about wars and talks, read into tables."""

__version__ = "0.1.0"
