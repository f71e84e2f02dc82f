"""Where exports read from: a graph file or a store, as sorted lines of N-Triples, and those lines as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kgraph import store
from kgraph.errors import InputError
from kgraph.exports.reifiers import unfolded
from kgraph.ontology.parsing import parse

BATCH = 1000  # lines that are parsed at once


def lines(path: Path) -> Iterator[str]:
    """The graph's lines in N-Triples, sorted, so that all about one subject stands together."""
    if store.is_store(path):
        return store.open(path).lines()
    return iter(sorted({f"{triple} ." for triple in unfolded(quad.triple for quad in parse(path, fault=InputError))}))


def triples(found: Iterable[str]) -> Iterator[ox.Triple]:
    """Lines of N-Triples as triples, a batch at a time."""
    left = iter(found)
    while batch := list(islice(left, BATCH)):
        try:
            yield from (quad.triple for quad in ox.parse("\n".join(batch).encode(), ox.RdfFormat.N_TRIPLES))
        except SyntaxError as error:
            line = batch[(error.lineno or 1) - 1][:80]
            raise InputError(f"no line of N-Triples: {line}", cure="rebuild the graph") from error
