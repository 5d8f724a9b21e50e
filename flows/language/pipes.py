"""Two of spaCy's pipes with equal results in less time: the name recogniser, and attribute ruler with lemmatiser.

spaCy moves the recogniser token by token. Outside a name its state is the token alone, so all tokens of a batch are
scored at once, and only inside names is there a step per token. The attribute ruler matches all its patterns against
every token, though nearly all of them look at one token's tag, label and word: what they make of one is kept.

Each stands aside for spaCy's own where the pipeline is of another make. MORPH, which only the lemmatiser reads, is
not written into the Doc. A pipe belongs here only while it gives what spaCy's gives, token by token (test_pipes.py);
what we want otherwise is for parse.py and parse_repair.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START, TAG
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, EntityRecognizer, Lemmatizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch
from thinc.api import NumpyOps

Array = np.ndarray[Any, Any]

READS = [TAG, LOWER, DEP, IS_SPACE]  # what patterns may look at
SETS = [POS, LEMMA, TAG, DEP]  # what they may set, besides MORPH
STARTS = np.uint64(1)  # a sentence, in the column SENT_START


def quicken(nlp: Language) -> None:
    """Puts the faster pipes in the place of spaCy's, where they fit."""
    if Names.fits(nlp):
        nlp.add_pipe("communique_names", after="ner")
        nlp.disable_pipe("ner")
    if Words.fits(nlp):
        nlp.add_pipe("communique_words", after="lemmatizer")
        nlp.disable_pipe("attribute_ruler")
        nlp.disable_pipe("lemmatizer")


class Names:
    """Greedy decoding of spaCy's BILUO moves, for its recogniser with one hidden layer and three tokens for a state:
    the next one, the first of the open name, the one before (spaCy 3.8, pipeline/_parser_internals/ner.pyx)."""

    def __init__(self, ner: Any) -> None:
        self.ner = ner
        self.tok2vec, lower, self.upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        self.gemm = ner.model.ops.gemm
        self.weights, self.bias, self.pad = (lower.get_param(name) for name in ("W", "b", "pad"))
        moves = _moves(ner)
        place = {move: i for i, move in enumerate(moves)}
        self.labels = [label for _, label in moves]
        self.begins = np.array([kind == "B" for kind, _ in moves])
        self.units = np.array([kind == "U" and label != "" for kind, label in moves])
        self.outside = np.array([kind == "O" for kind, _ in moves])
        # For each move that begins a name those that go on with it and end it.
        self.inside = np.array([place.get(("I", label), 0) for label in self.labels])
        self.last = np.array([place.get(("L", label), 0) for label in self.labels])

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Whether the recogniser is of this kind."""
        ner: Any = nlp.get_pipe("ner") if "ner" in nlp.pipe_names else None
        if not isinstance(ner, EntityRecognizer) or ner.cfg["beam_width"] != 1:
            return False
        known = [f"{kind}-{label}" if label else kind for kind, label in _moves(ner) if (kind, label) != ("U", "")]
        model = ner.model
        return (
            isinstance(model.ops, NumpyOps)
            and known == list(ner.move_names)
            and model.attrs["has_upper"]
            and not model.attrs["unseen_classes"]
            and model.get_ref("lower").get_dim("nF") == 3
        )

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its names."""
        return next(self.pipe([doc], 1))

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """The Docs with their names, in order."""
        for batch in minibatch(stream, batch_size):
            docs = list(batch)
            for doc in docs:
                if doc.has_annotation("ENT_IOB"):  # another pipe has found names, which stay
                    self.ner(doc)
            fresh = [doc for doc in docs if len(doc) and not doc.has_annotation("ENT_IOB")]
            if fresh:
                self._mark(fresh)
            yield from docs

    def _mark(self, docs: list[Doc]) -> None:
        bounds = np.cumsum([0, *(len(doc) for doc in docs)])
        columns = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
        is_space = columns[:, 0] != 0
        # No name begins or goes on at the last token of a text or a sentence: it has to end there.
        is_last = np.append(columns[1:, 1] == STARTS, True)
        is_last[bounds[1:] - 1] = True
        features = self._features(docs)
        scores = self._scores(features[:, 0] + self.pad[0, 1] + self.pad[0, 2])
        valid = self.outside | (self.units & ~is_space[:, None]) | (self.begins & ~(is_last | is_space)[:, None])
        moves = np.where(valid, scores, -np.inf).argmax(axis=1)
        ends, labels = self._ends(features, moves, is_last), moves.tolist()
        is_name = (~self.outside[moves]).tolist()
        for doc, (first, stop) in zip(docs, pairwise(bounds.tolist()), strict=True):
            found, at = [], first
            while at < stop:
                if is_name[at]:
                    found.append(Span(doc, at - first, ends[at] - first, label=self.labels[labels[at]]))
                at = ends[at]
            doc.set_ents(found, default="outside")

    def _features(self, docs: list[Doc]) -> Array:
        """(tokens, places in a state, hidden units, pieces): what each token adds in each place."""
        vectors = self.tok2vec.predict(docs)
        flat: Array = self.gemm(vectors, self.weights.reshape((-1, self.weights.shape[-1])), trans2=True)
        return flat.reshape((len(flat), *self.weights.shape[:-1]))

    def _scores(self, sums: Array) -> Array:
        """(states, moves) for the sums of their features."""
        hidden = (sums + self.bias).max(axis=2)
        scores: Array = self.gemm(hidden, self.upper.get_param("W"), trans2=True)
        scores += self.upper.get_param("b")
        return scores

    def _ends(self, features: Array, moves: Array, is_last: Array) -> list[int]:
        """For each token where a name that begins there would end; the next token where none or a short one does.

        All of a batch go on by one token at a time.
        """
        ends: Array = np.arange(1, len(moves) + 1)
        first = np.flatnonzero(self.begins[moves])
        at = first + 1
        while len(first):
            scores = self._scores(features[at, 0] + features[first, 1] + features[at - 1, 2])
            inside, last = self.inside[moves[first]], self.last[moves[first]]
            lead = scores[np.arange(len(first)), inside] - scores[np.arange(len(first)), last]
            goes_on = ~is_last[at] & ((lead > 0) | ((lead == 0) & (inside < last)))  # equal: spaCy's first move
            ends[first[~goes_on]] = at[~goes_on] + 1
            first, at = first[goes_on], at[goes_on] + 1
        found: list[int] = ends.tolist()
        return found


def _moves(ner: Any) -> list[tuple[str, str]]:
    """(kind, label) of the recogniser's moves as it numbers them; `move_names` leaves out the one that bars a name."""
    return [("MBILUO"[int(kind)], label) for kind, labels in ner.moves.labels.items() for label in labels]


class Words:
    """Attribute ruler and lemmatiser: what a token's tag, label and word decide is found once for each of their
    combinations; only patterns of more than one token are matched against the text."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.ruler, self.lemmatizer, self.vocab = ruler, lemmatizer, ruler.vocab
        self.single, self.longer = Matcher(self.vocab), Matcher(self.vocab)
        self.words: set[str] = set()
        self.expressions: list[re.Pattern[str]] = []
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                matcher = self.single if len(pattern) == 1 else self.longer
                matcher.add(f"{number}", [pattern])
                words, expressions = _named(pattern[0]) or ([], [])
                self.words.update(words)
                self.expressions += map(re.compile, expressions)
        self.rules_of: dict[tuple[int, ...], tuple[int, ...]] = {}  # of a token with these values of READS
        self.lemmas: dict[tuple[int, int, int], int] = {}  # by ORTH, POS, MORPH
        self.alike, self.settings = cache(self._alike), cache(self._settings)

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Whether the two stand side by side, and the patterns are of this kind."""
        if ("attribute_ruler", "lemmatizer") not in pairwise(nlp.pipe_names):
            return False
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        if not isinstance(ruler, AttributeRuler) or type(lemmatizer) not in (Lemmatizer, EnglishLemmatizer):
            return False
        tokens = [token for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern]
        return (
            lemmatizer.mode == "rule"
            and not lemmatizer.overwrite
            and all(attributes.keys() <= {*SETS, MORPH} for attributes in ruler.attrs)
            and all(token.keys() <= {"TAG", "LOWER", "DEP", "IS_SPACE"} for token in tokens)
            and all(_named(token) is not None for token in tokens)
        )

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with parts of speech and lemmas. One that has some already is left to spaCy's own."""
        if doc.to_array([POS, LEMMA, MORPH]).any():
            return self.lemmatizer(self.ruler(doc))
        rows = doc.to_array([ORTH, *READS]).tolist()
        keys = [(tag, self.alike(lower), dep, space) for _, tag, lower, dep, space in rows]
        self._learn({key: row[0] for key, row in zip(keys, rows, strict=True) if key not in self.rules_of})
        rules = [self.rules_of[key] for key in keys]
        for match, start, end in self.longer(doc, allow_missing=True):
            number = int(self.vocab.strings[match])
            at = range(start, end)[self.ruler.indices[number]]
            rules[at] = tuple(sorted({*rules[at], number}))
        columns = doc.to_array(SETS).tolist()
        for (orth, *_), numbers, column in zip(rows, rules, columns, strict=True):
            morph, settings = self.settings(numbers)
            for place, value in settings:
                column[place] = value
            if not column[1]:
                key = (orth, column[0], morph)
                column[1] = self.lemmas.get(key) or self._lemma(*key)
        return doc.from_array(SETS, np.array(columns, dtype=np.uint64).reshape(-1, len(SETS)))

    def _alike(self, lower: int) -> int:
        """The word itself where a pattern names it, else 0: all others are the same to patterns of one token."""
        word = self.vocab.strings[lower]
        return lower if word in self.words or any(found.search(word) for found in self.expressions) else 0

    def _learn(self, unknown: dict[tuple[int, ...], int]) -> None:
        """Which rules of one token hold for these values of READS, each with the ORTH of a word that has them."""
        if not unknown:
            return
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth in unknown.values()])
        doc.from_array([TAG, DEP], np.array([(key[0], key[2]) for key in unknown], dtype=np.uint64))
        found: list[list[int]] = [[] for _ in unknown]
        for match, start, _ in self.single(doc, allow_missing=True):
            found[start].append(int(self.vocab.strings[match]))
        self.rules_of.update(zip(unknown, (tuple(sorted(numbers)) for numbers in found), strict=True))

    def _settings(self, numbers: tuple[int, ...]) -> tuple[int, list[tuple[int, int]]]:
        """MORPH, and (place in SETS, value) of what these rules set, the later ones over the earlier."""
        values = {name: value for number in numbers for name, value in self.ruler.attrs[number].items()}
        return values.get(MORPH, 0), [(place, values[name]) for place, name in enumerate(SETS) if name in values]

    def _lemma(self, orth: int, pos: int, morph: int) -> int:
        token = Doc(self.vocab, words=[self.vocab.strings[orth]])[0]
        token.pos = pos
        token.set_morph(self.vocab.strings[morph] if morph else None)
        lemma: int = self.vocab.strings.add(self.lemmatizer.lemmatize(token)[0])
        self.lemmas[orth, pos, morph] = lemma
        return lemma


def _named(token: dict[str, Any]) -> tuple[list[str], list[str]] | None:
    """Words, and expressions for words, that a token's pattern names; None where it tells them in another way."""
    lower = token.get("LOWER", {"IN": []})
    if isinstance(lower, str):
        return [lower], []
    if lower.keys() == {"REGEX"}:
        return [], [lower["REGEX"]]
    return (list(lower["IN"]), []) if lower.keys() == {"IN"} else None


@Language.factory("communique_names", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])  # type: ignore[untyped-decorator]
def _make_names(nlp: Language, name: str) -> Names:
    return Names(nlp.get_pipe("ner"))


@Language.factory("communique_words", assigns=["token.pos", "token.lemma"])  # type: ignore[untyped-decorator]
def _make_words(nlp: Language, name: str) -> Words:
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    return Words(ruler, lemmatizer)
