"""Statements to graph, graph to file and back, graph to network."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import FIRST, KIM, PUTIN, RUS, SECOND, mention, pairs, statement
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD

from kgraph import graph as graphs
from kgraph import ontology
from kgraph.errors import InputError
from kgraph.records import Actor, EventDate

IR = "https://w3id.org/kgraph/ir#"
ENT = "https://w3id.org/kgraph/entity/"
VISITS, MEETS = URIRef(IR + "visits"), URIRef(IR + "meets")
KIM_IRI, RUS_IRI, PUTIN_IRI = (URIRef(ENT + actor.key) for actor in (KIM, RUS, PUTIN))


def build(given=None) -> Graph:
    return graphs.build(pairs() if given is None else given, ontology.load())


def one(**changes) -> Graph:
    """A graph of one visit, changed."""
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "visits", ("Rusia", RUS), "tiba di")
    return build([(FIRST, [replace(visit, **changes)])])


def claims(graph: Graph) -> list:
    return list(graph.subjects(RDF.type, URIRef(IR + "Claim")))


@pytest.mark.parametrize(
    ("changes", "direct"),
    [
        ({}, True),
        ({"source": mention(FIRST, 1, "TASS", PUTIN), "stance": "says"}, True),
        ({"source": mention(FIRST, 1, "TASS", PUTIN), "stance": "denies"}, False),
        ({"negated": True}, False),
        ({"status": "planned"}, False),
        ({"status": "possible"}, False),
    ],
)
def test_direct_triple_only_where_a_claim_supports_it(changes, direct):
    graph = one(**changes)
    assert ((KIM_IRI, VISITS, RUS_IRI) in graph) is direct
    assert len(claims(graph)) == 1


def test_symmetric_relations_run_both_ways_and_others_do_not():
    graph = build()
    assert (KIM_IRI, MEETS, PUTIN_IRI) in graph
    assert (PUTIN_IRI, MEETS, KIM_IRI) in graph
    assert (RUS_IRI, VISITS, KIM_IRI) not in graph


def test_inverse_relation_of_a_users_file_runs_both_ways(tmp_path):
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix my: <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        'my:funds a owl:ObjectProperty ; skos:prefLabel "funds"@en ; skos:altLabel "funds"@en .\n'
        "my:fundedBy a owl:ObjectProperty ; owl:inverseOf my:funds ;\n"
        '  skos:prefLabel "funded by"@en ; skos:altLabel "is paid by"@en .\n',
        encoding="utf-8",
    )
    claim = replace(pairs()[0][1][0], relation="funds")
    graph = graphs.build([(FIRST, [claim])], ontology.load(mine))
    assert (RUS_IRI, URIRef("https://example.org/fundedBy"), KIM_IRI) in graph


def test_same_claim_twice_in_a_sentence_is_one_with_the_surest_reading():
    visit = pairs()[0][1][0]
    graph = build([(FIRST, [replace(visit, confidence=0.2), replace(visit, confidence=0.8)])])
    assert [float(value) for value in graph.objects(None, URIRef(IR + "confidence"))] == [0.8]


def test_order_and_repetition_of_articles_do_not_matter():
    forward, backward = pairs(), [(article, list(reversed(found))) for article, found in reversed(pairs())]
    assert set(build(forward)) == set(build([*backward, *forward]))


@pytest.mark.parametrize(
    ("when", "text", "datatype"),
    [
        (EventDate(date(2023, 9, 12)), "2023-09-12", XSD.date),
        (EventDate(date(2023, 9, 1), "month"), "2023-09", XSD.gYearMonth),
        (EventDate(date(2023, 1, 1), "year"), "2023", XSD.gYear),
    ],
)
def test_event_date_has_the_datatype_of_its_precision(when, text, datatype):
    values = list(one(event_date=when).objects(None, URIRef(IR + "eventDate")))
    assert [(str(value), value.datatype) for value in values] == [(text, datatype)]


def test_sentence_keeps_language_and_offsets_that_point_into_the_article():
    graph = build()
    rows = graph.query(
        """SELECT ?text ?start ?end { ?c rdf:predicate ir:visits ; prov:wasQuotedFrom ?s .
        ?s ir:text ?text ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] }""",
        initNs=ontology.PREFIXES,
    )
    ((text, start, end),) = rows
    assert text == Literal("Kim Jong Un tiba di Rusia, kata TASS.", lang="id")
    assert FIRST.text[int(start) : int(end)] == str(text)


def test_pronouns_are_no_names():
    he = replace(mention(FIRST, 1, "Kim Jong Un", KIM, "pronoun"), text="ia")
    graph = one(subject=he)
    assert "ia" not in {str(name) for name in graph.objects(KIM_IRI)}


@pytest.mark.parametrize("hostile", ['a b"<>\\{}', "x\u202ey", "</script>", "é/../#?", "\ud800", "NUL\x00"])
@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld", ".rdf", ".trig"])
def test_hostile_names_survive_as_text_and_never_break_an_iri(hostile, suffix, tmp_path):
    actor = Actor(hostile, "PER", hostile)
    subject = replace(mention(FIRST, 1, "Kim Jong Un", KIM), text=hostile, actor=actor)
    graph = one(subject=subject)
    path = tmp_path / f"g{suffix}"
    graphs.save(graph, path)
    assert isomorphic(graphs.load(path), graph)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".jsonld", ".rdf", ".trig"])
def test_round_trip(suffix, tmp_path):
    path = tmp_path / f"graph{suffix}"
    graph = build()
    graphs.save(graph, path)
    assert set(graphs.load(path)) == set(graph)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_both_engines_read_the_turtle_alike(tmp_path):
    path = tmp_path / "g.ttl"
    graphs.save(build(), path)
    by_rdflib = Graph().parse(path, format="turtle")
    by_oxigraph = list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
    assert len(by_rdflib) == len(by_oxigraph) == len(build())
    assert {str(s) for s in by_rdflib.subjects()} == {quad.subject.value for quad in by_oxigraph}


def test_turtle_is_grouped_and_reads_well(tmp_path):
    path = tmp_path / "g.ttl"
    graphs.save(build(), path)
    text = path.read_text(encoding="utf-8")
    heads = [line.split(":")[0] for line in text.splitlines() if line and line[0] not in " @"]
    assert list(dict.fromkeys(heads)) == ["art", "sent", "ent", "claim", "ir"]
    assert 'ent:RUS a ir:State ;\n    skos:prefLabel "Rusia"@id, "Russia"@en ;\n    ir:isoCode "RUS" ;' in text
    assert "ir:confidence 0.900" in text


SAVE = """
import sys; sys.path.insert(0, 'tests')
from pathlib import Path
from graphs import pairs
from kgraph import graph, ontology
graph.save(graph.build(pairs(), ontology.load()), Path(sys.argv[1]))
"""


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld"])
def test_same_bytes_in_two_processes_with_different_hash_seeds(suffix, tmp_path):
    paths = [tmp_path / f"{seed}{suffix}" for seed in (1, 2)]
    for path in paths:
        environment = {**os.environ, "PYTHONHASHSEED": path.stem}
        root = Path(__file__).parent.parent
        subprocess.run([sys.executable, "-c", SAVE, str(path)], env=environment, check=True, cwd=root)
    assert paths[0].read_bytes() == paths[1].read_bytes()


BAD_FILES = {
    "cut.ttl": ("@prefix a: <http://x/> .\na:b a:c", "cut.ttl:2"),
    "entity.rdf": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rdf/>', "DOCTYPE"),
    "laughs.rdf": ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>', "DOCTYPE"),
    "remote.jsonld": ('{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "http://x/"}', "remote.jsonld"),
    "graph.xyz": ("", "there are: .ttl"),
    "bytes.ttl": ("<http://x/a> <http://x/b> <http://x/a b> .", "bytes.ttl"),
    "quoted.ttl": ("<http://x/a> <http://x/b> <<( <http://x/a> <http://x/b> 1 )>> .", "RDF 1.2"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_give_one_line_that_names_the_place(name, tmp_path):
    text, said = BAD_FILES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        graphs.load(tmp_path / name)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_addresses_are_no_paths_and_missing_files_are_said():
    with pytest.raises(InputError, match="No such file"):
        graphs.load(Path("http://127.0.0.1:9/g.ttl"))


def test_a_failed_save_leaves_the_old_file(tmp_path):
    path = tmp_path / "g.ttl"
    path.write_text("old", encoding="utf-8")
    broken = Graph()
    broken.add((KIM_IRI, VISITS, Literal("\ud800")))
    with pytest.raises(UnicodeEncodeError):
        graphs.save(broken, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["g.ttl"]


def test_network_has_actors_claims_and_their_evidence():
    network = graphs.to_networkx(build())
    visit = next(edge for *ends, edge in network.edges(data=True) if edge["relation"] == "visits")
    assert network.nodes["RUS"]["labels"] == {"en": "Russia", "id": "Rusia"}
    assert network.nodes["PRK"] == {
        **{"labels": {"en": "North Korea", "id": "Korea Utara"}, "label": "North Korea"},
        **{"aliases": ["Korut"], "type": "CTY", "code": "PRK"},
    }
    assert visit["source"] == "TASS"
    assert (visit["event_date"], visit["report_date"], visit["date_assumed"]) == ("2023-09-12", "2023-09-12", True)
    assert FIRST.text[visit["trigger_start"] :].startswith("tiba di")
    sentence = network.graph["sentences"][visit["sentence"]]
    assert sentence["text"] == "Kim Jong Un tiba di Rusia, kata TASS."
    assert FIRST.text[sentence["start"] :].startswith(sentence["text"])
    assert network.graph["articles"][sentence["article"]] == {
        **{"title": "Kim di Rusia", "outlet": "Republika", "date": "2023-09-12", "language": "id", "copy_of": None},
        "url": "https://example.org/a%20b?x=%3C1%3E",
    }
    assert network.number_of_edges() == 11


def test_contested_claims_are_marked_and_only_those():
    network = graphs.to_networkx(build())
    contested = [edge["relation"] for *_, edge in network.edges(data=True) if edge["contested"]]
    assert contested == ["suppliesArmsTo", "suppliesArmsTo"]


def test_a_denial_without_an_affirmation_is_not_contested():
    given = [(FIRST, [pairs()[0][1][3]]), (SECOND, [])]
    assert [edge["contested"] for *_, edge in graphs.to_networkx(build(given)).edges(data=True)] == [False]
