"""RDF files to quads, by a parser that fetches nothing: no remote context, no external entity, no address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kgraph.errors import KgraphError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def format_of(path: Path, *, fault: type[KgraphError]) -> ox.RdfFormat:
    """The format that the suffix names."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError as error:
        cure = f"there are: {' '.join(FORMATS)}"
        raise fault(f"unknown format {path.suffix!r}", place=str(path), cure=cure) from error


def parse(path: Path, *, fault: type[KgraphError]) -> Iterator[ox.Quad]:
    """The quads of a file; what is wrong with it is raised as `fault`, with the line."""
    form = format_of(path, fault=fault)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise fault(str(error.strerror), place=str(path), cure="give a file that can be read") from error
    if form is ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in content:
        raise fault("a DOCTYPE, whose entities may grow without end", place=str(path), cure="delete it")
    try:
        yield from ox.parse(content, form)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise fault(f"not valid {form.name}: {error.msg}", place=place, cure="mend it there") from error
