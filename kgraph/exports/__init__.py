"""A graph in the forms that other tools read. Each is written from sorted lines of N-Triples, which may be without end.

GraphML and GEXF need the whole graph in memory; all others take the same memory for any size of graph, as what must be
looked up or put into another order lies on disk meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from kgraph.errors import InputError
from kgraph.exports import neo4j, networks, rdf, tables
from kgraph.exports.columns import COLUMNS, Column
from kgraph.exports.options import Options
from kgraph.exports.source import lines
from kgraph.graph.files import replacing
from kgraph.ontology.parsing import FORMATS

__all__ = ["COLUMNS", "FOLDERS", "SUFFIXES", "Column", "Options", "export", "lines", "write"]

FILES: Mapping[str, Callable[[Iterable[str], BinaryIO, Options], None]] = {
    ".csv": tables.write_csv,
    ".parquet": tables.write_parquet,
    ".graphml": networks.write_graphml,
    ".gexf": networks.write_gexf,
}
FOLDERS: Mapping[str, Callable[[Iterable[str], Path, Options], None]] = {".neo4j": neo4j.write}
SUFFIXES = (*FORMATS, *FILES, *FOLDERS)


def export(graph: Path, target: Path, options: Options | None = None) -> None:
    """Write a graph file or a store in the format of the target's suffix: whole, or not at all."""
    write(lines(graph), target, options or Options())


def write(found: Iterable[str], target: Path, options: Options) -> None:
    """Write sorted lines of N-Triples in the format of the target's suffix."""
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"unknown format {suffix!r}", place=str(target), cure=f"there are: {' '.join(SUFFIXES)}")
    if options.reifiers and suffix not in rdf.WITH_REIFIERS:
        cure = f"there are: {' '.join(rdf.WITH_REIFIERS)}"
        raise InputError(f"{suffix} has no reifiers (RDF 1.2)", place=str(target), cure=cure)
    if suffix in FOLDERS:
        FOLDERS[suffix](found, target, options)
        return
    with replacing(target) as file:
        if suffix in FORMATS:
            rdf.write(found, file, FORMATS[suffix], reifiers=options.reifiers)
        else:
            FILES[suffix](found, file, options)
