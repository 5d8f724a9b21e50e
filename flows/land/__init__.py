"""Landing: the two databases that keep what was read (raw) and what the texts say (language).

It stores and hands out; it cleans nothing and decides nothing about meaning.
"""
