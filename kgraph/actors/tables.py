"""The CSV tables that hold the book of actors: reading, and what is wrong with a row.

Lists in a cell are separated by "; ". A name that starts with "~" is too common to be looked for in running text and
counts only where something has been recognised as an actor of that type already.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import InputError, OntologyError
from kgraph.records import ENTITY_TYPES, Actor, EntityType

TABLES = Path(__file__).parent.parent / "ontologies" / "tables"

CODE = 3  # letters of a state's key

THINGS: Mapping[str, EntityType] = {
    "persons": "PER",
    "organizations": "ORG",
    "groups": "GRP",
    "places": "LOC",
    "cities": "LOC",
    "weapons": "WPN",
    "documents": "DOC",
    "events": "EVT",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with the place to name in an error."""

    cells: Mapping[str, str]
    path: Path
    line: int

    @property
    def place(self) -> str:
        """File and line, as an error names them."""
        return f"{self.path}:{self.line}"

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> list[str]:
        """The parts of a cell that holds a list."""
        cell = self.cells[column]
        return [part.strip() for part in cell.split(";") if part.strip()] if cell else []


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor with all its names, each with the type under which it is meant."""

    actor: Actor
    names: tuple[tuple[str, EntityType], ...]
    country: str
    row: Row


@dataclass(frozen=True, slots=True)
class Office:
    """A person's time in an office; years are None where unknown or where the office is still held."""

    person: str
    title: str
    of: str
    since: int | None
    until: int | None


def rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV file that must have the columns `needed`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("no such file", place=str(path), cure="name a CSV table of actors") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=str(path), cure="name a CSV table") from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason}", place=str(path), cure="save it as UTF-8") from None
    reader = csv.reader(text.splitlines())
    head = next(reader, [])
    missing = [column for column in needed if column not in head]
    if missing:
        raise OntologyError(f"no column {missing[0]!r}", place=f"{path}:1", cure=f"columns are {', '.join(needed)}")
    for cells in filter(None, reader):
        if len(cells) != len(head):
            place = f"{path}:{reader.line_num}"
            raise OntologyError("wrong number of cells", place=place, cure="quote cells that hold commas")
        yield Row(dict(zip(head, cells, strict=True)), path, reader.line_num)


def entries(folder: Path = TABLES) -> Iterator[Entry]:
    """All actors of the book, states first."""
    yield from map(_state, rows(folder / "states.csv", ("key", "en", "id", "status", "names", "people", "capital")))
    for table, kind in THINGS.items():
        for row in rows(folder / f"{table}.csv", ("key", "en", "id", "names", "country")):
            yield _thing(row, kind)


def _labels(row: Row) -> tuple[tuple[str, str], ...]:
    return (("en", row["en"]), ("id", row["id"] or row["en"]))


def _state(row: Row) -> Entry:
    kind: EntityType = "LOC" if row["status"] == "territory" else "CTY"
    actor = Actor(row["key"], kind, row["en"], _labels(row), row["key"] if kind == "CTY" else None, known=True)
    words = [row["en"], row["id"], *row.list("names"), *row.list("people"), *row.list("capital"), *row.list("acting")]
    return Entry(actor, tuple((word, kind) for word in words), row["key"], row)


def _thing(row: Row, kind: EntityType) -> Entry:
    if not row["key"] or not row["en"]:
        raise OntologyError("an actor needs a key and an English label", place=row.place, cure="fill both cells")
    words = [*row.list("names"), row["en"], *filter(None, [row["id"]])]  # "~Time" before "Time"
    actor = Actor(row["key"], kind, row["en"], _labels(row), known=True)
    return Entry(actor, tuple((word, kind) for word in words), row["country"], row)


def offices(folder: Path = TABLES) -> Iterator[Office]:
    """Who held which office of which state or body, and when."""
    for row in rows(folder / "offices.csv", ("person", "title", "of", "since", "until")):
        yield Office(row["person"], row["title"], row["of"], _year(row, "since"), _year(row, "until"))


def wars(folder: Path = TABLES) -> Iterator[tuple[str, tuple[frozenset[str], ...]]]:
    """Each war with the sets of sides by which a phrase such as "perang Rusia-Ukraina" tells it."""
    for row in rows(folder / "events.csv", ("key", "told")):
        if row["told"]:
            yield row["key"], tuple(frozenset(sides.split("+")) for sides in row.list("told"))


def _year(row: Row, column: str) -> int | None:
    if not row[column]:
        return None
    if not row[column].isdigit():
        raise OntologyError(f"{row[column]!r} is not a year", place=row.place, cure="write 2021, or leave it empty")
    return int(row[column])


def extra(path: Path) -> Iterator[tuple[str, EntityType, str, str, str]]:
    """A user's own names: (alias, type, key, label or "", place)."""
    for row in rows(path, ("alias", "type", "key")):
        kind = next((known for known in ENTITY_TYPES if known == row["type"]), None)
        if kind is None:
            raise OntologyError(f"no type {row['type']!r}", place=row.place, cure=f"types: {', '.join(ENTITY_TYPES)}")
        if not row["alias"].strip() or not row["key"].isascii() or not row["key"].replace("-", "_").isidentifier():
            what = "an alias and an ASCII key are needed"
            raise OntologyError(what, place=row.place, cure="for example Putin,PER,VladimirPutin")
        yield row["alias"].strip(), kind, row["key"], row.cells.get("label", ""), row.place
