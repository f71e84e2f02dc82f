"""The gate for queries that a user writes: SPARQL 1.1 that reads this graph, and nothing else.

A parser decides, not a search for words, so that "SERVICE" in a string passes and one hidden in a subquery does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kgraph.errors import QueryError
from kgraph.ontology import PREFIXES

Form = Literal["select", "ask", "construct", "describe"]


def check(text: str) -> Form:
    """The form of a query that stays within the graph; QueryError where the text is anything else."""
    try:
        tree = parseQuery(text)
    except ParseException as error:
        raise _fault(text, error) from error
    except RecursionError as error:
        raise QueryError("nested too deeply", place="query", cure="write it flatter") from error
    nodes = list(_nodes(tree))
    known = {*PREFIXES, *(str(node.prefix or "") for node in nodes if node.name == "PrefixDecl")}
    for node in nodes:
        if node.name == "pname" and str(node.prefix or "") not in known:
            cure = f"declare it, or use one of: {' '.join(PREFIXES)}"
            raise QueryError(f"unknown prefix {node.prefix or ''}:", place="query", cure=cure)
        if node.name == "ServiceGraphPattern":
            raise QueryError("SERVICE asks another server", place="query", cure="query this graph alone")
        if node.name == "DatasetClause":
            raise QueryError("FROM reads another graph", place="query", cure="leave it out: there is one graph")
    return cast(Form, tree[1].name.removesuffix("Query").lower())


def _fault(text: str, error: ParseException) -> QueryError:
    try:
        is_update = bool(parseUpdate(text).request)
    except (ParseException, RecursionError):
        is_update = False
    if not is_update:
        found = error.pstr[error.loc : error.loc + 20].split("\n")[0].strip() or "the end of the line"
        place = f"query, line {error.lineno}, column {error.column}"
        return QueryError(f"not valid SPARQL at {found!r}", place=place, cure="mend it there")
    return QueryError("an update changes the graph", place="query", cure="use SELECT, ASK, CONSTRUCT or DESCRIBE")


def _nodes(tree: object) -> Iterator[CompValue]:
    """All nodes of the tree, without recursion, as a query may be nested deeper than Python's stack."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            waiting.extend(node)
