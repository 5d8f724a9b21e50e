"""Numbered SQL migrations; a package only so that an installation carries the files."""
