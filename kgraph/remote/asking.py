"""Questions to a server, and its whole graph. What it answers is read strictly, and never followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kgraph.errors import RemoteError
from kgraph.graph import graph_of
from kgraph.ontology import PREFIXES
from kgraph.ontology.terms import curie
from kgraph.queries import gate, ready, resolve
from kgraph.queries.rows import Cell, Rows
from kgraph.queries.terms import label, term_for
from kgraph.remote.client import Service

if TYPE_CHECKING:
    from rdflib import Graph

FORM = "application/x-www-form-urlencoded"
ROWS = "application/sparql-results+json"
TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
MOST = 1 << 28  # bytes of an answer in rows
AT_ONCE = 200  # IRIs whose labels are asked for in one request

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?count) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
NAMES = """CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?p { skos:prefLabel skos:altLabel schema:publisher } ?s ?p ?o }
  UNION { VALUES (?p ?o) { (rdf:type ir:Relation) } ?s ?p ?o }
}"""

BOOLEANS = {"0": "false", "1": "true"}  # as Virtuoso writes them

Term = Any  # of pyoxigraph
Found = tuple[Term, ...]


def query(
    service: Service,
    text: str | Path,
    *,
    parameters: Mapping[str, str] | None = None,
    graph: str | None = None,
    language: str = "en",
    limit: int = 100_000,
) -> Rows:
    """The answer of a server's query service, of `limit` rows at most; `graph` names one of its graphs."""
    words = _words(service, text, parameters or {}, graph)
    form = gate.check(words)
    if form == "ask":
        answer = Cell("literal", str(_asked(service, words, graph)).lower(), None, PREFIXES["xsd"] + "boolean")
        return Rows(("answer",), ((answer,),), ask=True)
    if form == "select":
        columns, rows = _selected(service, words, graph, limit + 1)
    else:
        columns = ("subject", "predicate", "object")
        found = ((each.subject, each.predicate, each.object) for each in _triples(service, words, graph))
        rows = list(islice(found, limit + 1))
    labels = _labels(service, graph, rows[:limit], language)
    cells = tuple(tuple(_cell(term, labels) for term in row) for row in rows[:limit])
    return Rows(columns, cells, truncated=len(rows) > limit, triples=form != "select")


def fetch(service: Service, *, graph: str | None = None) -> Iterator[ox.Triple]:
    """The whole graph. Where the server gives only a part of it, RemoteError is raised at the end."""
    wanted = _count(service, graph)
    got = 0
    for triple in _triples(service, ALL, graph):
        got += 1
        yield triple
    if got < wanted:
        cure = "raise its limit of rows, or export the graph there"
        raise RemoteError(f"gave {got} of {wanted} triples", place=service.url, cure=cure)


def load(service: Service, *, graph: str | None = None, actors: Path | None = None) -> Graph:
    """The whole graph, as `kgraph.load` reads a file; `actors` is a file with names of the user's own."""
    return graph_of(fetch(service, graph=graph), service.url, actors=actors)


def _words(service: Service, text: str | Path, parameters: Mapping[str, str], graph: str | None) -> str:
    asked = resolve(text, parameters)
    if not asked["ready"]:
        return str(asked["text"])
    chosen = ready()[asked["ready"]]
    kinds = {parameter.name: parameter.kind for parameter in chosen.parameters}
    names = ox.Store()
    if parameters:
        names.extend(ox.Quad(*triple) for triple in _triples(service, NAMES, graph))
    return chosen.bound({name: term_for(kinds[name], value, names) for name, value in parameters.items()})


def _count(service: Service, graph: str | None) -> int:
    _, rows = _selected(service, COUNT, graph, 2)
    if len(rows) != 1 or len(rows[0]) != 1 or not getattr(rows[0][0], "value", "").isdecimal():
        raise _broken(service, "no number, where one was asked for")
    return int(rows[0][0].value)


def _asked(service: Service, words: str, graph: str | None) -> bool:
    answer = _results(service, words, graph)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    rows = [tuple(row) for row in islice(answer, 2)]  # Virtuoso says yes as a row of one 1
    if len(rows) > 1 or any(len(row) != 1 or not isinstance(row[0], ox.Literal) for row in rows):
        raise _broken(service, "rows, where yes or no was asked")
    return bool(rows) and rows[0][0].value in ("1", "true")


def _selected(service: Service, words: str, graph: str | None, limit: int) -> tuple[tuple[str, ...], list[Found]]:
    answer = _results(service, words, graph)
    if not isinstance(answer, ox.QuerySolutions):
        raise _broken(service, "no rows")
    try:
        rows = [tuple(row) for row in islice(answer, limit)]
    except SyntaxError as error:
        raise _broken(service, str(error)) from error
    return tuple(each.value for each in answer.variables), rows


def _results(service: Service, words: str, graph: str | None) -> ox.QuerySolutions | ox.QueryBoolean:
    with service.send("POST", _form(words, graph), FORM, accept=ROWS) as answer:
        try:
            body = answer.read(MOST + 1)
        except (OSError, HTTPException) as error:
            raise _broken(service, str(error)) from error
        if len(body) > MOST:
            raise RemoteError(f"more than {MOST >> 20} MB of rows", place=service.url, cure="narrow the query")
        _check_whole(service, answer)
    try:
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise _broken(service, str(error)) from error


def _triples(service: Service, words: str, graph: str | None) -> Iterator[ox.Triple]:
    accept = "application/n-triples, text/turtle;q=0.9"
    with service.send("POST", _form(words, graph), FORM, accept=accept) as answer:
        media = (answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if media not in TRIPLES:
            raise _broken(service, f"{media or 'nothing'}, where triples were asked for")
        try:
            yield from (quad.triple for quad in ox.parse(answer, TRIPLES[media]))
        except (SyntaxError, OSError, HTTPException) as error:
            raise _broken(service, str(error)) from error
        _check_whole(service, answer)


def _check_whole(service: Service, answer: HTTPResponse) -> None:
    """Lines of N-Triples may end anywhere and look whole; the announced length tells."""
    if answer.length:
        raise _broken(service, f"{answer.length} bytes of it are missing")


def _form(words: str, graph: str | None) -> bytes:
    fields = {"query": PROLOGUE + words} | ({"default-graph-uri": graph} if graph else {})
    return urlencode(fields).encode()


def _broken(service: Service, what: str) -> RemoteError:
    """An answer that is none: a server that runs out of time may say so in the middle of a good answer."""
    said = " ".join(what.split())[:200]
    cure = "give the address of a SPARQL query service; where it is one, narrow the query: it may be out of time"
    return RemoteError(f"its answer cannot be read: {said}", place=service.url, cure=cure)


def _labels(service: Service, graph: str | None, rows: Iterable[Found], language: str) -> dict[str, str]:
    """The names of all IRIs in the rows, as far as the graph has them."""
    iris = sorted({term.value for row in rows for term in row if isinstance(term, ox.NamedNode)})
    found: dict[str, list[Term]] = {}
    for start in range(0, len(iris), AT_ONCE):
        # The RDF library writes each term, so that no IRI of an answer can become part of the query.
        terms = " ".join(str(ox.NamedNode(iri)) for iri in iris[start : start + AT_ONCE])
        words = f"SELECT ?iri ?label {{ VALUES ?iri {{ {terms} }} ?iri skos:prefLabel ?label }}"
        columns, named = _selected(service, words, graph, MOST)
        if columns != ("iri", "label"):
            raise _broken(service, "other columns than were asked for")
        for iri, name in named:
            found.setdefault(str(iri), []).append(name)
    return {iri: name for iri, names in found.items() if (name := label(names, language)) is not None}


def _cell(term: Term, labels: Mapping[str, str]) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = curie(term.datatype.value)
        value = BOOLEANS.get(term.value, term.value) if kind == "xsd:boolean" else term.value
        plain = term.language or kind == "xsd:string"
        return Cell("literal", value, term.language, None if plain else term.datatype.value)
    if isinstance(term, ox.NamedNode):
        return Cell("uri", term.value, label=labels.get(str(term)))
    return Cell("bnode", term.value if isinstance(term, ox.BlankNode) else str(term))
