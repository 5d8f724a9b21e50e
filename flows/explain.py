"""`communique explain ID`: from a published row back to the words, the rule and the chain that made it.

Reads the published file for rows, raw.duckdb for the text around them, language.duckdb for the parse. An id may be
shortened to any unambiguous beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from flows import rules
from flows.settings import Settings

# Where an id may come from: table, its key.
FACTS = {
    "statements": "statement_id",
    "events": "event_id",
    "proposal_changes": "change_id",
    "positions": "position_id",
    "source_chains": "chain_id",
}


class UnknownFact(LookupError):
    """No published row has this id, or more than one begins with it."""


@dataclass
class Passage:
    """A piece of a document with marked spans: (start, end, kind) counted inside `text`."""

    document_id: str
    outlet: str
    title: str
    published: str
    url: str
    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class Explanation:
    """A row, its passages, the chain hop by hop, and further facts in the order in which they are read."""

    table: str
    row: dict[str, Any]
    passages: list[Passage] = field(default_factory=list)
    chain: list[dict[str, Any]] = field(default_factory=list)
    facts: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)


def explain(settings: Settings, wanted: str) -> Explanation:
    """Raises UnknownFact, and FileNotFoundError before a first release."""
    if not settings.published_db.exists():
        raise FileNotFoundError(2, "nothing is published yet", str(settings.published_db))
    with duckdb.connect(":memory:") as connection:
        for name, path in (
            ("published", settings.published_db),
            ("raw", settings.raw_db),
            ("language", settings.language_db),
        ):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        rules_csv = str(settings.dbt_dir / "seeds" / "events" / "event_rules.csv").replace("'", "''")
        connection.execute(f"create view event_rules as from read_csv('{rules_csv}', all_varchar = true)")
        connection.execute("set search_path = 'published,memory'")
        table, row = _find(connection, wanted)
        found = Explanation(table, row)
        if row.get("chain_id"):
            root = "select root_key, root_kind, grade, is_explicit from source_chains where chain_id = ?"
            found.facts.append(("root of the chain", _rows(connection, root, [row["chain_id"]])))
            found.chain = _chain(connection, row["chain_id"])
        _STEPS[table](connection, found)
        return found


def _find(connection: duckdb.DuckDBPyConnection, wanted: str) -> tuple[str, dict[str, Any]]:
    hits = [
        (table, row)
        for table, key in FACTS.items()
        for row in _rows(connection, f"select * from {table} where starts_with({key}, ?) limit 3", [wanted])
    ]
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise UnknownFact(
            f"No statement, event, change, position or chain has the id {wanted!r}. Ids of documents, actors and of "
            "review_queue are looked up with `communique query`; `explain` takes statement_id, event_id, change_id, "
            "position_id and chain_id."
        )
    raise UnknownFact(f"{len(hits)} or more rows have an id that begins with {wanted!r}; give more of it.")


def _statement(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    row = found.row
    spans = [(row["char_start"], row["char_end"], "content"), (row["cue_start"], row["cue_end"], "cue")]
    speaker = _speaker(connection, row)
    spans += [(m["char_start"], m["char_end"], "speaker") for m in speaker]
    found.passages = [_passage(connection, row["document_id"], spans)]
    shown = ("surface", "mention_type", "name", "actor_key", "actor_type", "rule")
    found.facts.append(("who is meant, and what decided", [{name: m[name] for name in shown} for m in speaker]))
    found.facts.append(("what decided the spans", rules.in_words(row["rule"])))
    found.facts.append(
        ("issues", _rows(connection, "from statement_issues where statement_id = ?", [row["statement_id"]]))
    )
    found.facts.append(("parse of the sentence", _parse(connection, row["document_id"], row["cue_start"])))


def _event(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    event_id = found.row["event_id"]
    mentions = _rows(
        connection, "from event_mentions where event_id = ? order by document_id, trigger_start limit 20", [event_id]
    )
    found.passages = [
        _passage(connection, m["document_id"], [(m["trigger_start"], m["trigger_end"], "trigger")]) for m in mentions
    ]
    shown = ("trigger_text", "initiator_text", "target_text", "status", "modality", "rule_key")
    found.facts.append(("mentions", [{name: mention[name] for name in shown} for mention in mentions]))
    found.facts.append(
        (
            "rules that coded them (model_…: the weights of event_weights.csv)",
            _rows(
                connection,
                "select rule_key, anchor_lemma, kind, condition_role, condition_words, second_role, second_words, "
                "without_words, act_code, strength from event_rules where list_contains(?, rule_key) order by rule_key",
                [[mention["rule_key"] for mention in mentions]],
            ),
        )
    )
    found.facts.append(
        (
            "participants",
            _rows(
                connection,
                "select a.name, p.role, p.attendance, p.as_of_date from event_participants as p "
                "left join actors as a on p.actor_id = a.actor_id where p.event_id = ? order by all",
                [event_id],
            ),
        )
    )
    found.facts.append(
        ("status history", _rows(connection, "from event_status_history where event_id = ? order by all", [event_id]))
    )
    for mention in mentions[:1]:
        parse = _parse(connection, mention["document_id"], mention["trigger_start"])
        found.facts.append(("parse of the first mention's sentence", parse))


def _change(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    row = found.row
    found.passages = _evidence(connection, "proposal_changes", row["change_id"])
    for name in ("from", "to"):
        position = _rows(
            connection,
            "select voice, level, level_min, level_max, modality, position_text, valid_from_date, valid_to_date, "
            "epistemic_status, best_grade from positions where position_id = ?",
            [row[f"{name}_position_id"]],
        )
        found.facts.append((f"{name} position", position))
    found.facts.append(("words to row", _words(connection, row["to_position_id"])))


def _position(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    mentions = _rows(
        connection, "from position_mentions where position_id = ? order by document_id", [found.row["position_id"]]
    )
    found.passages = [
        _passage(connection, m["document_id"], [(m["char_start"], m["char_end"], "core")]) for m in mentions
    ]
    found.facts.append(("words to row", _words(connection, found.row["position_id"])))


def _words(connection: duckdb.DuckDBPyConnection, position_id: str | None) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "select document_id, char_start, char_end, voice, level, modality, condition_text, hedges, rule_key "
        "from position_mentions where position_id = ? order by document_id, char_start",
        [position_id],
    )


def _chain_itself(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    found.passages = []


_STEPS = {
    "statements": _statement,
    "events": _event,
    "proposal_changes": _change,
    "positions": _position,
    "source_chains": _chain_itself,
}


def _evidence(connection: duckdb.DuckDBPyConnection, table: str, fact_id: str) -> list[Passage]:
    rows = _rows(
        connection,
        "from evidence where fact_table = ? and fact_id = ? order by document_id, char_start limit 40",
        [table, fact_id],
    )
    by_document: dict[str, list[tuple[int, int, str]]] = {}
    for r in rows:
        by_document.setdefault(r["document_id"], []).append((r["char_start"], r["char_end"], r["kind"]))
    return [_passage(connection, document_id, spans) for document_id, spans in by_document.items()]


def _passage(connection: duckdb.DuckDBPyConnection, document_id: str, spans: list[tuple[Any, Any, str]]) -> Passage:
    """The paragraphs that hold the spans. Spans without offsets are left out."""
    row = _rows(
        connection,
        "select d.text, d.title, d.url, coalesce(o.name, d.outlet_name, d.source_key, '') as outlet, "
        "coalesce(cast(d.published_at as varchar), 'undated') as published "
        "from raw.documents as d left join outlets as o on d.source_key = o.outlet_key where d.document_id = ?",
        [document_id],
    )[0]
    text = row["text"]
    known = [(s, e, kind) for s, e, kind in spans if s is not None and e is not None]
    start = text.rfind("\n", 0, min((s for s, _, _ in known), default=0)) + 1
    end = text.find("\n", max((e for _, e, _ in known), default=0))
    end = len(text) if end < 0 else end
    inside = sorted((s - start, e - start, kind) for s, e, kind in known)
    return Passage(
        document_id, row["outlet"], row["title"] or "", row["published"], row["url"], text[start:end], inside
    )


def _chain(connection: duckdb.DuckDBPyConnection, chain_id: str) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "select h.hop, h.hop_type, a.name, h.descriptor, h.cue from source_chain_hops as h "
        "left join actors as a on h.actor_id = a.actor_id where h.chain_id = ? order by h.hop",
        [chain_id],
    )


def _speaker(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The mention of the speaker with the actor it means; empty where the text names none."""
    return _rows(
        connection,
        "select m.char_start, m.char_end, m.surface, coalesce(p.mention_type, m.mention_type) as mention_type, "
        "x.name, x.actor_key, x.actor_type, coalesce(p.rule, m.rule) as rule "
        "from language.attributions as a inner join language.mentions as m "
        "on a.document_id = m.document_id and a.source_mention_number = m.mention_number "
        "left join actor_mentions as p on m.document_id = p.document_id "
        "and m.char_start = p.char_start and m.char_end = p.char_end "
        "left join actors as x on p.actor_id = x.actor_id "
        "where a.document_id = ? and a.char_start = ? and a.char_end = ?",
        [row["document_id"], row["char_start"], row["char_end"]],
    )


def _parse(connection: duckdb.DuckDBPyConnection, document_id: str, at: int | None) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "with words as (select s.*, list_transform(list_zip(token_start, token_end), "
        "t -> substring(d.text, t[1] + 1, t[2] - t[1])) as word "
        "from language.sentences as s inner join raw.documents as d on s.document_id = d.document_id) "
        "select unnest(word) as word, unnest(pos) as pos, unnest(dep) as dep, "
        "unnest(list_transform(head, h -> word[h + 1])) as head, unnest(entity) as entity from words as s "
        "where s.document_id = ? and s.char_start <= ? and s.char_end > ?",
        [document_id, at, at],
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.execute(query, parameters).to_arrow_table().to_pylist()
    return rows
