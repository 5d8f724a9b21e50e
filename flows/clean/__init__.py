"""Cleaning: bytes of a page in, an article or a reason out. Pure: no files, no network, no database."""
