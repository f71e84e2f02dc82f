"""RDF files, from sorted lines, in constant memory and in the same bytes as `kgraph.save` writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from kgraph.exports.reifiers import folded
from kgraph.exports.source import triples
from kgraph.exports.spool import scratch
from kgraph.graph import turtle
from kgraph.ontology import PREFIXES

WITH_REIFIERS = (".ttl", ".trig", ".nt", ".nq")


def write(lines: Iterable[str], file: BinaryIO, form: ox.RdfFormat, *, reifiers: bool) -> None:
    """Write lines of N-Triples in another format; `reifiers` writes claims as RDF 1.2 has them."""
    found = folded(triples(lines)) if reifiers else triples(lines)
    if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        file.write(turtle.HEAD.encode())
        file.writelines(text.encode() for text in _in_sections(_blocks(found)))
    else:
        prefixes = PREFIXES if form in (ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML) else None
        ox.serialize(found, file, form, prefixes=prefixes)


def _blocks(found: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Each subject with its block of Turtle."""
    for subject, group in groupby(found, key=lambda triple: triple.subject):
        predicates: dict[str, list[str]] = defaultdict(list)
        for triple in group:
            predicates[turtle.iri(triple.predicate.value)].append(_term(triple.object))
        name = _term(subject)
        yield name, turtle.block(name, predicates)


def _in_sections(blocks: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The blocks in the order of a Turtle file, put into it on disk."""
    rows = ((*turtle.section(name), text) for name, text in blocks)
    with scratch() as disk:
        disk.execute("CREATE TABLE block (section, name, text, PRIMARY KEY (section, name)) WITHOUT ROWID")
        disk.executemany("INSERT INTO block VALUES (?, ?, ?)", rows)
        for (text,) in disk.execute("SELECT text FROM block ORDER BY section, name"):
            yield text


def _term(term: Any) -> str:
    if isinstance(term, ox.Triple):
        return f"<<( {_term(term.subject)} {_term(term.predicate)} {_term(term.object)} )>>"
    if isinstance(term, ox.Literal):
        return turtle.literal(term.value, term.language, term.datatype.value)
    return turtle.iri(term.value) if isinstance(term, ox.NamedNode) else str(term)
