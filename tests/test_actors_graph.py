"""Actors in a graph: the list, the look-alikes, the reasons, and a user's own names on a graph that is built."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome
from graphs import FIRST, KIM, PRK, PUTIN, RUS, SECOND, mention, statement
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import OWL, SKOS

import kgraph as package
from kgraph import analysis, ontology, shapes
from kgraph import graph as graphs
from kgraph.errors import OntologyError, QueryError
from kgraph.records import Actor, Article, Mention, Statement

Kgraph = Callable[..., Outcome]
IR, ENT = ontology.PREFIXES["ir"], ontology.PREFIXES["ent"]

TEXT = """Kim
Kim Jong Un bertemu Vladimir Putin.
Kim mengunjungi Rusia.
Kim bertemu Dmitry Peskov.
Juru bicara Rusia Dmitri Peskov mengunjungi Rusia.
Kim Jong Un mengunjungi Rusia.
"""
ARTICLE = Article(TEXT, "Kim", location="c.txt")
DMITRI = Actor("PER-00000000aa", "PER", "Dmitri Peskov")
DMITRY = Actor("PER-00000000bb", "PER", "Dmitry Peskov")
SHORT = "short for a name in the article"


def said() -> list[Statement]:
    """Kim met Putin and, under his surname, visited Russia and met Peskov, whose first name is spelled in two ways."""
    kim = mention(ARTICLE, 3, "Kim", KIM, SHORT)
    met_peskov = statement(ARTICLE, 3, ("Kim", KIM), "meets", ("Dmitry Peskov", DMITRY), "bertemu")
    return [
        statement(ARTICLE, 1, ("Kim Jong Un", KIM), "meets", ("Vladimir Putin", PUTIN), "bertemu"),
        replace(visit(2, "Kim", KIM), subject=mention(ARTICLE, 2, "Kim", KIM, SHORT)),
        replace(met_peskov, subject=kim, source=kim, stance="says"),
        statement(ARTICLE, 4, ("Dmitri Peskov", DMITRI), "holdsPositionIn", ("Rusia", RUS), "Juru bicara"),
        visit(4, "Dmitri Peskov", DMITRI),
    ]


def visit(line: int, name: str, actor: Actor) -> Statement:
    return statement(ARTICLE, line, (name, actor), "visits", ("Rusia", RUS), "mengunjungi")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    graphs.save(graphs.build([(ARTICLE, said())], ontology.load()), path)
    return path


def own(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(["alias,type,key,label", *rows]) + "\n", encoding="utf-8")
    return path


def facts(graph: Graph) -> set[tuple[str, str, str]]:
    """The direct triples between actors, by local names."""
    actors = set(graph.subjects(SKOS.prefLabel, None))
    return {
        tuple(str(term).replace("#", "/").rpartition("/")[2] for term in triple)  # type: ignore[misc]
        for triple in graph
        if triple[0] in actors and triple[2] in actors and str(triple[1]).startswith(IR)
    }


def claims(graph: Graph) -> set[str]:
    return {str(claim) for claim in graph.subjects(RDF.type, URIRef(IR + "Claim"))}


def test_merging_follows_in_claims_and_direct_triples_and_rewrites_no_file(built: Path, tmp_path: Path) -> None:
    before, content = graphs.load(built), built.read_bytes()
    merged = graphs.load(
        built, actors=own(tmp_path, "Dmitri Peskov,PER,DmitryPeskov,", "Dmitry Peskov,PER,DmitryPeskov,")
    )
    assert built.read_bytes() == content
    assert set(graphs.load(built)) == set(before)
    assert claims(merged) == claims(before)
    peskov = {fact for fact in facts(merged) if "DmitryPeskov" in fact}
    assert peskov == {
        ("KimJongUn", "meets", "DmitryPeskov"),
        ("DmitryPeskov", "meets", "KimJongUn"),
        ("DmitryPeskov", "holdsPositionIn", "RUS"),
        ("DmitryPeskov", "visits", "RUS"),
    }
    assert not {fact for fact in facts(merged) if "PER-00000000aa" in fact}
    old, new = URIRef(ENT + DMITRI.key), URIRef(ENT + "DmitryPeskov")
    assert list(merged.triples((old, None, None))) == [(old, OWL.sameAs, new)]
    assert {str(name) for name in merged.objects(new, SKOS.altLabel)} == {"Dmitri Peskov"}
    assert {label.language for label in merged.objects(new, SKOS.prefLabel)} == {"en", "id"}  # type: ignore[attr-defined]


def test_splitting_moves_the_claims_of_one_name_alone(built: Path, tmp_path: Path) -> None:
    split = graphs.load(built, actors=own(tmp_path, "Kim,PER,KimUji,Kim Uji"))
    assert facts(split) >= {
        ("KimUji", "visits", "RUS"),
        ("KimUji", "meets", DMITRY.key),
        ("KimJongUn", "meets", "VladimirPutin"),
    }
    assert ("KimJongUn", "visits", "RUS") not in facts(split)
    assert ("KimJongUn", "meets", DMITRY.key) not in facts(split)
    new = URIRef(ENT + "KimUji")
    assert [str(label) for label in split.objects(new, SKOS.prefLabel)] == ["Kim Uji"]
    assert [str(source) for source in split.objects(None, URIRef(IR + "attributedTo"))] == [str(new)]
    assert "Kim" not in map(str, split.objects(URIRef(ENT + "KimJongUn"), SKOS.altLabel))


def test_a_direct_triple_stays_while_another_claim_bears_it(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    graphs.save(graphs.build([(ARTICLE, [*said(), visit(5, "Kim Jong Un", KIM)])], ontology.load()), path)
    split = graphs.load(path, actors=own(tmp_path, "Kim,PER,KimUji,Kim Uji"))
    assert {("KimJongUn", "visits", "RUS"), ("KimUji", "visits", "RUS")} <= facts(split)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "planned"},
        {"negated": True},
        {"source": mention(ARTICLE, 5, "Rusia", RUS), "stance": "denies"},
    ],
    ids=["planned", "negated", "denied"],
)
def test_what_nobody_reports_as_so_is_no_direct_triple_after_a_move(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "graph.ttl"
    graphs.save(graphs.build([(ARTICLE, [replace(visit(5, "Kim Jong Un", KIM), **changes)])], ontology.load()), path)
    moved = graphs.load(path, actors=own(tmp_path, "Kim Jong Un,PER,KimUji,Kim Uji"))
    assert len(claims(moved)) == 1
    assert facts(moved) == set()


def test_a_new_label_shows_without_any_move(built: Path, tmp_path: Path) -> None:
    graph = graphs.load(built, actors=own(tmp_path, "Rusia,CTY,RUS,Russian Federation"))
    labels = {label.language: str(label) for label in graph.objects(URIRef(ENT + "RUS"), SKOS.prefLabel)}  # type: ignore[attr-defined]
    assert labels == {"en": "Russian Federation", "id": "Rusia"}
    assert facts(graph) == facts(graphs.load(built))


def test_a_graph_under_own_names_holds_to_the_shapes(built: Path, tmp_path: Path) -> None:
    mine = own(tmp_path, "Dmitri Peskov,PER,DmitryPeskov,", "Kim,PER,KimUji,", "Rusia,CTY,XXR,Muscovy")
    assert shapes.check(graphs.load(built, actors=mine)).violations == ()


def test_names_of_another_type_do_not_touch_a_graph(built: Path, tmp_path: Path) -> None:
    assert set(graphs.load(built, actors=own(tmp_path, "Kim,ORG,KimGroup,"))) == set(graphs.load(built))


def test_graph_under_own_names_is_what_build_with_them_gives(tmp_path: Path) -> None:
    mine = own(tmp_path, "Dmitri Peskov,PER,DmitryPeskov,", "Moskow,CTY,XXR,Muscovy", "Biden,PER,Biden2,Other Biden")
    text = tmp_path / "a.txt"
    text.write_text(
        "Moskow menyerang Ukraina.\nJuru bicara Rusia Dmitri Peskov mengunjungi Moskow.\n"
        "Presiden Biden mengecam Rusia. Joe Biden bertemu Zelensky.\n",
        encoding="utf-8",
    )
    plain = tmp_path / "plain.ttl"
    graphs.save(package.build([text], language="id", extractor="rules"), plain)
    other = package.build([text], language="id", extractor="rules", actors=mine)
    assert facts(graphs.load(plain, actors=mine)) == facts(other)
    assert facts(graphs.load(plain)) != facts(other)


def test_faults_of_a_file_are_said_before_anything_is_shown(built: Path, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="RUS is CTY, not PER"):
        graphs.load(built, actors=own(tmp_path, "Beruang,PER,RUS,"))


COMMANDS = (
    ("query", "visits", "--format", "csv"),
    ("query", "SELECT ?a { ?a ir:visits ?b }", "--format", "csv"),
    ("dyads", "--format", "csv"),
    ("network", "--format", "csv"),
    ("actors", "--format", "csv"),
    ("ask", "siapa mengunjungi Rusia?", "--format", "csv"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_every_command_follows_own_names(kgraph: Kgraph, built: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    mine = own(tmp_path, "Dmitri Peskov,PER,UjiPeskov,Test Peskov")
    name, *rest = command
    assert "Test Peskov" not in kgraph(name, built, *rest).out
    outcome = kgraph(name, built, *rest, "--actors", mine)
    assert outcome.code == 0, outcome.err
    assert "Test Peskov" in outcome.out


def test_page_and_diff_follow_own_names(kgraph: Kgraph, built: Path, tmp_path: Path) -> None:
    mine = own(tmp_path, "Dmitri Peskov,PER,UjiPeskov,Test Peskov")
    page = tmp_path / "page.html"
    assert kgraph("view", built, "-o", page, "--actors", mine).code == 0
    assert "Test Peskov" in page.read_text(encoding="utf-8")
    other = tmp_path / "other.ttl"
    graphs.save(graphs.build([(ARTICLE, said()[:-1])], ontology.load()), other)
    assert "Test Peskov" in kgraph("diff", other, built, "--actors", mine).out


def test_the_list_counts_claims_and_shows_the_names_met(kgraph: Kgraph, built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kgraph("actors", built, "--format", "csv").out)))
    told = {row["key"]: (row["actor"], row["claims"], row["says"], row["aliases"]) for row in rows}
    assert told["KimJongUn"] == ("Kim Jong Un", "3", "1", "Kim")
    assert told["RUS"] == ("Russia", "3", "0", "")
    assert [row["key"] for row in rows][:2] == ["KimJongUn", "RUS"]
    assert len(rows) == 5
    assert rows[1]["actor"] != json.loads(kgraph("actors", built, "-f", "json", "--language", "id").out)[1]["actor"]


def test_reasons_are_kept_and_told(kgraph: Kgraph, built: Path) -> None:
    told = json.loads(kgraph("actors", built, "--explain", "kim", "--format", "json").out)
    assert [(row["name"], row["reason"], row["claims"]) for row in told] == [
        ("Kim", SHORT, 3),
        ("Kim Jong Un", "alias", 1),
    ]
    assert told[1]["sentence"] == "Kim Jong Un bertemu Vladimir Putin."
    network = graphs.to_networkx(graphs.load(built))
    assert [row.reason for row in analysis.explain(network, "Dmitri Peskov")] == [
        "not in the book: an actor of its own"
    ]
    with pytest.raises(QueryError, match="no actor 'Nobody'"):
        analysis.explain(network, "Nobody")


def test_plain_names_leave_no_reason_in_the_graph(built: Path) -> None:
    graph = graphs.load(built)
    kept = {
        str(reason)
        for role in ("subject", "object", "source")
        for reason in graph.objects(None, URIRef(f"{IR}{role}Reason"))
    }
    assert kept == {SHORT}


def test_a_merge_by_own_names_says_so(kgraph: Kgraph, built: Path, tmp_path: Path) -> None:
    mine = own(tmp_path, "Dmitri Peskov,PER,DmitryPeskov,")
    told = json.loads(kgraph("actors", built, "--explain", "DmitryPeskov", "-f", "json", "--actors", mine).out)
    readings = {(row["name"], row["reason"]) for row in told}
    assert readings == {("Dmitri Peskov", "name in a file of one's own")}


def stranger(number: int, label: str, kind: str = "PER") -> Actor:
    return Actor(f"{kind}-{number:010x}", kind, label)  # type: ignore[arg-type]


PAIRS = [
    (stranger(1, "Dmitri Peskov"), stranger(2, "Dmitry Peskov"), "a letter apart"),
    (stranger(1, "Budi Hartanto"), stranger(2, "Hartanto Budi"), "the same words"),
    (stranger(1, "Hartanto"), stranger(2, "Budi Hartanto"), "a shorter form"),
    (stranger(1, "Budi Hartantotelah"), stranger(2, "Budi Hartanto"), "a word that runs on"),
    (stranger(1, "Acme Relief Group", "ORG"), stranger(2, "ARG", "ORG"), "the initials"),
    (stranger(1, "Vladimr Putin"), PUTIN, "a letter apart"),
    (stranger(1, "Budi Hartanto"), stranger(2, "Sari Hartanto"), None),
    (stranger(1, "Acme Relief Group", "ORG"), stranger(2, "Acme", "PER"), None),
    (replace(PUTIN, key="One"), replace(PUTIN, key="Two"), None),  # the book tells them apart
    (stranger(1, "Ali Ono"), stranger(2, "Ali Oni"), "a letter apart"),
    (stranger(1, "Anna"), stranger(2, "Anno"), None),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS, ids=lambda value: getattr(value, "label", value))
def test_look_alikes_by_name(one: Actor, other: Actor, expected: str | None) -> None:
    found = analysis.look_alikes(graphs.to_networkx(met(one, other)))
    evidence = [pair.evidence for pair in found if {pair.first_key, pair.second_key} == {one.key, other.key}]
    assert [each[0].partition(":")[0] for each in evidence] == ([expected] if expected else [])


def met(*actors: Actor, relation: str = "visits", trigger: str = "menyerang") -> Graph:
    """A graph in which each of them deals with Russia."""
    claim = statement(FIRST, 7, ("Rusia", RUS), relation, ("Rusia", RUS), trigger)
    found = [replace(claim, subject=Mention(who.label, 0, 1, who.type, who)) for who in actors]
    return graphs.build([(FIRST, found)], ontology.load())


def test_look_alikes_by_office_and_neighbours() -> None:
    one, other = stranger(1, "Ani Wijaya"), stranger(2, "Sari Hartanto")
    article, line = SECOND, "Korut menguji coba rudal balistik."
    north = [
        replace(
            statement(article, 2, (line[:5], PRK), "visits", (line[:5], PRK), "menguji"),
            subject=Mention("x", 0, 1, "PER", who),
        )
        for who in (one, other)
    ]
    spoken = met(one, other, relation="holdsPositionIn") + graphs.build([(article, north)], ontology.load())
    (pair,) = analysis.look_alikes(graphs.to_networkx(spoken), language="id")
    assert pair.evidence == ("both menyerang of Rusia", "both deal with Korea Utara")
    assert analysis.look_alikes(graphs.to_networkx(met(one, other))) == []


def test_look_alikes_and_explain_are_two_questions(kgraph: Kgraph, built: Path) -> None:
    outcome = kgraph("actors", built, "--look-alikes", "--explain", "kim")
    assert (outcome.code, outcome.err) == (1, "kgraph: --look-alikes and --explain; ask for one of them\n")
    rows = list(csv.DictReader(io.StringIO(kgraph("actors", built, "--look-alikes", "-f", "csv").out)))
    assert [(row["first"], row["second"]) for row in rows] == [("Dmitri Peskov", "Dmitry Peskov")]
