"""Evidence behind every mark of the page: quotes, outlets, dates, links and sourcing chains, as data for the panel.

A part of the page registers the facts that it shows and gets an anchor for each; `collect` then reads, in a few
queries, the excerpts, documents and chains of exactly those facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flows.publish.report.limits import Limits
from flows.publish.report.names import Names
from flows.publish.report.reader import Reader, Row, shorten
from flows.publish.report.words import EVIDENCE, GRADE, HOP, ROOT, capital, day, plain

KINDS = {"proposal_changes": "change", "positions": "position", "events": "event", "statements": "statement"}


@dataclass
class Evidence:
    """The facts shown so far."""

    facts: dict[str, Row] = field(default_factory=dict)
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)  # fact table -> fact id -> anchor

    def register(self, table: str, fact_id: str, title: str, rows: list[tuple[str, str]], chain_id: str | None) -> str:
        """The anchor that opens this fact's evidence: 'change-…'. Registering again changes nothing."""
        anchor = f"{KINDS[table]}-{fact_id}"
        if anchor not in self.facts:
            self._ids.setdefault(table, {})[fact_id] = anchor
            self.facts[anchor] = {"title": title, "rows": [[k, v] for k, v in rows if v], "chain": chain_id}
        return anchor

    def collect(self, reader: Reader, names: Names, limits: Limits) -> Row:
        """{facts: anchor -> title, rows, chain, excerpts; documents; chains}, ready for JSON."""
        documents: set[str] = set()
        for table, ids in self._ids.items():
            for row in _excerpts(reader, table, list(ids), limits):
                fact = self.facts[ids[row["fact_id"]]]
                text = shorten(row["text"], limits.excerpt_length)
                fact.setdefault("excerpts", []).append(
                    [EVIDENCE.get(row["kind"], capital(plain(row["kind"]))), text, row["document_id"]]
                )
                documents.add(row["document_id"])
        chains = _chains(reader, names, {f["chain"] for f in self.facts.values() if f["chain"]}, limits)
        documents |= {c["document"] for c in chains.values() if c["document"]}
        return {"facts": self.facts, "documents": _documents(reader, names, documents), "chains": chains}


def _excerpts(reader: Reader, table: str, ids: list[str], limits: Limits) -> list[Row]:
    """The first few passages per fact, the core first; an event without any falls back on its trigger words."""
    rows = reader.rows(
        "select fact_id, document_id, text, kind from evidence where fact_table = ? and fact_id in (select unnest(?)) "
        "qualify row_number() over (partition by fact_id order by kind <> 'core', document_id, char_start) <= ? "
        "order by fact_id, kind <> 'core', document_id, char_start",
        table, ids, limits.excerpts,
    )  # fmt: skip
    bare = sorted(set(ids) - {r["fact_id"] for r in rows})
    if table == "events" and bare:
        rows += reader.rows(
            "select event_id as fact_id, document_id, 'core' as kind, "
            "concat_ws(' … ', initiator_text, trigger_text, target_text) as text from event_mentions "
            "where event_id in (select unnest(?)) "
            "qualify row_number() over (partition by event_id order by document_id, trigger_start) <= ? "
            "order by event_id, document_id, trigger_start",
            bare, limits.excerpts,
        )  # fmt: skip
    return rows


def _chains(reader: Reader, names: Names, ids: set[str], limits: Limits) -> dict[str, Row]:
    chains: dict[str, Row] = {}
    wanted = sorted(ids)
    for row in reader.rows(
        "select chain_id, document_id, root_kind, grade, is_explicit from source_chains "
        "where chain_id in (select unnest(?))",
        wanted,
    ):
        chains[row["chain_id"]] = {
            "document": row["document_id"],
            "grade": row["grade"],
            "about": GRADE.get(row["grade"] or "", ""),
            "root": ROOT.get(row["root_kind"], plain(row["root_kind"])),
            "carried": row["is_explicit"] is False,
            "hops": [],
        }
    for row in reader.rows(
        "select chain_id, hop_type, actor_id, descriptor, cue from source_chain_hops "
        "where chain_id in (select unnest(?)) order by chain_id, hop",
        wanted,
    ):
        if row["chain_id"] in chains:
            words = shorten(row["descriptor"], limits.excerpt_length)
            name = names.actor_name(row["actor_id"]) if names.actor(row["actor_id"]) else ""
            kind = HOP.get(row["hop_type"], plain(row["hop_type"]))
            chains[row["chain_id"]]["hops"].append([kind, name, words, row["cue"]])
    return chains


def _documents(reader: Reader, names: Names, ids: set[str]) -> dict[str, Row]:
    return {
        row["document_id"]: {
            "outlet": names.outlet(row["outlet_key"]) or _host(row["url"]),
            "title": row["title"],
            "day": day(row["published_date"]),
            "url": link(row["url"]),
            "words": row["rights"] != "metadata_only",
        }
        for row in reader.rows(
            "select document_id, outlet_key, title, published_date, url, rights from documents "
            "where document_id in (select unnest(?))",
            sorted(ids),
        )
    }


def link(url: str | None) -> str | None:
    """The address if a reader may follow it. Only http and https: an article must not bring a javascript: link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _host(url: str | None) -> str:
    address = link(url)
    return (urlsplit(address).hostname or "") if address else "a file without an address"
