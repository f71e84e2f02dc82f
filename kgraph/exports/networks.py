"""The network of actors, an edge for each claim, as GraphML (yEd, Cytoscape, igraph) and GEXF (Gephi).

A reader of XML refuses characters that a sentence may hold; each becomes one other, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

import networkx
from networkx.readwrite.gexf import GEXFWriter

from kgraph import ontology
from kgraph.exports.columns import Cell, Row, actor, rows
from kgraph.exports.options import Options
from kgraph.exports.spool import Spool, scratch

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(lines: Iterable[str], file: BinaryIO, options: Options) -> None:
    """The network as GraphML."""
    networkx.write_graphml(network(lines, options), file, named_key_ids=True)


def write_gexf(lines: Iterable[str], file: BinaryIO, options: Options) -> None:
    """The network as GEXF, without the day on which it is written."""
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(network(lines, options))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(file)


def network(lines: Iterable[str], options: Options) -> networkx.MultiDiGraph:
    """Actors and claims by their local names, with the cells of their rows that are not empty."""
    terms = ontology.load(options.ontology)
    found = networkx.MultiDiGraph()
    with scratch() as disk:
        spool = Spool.of(disk, lines)
        for iri, _ in spool.actors():
            about = actor(iri, spool, terms, options.language)
            name = str(about.pop("id"))
            found.add_node(name, label=_clean(about.pop("name")), **_cells(about))
        for row in rows(spool, terms, language=options.language):
            subject, obj, key = row["subject_id"], row["object_id"], row.pop("claim_id")
            if subject and obj:
                found.add_edge(subject, obj, key=key, id=key, label=_clean(row.pop("relation_label")), **_cells(row))
    return found


def _cells(row: Row) -> Row:
    return {name: _clean(cell) for name, cell in row.items() if cell is not None}


def _clean(cell: Cell) -> Cell:
    return ILLEGAL.sub("\ufffd", cell) if isinstance(cell, str) else cell
