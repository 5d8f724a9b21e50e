"""The parse of one text as plain Python: tokens, sentences, tree walks. Annotators read this and nothing of spaCy.

A Document can be made from spaCy (parse.py) or from the landed `sentences` rows (from_rows), with equal results,
so annotators can be run again over the archive without a parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flows.language import quotes


@dataclass(slots=True)
class Token:
    """One token. `index`, `head` count from 0 over the document; `start`, `end` are code points into the text."""

    index: int
    start: int
    end: int
    text: str
    lemma: str  # lower case
    pos: str  # universal part of speech
    tag: str  # Penn tag
    dep: str  # ClearNLP label; ROOT for a root
    head: int
    entity: str  # '' or B-/I- and a label
    sentence: int


@dataclass(slots=True)
class Sentence:
    """One sentence: tokens [first, last) and its place in the text. `role` is headline, body or boilerplate."""

    number: int
    paragraph: int
    first: int
    last: int
    start: int
    end: int
    role: str = "body"


@dataclass
class Document:
    """A parsed text with what is known about it from outside. `published` is the day in the outlet's own zone."""

    document_id: str
    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    published: date | None = None
    title: str | None = None
    outlet_key: str | None = None
    outlet_name: str | None = None
    notes: dict[str, Any] = field(default_factory=dict)  # results of one annotator that a later one reads

    @cached_property
    def children(self) -> list[list[int]]:
        """For every token the indices of its direct dependents, in text order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token.index)
        return found

    @cached_property
    def regions(self) -> list[quotes.Region]:
        """The quotations of the text that no other holds, in order."""
        return quotes.outermost(quotes.find(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def sentence_tokens(self, number: int) -> list[Token]:
        """The tokens of one sentence."""
        sentence = self.sentences[number]
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, index: int) -> list[int]:
        """Indices of the token and all below it, in text order."""
        stack, found = [index], []
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return sorted(found)

    def span_of(self, index: int) -> tuple[int, int]:
        """(char_start, char_end) from the first to the last token of the subtree."""
        below = self.subtree(index)
        return self.tokens[below[0]].start, self.tokens[below[-1]].end

    def ancestors(self, index: int) -> Iterator[int]:
        """Indices from the head upwards, the root last."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def child(self, index: int, *deps: str) -> int | None:
        """The first direct dependent with one of these labels, or None."""
        return next((c for c in self.children[index] if self.tokens[c].dep in deps), None)

    def token_at(self, char: int) -> int | None:
        """Index of the token that covers this code point, or of the next one in the text; None past the end."""
        from bisect import bisect_right

        at = bisect_right(self._starts, char) - 1
        if at >= 0 and self.tokens[at].end > char:
            return at
        return at + 1 if at + 1 < len(self.tokens) else None

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """Tokens that overlap the half-open span."""
        from bisect import bisect_left, bisect_right

        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [t for t in self.tokens[first:last] if t.end > start]

    @property
    def word_count(self) -> int:
        """Tokens that are no punctuation."""
        return sum(token.pos != "PUNCT" for token in self.tokens)

    def sentence_rows(self) -> list[dict[str, Any]]:
        """Rows of the `sentences` table (schema.SENTENCES)."""
        rows = []
        for sentence in self.sentences:
            tokens = self.tokens[sentence.first : sentence.last]
            rows.append(
                {
                    "document_id": self.document_id,
                    "sentence_number": sentence.number,
                    "paragraph_number": sentence.paragraph,
                    "char_start": sentence.start,
                    "char_end": sentence.end,
                    "role": sentence.role,
                    "token_start": [t.start for t in tokens],
                    "token_end": [t.end for t in tokens],
                    "lemma": [t.lemma for t in tokens],
                    "pos": [t.pos for t in tokens],
                    "tag": [t.tag for t in tokens],
                    "dep": [t.dep for t in tokens],
                    "head": [t.head - sentence.first for t in tokens],
                    "entity": [t.entity for t in tokens],
                }
            )
        return rows


def from_rows(document_id: str, text: str, rows: Iterable[Mapping[str, Any]], **known: Any) -> Document:
    """The Document again from its landed `sentences` rows. `known`: published, title, outlet_key, outlet_name."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for row in sorted(rows, key=lambda r: int(r["sentence_number"])):
        first = len(tokens)
        number = int(row["sentence_number"])
        columns = ("token_start", "token_end", "lemma", "pos", "tag", "dep", "head", "entity")
        for start, end, lemma, pos, tag, dep, head, entity in zip(*(row[c] for c in columns), strict=True):
            tokens.append(
                Token(len(tokens), start, end, text[start:end], lemma, pos, tag, dep, first + head, entity, number)
            )
        start, end, paragraph = row["char_start"], row["char_end"], row["paragraph_number"]
        sentences.append(Sentence(number, paragraph, first, len(tokens), start, end, row["role"]))
    return Document(document_id, text, tokens, sentences, **known)
