"""Each ready query means the same to two SPARQL engines, on graphs that chance makes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pyoxigraph as ox
from graphs import FIRST, FORUM, KIM, PRK, PUTIN, RUS, SECOND, TASS, USA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from kgraph import graph as graphs
from kgraph import ontology, queries
from kgraph.ontology import PREFIXES
from kgraph.records import EventDate, Mention, Span, Statement
from kgraph.records import Sentence as Line

Row = tuple[str | None, ...]

TERMS = ontology.load()
ACTORS = (RUS, PRK, USA, KIM, PUTIN, TASS, FORUM)
# Those that some ready query treats apart, and one that none does.
RELATIONS = ("meets", "visits", "urges", "rejects", "yieldsTo", "threatens", "sanctions", "holdsPositionIn", "aids")
DATES = (
    EventDate(date(2023, 9, 12), assumed=True),
    EventDate(date(2023, 10, 1), "month"),
    EventDate(date(2024, 1, 1), "year"),
)
REQUIRED = {"who": "RUS", "whom": "KimJongUn", "source": "TASS"}


@st.composite
def statements(draw: st.DrawFn, article) -> Statement:
    number = draw(st.integers(1, 3))
    text = article.text.split("\n")[number]
    start = article.text.index(text)
    speaker = draw(st.none() | st.sampled_from(ACTORS))
    ends = [
        Mention(text[:3], start, start + 3, each.type, each, "alias")
        for each in draw(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)))
    ]
    return Statement(
        ends[0],
        draw(st.sampled_from(RELATIONS)),
        ends[1],
        Span(draw(st.sampled_from(("juru bicara", "menteri"))), start, start + 3),
        Line(number, text, start, start + len(text)),
        status=draw(st.sampled_from(("asserted", "asserted", "planned", "possible"))),
        negated=draw(st.integers(0, 4)) == 0,
        source=speaker and Mention(text[:3], start, start + 3, speaker.type, speaker, "alias"),
        stance=speaker and draw(st.sampled_from(("says", "says", "denies"))),
        event_date=draw(st.none() | st.sampled_from(DATES)),
    )


@st.composite
def generated(draw: st.DrawFn) -> Graph:
    pairs = [(article, draw(st.lists(statements(article), max_size=8))) for article in (FIRST, SECOND)]
    return graphs.build(pairs, TERMS)


@cache
def bound(name: str) -> str:
    """The text of a ready query with what it requires."""
    query = queries.ready()[name]
    needed = [each.name for each in query.parameters if each.required]
    return query.bound({each: ox.NamedNode(PREFIXES["ent"] + REQUIRED[each]) for each in needed})


@cache
def prepared(name: str) -> Query:
    return prepareQuery(bound(name), initNs=PREFIXES)


def by_rdflib(graph: Graph, name: str) -> Counter[Row]:
    """Its rows, less the one of zeros or nothing that rdflib makes where there is nothing to group."""
    rows = [tuple(None if cell is None else str(cell) for cell in row) for row in graph.query(prepared(name))]
    return Counter(row for row in rows if any(cell not in (None, "0") for cell in row))


def by_oxigraph(store: ox.Store, name: str) -> Counter[Row]:
    found = store.query(bound(name), prefixes=PREFIXES)
    return Counter(tuple(None if cell is None else cell.value for cell in row) for row in found)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(graph=generated())
def test_both_engines_give_the_same_rows(graph: Graph) -> None:
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)
    for name in queries.READY:
        assert by_oxigraph(store, name) == by_rdflib(graph, name), name
