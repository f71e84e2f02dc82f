"""A graph laid out on disk for looking up: claims come before the sentences and actors that they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby

import pyoxigraph as ox

from kgraph.errors import InputError
from kgraph.exports.source import triples
from kgraph.ontology.terms import curie
from kgraph.records import side

# Predicates, as prefixed names, with their values. A value is its text and what follows it in N-Triples: a language
# ("@id"), a datatype ("xsd:date"), or nothing for an IRI.
Description = Mapping[str, list[tuple[str, str]]]

TABLES = """
CREATE TABLE subject (iri TEXT PRIMARY KEY, is_claim INTEGER, body TEXT) WITHOUT ROWID;
CREATE TABLE actor (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fact (subject TEXT, relation TEXT, object TEXT, side TEXT,
    PRIMARY KEY (subject, relation, object, side)) WITHOUT ROWID;
"""
NOTHING: Description = {}


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """A database on disk that is gone when it is closed, however the process ends."""
    disk = sqlite3.connect("")
    try:
        disk.execute("PRAGMA journal_mode = OFF")
        yield disk
    except sqlite3.OperationalError as error:
        cure = "make room there, or name another folder in TMPDIR"
        raise InputError(f"cannot be put in order: {error}", place="temporary files", cure=cure) from error
    finally:
        disk.close()


class Spool:
    """The subjects of a graph by IRI; what is not there has an empty description."""

    def __init__(self, disk: sqlite3.Connection) -> None:
        self._disk = disk

    @classmethod
    def of(cls, disk: sqlite3.Connection, lines: Iterable[str]) -> Spool:
        """The spool of sorted lines of N-Triples."""
        disk.executescript(TABLES)
        for iri, about in _described(triples(lines)):
            is_claim = ("ir:Claim", "") in [(curie(value), tag) for value, tag in about.get("rdf:type", ())]
            disk.execute("INSERT INTO subject VALUES (?, ?, ?)", (iri, is_claim, json.dumps(about)))
            if is_claim:
                _note_claim(disk, about)
        return cls(disk)

    def claims(self) -> Iterator[tuple[str, Description]]:
        """The claims by their IRIs, in order."""
        for iri, body in self._disk.execute("SELECT iri, body FROM subject WHERE is_claim ORDER BY iri"):
            yield iri, json.loads(body)

    def actors(self) -> Iterator[tuple[str, Description]]:
        """Whoever and whatever a claim names, in order."""
        query = "SELECT actor.iri, body FROM actor LEFT JOIN subject USING (iri) ORDER BY actor.iri"
        for iri, body in self._disk.execute(query):
            yield iri, json.loads(body) if body else NOTHING

    def find(self, iri: str) -> Description:
        """What the graph says about a subject."""
        found = self._disk.execute("SELECT body FROM subject WHERE iri = ?", (iri,)).fetchone()
        return json.loads(found[0]) if found else NOTHING

    def is_contested(self, subject: str, relation: str, obj: str, *, symmetric: bool) -> bool:
        """Whether one affirms and another denies this, as in the ready query "contested"."""
        query = "SELECT side FROM fact WHERE subject = ? AND relation = ? AND object = ?"
        sides = set(self._disk.execute(query, (subject, relation, obj)))
        if symmetric:
            sides |= set(self._disk.execute(query, (obj, relation, subject)))
        return len(sides) > 1


def first(about: Description, predicate: str) -> str | None:
    """The least value of a predicate."""
    return min((text for text, _ in about.get(predicate, ())), default=None)


def _described(found: Iterable[ox.Triple]) -> Iterator[tuple[str, Description]]:
    for subject, group in groupby(found, key=lambda triple: triple.subject):
        about: dict[str, list[tuple[str, str]]] = {}
        for triple in group:
            about.setdefault(curie(triple.predicate.value), []).append(_value(triple.object))
        yield subject.value, about


def _value(term: object) -> tuple[str, str]:
    if isinstance(term, ox.Literal):
        return term.value, f"@{term.language}" if term.language else curie(term.datatype.value)
    return (term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)), ""


def _note_claim(disk: sqlite3.Connection, about: Description) -> None:
    subject, relation, obj = (first(about, f"rdf:{end}") for end in ("subject", "predicate", "object"))
    source, negated = first(about, "ir:attributedTo"), first(about, "ir:negated") == "true"
    denies = (first(about, "ir:stance") or "").endswith("denies")
    taken = side(denies=denies, negated=negated, sourced=source is not None)
    disk.executemany("INSERT OR IGNORE INTO actor VALUES (?)", [(each,) for each in (subject, obj, source) if each])
    if subject and obj and taken:
        disk.execute("INSERT OR IGNORE INTO fact VALUES (?, ?, ?, ?)", (subject, relation, obj, taken))
