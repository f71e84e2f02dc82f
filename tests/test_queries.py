"""Ready queries give the rows they promise; a user's query reads this graph and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graphs import FIRST, FORUM, KIM, PUTIN, SECOND, mention, pairs, statement

from kgraph import graph as graphs
from kgraph import ontology, queries
from kgraph.errors import InputError, QueryError
from kgraph.records import EventDate, Statement

ROOT = Path(__file__).parent.parent


def texts(rows: queries.Rows) -> list[tuple[str | None, ...]]:
    return [tuple(cell.text if cell else None for cell in row) for row in rows.rows]


def picked(rows: queries.Rows, *names: str) -> list[tuple[str | None, ...]]:
    """Some columns of a table, in reading order, sorted."""
    places = [rows.columns.index(name) for name in names]
    return sorted(tuple(row[place] for place in places) for row in texts(rows))


ENDS = ("subject", "object")
EXPECTED = {
    "arms": ({}, (*ENDS, "source", "stance"), [("North Korea", "Russia", "North Korea", "denies"),
                                               ("North Korea", "Russia", "United States", "says")]),
    "articles": ({}, ("title", "claims"), [("Kim di Rusia", "9"), ("Putin", "2")]),
    "attacks": ({}, ENDS, [("Russia", "Ukraine")]),
    "claims": ({"relation": "bertemu"}, ENDS, [("Kim Jong Un", "Vladimir Putin"), ("Vladimir Putin", "Kim Jong Un")]),
    "commitments": ({}, (*ENDS, "relation", "fulfils", "after"), [
        ("United States", "North Korea", "warns", "true", "Amerika Serikat menjatuhkan sanksi kepada Korut.")]),
    "contested": ({}, ("subject", "relation", "affirmer", "denier"),
                  [("North Korea", "supplies arms to", "United States", "North Korea")]),
    "denied": ({}, ("denier", "relation"), [("North Korea", "supplies arms to")]),
    "meetings": ({}, ENDS, [("Kim Jong Un", "Vladimir Putin"), ("Vladimir Putin", "Kim Jong Un")]),
    "offices": ({}, ("subject", "office", "object"), [("Dmitry Peskov", "Juru bicara", "Russia")]),
    "one-outlet": ({"outlet": "antara"}, ("publisher", *ENDS, "claims"), [
        ("Antara", "North Korea", "rudal balistik", "1")]),
    "one-speaker": ({}, ("speaker", *ENDS), [("TASS", "Kim Jong Un", "Russia"),
                                             ("United States", "North Korea", "Russia")]),
    "outcomes": ({}, (*ENDS, "done"), [("Vladimir Putin", "Eastern Economic Forum", None)]),
    "partners-by-month": ({"who": "Putin"}, ("month", "partner", "claims"), [
        ("2023-09", "Eastern Economic Forum", "1"), ("2023-09", "Kim Jong Un", "2")]),
    "paths": ({"who": "Ukraina", "whom": "Kim Jong Un"}, ("first", "via", "second", "further"), [
        ("attacks", "Russia", "visits", "Kim Jong Un tiba di Rusia, kata TASS.")]),
    "partners": ({"who": "Rusia"}, ("partner", "claims"), [("Dmitry Peskov", "1"), ("Kim Jong Un", "1"),
                                                           ("North Korea", "2"), ("Ukraine", "1")]),
    "planned": ({}, (*ENDS, "date"), [("Vladimir Putin", "Eastern Economic Forum", "2023-09")]),
    "possible": ({}, ("relation", "stance"), [("supplies arms to", "denies"), ("supplies arms to", "says")]),
    "relations": ({}, ("relation", "claims", "asserted"), [
        ("attacks", "1", "1"), ("attends", "1", "0"), ("holds position in", "1", "1"), ("meets", "2", "2"),
        ("sanctions", "1", "1"), ("supplies arms to", "2", "0"), ("tests", "1", "1"), ("visits", "1", "1"),
        ("warns", "1", "1")]),
    "said": ({"source": "TASS"}, ("stance", "relation"), [("says", "visits")]),
    "sanctions": ({}, ENDS, [("United States", "North Korea")]),
    "single-source": ({"relation": "menyerang"}, ("subject", "sentence"), [("Russia", "Rusia menyerang Ukraina.")]),
    "sources": ({}, ("source", "says", "denies"), [("North Korea", "0", "1"), ("TASS", "1", "0"),
                                                   ("United States", "1", "0")]),
    "spokespersons": ({}, ("speaker", "office", "body", "says"), [("Dmitry Peskov", "Juru bicara", "Russia", "0")]),
    "statements": ({"who": "Ukraina"}, ("subject", "predicate", "object"), [("Russia", "attacks", "Ukraine")]),
    "timeline": ({"who": "Kim Jong Un", "whom": "Vladimir Putin"}, ("date", "subject"),
                 [("2023-09-12", "Kim Jong Un"), ("2023-09-14", "Vladimir Putin")]),
    "violations": ({}, ENDS, []),
    "visits": ({}, (*ENDS, "source"), [("Kim Jong Un", "Russia", "TASS")]),
    "warnings": ({}, ("subject", "relation", "object"), [("United States", "warns", "North Korea")]),
}  # fmt: skip


@pytest.mark.parametrize("name", queries.READY)
def test_each_ready_query_gives_its_rows(name, path):
    parameters, columns, rows = EXPECTED[name]
    assert picked(queries.run(path, name, parameters=parameters), *columns) == rows


@pytest.mark.parametrize("name", queries.READY)
def test_ready_queries_have_titles_and_parameters_in_both_languages(name):
    query = queries.ready()[name]
    assert set(query.titles) == {"en", "id"}
    for parameter in query.parameters:
        assert set(parameter.labels) == {"en", "id"}
        assert f"VALUES ?{parameter.name} {{ UNDEF }}" in query.text


@pytest.mark.parametrize(("language", "said"), [("en", "Russia"), ("id", "Rusia"), ("fr", "Russia")])
def test_labels_are_in_the_readers_language_or_else_in_another(language, said, path):
    assert picked(queries.run(path, "attacks", language=language), "subject") == [(said,)]


def test_a_graph_in_memory_answers_as_its_file_does(path):
    assert texts(queries.run(graphs.load(path), "arms")) == texts(queries.run(path, "arms"))


@pytest.mark.parametrize(
    ("name", "parameters", "count"),
    [
        ("arms", {"who": "PRK"}, 2),
        ("arms", {"who": "korea utara"}, 2),
        ("arms", {"who": "Korut"}, 2),
        ("arms", {"who": "DPRK"}, 2),  # in the book of names, not in the articles
        ("arms", {"who": "Russia"}, 0),
        ("meetings", {"since": "2023-09-13"}, 1),
        ("meetings", {"until": "2023-09-13"}, 1),
        ("planned", {"since": "2023-09-20"}, 1),  # some day of this month
        ("planned", {"since": "2023-10-01"}, 0),
        ("statements", {"who": "RUS", "relation": "attacks"}, 1),
        ("statements", {"who": "RUS", "relation": "memasok senjata ke"}, 2),
    ],
)
def test_parameters(name, parameters, count, path):
    assert len(queries.run(path, name, parameters=parameters).rows) == count


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("arms", {"who": "Atlantis"}, "no actor 'Atlantis'"),
        ("arms", {"who": 'Russia" } ?a ?b ?c . { #'}, "no actor"),
        ("arms", {"who": "PRK> <x"}, "no actor"),
        ("one-outlet", {"outlet": "Kompas"}, "no outlet 'Kompas' in this graph; there are: Antara, Republika"),
        ("arms", {"since": "yesterday"}, "'yesterday' is no date"),
        ("arms", {"colour": "red"}, "no parameter 'colour'"),
        ("statements", {"who": "RUS", "relation": "hugs"}, "no relation 'hugs'"),
        ("timeline", {"who": "RUS"}, "needs whom"),
        ("SELECT * { ?a ?b ?c }", {"who": "RUS"}, "parameters belong to ready queries"),
    ],
)
def test_wrong_parameters_are_said(name, parameters, said, path):
    with pytest.raises(QueryError) as caught:
        queries.run(path, name, parameters=parameters)
    assert said in str(caught.value)


def test_a_beginners_query_needs_no_prefixes(path):
    rows = queries.run(path, "SELECT ?who { ?who ir:visits ent:RUS }")
    assert rows.rows == ((queries.Cell("uri", ontology.PREFIXES["ent"] + "KimJongUn", label="Kim Jong Un"),),)


def test_a_file_is_read_and_a_word_that_is_no_query_is_refused(path, tmp_path):
    (tmp_path / "q.rq").write_text("# komentar\nASK { ?who ir:visits ent:RUS }", encoding="utf-8")
    assert texts(queries.run(path, tmp_path / "q.rq")) == [("true",)]
    assert texts(queries.run(path, str(tmp_path / "q.rq"))) == [("true",)]
    with pytest.raises(QueryError, match=r"no ready query 'visit'.*visits"):
        queries.run(path, "visit")
    with pytest.raises(QueryError, match="No such file"):
        queries.run(path, "gone.rq")


@pytest.mark.parametrize("query", ["CONSTRUCT { ?b ir:visits ?a } WHERE { ?a ir:visits ?b }", "DESCRIBE ent:UKR"])
def test_construct_and_describe_give_triples(query, path):
    rows = queries.run(path, query)
    assert rows.columns == ("subject", "predicate", "object")
    assert rows.rows


REFUSED = {
    "service": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
    "silent": ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
    "optional": ("SELECT * { ?x ?y ?z OPTIONAL { SERVICE ?x { ?a ?b ?c } } }", "SERVICE"),
    "subselect": ("SELECT * { { SELECT * { { SERVICE <http://x/> { ?a ?b ?c } } UNION { ?d ?e ?f } } } }", "SERVICE"),
    "exists": ("SELECT * { ?x ?y ?z FILTER NOT EXISTS { SERVICE <http://x/> { ?x ?b ?c } } }", "SERVICE"),
    "minus": ("SELECT * { ?x ?y ?z MINUS { GRAPH ?g { SERVICE <http://x/> { ?x ?b ?c } } } }", "SERVICE"),
    "bind": ("SELECT * { ?x ?y ?z BIND(EXISTS { SERVICE <http://x/> { ?x ?b ?c } } AS ?e) }", "SERVICE"),
    "ask": ("ASK { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
    "construct": ("CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
    "escaped": ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE"),
    "from": ("SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }", "FROM"),
    "from named": ("SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?a ?b ?c } }", "FROM"),
    "load": ("LOAD <http://127.0.0.1:9/>", "update"),
    "insert": ("INSERT DATA { <http://x/a> <http://x/b> 1 }", "update"),
    "delete": ("DELETE WHERE { ?a ?b ?c }", "update"),
    "drop": ("DROP ALL", "update"),
    "open": ("SELECT * {\n  ?a ?b ", "line 2"),
    "no words": ("  \n ", "not valid SPARQL"),
    "nested": ("SELECT * " + "{" * 3000 + "}" * 3000, "nested too deeply"),
    "not bound": ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } GROUP BY ?c", "query, line 1"),
    "prefix": ("SELECT * { ?a nowhere:b ?c }", "nowhere"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_that_leaves_the_graph_or_is_none_is_refused_in_one_line(name, path):
    query, said = REFUSED[name]
    with pytest.raises(QueryError) as caught:
        queries.run(path, query)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_word_in_a_string_or_a_comment_is_no_false_alarm(path):
    query = '# SERVICE <http://x/> {}\nSELECT ("SERVICE <http://x/> { FROM" AS ?x) {}'
    assert texts(queries.run(path, query)) == [("SERVICE <http://x/> { FROM",)]


def test_past_the_gate_there_is_no_network(path):
    """The child is started with the gate taken out, to see the wall behind it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        query = f"SELECT * {{ SERVICE <{address}> {{ ?a ?b ?c }} }}"
        request = {
            "ready": None,
            "text": query,
            "parameters": {},
            "language": "en",
            "limit": 9,
            "path": str(path),
            "memory": 1 << 33,
        }
        code = "from kgraph.queries import child, gate; gate.check = str; child.main()"
        line = json.dumps(request).encode() + b"\n"
        done = subprocess.run(
            [sys.executable, "-c", code], input=line, capture_output=True, check=True, cwd=ROOT, timeout=30
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert json.loads(done.stdout)["fault"] == "QueryError"


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_is_ended_at_its_time_limit(path):
    with pytest.raises(QueryError, match="no answer within 1 seconds"):
        queries.run(path, ENDLESS, seconds=1)


def test_a_query_is_ended_at_its_memory_limit(path):
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
    with pytest.raises(QueryError, match="needs more than 400 MB of memory"):
        queries.run(path, greedy, memory=400 << 20)


def test_an_interrupt_ends_the_query_and_its_process(path):
    code = f"from pathlib import Path; from kgraph import queries; queries.run(Path({str(path)!r}), {ENDLESS!r})"
    asked = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{asked.pid}/task/{asked.pid}/children")
    while not (child := children.read_text(encoding="ascii").split()):
        time.sleep(0.05)
    time.sleep(1)
    os.kill(asked.pid, signal.SIGINT)
    assert asked.wait(timeout=20) != 0
    while Path(f"/proc/{child[0]}").exists():  # ends at once if it was killed; a test that hangs here has failed
        time.sleep(0.05)


def test_rows_over_the_limit_are_cut_and_it_is_said(path):
    rows = queries.run(path, "SELECT * { ?a ?b ?c }", limit=5)
    assert (len(rows.rows), rows.truncated) == (5, True)
    assert not queries.run(path, "SELECT * { ?a ir:visits ?c }", limit=1).truncated


def test_json_is_the_standards_and_csv_is_inert(path):
    rows = queries.run(path, 'SELECT ("=1+1" AS ?a) (-1 AS ?b) ("x"@id AS ?c) (ent:RUS AS ?d) ?e {}')
    (binding,) = json.loads(rows.to_json())["results"]["bindings"]
    assert binding == {
        "a": {"type": "literal", "value": "=1+1"},
        "b": {"type": "literal", "value": "-1", "datatype": ontology.PREFIXES["xsd"] + "integer"},
        "c": {"type": "literal", "value": "x", "xml:lang": "id"},
        "d": {"type": "uri", "value": ontology.PREFIXES["ent"] + "RUS"},
    }
    assert list(csv.reader(io.StringIO(rows.to_csv()))) == [
        ["a", "b", "c", "d", "e"],
        ["'=1+1", "-1", "x", "Russia", ""],
    ]
    broken = queries.run(path, r'SELECT ("a\r=1+1" AS ?a) ("\r=2" AS ?b) {}').to_csv()
    assert list(csv.reader(io.StringIO(broken, newline=""))) == [["a", "b"], ["a =1+1", "' =2"]]
    assert json.loads(queries.run(path, "ASK {}").to_json()) == {"head": {}, "boolean": True}


def test_a_broken_graph_file_is_an_input_error(tmp_path):
    (tmp_path / "g.ttl").write_text("<http://x/a> nonsense", encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.ttl:1"):
        queries.run(tmp_path / "g.ttl", "visits")


def test_a_ready_query_needs_neither_rdflib_nor_spacy(path):
    code = (
        "import sys; from pathlib import Path; from kgraph import queries\n"
        f"queries.run(Path({str(path)!r}), 'visits'); print({{'rdflib', 'spacy'}} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


def test_a_denial_of_a_meeting_contests_it_from_either_side():
    met = next(each for each in pairs()[0][1] if each.relation == "meets")
    swapped = replace(met, subject=met.object, object=met.subject, source=met.subject, stance="denies")
    graph = graphs.build([(FIRST, [met, swapped])], ontology.load())
    assert picked(queries.run(graph, "contested"), "subject", "object", "denier") == [
        ("Kim Jong Un", "Vladimir Putin", "Kim Jong Un")
    ]


LATER = replace(SECOND, text="Putin menghadiri Eastern Economic Forum.\nPutin menolak Kim.\n", title=None)


def told(line: int, subject: str, relation: str, obj: str, trigger: str, **rest) -> Statement:
    named = {"Putin": PUTIN, "Kim": KIM, "Eastern Economic Forum": FORUM}
    return statement(LATER, line, (subject, named[subject]), relation, (obj, named[obj]), trigger, **rest)


@pytest.mark.parametrize(
    ("rest", "done"),
    [({}, "true"), ({"negated": True}, "false"), ({"status": "possible"}, None),
     ({"source": mention(LATER, 0, "Putin", PUTIN), "stance": "denies"}, "false"),
     ({"event_date": EventDate(date(2022, 1, 1))}, None)],
)  # fmt: skip
def test_what_came_of_a_plan(rest, done):
    came = told(0, "Putin", "attends", "Eastern Economic Forum", "menghadiri", **rest)
    graph = graphs.build([*pairs(), (LATER, [came])], ontology.load())
    assert picked(queries.run(graph, "outcomes"), "subject", "done") == [("Vladimir Putin", done)]


def test_a_promise_is_told_by_its_subject_and_a_demand_may_be_rejected():
    (plan,) = (each for each in pairs()[0][1] if each.status == "planned")
    promise = replace(plan, source=plan.subject, stance="says")
    urges = replace(
        plan, relation="urges", status="asserted", subject=replace(plan.subject, actor=KIM), object=plan.subject
    )
    came = [
        told(0, "Putin", "attends", "Eastern Economic Forum", "menghadiri"),
        told(1, "Putin", "rejects", "Kim", "menolak"),
    ]
    graph = graphs.build([(FIRST, [promise, urges]), (LATER, came)], ontology.load())
    assert picked(queries.run(graph, "commitments"), "subject", "relation", "then", "fulfils") == [
        ("Kim Jong Un", "urges", "rejects", "false"), ("Vladimir Putin", "attends", "attends", "true"),
    ]  # fmt: skip


def test_a_violated_resolution_is_found():
    (tested,) = (each for each in pairs()[1][1] if each.relation == "tests")
    graph = graphs.build([(SECOND, [replace(tested, relation="violates")])], ontology.load())
    assert picked(queries.run(graph, "violations", parameters={"who": "Korut"}), *ENDS) == [
        ("North Korea", "rudal balistik")
    ]
