"""A graph to a server, in batches that may come twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kgraph.errors import InputError, RemoteError
from kgraph.exports.source import triples
from kgraph.remote.client import Service

UPDATE, TURTLE = "application/sparql-update; charset=utf-8", "text/turtle; charset=utf-8"


def push(
    lines: Iterable[str],
    service: Service,
    *,
    graph: str | None = None,
    graph_store: bool = False,
    replace: bool = False,
    size: int = 2000,
    on_batch: Callable[[int], None] | None = None,
) -> int:
    """Add sorted lines of N-Triples to a server's graph, and count them.

    `service` is its SPARQL Update service, or with `graph_store` that of the Graph Store Protocol. All about one
    subject comes in one batch, of about `size` triples. `replace` empties the graph first. What is half done may be
    done again.
    """
    target = _checked(graph)
    send = _put if graph_store else _update
    done = 0
    if replace and not graph_store:
        _send(service, f"CLEAR SILENT {f'GRAPH {target}' if target else 'DEFAULT'}".encode(), UPDATE, done)
    for batch in _batches(triples(lines), size):
        send(service, batch, target, replace and not done, done)
        done += len(batch)
        if on_batch:
            on_batch(done)
    if replace and graph_store and not done:
        _put(service, [], target, True, done)
    return done


def _checked(graph: str | None) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(graph) if graph else None
    except ValueError as error:
        raise RemoteError("no IRI", place=str(graph), cure="name the graph as https://example.org/graph") from error


def _batches(found: Iterable[ox.Triple], size: int) -> Iterator[list[ox.Triple]]:
    """Whole subjects together; the first batch is one, as a server may hang up on a long request from a stranger."""
    batch: list[ox.Triple] = []
    limit = 1
    for _, group in groupby(found, key=lambda triple: triple.subject):
        about = list(group)
        if batch and len(batch) + len(about) > limit:
            yield batch
            batch, limit = [], size
        batch += about
    if batch:
        yield batch


def _update(service: Service, batch: list[ox.Triple], graph: ox.NamedNode | None, _first: bool, done: int) -> None:
    body = f"GRAPH {graph} {{\n{_written(batch)}}}" if graph else f"\n{_written(batch)}"
    _send(service, f"INSERT DATA {{{body}}}".encode(), UPDATE, done)


def _put(service: Service, batch: list[ox.Triple], graph: ox.NamedNode | None, first: bool, done: int) -> None:
    where = {"graph": graph.value} if graph else {"default": ""}
    _send(service, _written(batch).encode(), TURTLE, done, method="PUT" if first else "POST", where=where)


def _written(batch: Iterable[ox.Triple]) -> str:
    """Lines that are N-Triples, Turtle and SPARQL at once: the terms are written by the RDF library, never as text."""
    lines = []
    for triple in batch:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            cure = "give them IRIs: what comes twice would stand there twice"
            raise InputError("the graph holds blank nodes", place=str(triple)[:80], cure=cure)
        lines.append(f"{triple} .\n")
    return "".join(lines)


def _send(
    service: Service, body: bytes, media: str, done: int, *, method: str = "POST", where: dict[str, str] | None = None
) -> None:
    try:
        with service.send(method, body, media, parameters=where) as answer:
            answer.read()
    except (RemoteError, OSError) as error:
        if not done:
            raise
        what = error.what if isinstance(error, RemoteError) else str(error)
        cure = "push again: nothing comes to stand there twice"
        raise RemoteError(f"{what}; {done} triples had arrived", place=service.url, cure=cure) from error
