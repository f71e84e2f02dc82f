"""Graphs on other machines: real servers, and players that are busy, lie, or lead astray."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import servers
from conftest import Outcome
from graphs import FIRST, KIM, RUS, statement
from rdflib import Graph
from servers import Answer, Request, player

from kgraph import exports, ontology, remote
from kgraph import graph as graphs
from kgraph.errors import InputError, QueryError, RemoteError
from kgraph.ontology import PREFIXES
from kgraph.remote import Credentials, Service

Kgraph = Callable[..., Outcome]
THERE = "https://example.org/graph"
KIM_IRI, RUS_IRI = PREFIXES["ent"] + "KimJongUn", PREFIXES["ent"] + "RUS"
ROWS = {"Content-Type": "application/sparql-results+json"}
VISITS = "SELECT ?who { ?who ir:visits ent:RUS }"
USER = Credentials("ann", "se:cret")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with servers.oxigraph() as url:
        yield url


@pytest.fixture(scope="module")
def lines(path: Path) -> list[str]:
    return list(exports.lines(path))


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"KGRAPH_{name}", raising=False)


def values(lines: list[str]) -> set[ox.Quad]:
    """Triples as a database holds them, that writes 0.900 as 0.9."""
    held = ox.Store()
    held.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return set(held)


def held(url: str, graph: str | None) -> set[ox.Quad]:
    return {ox.Quad(*triple) for triple in remote.fetch(Service(f"{url}/query"), graph=graph)}


def one(**changes: object) -> list[str]:
    """The lines of a graph of one visit, changed."""
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "visits", ("Rusia", RUS), "tiba di")
    graph = graphs.build([(FIRST, [replace(visit, **changes)])], ontology.load())
    return sorted(f"{line}" for line in graph.serialize(format="nt").split("\n") if line)


# A real server


@pytest.mark.parametrize("graph_store", [False, True])
@pytest.mark.parametrize("graph", [None, THERE])
def test_a_pushed_graph_is_there_once_however_often_it_is_pushed(
    server: str, lines: list[str], graph: str | None, graph_store: bool
) -> None:
    service = Service(f"{server}/{'store' if graph_store else 'update'}")
    counts: list[int] = []
    remote.push(one(), service, graph=graph, graph_store=graph_store, replace=True)
    for size in (50, 5000):
        done = remote.push(
            lines, service, graph=graph, graph_store=graph_store, replace=True, size=size, on_batch=counts.append
        )
        assert done == len(lines)
        assert held(server, graph) == values(lines)
    remote.push(lines, service, graph=graph, graph_store=graph_store)
    assert held(server, graph) == values(lines)
    assert len(counts) > 8


@pytest.mark.parametrize("graph_store", [False, True])
def test_without_replace_what_is_there_stays_and_with_it_goes(server: str, lines: list[str], graph_store: bool) -> None:
    service = Service(f"{server}/{'store' if graph_store else 'update'}")
    other = "<urn:a> <urn:b> <urn:c> ."
    remote.push([other], service, graph=THERE, graph_store=graph_store, replace=True)
    remote.push(lines, service, graph=THERE, graph_store=graph_store)
    assert held(server, THERE) == values([*lines, other])
    remote.push([], service, graph=THERE, graph_store=graph_store, replace=True)
    assert held(server, THERE) == set()


HOSTILE = [
    '" } } ; DROP ALL ; INSERT DATA { <urn:x> <urn:y> "',
    "</script>",
    "line\nline\rline",
    "\\u0022 }",
    "\u2028\x85",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("graph_store", [False, True])
def test_words_of_an_article_stay_words(server: str, words: str, graph_store: bool) -> None:
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "visits", ("Rusia", RUS), "tiba di")
    hostile = replace(visit, subject=replace(visit.subject, text=words))
    graph = graphs.build([(FIRST, [hostile])], ontology.load())
    found = [f"{ox.Triple(*each)} ." for each in _terms(graph)]
    service = Service(f"{server}/{'store' if graph_store else 'update'}")
    remote.push(sorted(found), service, graph=THERE, graph_store=graph_store, replace=True)
    assert held(server, THERE) == values(found)


def _terms(graph: Graph) -> Iterator[list[object]]:
    text = graph.serialize(format="nt", encoding="utf-8")
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES):
        yield [quad.subject, quad.predicate, quad.object]


def test_the_commands_push_query_and_view(kgraph: Kgraph, server: str, path: Path, lines: list[str]) -> None:
    pushed = kgraph("push", path, f"{server}/update", "--graph", THERE, "--replace")
    assert (pushed.code, pushed.out) == (0, f"{server}/update: {len(lines)} triples\n"), pushed.err
    address = ("query", f"{server}/query", "--graph", THERE, "-f", "csv", "--language", "id")
    here = ("query", path, "-f", "csv", "--language", "id")
    for query in (
        (VISITS,),
        ("denied",),
        ("visits", "who=kim jong un"),
        ("one-outlet", "outlet=republika"),
        ("partners", "who=Korut"),
        ("ASK { ent:KimJongUn ir:visits ent:RUS }",),
        ("ASK { ent:RUS ir:visits ent:KimJongUn }",),
        ("CONSTRUCT { ?a ir:meets ?b } WHERE { ?a ir:meets ?b }",),
    ):
        found, wanted = kgraph(*address, *query), kgraph(*here, *query)
        assert (found.code, sorted(found.out.splitlines())) == (0, sorted(wanted.out.splitlines())), found.err
        assert len(found.out.splitlines()) > 1
    assert kgraph("view", f"{server}/query", "--graph", THERE, "-o", "there.html").out == "there.html\n"
    kgraph("view", path, "-o", "here.html")
    there, wanted = (Path(name).read_text(encoding="utf-8") for name in ("there.html", "here.html"))
    assert there == wanted


def test_a_parameter_that_the_graph_does_not_know_is_said(server: str, lines: list[str]) -> None:
    remote.push(lines, Service(f"{server}/store"), graph=THERE, graph_store=True, replace=True)
    with pytest.raises(QueryError, match=r"no actor 'Kim Yong Un'.*near it: kim jong un"):
        remote.query(Service(f"{server}/query"), "visits", parameters={"who": "Kim Yong Un"}, graph=THERE)


def test_more_rows_than_the_limit_are_cut_and_said(server: str, lines: list[str]) -> None:
    remote.push(lines, Service(f"{server}/store"), graph=THERE, graph_store=True, replace=True)
    service = Service(f"{server}/query")
    for query in ("SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        rows = remote.query(service, query, graph=THERE, limit=7)
        assert (len(rows.rows), rows.truncated) == (7, True)


@pytest.mark.parametrize(
    ("address", "query", "said"),
    [
        ("/query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE asks another server"),
        ("/query", "SELECT * FROM <http://127.0.0.1:9/> { ?a ?b ?c }", "FROM reads another graph"),
        ("/query", "DROP ALL", "an update changes the graph"),
        ("/update", "ASK {}", "HTTP 4"),
        ("/nowhere", "ASK {}", "HTTP 404"),
        ("/", "SELECT * {}", "HTTP 404"),
    ],
)
def test_what_a_server_cannot_answer_is_one_line(
    kgraph: Kgraph, server: str, address: str, query: str, said: str
) -> None:
    outcome = kgraph("query", server + address, query)
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)
    assert said in outcome.err


# Busy servers and broken lines


def pushed(url: str, lines: list[str], **options: object) -> tuple[list[float], int]:
    """The pauses that a push made, and its count."""
    pauses: list[float] = []
    return pauses, remote.push(lines, Service(f"{url}/update", wait=pauses.append), **options)  # type: ignore[arg-type]


def test_a_busy_server_is_asked_again_later_and_each_time_the_same() -> None:
    answers = [Answer(503, "busy", {"Retry-After": "7"}), Answer(429), Answer(None), Answer(502), Answer(204)]
    with player(lambda _, number: answers[number]) as there:
        assert pushed(there.url, one()[:3], size=100) == ([7, 1, 2, 4], 3)
    assert len({request.body for request in there.asked}) == 1


def test_a_server_that_stays_busy_is_given_up_with_what_had_arrived() -> None:
    with player(lambda _, number: Answer(204 if number < 2 else 503, "overloaded")) as there:
        with pytest.raises(RemoteError, match=r"HTTP 503.*overloaded; \d+ triples had arrived; push again"):
            pushed(there.url, one(), size=5)
        assert len(there.asked) == 2 + 5


def test_a_server_is_not_kept_waiting_for_longer_than_a_minute() -> None:
    answers = [Answer(503, "", {"Retry-After": "86400"}), Answer(204)]
    with player(lambda _, number: answers[number]) as there:
        assert pushed(there.url, one()[:1])[0] == [60]


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_refusal_is_final(status: int) -> None:
    with player(lambda *_: Answer(status, "no\n<b>such</b>\x1b[31m thing")) as there:
        with pytest.raises(RemoteError, match=f"HTTP {status}") as caught:
            pushed(there.url, one())
        assert len(there.asked) == 1
    assert "no <b>such</b> [31m thing" in str(caught.value)


def test_nobody_there_is_said() -> None:
    url = f"http://127.0.0.1:{servers.free_port()}"
    with pytest.raises(RemoteError, match=r"cannot be reached: .*refused"):
        pushed(url, one())


def test_a_server_that_says_nothing_is_left() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(RemoteError, match="timed out"):
            remote.query(Service(url, seconds=0.2, tries=2, wait=lambda _: None), "ASK {}")


def test_all_about_a_subject_comes_in_one_request(lines: list[str]) -> None:
    with player(lambda *_: Answer()) as there:
        pushed(there.url, lines, size=60)
    subjects = [
        {line.split(" ")[0] for line in request.body.split("\n") if line.startswith("<")} for request in there.asked
    ]
    assert len(subjects) > 5
    assert sum(map(len, subjects)) == len(set().union(*subjects))


def test_batches_are_sent_while_lines_are_still_read() -> None:
    with player(lambda *_: Answer()) as there:

        def endless() -> Iterator[str]:
            for number in range(3000):
                yield f"<urn:{number:04}> <urn:b> <urn:c> ."
            assert there.asked

        pushed(there.url, endless(), size=100)  # type: ignore[arg-type]


def test_blank_nodes_are_refused_as_a_second_try_would_double_them() -> None:
    with player(lambda *_: Answer()) as there, pytest.raises(InputError, match="blank nodes"):
        pushed(there.url, ["_:a <urn:b> <urn:c> ."])
    assert not there.asked


# Who is asked, and who asks


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with player(lambda *_: Answer()) as other:
        away = Answer(status, "", {"Location": f"{other.url}/update"})
        with player(lambda *_: away) as there, pytest.raises(RemoteError, match=f"HTTP {status}.*moved"):
            remote.push(one(), Service(f"{there.url}/update", USER))
    assert not other.asked


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with player(lambda *_: Answer()) as proxy, player(lambda *_: Answer()) as there:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        pushed(there.url, one())
    assert there.asked
    assert not proxy.asked


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://localhost/x", "no address"),
        ("file:///etc/passwd", "no address"),
        ("http://", "no address"),
        ("http://localhost/a b", "no address"),
        ("http://localhost/\r\nX-Evil: 1", "no address"),
        ("http://ann:secret@localhost/", "holds no user"),
    ],
)
def test_addresses_are_looked_at(url: str, said: str) -> None:
    with pytest.raises(RemoteError, match=said) as caught:
        Service(url)
    assert "secret" not in str(caught.value)


def test_a_graph_is_named_by_an_iri() -> None:
    with pytest.raises(RemoteError, match="no IRI"):
        pushed("http://127.0.0.1:9", one(), graph="> } ; DROP ALL #")


def basic(request: Request, _number: int) -> Answer:
    """A server behind a password, that asks for it."""
    given = request.headers.get("Authorization", "")
    right = base64.b64encode(b"ann:se:cret").decode()
    return Answer() if given == f"Basic {right}" else Answer(401, "", {"WWW-Authenticate": 'Basic realm="graphs"'})


def digest(request: Request, _number: int) -> Answer:
    """One that asks for a digest. Each is good for one request."""
    given = request.headers.get("Authorization", "")
    nonce = f"{len(request.body):032}"
    if given.startswith("Digest ") and f'nonce="{nonce}"' in given and 'username="ann"' in given:
        return Answer()
    return Answer(401, "", {"WWW-Authenticate": f'Digest realm="graphs", nonce="{nonce}", qop="auth", algorithm="MD5"'})


def test_a_password_is_told_when_it_is_asked_for_and_then_at_once() -> None:
    with player(basic) as there:
        remote.push(one(), Service(f"{there.url}/update", USER), size=10)
    told = ["Authorization" in request.headers for request in there.asked]
    assert told == [False] + [True] * (len(told) - 1)
    assert len(told) > 3
    assert len(there.asked[0].body) < 3000  # the first, which is refused, is short


def test_a_digest_never_holds_the_password() -> None:
    with player(digest) as there:
        assert remote.push(one(), Service(f"{there.url}/update", USER), size=10) == len(one())
    plain = base64.b64encode(b"ann:se:cret").decode()
    for request in there.asked:
        assert "cret" not in request.headers.get("Authorization", "")
        assert plain not in request.headers.get("Authorization", "")


def test_a_token_is_told_at_once() -> None:
    with player(lambda *_: Answer()) as there:
        remote.push(one(), Service(f"{there.url}/update", Credentials(token="t0k")))
    assert {request.headers["Authorization"] for request in there.asked} == {"Bearer t0k"}


@pytest.mark.parametrize("script", [basic, digest])
def test_wrong_and_missing_credentials_are_said_but_not_shown(script: Callable[[Request, int], Answer]) -> None:
    for credentials, said in ((Credentials("bob", "wr0ng"), "refuses these"), (Credentials(), "set KGRAPH_USER")):
        with player(script) as there, pytest.raises(RemoteError, match=f"HTTP 401.*{said}") as caught:
            remote.push(one(), Service(f"{there.url}/update", credentials))
        assert "wr0ng" not in f"{caught.value!s}{caught.value!r}{credentials!r}"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"KGRAPH_USER": "ann"}, "alone"),
        ({"KGRAPH_PASSWORD": "x"}, "alone"),
        ({"KGRAPH_USER": "ann", "KGRAPH_PASSWORD": "x", "KGRAPH_TOKEN": "t"}, "a token and a user"),
    ],
)
def test_half_a_login_is_said(
    kgraph: Kgraph, path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = kgraph("push", path, "http://127.0.0.1:9/")
    assert outcome.code == 1
    assert said in outcome.err


def test_the_command_takes_its_user_from_the_environment(
    kgraph: Kgraph, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGRAPH_USER", "ann")
    monkeypatch.setenv("KGRAPH_PASSWORD", "se:cret")
    with player(basic) as there:
        assert kgraph("push", path, f"{there.url}/update").code == 0


@pytest.mark.parametrize(
    ("url", "is_open"),
    [
        ("http://example.org/x", True),
        ("https://example.org/x", False),
        ("http://localhost:7878/x", False),
        ("http://[::1]:7878/x", False),
        ("HTTP://127.0.0.1.example.org/x", True),
    ],
)
def test_plain_http_that_leaves_the_machine_is_open(url: str, is_open: bool) -> None:
    assert Service(url).is_open is is_open


# Answers that are none


def rows_of(*bindings: dict[str, str]) -> str:
    iris = [{name: {"type": "uri", "value": iri} for name, iri in row.items()} for row in bindings]
    return json.dumps({"head": {"vars": ["who"]}, "results": {"bindings": iris}})


WHOLE = rows_of({"who": KIM_IRI}, {"who": RUS_IRI})
BROKEN = {
    "cut": Answer(200, WHOLE[:-20], ROWS),
    "cancelled": Answer(200, WHOLE[:-2] + "The SPARQL operation has been cancelled", ROWS),
    "hung up": Answer(200, WHOLE, ROWS, length=len(WHOLE) + 10),
    "page": Answer(200, "<html>Welcome</html>", {"Content-Type": "text/html"}),
    "nothing": Answer(204),
    "an ask": Answer(200, '{"head": {}, "boolean": true}', ROWS),
    "iri": Answer(200, rows_of({"who": "http://x/> } ; DROP ALL #"}), ROWS),
    "list": Answer(200, "[]", ROWS),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_in_part_is_no_answer(name: str) -> None:
    with player(lambda *_: BROKEN[name]) as there, pytest.raises(RemoteError, match="its answer cannot be read"):
        remote.query(Service(there.url), VISITS)
    assert len(there.asked) == 1


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn", "<urn:a> <urn:b> <urn:c> .\nThe SPARQL"])
def test_triples_that_break_off_are_no_answer(text: str) -> None:
    answer = Answer(200, text, {"Content-Type": "application/n-triples"})
    with player(lambda *_: answer) as there, pytest.raises(RemoteError, match="its answer cannot be read"):
        remote.query(Service(there.url), "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def test_lines_that_end_early_but_well_are_no_answer() -> None:
    line = "<urn:a> <urn:b> <urn:c> .\n"
    answer = Answer(200, line, {"Content-Type": "application/n-triples"}, length=2 * len(line))
    with player(lambda *_: answer) as there, pytest.raises(RemoteError, match="26 bytes of it are missing"):
        remote.query(Service(there.url), "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("answer", [Answer(200, WHOLE, ROWS), Answer(200, rows_of(), ROWS)])
def test_a_count_that_is_no_number_is_no_answer(answer: Answer) -> None:
    with player(lambda *_: answer) as there, pytest.raises(RemoteError, match="no number"):
        list(remote.fetch(Service(there.url)))


def test_a_graph_that_is_given_in_part_is_said() -> None:
    number = {"type": "literal", "value": "3", "datatype": PREFIXES["xsd"] + "integer"}
    count = json.dumps({"head": {"vars": ["count"]}, "results": {"bindings": [{"count": number}]}})
    answers = [Answer(200, count, ROWS), Answer(200, "<urn:a> <urn:b> <urn:c> .", {"Content-Type": "text/turtle"})]
    with player(lambda _, number: answers[number]) as there, pytest.raises(RemoteError, match="gave 1 of 3 triples"):
        list(remote.fetch(Service(there.url)))


def test_addresses_in_an_answer_are_not_asked() -> None:
    with player(lambda *_: Answer()) as other:
        answer = Answer(200, rows_of({"who": f"{other.url}/me"}), ROWS)
        with player(lambda *_: answer) as there:
            with pytest.raises(RemoteError):  # the same answer to the question for labels, which has two columns
                remote.query(Service(there.url), VISITS)
            assert len(there.asked) == 2
    assert not other.asked


# Virtuoso, another's work


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if servers.VIRTUOSO is None:
        pytest.skip(servers.NO_VIRTUOSO)
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


DBA = Credentials("dba", "dba")


@pytest.mark.parametrize(("address", "graph_store"), [("/sparql-auth", False), ("/sparql-graph-crud-auth", True)])
def test_virtuoso_takes_a_graph_and_gives_it_back(
    virtuoso: str, lines: list[str], address: str, graph_store: bool
) -> None:
    service = Service(virtuoso + address, DBA)
    for size in (100, 2000):
        remote.push(lines, service, graph=THERE, graph_store=graph_store, size=size, replace=size == 100)
    found = {ox.Quad(*triple) for triple in remote.fetch(Service(f"{virtuoso}/sparql"), graph=THERE)}
    assert {re.sub(r'"1"\^\^\S*decimal', '"1.0"', str(quad)) for quad in found} == {
        re.sub(r'"1"\^\^\S*decimal', '"1.0"', str(quad)) for quad in values(lines)
    }


def test_virtuoso_answers_as_the_file_does(kgraph: Kgraph, virtuoso: str, path: Path, lines: list[str]) -> None:
    remote.push(lines, Service(f"{virtuoso}/sparql-auth", DBA), graph=THERE, replace=True)
    address = ("query", f"{virtuoso}/sparql", "--graph", THERE, "-f", "csv")
    for query in (
        (VISITS,),
        ("visits", "who=Kim Jong Un"),
        ("ASK { ent:KimJongUn ir:visits ent:RUS }",),
        ("ASK { ent:RUS ir:visits ent:RUS }",),
    ):
        found, wanted = kgraph(*address, *query), kgraph("query", path, "-f", "csv", *query)
        assert (found.code, sorted(found.out.splitlines())) == (0, sorted(wanted.out.splitlines())), found.err
    kgraph("view", path, "-o", "here.html")
    kgraph("view", f"{virtuoso}/sparql", "--graph", THERE, "-o", "there.html")
    assert Path("there.html").read_text(encoding="utf-8") == Path("here.html").read_text(encoding="utf-8")


def test_virtuoso_says_who_may_not_write(virtuoso: str, lines: list[str]) -> None:
    with pytest.raises(RemoteError, match="No permission"):
        remote.push(lines, Service(f"{virtuoso}/sparql"), graph=THERE)


def test_a_limit_of_virtuoso_does_not_pass_for_a_whole_graph(virtuoso: str) -> None:
    many = [f"<urn:{number:05}> <urn:b> <urn:c> ." for number in range(1500)]
    service = Service(f"{virtuoso}/sparql-graph-crud-auth", DBA)
    remote.push(many, service, graph="urn:many", graph_store=True, replace=True)
    with pytest.raises(RemoteError, match="of 1500 triples"):
        list(remote.fetch(Service(f"{virtuoso}/sparql"), graph="urn:many"))
