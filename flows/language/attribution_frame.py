"""What attribution reads: a Document with its quotations laid over the tokens. It decides nothing.

`region_of` gives for every token the outermost quotation that holds it (-1: none); marks belong to their quotation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.language import quotes
from flows.language.document import Document, Token

SUBJECTS = ("nsubj", "nsubjpass")
MARKS = ("``", "''")  # tags of opening and closing quotation marks
NOUNS = ("NOUN", "PROPN", "PRON")


REACH = 14  # words between a cue and the quotation beside it: a name with its apposition, an addressee, a day


@dataclass(frozen=True, slots=True)
class Beside:
    """Quotations beside a cue by number (-1: none) and the words between."""

    before: int
    gap_before: int
    after: int
    gap_after: int


NOTHING = Beside(-1, 0, -1, 0)


@dataclass
class Frame:
    """A document and its outermost quotations, in order, with the first and last token of each."""

    document: Document
    tokens: list[Token] = field(init=False)
    children: list[list[int]] = field(init=False)
    regions: list[quotes.Region] = field(init=False)
    region_of: list[int] = field(init=False)
    is_mark: list[bool] = field(init=False)
    bounds: list[tuple[int, int]] = field(init=False)  # per region: first token, last token + 1, marks included
    cue_scores: dict[int, float] = field(default_factory=dict)  # candidates' log-odds, once cues are scored
    _beside: dict[int, Beside] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tokens = self.tokens = self.document.tokens
        self.children = self.document.children
        self.regions = self.document.regions
        self.region_of = [-1] * len(tokens)
        self.is_mark = [False] * len(tokens)
        self.bounds = []
        at = 0
        for number, region in enumerate(self.regions):
            while at < len(tokens) and tokens[at].end <= region.start:
                at += 1
            first = at
            while at < len(tokens) and tokens[at].start < region.end:
                self.region_of[at] = number
                token = tokens[at]
                self.is_mark[at] = token.end <= region.inner_start or token.start >= region.inner_end
                at += 1
            self.bounds.append((first, at))

    def word(self, index: int) -> str:
        """The token as features see it: every quotation mark is the same."""
        token = self.tokens[index]
        return '"' if token.tag in MARKS else token.text

    def words_in(self, number: int) -> list[Token]:
        """The words of one quotation, without punctuation."""
        first, last = self.bounds[number]
        return [t for t in self.tokens[first:last] if t.pos not in ("PUNCT", "SPACE")]

    def opens_at(self, index: int) -> int:
        """The quotation that opens right after this token (a comma or colon may stand between), else -1."""
        tokens = self.tokens
        for k in range(index + 1, min(index + 3, len(tokens))):
            number = self.region_of[k]
            if tokens[k].sentence != tokens[index].sentence and tokens[k - 1].text != ":":
                return -1
            if number >= 0:
                return number if self.bounds[number][0] == k and number != self.region_of[index] else -1
            if tokens[k].pos != "PUNCT":
                return -1
        return -1

    def closes_at(self, index: int) -> int:
        """The quotation that closes right before this token (a comma may stand between), else -1."""
        for k in range(index - 1, max(index - 3, -1), -1):
            number = self.region_of[k]
            if number >= 0:
                return number if self.bounds[number][1] == k + 1 and number != self.region_of[index] else -1
            if self.tokens[k].pos != "PUNCT":
                return -1
        return -1

    def beside(self, cue: int) -> Beside:
        """The quotations that end before and begin after a cue with nothing but its own arguments between them."""
        known = self._beside.get(cue)
        if known is None:
            known = Beside(*self._scan(cue, -1), *self._scan(cue, 1)) if self.regions else NOTHING
            self._beside[cue] = known
        return known

    def _scan(self, cue: int, step: int) -> tuple[int, int]:
        """(quotation, words between) on one side; (-1, 0) when there is none."""
        tokens = self.tokens
        home, sentence = self.region_of[cue], tokens[cue].sentence
        k, gap = cue + step, 0
        while 0 <= k < len(tokens) and gap <= REACH:
            number = self.region_of[k]
            if number != home:
                if number < 0 or (step > 0 and tokens[k].sentence != sentence and tokens[k - 1].text != ":"):
                    return -1, 0
                edge = self.bounds[number][1] - 1 if step < 0 else self.bounds[number][0]
                return (number, gap) if edge == k else (-1, 0)
            token = tokens[k]
            if abs(token.sentence - sentence) > 0:
                return -1, 0
            if token.pos != "PUNCT":
                gap += 1
                if (
                    token.pos == "VERB"
                    and token.dep in ("ROOT", "ccomp", "conj", "advcl")
                    and token.index != tokens[cue].head
                ):
                    return -1, 0
            elif token.text == ";":
                return -1, 0
            k += step
        return -1, 0

    def subject_of(self, index: int) -> int | None:
        """The subject of a verb, also through coordination, control and reduced clauses; None when there is none."""
        tokens = self.tokens
        seen = 0
        while seen < 6:
            own = next((c for c in self.children[index] if tokens[c].dep in SUBJECTS), None)
            if own is not None:
                return own
            clause = next((c for c in self.children[index] if tokens[c].dep == "csubj"), None)
            if clause is not None:  # 'Officials briefed on it have said': the parser takes 'briefed' for the verb
                inner = next((c for c in self.children[clause] if tokens[c].dep in SUBJECTS), None)
                if (inner is not None and tokens[clause].tag == "VBN") or tokens[clause].tag == "VBD":
                    return inner
            token = tokens[index]
            if token.dep in ("conj", "xcomp", "advcl", "aux", "auxpass") and token.head != index:
                index = token.head
            elif token.dep == "pcomp" and tokens[token.head].head != token.head:
                index = tokens[token.head].head
            elif token.dep == "acl" and token.tag == "VBG":
                return token.head
            else:
                return None
            seen += 1
        return None
