"""What the mention annotators share: the Mention under construction, and a Document with its look-ups made once.

Nothing here decides anything; names, nominals, pronouns and clusters are found by the modules named after them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from flows.language import lexicon
from flows.language.document import Document, Token

Span = tuple[int, int]  # token indices, half-open
OBJECT = ("dobj", "obj", "pobj", "iobj", "dative", "attr", "oprd")
SUBJECT = ("nsubj", "nsubjpass", "csubj")
# Verbs whose subject is somebody who speaks; the nouns and prepositions of reporting are met elsewhere.
SPEECH = frozenset(
    """say tell add note state announce warn claim insist argue confirm deny declare explain stress emphasize emphasise
    write tweet post report acknowledge admit assert suggest comment remark reply respond respond ask urge call demand
    describe express voice reiterate repeat predict propose promise pledge vow threaten concede complain testify recall
    caution allege reveal disclose signal indicate observe quip joke accuse criticize criticise condemn deplore welcome
    dismiss reject offer agree brief speak talk quote believe think hope want expect fear worry conclude maintain
    contend point underline underscore pledge order insist thank praise""".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Mention:
    """One mention: tokens [first, last), its head, what kind it is, and what is known about whom it names."""

    first: int
    last: int
    head: int
    kind: str  # name | nominal | pronoun | role | demonym
    label: str
    rule: str
    readings: tuple[lexicon.Alias, ...] = ()
    number: str = "singular"
    gender: str = "unknown"
    role: Span | None = None
    role_noun: str | None = None
    rank: str = ""  # of the role noun: leader | military | common | anyone | kin, '' for an office
    role_of: Span | None = None
    role_topic: Span | None = None
    modifier: Span | None = None
    is_anonymous: bool = False
    is_place: bool = False
    is_definite: bool = False
    entity: int | None = None
    key: str = ""

    def reads_as(self, *types: str) -> bool:
        """Whether a dictionary reading is of one of these actor types."""
        return any(r.actor_type in types for r in self.readings)


@dataclass
class Frame:
    """A document with folded text, token ends, quotation flags, titles and mentions by head token."""

    document: Document
    mentions: list[Mention] = field(default_factory=list)
    at_head: dict[int, Mention] = field(default_factory=dict)
    covered: dict[int, Mention] = field(default_factory=dict)  # every token of a name -> that name
    title_of: dict[int, Mention] = field(default_factory=dict)  # token of a title in front of a name -> that name
    titled: dict[int, bool] = field(default_factory=dict)  # sentence -> whether it is a headline in Title Case

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the document."""
        return self.document.tokens

    @cached_property
    def folded(self) -> str:
        """The text folded for look-ups, same offsets."""
        return lexicon.fold(self.document.text)

    @cached_property
    def index_at_end(self) -> dict[int, int]:
        """End offset of a token -> index of the next token."""
        return {t.end: t.index + 1 for t in self.tokens}

    @cached_property
    def quote_of(self) -> list[int]:
        """For every token the number of its quotation, -1 outside."""
        found = [-1] * len(self.tokens)
        at = 0
        for number, region in enumerate(self.document.regions):
            while at < len(self.tokens) and self.tokens[at].end <= region.start:
                at += 1
            while at < len(self.tokens) and self.tokens[at].start < region.end:
                found[at] = number
                at += 1
        return found

    def longest(self, table: lexicon.Phrases[lexicon.T], at: int) -> tuple[int, lexicon.T] | None:
        """(index after the last token, value) of the longest phrase that starts at this token, in one sentence."""
        token = self.tokens[at]
        found = lexicon.longest(table, self.folded, token.start, self.index_at_end.__contains__)
        if found is None:
            return None
        last = self.index_at_end[found[0]]
        return (last, found[1]) if self.tokens[last - 1].sentence == token.sentence else None

    @cached_property
    def roles(self) -> dict[int, tuple[int, lexicon.RoleNoun]]:
        """First token of every title or office -> (index after its last token, what it is)."""
        found: dict[int, tuple[int, lexicon.RoleNoun]] = {}
        given = lexicon.given_names()
        table = lexicon.roles()
        at = 0
        while at < len(self.tokens):
            hit = self.longest(table, at) if self.folded[self.tokens[at].start].isalpha() else None
            in_name = hit is not None and hit[1].rank == "kin" and self._continues_name(at)
            if hit is None or in_name or not self._is_role(at, hit[0], given):
                at += 1
                continue
            found[at] = hit
            at = hit[0]
        return found

    def _continues_name(self, at: int) -> bool:
        """Whether a capital stands behind a name's word: the 'Son' of Bui Thanh Son is nobody's son."""
        return at > 0 and self.tokens[at].text[0].isupper() and self.tokens[at - 1].tag == "NNP"

    def _is_role(self, first: int, last: int, given: dict[str, str]) -> bool:
        token, head = self.tokens[first], self.tokens[last - 1]
        if head.pos not in ("NOUN", "PROPN") and not (token.text[0].isupper() and last - first > 1):
            return token.text[0].isupper() and head.text.endswith(".")
        short = token.end - token.start <= 5 and last - first == 1
        if short and not token.text[0].isupper() and (token.text.endswith(".") or len(token.text) <= 3):
            return token.text.lower() in ("aide", "son", "man", "boy", "head", "king")
        if last - first == 1 and token.text[0].isupper() and first:  # a surname that is a title's word: Angus King
            before = self.tokens[first - 1]
            if before.text in ("Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms"):  # Mr. Justice, Ms. King
                return False
            return not (before.tag == "NNP" and lexicon.fold(before.text) in given and before.end + 1 >= token.start)
        return True

    @cached_property
    def role_tokens(self) -> set[int]:
        """Every token that belongs to a title or office."""
        return {n for first, (last, _) in self.roles.items() for n in range(first, last)}

    @cached_property
    def role_ends(self) -> dict[int, int]:
        """Index after a title -> its first token."""
        return {last: first for first, (last, _) in self.roles.items()}

    def mentions_before(self, index: int, most: int = 120) -> list[Mention]:
        """The mentions that start before this token, at most so many, in text order. Needs them sorted."""
        at = bisect_left(self.mentions, index, key=lambda m: m.first)
        return self.mentions[max(0, at - most) : at]

    def head_of(self, first: int, last: int) -> int:
        """The token of a span whose head lies outside; the last one when several do."""
        for n in range(last - 1, first - 1, -1):
            head = self.tokens[n].head
            if head == n or not first <= head < last:
                return n
        return last - 1

    def add(self, mention: Mention) -> None:
        """Takes the mention in unless its head already has one."""
        if mention.head in self.at_head:
            return
        self.mentions.append(mention)
        self.at_head[mention.head] = mention
        if mention.kind in ("name", "demonym"):
            for n in range(mention.first, mention.last):
                self.covered[n] = mention
