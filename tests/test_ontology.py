"""The vocabulary is whole, in two languages, without a word that two relations fight over."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kgraph import ontology
from kgraph.errors import OntologyError
from kgraph.records import ENTITY_TYPES, STATUSES

IR = "https://w3id.org/kgraph/ir#"
RELATIONS = (
    *("visits", "hosts", "meets", "talksWith", "attends", "agreesWith", "cooperatesWith", "tradesWith", "supports"),
    *("aids", "suppliesArmsTo", "yieldsTo", "urges", "accuses", "criticizes", "rejects", "warns", "threatens"),
    *("protests", "sanctions", "deploysTo", "tests", "coerces", "attacks", "violates", "holdsPositionIn", "memberOf"),
    *("locatedIn", "alliedWith", "accompanies"),
)
SYMMETRIC = {"meets", "talksWith", "agreesWith", "cooperatesWith", "tradesWith", "alliedWith"}
# Weights of the PLOVER manual for its types; a visit is a mode of CONSULT with a weight of its own.
WEIGHTS = {
    **{"AID": 10, "COOPERATE": 9.5, "RETREAT": 6.5, "SUPPORT": 5, "CONSULT": 2.5, "AGREE": 2.5, "REQUEST": 0},
    **{"REJECT": -2, "ACCUSE": -3, "THREATEN": -3.5, "PROTEST": -5, "MOBILIZE": -5.5, "SANCTION": -6, "COERCE": -7},
    "ASSAULT": -9,
}
PREFIXES = """@prefix my: <https://example.org/my#> .
@prefix ir: <https://w3id.org/kgraph/ir#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
FUNDS = 'my:funds a owl:ObjectProperty ; skos:prefLabel "funds"@en, "mendanai"@id ; skos:altLabel "mendanai"@id .'


@pytest.fixture(scope="module")
def known() -> ontology.Ontology:
    return ontology.load()


@pytest.fixture(scope="module")
def triples() -> Graph:
    return Graph().parse(ontology.HOME / "ir.ttl", format="turtle")


def test_the_relations_are_the_thirty(known):
    assert sorted(known.relations) == sorted(RELATIONS)


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_has_labels_definitions_and_triggers_in_both_languages(known, name):
    relation = known.relations[name]
    for each in (relation.labels, relation.definitions, relation.triggers):
        assert set(each) == {"id", "en"}
        assert all(each.values())
    assert all(word == " ".join(word.split()) for words in relation.triggers.values() for word in words)


@pytest.mark.parametrize("name", RELATIONS)
def test_weights_and_codes_follow_plover_and_cameo(known, name):
    relation = known.relations[name]
    if name in ("visits", "hosts"):
        assert (relation.plover, relation.weight) == ("CONSULT", 4)
    elif relation.plover:
        assert relation.weight == WEIGHTS[relation.plover]
    assert (relation.cameo is None) == (relation.plover is None)
    assert relation.cameo is None or "03" <= relation.cameo <= "20"


def test_symmetric_relations_have_one_class_at_both_ends(known):
    assert {name for name, relation in known.relations.items() if relation.symmetric} == SYMMETRIC
    for name in SYMMETRIC - {"agreesWith"}:  # one also agrees with a document, which agrees with nobody
        assert known.relations[name].domain == known.relations[name].range


def test_a_trigger_of_two_relations_is_decided_by_disjoint_ranges(known):
    words = {
        name: {(tag, word.casefold()) for tag, found in relation.triggers.items() for word in found}
        for name, relation in known.relations.items()
    }
    for one, other in combinations(RELATIONS, 2):
        if words[one] & words[other]:
            assert not known.relations[one].range & known.relations[other].range, words[one] & words[other]


@pytest.mark.parametrize(
    ("name", "voice", "language", "word"),
    [
        ("attacks", "active", "id", "menyerang"),
        ("attacks", "passive", "id", "diserang"),
        ("attacks", "nominal", "id", "serangan"),
        ("suppliesArmsTo", "passive", "en", "buy weapons from"),
        ("visits", "nominal", "en", "visit"),
        ("holdsPositionIn", "nominal", "id", "Menteri Luar Negeri"),
    ],
)
def test_voices(known, name, voice, language, word):
    assert word in getattr(known.relations[name], voice)[language]


def test_every_term_is_labelled_and_defined_in_both_languages(triples):
    terms = {s for s in triples.subjects(RDF.type) if isinstance(s, URIRef) and str(s).startswith(IR)}
    assert len(terms) > 60
    for term in terms:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert sorted(text.language for text in triples.objects(term, predicate)) == ["en", "id"], term


def test_classes_cover_the_entity_types_and_statuses_exist(known):
    assert tuple(known.classes) == ENTITY_TYPES
    assert {known.labels[status]["id"] for status in STATUSES} == {"dinyatakan", "direncanakan", "mungkin"}


def test_claims_align_with_the_standards(triples):
    ir = {name: URIRef(IR + name) for name in ("Claim", "attributedTo", "article", "Sentence")}
    assert (ir["Claim"], RDFS.subClassOf, RDF.Statement) in triples
    assert (ir["attributedTo"], RDFS.subPropertyOf, URIRef("http://www.w3.org/ns/prov#wasAttributedTo")) in triples
    assert (ir["Sentence"], RDFS.subClassOf, URIRef("http://www.w3.org/ns/oa#SpecificResource")) in triples
    assert (URIRef(IR + "meets"), RDF.type, OWL.SymmetricProperty) in triples


def own(tmp_path, text: str, name: str = "mine.ttl") -> ontology.Ontology:
    path = tmp_path / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return ontology.load(path)


def test_a_users_relation_takes_its_words_and_leaves_the_rest(tmp_path, known):
    merged = own(tmp_path, FUNDS)
    assert merged.relations["funds"].iri == "https://example.org/my#funds"
    assert merged.relations["funds"].active == {"id": ("mendanai",)}
    assert merged.relations["funds"].domain == frozenset(ENTITY_TYPES)
    assert "mendanai" not in merged.relations["aids"].active["id"]
    assert "mendanai" in known.relations["aids"].active["id"]
    assert list(merged.relations) == [*known.relations, "funds"]


def test_a_user_adds_words_to_a_relation_that_exists(tmp_path):
    visits = own(tmp_path, 'ir:visits skos:altLabel "ngelencer ke"@id .').relations["visits"]
    assert visits.active["id"][-1] == "ngelencer ke"
    assert "mengunjungi" in visits.active["id"]
    assert visits.weight == 4


def test_inverses_are_known_at_both_ends(tmp_path):
    more = (
        ' my:paidBy a owl:ObjectProperty ; owl:inverseOf my:funds ; skos:prefLabel "p"@en ; skos:altLabel "p by"@en .'
    )
    relations = own(tmp_path, FUNDS + more).relations
    assert (relations["funds"].inverse, relations["paidBy"].inverse) == ("paidBy", "funds")


FAULTS = {
    "no label": ('my:f a owl:ObjectProperty ; skos:altLabel "x"@id .', "without a label"),
    "no trigger": ('my:f a owl:ObjectProperty ; skos:prefLabel "x"@id .', "without trigger words"),
    "no language": ('my:f a owl:ObjectProperty ; skos:prefLabel "x"@id ; skos:altLabel "x" .', "has no language"),
    "empty trigger": ('my:f a owl:ObjectProperty ; skos:prefLabel "x"@id ; skos:altLabel " "@id .', "empty trigger"),
    "no relation": ('my:f skos:prefLabel "x"@id .', "no relation in this file"),
    "bad syntax": ("my:f a\n  owl:ObjectProperty ;; .. ", "mine.ttl:5"),
    "bad class": (FUNDS + " my:funds schema:domainIncludes my:Bank .", "is no class of actors"),
    "bad weight": (FUNDS + ' my:funds ir:weight "much" .', "is no number"),
    "two types": (FUNDS + ' my:funds ir:plover "AID", "AGREE" .', "more than one ir:plover"),
    "lone inverse": (FUNDS + " my:funds owl:inverseOf my:gone .", "which is no relation"),
    "namesake": (FUNDS.replace("my:funds", "my:visits"), "has a term 'visits' already"),
    "two of a name": (FUNDS + FUNDS.replace("my:funds", "<https://example.com/funds>"), "two relations called 'funds'"),
    "shared word": (FUNDS + FUNDS.replace("my:funds", "my:pays"), "is a trigger of"),
    "nameless": (FUNDS.replace("my:funds", "<https://example.org/a-b%20c>"), "gives the relation no name"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_said_in_one_line_with_the_file(name, tmp_path):
    text, said = FAULTS[name]
    with pytest.raises(OntologyError) as caught:
        own(tmp_path, text)
    assert said in str(caught.value)
    assert "mine.ttl" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_unknown_format_are_said(tmp_path):
    with pytest.raises(OntologyError, match="No such file"):
        ontology.load(tmp_path / "gone.ttl")
    with pytest.raises(OntologyError, match="unknown format"):
        own(tmp_path, FUNDS, "mine.txt")


def test_loading_needs_no_heavy_library():
    code = "import sys; from kgraph import ontology; ontology.load(); print('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
