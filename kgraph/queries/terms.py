"""Words of the reader to terms of the graph, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

import pyoxigraph as ox

from kgraph.errors import QueryError
from kgraph.ontology import PREFIXES

LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
PUBLISHER = ox.NamedNode(PREFIXES["schema"] + "publisher")
ALIAS = ox.NamedNode(PREFIXES["skos"] + "altLabel")


def label(labels: Iterable[object], language: str) -> str | None:
    """The label in the reader's language, else in another, else without one."""
    literals = [found for found in labels if isinstance(found, ox.Literal)]
    best = min(
        literals, key=lambda found: (found.language != language, found.language or "~", found.value), default=None
    )
    return best.value if best else None


def term_for(kind: str, value: str, store: ox.Store) -> ox.NamedNode | ox.Literal:
    """The term that a parameter's value means in this graph."""
    if kind == "date":
        return _date(value)
    if kind == "outlet":
        return _outlet(value, store)
    return ox.NamedNode(named(kind, value, _names(kind, store)))


def named(kind: str, value: str, names: Mapping[str, set[str]]) -> str:
    """The one IRI that a value names, of those whose names are given in small letters."""
    namespace = PREFIXES["ent" if kind == "actor" else "ir"]
    found = sorted(names.get(value.casefold(), ()))
    if namespace + value in {iri for iris in names.values() for iri in iris}:
        return namespace + value
    if not found and kind == "actor":
        found = _in_book(value, names)
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(iri.rpartition("/")[2] for iri in found)
        raise QueryError(f"{value!r} names more than one {kind}", place="query", cure=f"give one of: {choices}")
    near = get_close_matches(value.casefold(), names, n=3)
    cure = f"near it: {', '.join(near)}" if near else "give a name, an alias or a key that the graph holds"
    raise QueryError(f"no {kind} {value!r} in this graph", place="query", cure=cure)


def _date(value: str) -> ox.Literal:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise QueryError(f"{value!r} is no date", place="query", cure="write it as 2023-09-12") from error
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))


def _outlet(value: str, store: ox.Store) -> ox.Literal:
    outlets = {quad.object for quad in store.quads_for_pattern(None, PUBLISHER, None)}
    literals = sorted((each for each in outlets if isinstance(each, ox.Literal)), key=str)
    for literal in literals:
        if literal.value.casefold() == value.casefold():
            return literal
    cure = f"there are: {', '.join(each.value for each in literals)}" if literals else "no article names one"
    raise QueryError(f"no outlet {value!r} in this graph", place="query", cure=cure)


def _names(kind: str, store: ox.Store) -> dict[str, set[str]]:
    """The IRIs of actors or relations by their names in small letters."""
    relations = {
        quad.subject for quad in store.quads_for_pattern(None, None, ox.NamedNode(PREFIXES["ir"] + "Relation"))
    }
    names: dict[str, set[str]] = {}
    for subject, name in _labels(store):
        is_actor = subject.value.startswith(PREFIXES["ent"])
        if is_actor if kind == "actor" else subject in relations:
            names.setdefault(name.casefold(), set()).add(subject.value)
    return names


def _labels(store: ox.Store) -> Iterator[tuple[ox.NamedNode, str]]:
    for predicate in (LABEL, ALIAS):
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.subject, quad.object.value


def _in_book(value: str, names: Mapping[str, set[str]]) -> list[str]:
    """The actors of the graph that the book of names calls so: "Korut" where the articles wrote "Korea Utara"."""
    from kgraph.actors import Book  # the book takes time to read, and most names are in the graph

    known = {iri for iris in names.values() for iri in iris}
    whole = [hit for hit in Book.load().find(value) if (hit.start, hit.end) == (0, len(value))]
    found = {PREFIXES["ent"] + actor.key for hit in whole for actor in hit.candidates}
    return sorted(found & known)
