"""The process that answers one query, so that it can be killed: a running query hears no signal.

It reads a request (one line of JSON, then N-Triples where the graph is not a file) from standard input and writes the
answer as JSON. After loading, it may open no file and no socket: should a query get past the gate, it finds no network.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgraph.errors import InputError, KgraphError, QueryError, StoreError
from kgraph.ontology import PREFIXES
from kgraph.ontology.parsing import parse
from kgraph.queries.terms import LABEL, label, term_for

TRIES, PAUSE = 15, 0.1  # to open an index; seconds between
FILES = 10_240


def main() -> None:
    """Answer the request on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for the query to end
    request = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _answer(request)
    except KgraphError as error:
        answer = {"fault": type(error).__name__, "what": error.what, "place": error.place, "cure": error.cure}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    text = _text(request)
    store = _store(request["path"])
    if request["ready"]:
        text = _bound(request, store)
    _wall_in(request["memory"])
    try:
        results = store.query(text, prefixes=PREFIXES)
        return _table(results, store, request)
    except (SyntaxError, RuntimeError, OSError) as error:
        raise _fault(error) from error


def _fault(error: Exception) -> QueryError:
    """The engine's error less its list of all that it expected."""
    if at := re.match(r"error at (\d+):(\d+)", str(error)):
        place = f"query, line {at[1]}, column {at[2]}"
        return QueryError("not valid SPARQL", place=place, cure="mend it there")
    what = " ".join(str(error).split())[:200]
    return QueryError(f"cannot be answered: {what}", place="query", cure="ask in another way")


def _wall_in(memory: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _text(request: dict[str, Any]) -> str:
    if request["ready"]:
        return ""
    from kgraph.queries import gate  # rdflib takes a quarter of a second, which ready queries need not wait

    gate.check(request["text"])
    return str(request["text"])


def _store(path: str | None) -> ox.Store:
    if path and Path(path).is_dir():
        return _index(path)
    store = ox.Store()
    if path is None:
        store.bulk_load(sys.stdin.buffer, ox.RdfFormat.N_TRIPLES)
    else:
        store.bulk_extend(ox.Quad(*quad.triple) for quad in parse(Path(path), fault=InputError))
    return store


def _index(path: str) -> ox.Store:
    """The index of a store. While a build writes it, its files change under an opening reader, which tries again."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    # The engine opens beforehand as many of its files as a share of this limit; later it may open none.
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    for tries_left in reversed(range(TRIES)):
        try:
            return ox.Store.read_only(path)
        except (OSError, RuntimeError) as error:
            if not tries_left:
                raise StoreError("cannot be opened", place=path, cure="`kgraph rebuild` makes it anew") from error
            time.sleep(PAUSE)
    raise AssertionError


def _bound(request: dict[str, Any], store: ox.Store) -> str:
    from kgraph.queries.ready import ready

    query = ready()[request["ready"]]
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    given = request["parameters"]
    return query.bound({name: term_for(kinds[name], value, store) for name, value in given.items()})


def _table(results: Any, store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    if isinstance(results, ox.QueryBoolean):
        value = ox.Literal(bool(results))
        return {"columns": ["answer"], "rows": [[_cell(value, store, request)]], "truncated": False, **_form(results)}
    columns, found = _tuples(results)
    limit = request["limit"]
    rows = [[_cell(term, store, request) for term in row] for row in islice(found, limit)]
    return {"columns": columns, "rows": rows, "truncated": next(found, None) is not None, **_form(results)}


def _form(results: Any) -> dict[str, bool]:
    return {"ask": isinstance(results, ox.QueryBoolean), "triples": isinstance(results, ox.QueryTriples)}


def _tuples(results: Any) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    if isinstance(results, ox.QueryTriples):
        triples = ((triple.subject, triple.predicate, triple.object) for triple in results)
        return ["subject", "predicate", "object"], triples
    return [variable.value for variable in results.variables], (tuple(solution) for solution in results)


def _cell(term: Any, store: ox.Store, request: dict[str, Any]) -> list[str | None] | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == PREFIXES["xsd"] + "string"
        return ["literal", term.value, term.language, None if plain else term.datatype.value, None]
    if isinstance(term, ox.NamedNode):
        found = (quad.object for quad in store.quads_for_pattern(term, LABEL, None))
        return ["uri", term.value, None, None, label(found, request["language"])]
    return ["bnode", term.value if isinstance(term, ox.BlankNode) else str(term), None, None, None]


if __name__ == "__main__":
    main()
