"""Scenarios of several articles: read from YAML, run through the product in one go, compared with what they expect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from flows.extract import extract
from flows.ingest.lines import record_of_row
from flows.settings import Settings

Row = dict[str, Any]
FAMILIES = {"consult": ("meeting", "talks", "visit"), "visit": ("visit", "meeting", "talks")}


def load(path: Path) -> list[Row]:
    """The scenarios of one file."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def run(
    scenarios: list[Row], folder: Path, order: Callable[[list[Row]], list[Row]] = lambda rows: rows
) -> dict[str, dict[str, list[Row]]]:
    """Events and actors by scenario, each scenario a collection of its own, all in one build."""
    rows = [
        {
            "id": f"{scenario['key']}-{number}",
            "text": article["text"],
            "published_at": article["at"].isoformat(),
            "outlet": article.get("outlet"),
            "collection": scenario["key"],
        }
        for scenario in scenarios
        for number, article in enumerate(scenario["articles"])
    ]
    records = [record_of_row(row, "scenarios") for row in order(rows)]
    settings = Settings(data_dir=folder / "data", cache_dir=folder / "cache")
    found: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: {"events": {}, "actors": {}})
    for line in extract(records, settings):
        of_scenario = found[line["id"].rsplit("-", 1)[0]]
        of_scenario["events"].update({e["event_id"]: e for e in line["events"]})
        of_scenario["actors"].update({a["actor_id"]: a for a in line["actors"]})
    return {key: {name: list(rows.values()) for name, rows in of.items()} for key, of in found.items()}


def faults(scenario: Row, found: dict[str, list[Row]]) -> list[str]:
    """What the rows lack of what the scenario expects, as sentences; an empty list where all is met."""
    told = [f for wanted in scenario.get("events", []) for f in _event_faults(wanted, found["events"])]
    for family, count in scenario.get("totals", {}).items():
        events = [e for e in found["events"] if _is_of(e, family) and e["status"] != "hypothetical"]
        if len(events) != count:
            told.append(f"{len(events)} of {family} instead of {count}: {[e['title'] for e in events]}")
    return told + _actor_faults(scenario.get("actors", {}), found["actors"])


def _event_faults(wanted: Row, events: list[Row]) -> list[str]:
    name = f"{wanted['what']} of {', '.join(wanted['of'])}"
    met = [e for e in events if _is_of(e, wanted["what"]) and _fits(wanted, e)]
    if len(met) != 1:
        return [f"{len(met)} events for {name} {wanted.get('within', wanted.get('day'))}: {[e['title'] for e in met]}"]
    event = met[0]
    history = [h["status"] for h in event["status_history"]]
    day = str(wanted.get("day"))
    parts = {p["actor_key"]: p for p in event["participants"]}
    compared = [
        ("day", (day, day), (event["from_date"], event["to_date"])),
        ("status", wanted.get("status"), event["status"]),
        ("place", wanted.get("place"), event["place_name"]),
        ("history", wanted.get("history"), history),
        ("documents", wanted.get("documents"), event["document_count"]),
        ("roots", wanted.get("roots"), event["root_count"]),
        *[("attendance", v, parts.get(k, {}).get("attendance")) for k, v in wanted.get("attendance", {}).items()],
        *[("roles", v, parts.get(k, {}).get("role")) for k, v in wanted.get("roles", {}).items()],
    ]
    return [f"{name}: {what} {got} instead of {want}" for what, want, got in compared if what in wanted and want != got]


def _is_of(event: Row, family: str) -> bool:
    return event["event_type"] in FAMILIES.get(family, (family,))


def _fits(wanted: Row, event: Row) -> bool:
    keys = {p[k] for p in event["participants"] for k in ("actor_key", "on_behalf_of_actor_key")}
    day = str(wanted.get("within", wanted.get("day", "")))
    inside = not day or (event["from_date"] or "0") <= day <= (event["to_date"] or "9")
    at_place = "place" not in wanted or event["place_name"] == wanted["place"]
    return keys.issuperset(wanted["of"]) and not keys & set(wanted.get("not", [])) and inside and at_place


def _actor_faults(wanted: dict[str, str], actors: list[Row]) -> list[str]:
    """An actor of a type, or a person who speaks for a principal."""
    known = {a["actor_key"]: a for a in actors}
    told = []
    for key, what in wanted.items():
        got = known.get(key)
        seen = got and (got["principal_actor_key"] if key.startswith("person:") else got["actor_type"])
        if seen != what:
            told.append(f"{key}: {seen} instead of {what}")
    return told
