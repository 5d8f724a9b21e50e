"""Every mention of somebody who can act, and of places, as rows of schema.MENTIONS with their clusters.

The order: names (with the repair of labels), offices and nominals, places, clusters, pronouns. What an entity is
called in the world is decided in SQL. Any Unicode text gives rows and no exception; offsets point into the text.
"""

from __future__ import annotations

from typing import Any

from flows.language import names, nominals, places, pronouns
from flows.language.coreference import Clusters, Entity
from flows.language.document import Document
from flows.language.mention_frame import Frame, Mention, Span

Row = dict[str, Any]


def mark(document: Document) -> list[Row]:
    """Rows of schema.MENTIONS in text order.

    Sets notes['mention_at']: index of a head token -> mention_number; a title's words lead to the
    name behind them, since the parser may take 'the spokesman' in 'the spokesman Dmitry Peskov' for the head.
    """
    frame = Frame(document)
    names.find(frame)
    nominals.find(frame)
    places.mark(frame)
    clusters = Clusters(frame)
    clusters.cluster()
    pronouns.resolve(clusters)
    numbers = {id(m): n for n, m in enumerate(frame.mentions)}
    document.notes["mention_at"] = {at: numbers[id(m)] for at, m in frame.title_of.items()} | {
        m.head: n for n, m in enumerate(frame.mentions)
    }
    return [_row(frame, clusters, number, mention) for number, mention in enumerate(frame.mentions)]


def _row(frame: Frame, clusters: Clusters, number: int, mention: Mention) -> Row:
    tokens, text = frame.tokens, frame.document.text
    entity: Entity | None = clusters.entities[mention.entity] if mention.entity is not None else None
    start, end = tokens[mention.first].start, tokens[mention.last - 1].end
    return {
        "document_id": frame.document.document_id,
        "mention_number": number,
        "sentence_number": tokens[mention.head].sentence,
        "char_start": start,
        "char_end": end,
        "head_start": tokens[mention.head].start,
        "surface": text[start:end],
        "mention_type": mention.kind,
        "label": mention.label,
        "name_key": name_key(frame.folded[start:end]),
        "head_lemma": tokens[mention.head].lemma,
        "entity_number": mention.entity,
        "entity_name": _squeeze(entity.name) if entity is not None and entity.name else None,
        "role_text": _text(frame, mention.role),
        "role_noun": mention.role_noun,
        "role_of_text": _owner(frame, clusters, mention.role_of),
        "role_topic_text": _text(frame, mention.role_topic),
        "modifier_text": _owner(frame, clusters, mention.modifier),
        "number": mention.number,
        "gender": entity.gender if entity is not None else mention.gender,
        "is_anonymous": mention.is_anonymous,
        "is_place": mention.is_place,
        "is_in_quote": frame.quote_of[mention.head] >= 0,
        "rule": mention.rule,
    }


def _text(frame: Frame, span: Span | None) -> str | None:
    if span is None or span[1] <= span[0]:
        return None
    return _squeeze(frame.document.text[frame.tokens[span[0]].start : frame.tokens[span[1] - 1].end])


def _owner(frame: Frame, clusters: Clusters, span: Span | None) -> str | None:
    """The words of the owner; for a pronoun or 'the group' the name of whom it means."""
    other = next((m for n in range(*span) if (m := frame.at_head.get(n)) is not None), None) if span else None
    if other is not None and other.kind in ("pronoun", "nominal") and other.entity is not None:
        name = clusters.entities[other.entity].name
        if name:
            return _squeeze(name)
    return _text(frame, span)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def name_key(folded: str) -> str:
    """The folded surface without article, possessive and line breaks: what aliases join on."""
    key = " ".join(folded.split()).removeprefix("the ").strip("'\"“”,;:() ")
    return key.removesuffix("'s")
