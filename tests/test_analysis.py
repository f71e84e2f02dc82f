"""The ledger of dyads, the structure of the network, and the change between two graphs, on graphs made by hand."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Outcome
from graphs import FIRST, PRK, RUS, USA, mention, pairs, sentence
from rdflib import Graph

from kgraph import analysis, ontology
from kgraph import graph as graphs
from kgraph.errors import QueryError
from kgraph.records import Actor, EventDate, Span, Statement

RELATIONS = ontology.load().relations
JANUARY, MARCH = EventDate(date(2024, 1, 5)), EventDate(date(2024, 3, 1), "month")


def claim(subject: Actor, relation: str, obj: Actor, line: int = 3, **rest) -> Statement:
    """A claim from a line of the first article, whose words do not matter here."""
    where = sentence(FIRST, line)
    ends = [replace(mention(FIRST, line, "Rusia", each), type=each.type) for each in (subject, obj)]
    return Statement(ends[0], relation, ends[1], Span("x", where.start, where.start + 1), where, **rest)


def network(*claims: Statement):
    return graphs.to_networkx(built(*claims))


def built(*claims: Statement) -> Graph:
    return graphs.build([(FIRST, claims)], ontology.load())


def figures(point) -> tuple[object, ...]:
    return point.month, point.score, point.words, point.deeds, point.trend, dict(point.counts)


def test_only_what_happened_is_scored_and_words_and_deeds_apart():
    found = network(
        claim(RUS, "visits", PRK, event_date=JANUARY),
        claim(PRK, "suppliesArmsTo", RUS, event_date=JANUARY),
        claim(RUS, "attacks", PRK, event_date=JANUARY, status="planned"),
        claim(RUS, "attacks", PRK, event_date=JANUARY, status="possible"),
        claim(RUS, "attacks", PRK, event_date=JANUARY, negated=True),
        claim(PRK, "attacks", RUS, event_date=JANUARY, source=mention(FIRST, 3, "Rusia", RUS), stance="denies"),
        claim(RUS, "sanctions", PRK, event_date=MARCH),
        claim(RUS, "holdsPositionIn", PRK, event_date=MARCH),
        claim(RUS, "visits", USA, event_date=JANUARY),
    )
    january, march = analysis.ledger(found, RELATIONS, between=["RUS", "PRK"])
    counts = {"done": 2, "planned": 1, "possible": 1, "denied": 2}
    assert figures(january) == ("2024-01", 7.0, 4.0, 10.0, None, counts)
    assert figures(march) == ("2024-03", -6.0, None, -6.0, -13.0, {"done": 1})
    assert (march.first, march.second) == ("North Korea", "Russia")
    assert [(each.relation, each.weight, each.sentence) for each in march.evidence] == [
        ("sanctions", -6.0, "Korut memasok senjata kepada Rusia, kata Amerika Serikat.")
    ]
    assert len(analysis.ledger(found, RELATIONS)) == 3
    assert len(analysis.ledger(found, RELATIONS, between=["Amerika Serikat"], language="id")) == 1


def test_a_month_with_plans_alone_has_no_score_and_no_trend():
    (point,) = analysis.ledger(network(claim(RUS, "visits", PRK, status="planned")), RELATIONS)
    assert figures(point) == ("2023-09", None, None, None, None, {"planned": 1})
    with pytest.raises(QueryError, match="Atlantis"):
        analysis.ledger(network(), RELATIONS, between=["Atlantis"])


def test_every_weighted_relation_is_a_word_or_a_deed_of_plover():
    from kgraph.analysis.ledger import VERBAL

    kinds = {each.plover for each in RELATIONS.values() if each.weight is not None}
    deeds = {"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
    assert kinds <= VERBAL | deeds


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "g.ttl"
    graphs.save(graphs.build(pairs(), ontology.load()), path)
    return path


def test_dyads_as_table_csv_json_and_plot(kgraph: Callable[..., Outcome], file: Path, tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(kgraph("dyads", file, "USA", "Korut", "-f", "csv").out))
    assert (row["score"], row["words"], row["deeds"], row["done"]) == ("-4.75", "-3.5", "-6.0", "2")
    assert "[done] Amerika Serikat memperingatkan Korut." in row["sentences"]
    records = json.loads(kgraph("dyads", file, "-f", "json").out)
    assert [each["score"] for each in records if each["second"] == "United States"] == [-4.75]
    assert "North Korea" in kgraph("dyads", file, "Korut").out
    outcome = kgraph("dyads", file, "Kim Jong Un", "Vladimir Putin", "--plot", "p.svg")
    assert outcome.code == 0
    svg = ElementTree.parse(tmp_path / "p.svg").getroot()
    circles = svg.findall(".//{http://www.w3.org/2000/svg}circle/{http://www.w3.org/2000/svg}title")
    assert [each.text.splitlines()[0] for each in circles] == ["2023-09, score: 2.5", "2023-09, words: 2.5"]
    assert "Kim bertemu Putin." in (circles[0].text or "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("A", "B", "C"), "3 actors"),
        (("Rusia", "--plot", "p.svg"), "one pair"),
        (("Rusia", "Korut", "--plot", "p.bmp"), "one pair"),
        (("Rusia", "Korut", "--plot", "no/p.svg"), "no/p.svg"),
        (("Atlantis",), "no actor"),
    ],
)
def test_wrong_dyads_are_said_in_a_line(kgraph: Callable[..., Outcome], file: Path, arguments, said: str) -> None:
    outcome = kgraph("dyads", file, *arguments)
    assert outcome.code == 1
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def actor(name: str) -> Actor:
    return Actor(name, "CTY", name)


def test_brokers_blocs_and_their_ties():
    one, other = [actor(each) for each in "ABC"], [actor(each) for each in "XYZ"]
    claims = [claim(a, "cooperatesWith", b) for side in (one, other) for a in side for b in side if a.key < b.key]
    claims += [claim(one[0], "attacks", other[0]), claim(one[1], "aids", other[2], status="possible")]
    found = analysis.structure(network(*claims), RELATIONS)
    assert found.blocs == (("A", "B", "C"), ("X", "Y", "Z"))
    assert [(tie.first, tie.second, tie.claims, tie.score) for tie in found.ties] == [
        (1, 1, 3, 9.5), (1, 2, 1, -9.0), (2, 2, 3, 9.5),
    ]  # fmt: skip
    assert [each.actor for each in found.standings[:2]] == ["A", "X"]
    first = found.standings[0]
    assert (first.partners, first.centrality, first.broker, first.bloc, first.blocs) == (3, 0.6, 0.6, 1, 1)
    assert found.standings[2].broker == 0


def test_nothing_that_happened_has_no_structure():
    found = analysis.structure(network(claim(RUS, "aids", PRK, status="planned")), RELATIONS)
    assert (found.standings, found.blocs, found.ties) == ((), (), ())


def test_network_gives_the_same_bytes_whatever_the_hash_seed(file: Path) -> None:
    def out(seed: str) -> bytes:
        command = [sys.executable, "-m", "kgraph", "network", str(file), "-f", "json"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment).stdout

    assert out("1") == out("2")
    assert json.loads(out("1"))["blocs"] == [["Kim Jong Un", "Russia", "Vladimir Putin"]]


def test_network_as_tables(kgraph: Callable[..., Outcome], file: Path) -> None:
    out = kgraph("network", file, "--top", "1", "--language", "id").out
    assert all(title in out for title in ("Actors", "Brokers", "Blocs", "Between blocs"))
    assert "Ukraina" not in out
    assert kgraph("network", file, "-f", "csv").out.startswith("actor,type,claims")


def test_changes_between_two_graphs():
    plan = claim(RUS, "visits", PRK, status="planned")
    old = network(plan, claim(RUS, "aids", USA), claim(USA, "meets", PRK))
    denied = claim(PRK, "meets", USA, source=mention(FIRST, 3, "Korut", PRK), stance="denies")
    new = network(plan, replace(plan, status="asserted"), claim(USA, "attacks", RUS), claim(USA, "meets", PRK), denied)
    found = analysis.compare(old, new, RELATIONS)
    assert [(c.what, c.subject, c.relation, c.object, c.before, c.after) for c in found] == [
        ("new", "United States", "attacks", "Russia", None, "done"),
        ("gone", "Russia", "aids", "United States", "done", None),
        ("changed", "Russia", "visits", "North Korea", "planned", "done"),
        ("contested", "North Korea", "meets", "United States", "done", "done"),
    ]
    assert all(each.sentences for each in found)
    assert analysis.compare(new, new, RELATIONS) == []


def test_a_patch_makes_the_old_graph_the_new_one():
    old, new = built(claim(RUS, "aids", USA)), built(claim(RUS, "attacks", PRK), claim(PRK, "tests", RUS))
    lines = list(analysis.patch(old, new))
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    left = set(old.serialize(format="nt").splitlines())
    for line in lines[1:-1]:
        (left.remove if line[0] == "D" else left.add)(line[2:])
    assert left - {""} == set(new.serialize(format="nt").splitlines()) - {""}


def test_diff_as_table_json_patch_and_page(kgraph: Callable[..., Outcome], file: Path, tmp_path: Path) -> None:
    hostile = actor("<script>alert(1)</script>")
    graphs.save(built(claim(RUS, "aids", hostile)), tmp_path / "new.ttl")
    assert kgraph("diff", file, file).out == "no change\n"
    assert kgraph("diff", file, "new.ttl", "-f", "patch").out.startswith("TX .\nD ")
    changes = json.loads(kgraph("diff", file, "new.ttl", "-f", "json", "--html", "d.html").out)
    assert {each["what"] for each in changes} == {"new", "gone"}
    page = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Rusia menyerang Ukraina." in page
    assert "gone" in kgraph("diff", file, "new.ttl").out
