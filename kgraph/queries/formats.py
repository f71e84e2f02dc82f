"""Answers in the formats of the SPARQL 1.1 Protocol, and which of them a client would rather have."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kgraph.ontology import PREFIXES
from kgraph.queries.rows import Cell, Rows

GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def written(rows: Rows, accept: str) -> tuple[str, bytes] | None:
    """Media type and bytes of an answer in the best format that a client accepts; None where it accepts none."""
    if rows.triples:
        media = preferred(accept, GRAPHS)
        return (media, _graph(rows, GRAPHS[media])) if media else None
    offered = TABLES if not rows.ask else {name: TABLES[name] for name in TABLES if not name.startswith("text/")}
    media = preferred(accept, offered)
    return (media, offered[media](rows).encode()) if media else None


def translated(turtle: str, media: str) -> bytes:
    """Turtle in another format for graphs."""
    triples = (quad.triple for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=GRAPHS[media], prefixes=_prefixes(GRAPHS[media])) or b""


def preferred(accept: str, offered: Iterable[str]) -> str | None:
    """Of the media types offered, the one with the highest weight in an Accept header; the first of equals."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, weight = None, 0.0
    for media in offered:
        of_it = max((_fit(media, name), q) for name, q in ranges)
        if of_it[0] and of_it[1] > weight:
            best, weight = media, of_it[1]
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


def _fit(media: str, name: str) -> int:
    """How exactly a range names a media type: 0 not at all."""
    if media == name:
        return 3
    return 2 if name == media.split("/")[0] + "/*" else int(name == "*/*")


def _graph(rows: Rows, form: ox.RdfFormat) -> bytes:
    terms: Iterator[list[Any]] = ([_term(cell) for cell in row if cell] for row in rows.rows)
    triples = (ox.Triple(*each) for each in terms)
    return ox.serialize(triples, format=form, prefixes=_prefixes(form)) or b""


def _prefixes(form: ox.RdfFormat) -> dict[str, str] | None:
    return None if form is ox.RdfFormat.N_TRIPLES else PREFIXES


def _term(cell: Cell) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if cell.kind == "uri":
        return ox.NamedNode(cell.value)
    if cell.kind == "bnode":
        return ox.BlankNode(cell.value.removeprefix("_:"))
    if cell.language:
        return ox.Literal(cell.value, language=cell.language)
    return ox.Literal(cell.value, datatype=ox.NamedNode(cell.datatype) if cell.datatype else None)


def _xml(rows: Rows) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in rows.columns) if not rows.ask else ""
    if rows.ask:
        (cell,) = rows.rows[0]
        body = f"<boolean>{cell.value if cell else 'false'}</boolean>"
    else:
        body = f"<results>{''.join(map(_xml_row, rows.rows, [rows.columns] * len(rows.rows)))}</results>"
    space = "http://www.w3.org/2005/sparql-results#"
    return f'<?xml version="1.0"?>\n<sparql xmlns="{space}"><head>{head}</head>{body}</sparql>\n'


def _xml_row(row: tuple[Cell | None, ...], names: tuple[str, ...]) -> str:
    bound = ((name, cell) for name, cell in zip(names, row, strict=True) if cell)
    return f"<result>{''.join(f'<binding name={quoteattr(n)}>{_xml_cell(c)}</binding>' for n, c in bound)}</result>"


def _xml_cell(cell: Cell) -> str:
    mark = ""
    if cell.language:
        mark = f" xml:lang={quoteattr(cell.language)}"
    elif cell.datatype:
        mark = f" datatype={quoteattr(cell.datatype)}"
    return f"<{cell.kind}{mark}>{escape(cell.value, {chr(13): '&#13;'})}</{cell.kind}>"


def _csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([cell.value if cell else "" for cell in row] for row in rows.rows)
    return out.getvalue()


def _tsv(rows: Rows) -> str:
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    lines += ["\t".join(str(_term(cell)).replace("\t", "\\t") if cell else "" for cell in row) for row in rows.rows]
    return "\n".join(lines) + "\n"


TABLES: Mapping[str, Callable[[Rows], str]] = {
    "application/sparql-results+json": Rows.to_json,
    "application/json": Rows.to_json,
    "application/sparql-results+xml": _xml,
    "application/xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
}
