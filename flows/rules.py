"""What the words of `statements.rule` mean, for people who ask why a statement is there."""

from __future__ import annotations

MEANING = {
    "cue:model": "a trained model takes the word for one that reports",
    "cue:rule": "dictionary and syntax together make the word one that reports",
    "cue:rule+model": "the model doubts the word that reports; dictionary and syntax outvote it",
    "cue:discourse": "no word reports: the quotation goes on with a speech begun before",
    "cue:none": "no word reports: the quotation stands alone",
    "content:model": "a trained model chose what is said among the parts of the sentence",
    "content:model+repair": "the model chose what is said; syntax mended its edges",
    "content:rule": "syntax alone gives what is said",
    "source:model": "a trained model chose who speaks among the names and nouns around",
    "source:rule": "who speaks is the subject, the agent, or the name behind the preposition",
    "source:subject_before": "who speaks is the subject of the sentence before",
    "discourse:model": "a trained model joined the quotation to a speaker before or after it",
    "label": "a name, a colon, and what it says",
}


def in_words(rule: str) -> list[dict[str, str]]:
    """Every part of a rule with its meaning, '' where there is none."""
    return [{"rule": part, "meaning": MEANING.get(part, "")} for part in rule.split()]
