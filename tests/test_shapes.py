"""Built graphs hold to the shapes, broken graphs do not."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from graphs import FIRST, KIM, RUS, pairs, statement
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF, SDO, SKOS, XSD

from kgraph import graph as graphs
from kgraph import ontology, shapes
from kgraph.errors import MissingExtra

IR = "https://w3id.org/kgraph/ir#"
OA = Namespace("http://www.w3.org/ns/oa#")


def build(given=None) -> Graph:
    return graphs.build(pairs() if given is None else given, ontology.load())


def test_a_built_graph_has_no_violation_and_no_warning():
    report = shapes.check(build())
    assert (report.claims, report.found) == (11, ())


def claim_of(graph: Graph, relation: str) -> URIRef:
    return next(graph.subjects(RDF.predicate, URIRef(IR + relation)))


def end_of(graph: Graph, claim: URIRef) -> URIRef:
    return graph.value(graph.value(claim, PROV.wasQuotedFrom), OA.hasSelector)


BREAKS = {
    "no status": lambda g, c: g.remove((c, URIRef(IR + "status"), None)),
    "two statuses": lambda g, c: g.add((c, URIRef(IR + "status"), URIRef(IR + "planned"))),
    "unknown status": lambda g, c: g.set((c, URIRef(IR + "status"), URIRef(IR + "rumoured"))),
    "negated as text": lambda g, c: g.set((c, URIRef(IR + "negated"), Literal("no"))),
    "sure beyond one": lambda g, c: g.set((c, URIRef(IR + "confidence"), Literal("1.5", datatype=XSD.decimal))),
    "no sentence": lambda g, c: g.remove((c, PROV.wasQuotedFrom, None)),
    "source without stance": lambda g, c: g.remove((c, URIRef(IR + "stance"), None)),
    "time as text": lambda g, c: g.set((c, URIRef(IR + "eventDate"), Literal("yesterday"))),
    "nameless subject": lambda g, c: g.remove((g.value(c, RDF.subject), SKOS.prefLabel, None)),
    "bad code": lambda g, c: g.set((g.value(c, RDF.object), URIRef(IR + "isoCode"), Literal("russia"))),
    "article of no language": lambda g, c: g.remove((g.value(c, URIRef(IR + "article")), SDO.inLanguage, None)),
    "end before start": lambda g, c: g.set((end_of(g, c), OA.end, Literal(0))),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_a_violation(name):
    graph = build()
    BREAKS[name](graph, claim_of(graph, "visits"))
    assert shapes.check(graph).violations


def test_a_violation_names_its_sentence():
    graph = build()
    BREAKS["unknown status"](graph, claim_of(graph, "visits"))
    (violation,) = shapes.check(graph).violations
    assert violation.sentence == "Kim Jong Un tiba di Rusia, kata TASS."
    assert violation.message.startswith("status")


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_odd_subject_is_a_warning_with_its_sentence_and_the_claim_stays(language):
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "tests", ("Rusia", RUS), "tiba di")
    graph = build([(FIRST, [visit, *pairs()[0][1]])])
    report = shapes.check(graph, language=language)
    said = {"en": "unusual object of tests", "id": "objek yang tidak lazim untuk tests"}[language]
    assert [(each.severity, each.message, each.node, each.sentence) for each in report.found] == [
        ("warning", said, "RUS", "Kim Jong Un tiba di Rusia, kata TASS.")
    ]
    assert report.violations == ()


def test_a_denied_or_planned_claim_is_looked_at_too():
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "tests", ("Rusia", RUS), "tiba di")
    assert shapes.check(build([(FIRST, [replace(visit, status="planned")])])).warnings


def test_the_shapes_repeat_the_domains_and_ranges_of_the_ontology():
    known = ontology.load()
    graph = Graph().parse(ontology.HOME / "shapes.ttl", format="turtle")
    rows = graph.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?relation ?end ?class {
        ?shape sh:targetNode ?relation ; sh:property [ sh:path/rdf:rest/rdf:first ?end ; sh:severity sh:Warning ;
        sh:or/rdf:rest*/rdf:first/sh:class ?class ] }"""
    )
    found = {tuple(str(term).replace("#", "/").rpartition("/")[2] for term in row) for row in rows}
    wanted = {
        (name, end, known.classes[kind])
        for name, relation in known.relations.items()
        for end, kinds in (("subject", relation.domain), ("object", relation.range))
        for kind in kinds
    }
    assert found == wanted


def test_without_pyshacl_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtra, match=r"kgraph\[check\]"):
        shapes.check(Graph())


def test_the_command_tells_ten_with_their_sentences_counts_all_and_fails(kgraph, tmp_path):
    graph = build()
    for claim in list(graph.subjects(RDF.type, URIRef(IR + "Claim"))):
        graph.remove((claim, URIRef(IR + "status"), None))
    graphs.save(graph, tmp_path / "bad.ttl")
    outcome = kgraph("check", "bad.ttl")
    assert outcome.code == 1
    assert outcome.out.count(" violation ") == 10
    assert "membantah memasok" in outcome.out
    assert outcome.out.splitlines()[-2:] == [
        "and 1 more, which --format csv tells",
        "11 claims, 11 violations, 0 warnings",
    ]
    listed = kgraph("check", "bad.ttl", "--format", "csv")
    assert (listed.code, len(listed.out.splitlines())) == (1, 12)
    assert ",Korea Utara membantah memasok senjata kepada Rusia.\n" in listed.out
