"""Graph files. Equal graphs give equal bytes; a file is whole or not there; reading never leaves the file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kgraph.actors.own import OwnNames
from kgraph.errors import InputError
from kgraph.graph.links import link
from kgraph.graph.turtle import turtle
from kgraph.ontology import PREFIXES
from kgraph.ontology.parsing import format_of, parse


def save(graph: Graph, path: Path) -> None:
    """Write the graph in the format of the path's suffix."""
    writer = _writers(path)
    with replacing(path) as file:
        file.writelines(writer(graph))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, beside the target first, then renamed: where the block fails, the old file stays as it was."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(path)) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def load(path: Path, *, actors: Path | None = None) -> Graph:
    """The graph in a file, under the names of a user's own (`actors`); named graphs are read as one."""
    return graph_of(parse(path, fault=InputError), str(path), actors=actors)


def _writers(path: Path) -> Callable[[Graph], Iterator[bytes]]:
    form = format_of(path, fault=InputError)
    if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        return turtle
    return lambda graph: _serialized(graph, form)


def _serialized(graph: Graph, form: ox.RdfFormat) -> Iterator[bytes]:
    triples = sorted(map(_triple, graph), key=str)
    prefixes = PREFIXES if form in (ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML) else None
    yield ox.serialize(triples, format=form, prefixes=prefixes) or b""


def ntriples(triple: tuple[Node, Node, Node]) -> str:
    """A triple as its line of N-Triples, without the line's end."""
    subject, predicate, obj = map(_written, triple)
    return f"{subject} {predicate} {obj} ."


def _written(node: Node) -> str:
    return _iri(str(node)) if isinstance(node, URIRef) else str(_term(node))


@lru_cache(1 << 16)
def _iri(iri: str) -> str:
    """An IRI between its brackets; most come again and again."""
    return str(ox.NamedNode(iri))


def _triple(triple: tuple[Node, Node, Node]) -> ox.Triple:
    subject, predicate, obj = triple
    return ox.Triple(_term(subject), ox.NamedNode(str(predicate)), _term(obj))


def graph_of(triples: Iterable[ox.Triple | ox.Quad], place: str, *, actors: Path | None = None) -> Graph:
    """Parsed triples as a graph, under the names of a user's own (`actors`)."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for each in triples:
        graph.add((_node(each.subject, place), URIRef(each.predicate.value), _node(each.object, place)))
    if actors:
        link(graph, OwnNames.load(actors))
    return graph


def _term(node: Node) -> Any:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(node.datatype) if node.datatype else None)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def _node(term: object, place: str) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == PREFIXES["xsd"] + "string"
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise InputError("holds a triple inside a triple (RDF 1.2)", place=place, cure="export it as plain RDF 1.1")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
