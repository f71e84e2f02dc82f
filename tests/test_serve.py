"""The service: SPARQL 1.1 Protocol in every format, the pages, and who is refused."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import LACKING, Reader
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from starlette.testclient import TestClient

from kgraph import queries
from kgraph.ontology import PREFIXES
from kgraph.queries.formats import preferred
from kgraph.serve import application

ROOT = Path(__file__).parent.parent
VISITS = "SELECT ?who { ?who ir:visits ent:RUS }"
KIM = PREFIXES["ent"] + "KimJongUn"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    app = application(path, "<p>the page", language="id", seconds=5)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        yield client


def test_get_and_both_kinds_of_post_give_the_same(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": VISITS}),
        client.post("/sparql", data={"query": VISITS}),
        client.post("/sparql", content=VISITS, headers={"Content-Type": "application/sparql-query; charset=utf-8"}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["content-type"] == "application/sparql-results+json"
    assert answers[0].json()["results"]["bindings"] == [{"who": {"type": "uri", "value": KIM}}]


def ask(client: TestClient, query: str, accept: str) -> tuple[str, str]:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].partition(";")[0], answer.text


VALUES = 'SELECT * { VALUES (?a ?b ?c) { ("=x<\\t,\\"y"@id 1.5 UNDEF) } }'


def test_rows_in_each_format(client: TestClient) -> None:
    media, text = ask(client, VALUES, "application/sparql-results+xml")
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(text)
    assert media == "application/sparql-results+xml"
    assert [each.get("name") for each in root.iter(f"{space}variable")] == ["a", "b", "c"]
    assert [(each.text, dict(each.attrib)) for each in root.iter(f"{space}literal")] == [
        ('=x<\t,"y', {"{http://www.w3.org/XML/1998/namespace}lang": "id"}),
        ("1.5", {"datatype": PREFIXES["xsd"] + "decimal"}),
    ]
    assert ask(client, VALUES, "text/csv") == ("text/csv", 'a,b,c\r\n"=x<\t,""y",1.5,\r\n')
    media, text = ask(client, VALUES, "text/tab-separated-values")
    assert text.splitlines()[0] == "?a\t?b\t?c"
    assert text.splitlines()[1].split("\t")[0] == r'"=x<\t,\"y"@id'
    assert ask(client, VALUES, "text/turtle;q=0.1, application/json;q=0.5, text/csv;q=0.2")[0] == "application/json"


def test_ask_is_true_or_false(client: TestClient) -> None:
    assert json.loads(ask(client, "ASK { ent:KimJongUn ir:visits ent:RUS }", "*/*")[1])["boolean"] is True
    assert "<boolean>false</boolean>" in ask(client, "ASK { ent:X ir:visits ent:RUS }", "application/xml, text/csv")[1]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_in_each_format(client: TestClient, media: str) -> None:
    found, text = ask(client, "CONSTRUCT { ?a ir:visits ?b } WHERE { ?a ir:visits ?b }", media)
    assert found == media
    assert {str(subject) for subject in Graph().parse(data=text, format=media).subjects()} == {KIM}


REFUSED = {
    "nothing": ("POST", {}, "", FORM, 400),
    "twice": ("GET", {"query": ["ASK {}", "ASK {}"]}, "", {}, 400),
    "wrong": ("GET", {"query": "SELECT"}, "", {}, 400),
    "service": ("GET", {"query": "SELECT * { { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } } }"}, "", {}, 400),
    "from": ("GET", {"query": "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }"}, "", {}, 400),
    "graph": ("GET", {"query": "ASK {}", "default-graph-uri": "file:///etc/passwd"}, "", {}, 400),
    "graph in a form": ("POST", {}, "query=ASK+%7B%7D&named-graph-uri=http://x/", FORM, 400),
    "update as query": ("POST", {}, "DROP ALL", DIRECT, 400),
    "update": ("POST", {}, "update=DROP+ALL", FORM, 403),
    "direct update": ("POST", {}, "DROP ALL", {"Content-Type": "application/sparql-update"}, 403),
    "kind": ("POST", {}, "ASK {}", {"Content-Type": "text/plain"}, 415),
    "bytes": ("POST", {}, b"\xff", DIRECT, 400),
    "long": ("POST", {}, b" " * ((1 << 20) + 1), DIRECT, 413),
    "format": ("GET", {"query": "ASK {}"}, "", {"Accept": "image/png"}, 406),
    "delete": ("DELETE", {"query": "ASK {}"}, "", {}, 405),
    "other site": ("GET", {"query": "ASK {}"}, "", {"Origin": "https://example.org"}, 403),
    "other port": ("GET", {"query": "ASK {}"}, "", {"Origin": "http://127.0.0.1:9"}, 403),
    "no site": ("GET", {"query": "ASK {}"}, "", {"Origin": "null"}, 403),
    "other host": ("GET", {"query": "ASK {}"}, "", {"Host": "example.org"}, 421),
    "like host": ("GET", {"query": "ASK {}"}, "", {"Host": "127.0.0.1.example.org:8321"}, 421),
    "bad host": ("GET", {"query": "ASK {}"}, "", {"Host": "[x"}, 421),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(client: TestClient, name: str) -> None:
    method, parameters, body, headers, status = REFUSED[name]
    answer = client.request(method, "/sparql", params=parameters, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost:8321", "[::1]:8321", "localhost"])
def test_pages_of_this_service_may_ask(client: TestClient, host: str) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": host, "Origin": f"http://{host}"})
    assert answer.status_code == 200


def test_a_query_that_takes_too_long_is_ended_and_the_service_goes_on(path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with TestClient(application(path, "", seconds=1), base_url="http://localhost") as client:
        answer = client.post("/sparql", data={"query": endless})
        assert (answer.status_code, "no answer within 1 seconds" in answer.text) == (400, True)
    with TestClient(application(path, "", seconds=20), base_url="http://localhost") as client:
        assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200


def test_the_service_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    described = Graph().parse(data=answer.text, format="turtle")
    space = "http://www.w3.org/ns/sparql-service-description#"
    assert [str(o) for _, p, o in described if str(p) == space + "endpoint"] == ["http://127.0.0.1:8321/sparql"]
    assert Graph().parse(data=client.get("/sparql", headers={"Accept": "application/ld+json"}).text, format="json-ld")
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_the_pages(client: TestClient) -> None:
    assert client.get("/").text == "<p>the page"
    page = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert queries.ready()["visits"].titles["id"] in page.text
    for name in re.findall(r"(?:src|href)=\"(/static/[^\"]+)", page.text):
        assert client.get(name).status_code == 200
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_ready_queries_by_address(client: TestClient) -> None:
    answer = client.get("/ready/visits", params={"whom": "Rusia"}, headers={"Accept": "text/csv"})
    assert KIM in answer.text
    assert client.get("/ready/visits", params={"whom": "Atlantis"}).status_code == 400
    assert client.get("/ready/visit").status_code == 404


def test_an_actor_for_people_and_for_programs(client: TestClient) -> None:
    page = client.get("/entity/RUS", headers={"Accept": "text/html"})
    assert "<h1><bdi>Rusia</bdi></h1>" in page.text
    assert "Rusia menyerang Ukraina." in page.text
    assert 'href="/entity/UKR"' in page.text
    assert "<bdi>ir:State</bdi>" in page.text
    for media in ("text/turtle", "application/ld+json"):
        answer = client.get("/entity/RUS", headers={"Accept": media})
        graph = Graph().parse(data=answer.text, format=media)
        assert {str(subject) for subject in graph.subjects()} == {PREFIXES["ent"] + "RUS"}
    for missing in ("Atlantis", "x%3E%20%3Fp", "%7D"):
        assert client.get(f"/entity/{missing}").status_code == 404


def test_a_hostile_name_is_only_text(tmp_path: Path) -> None:
    iri = PREFIXES["ent"] + "X"
    text = f'<{iri}> <{PREFIXES["skos"]}prefLabel> "<script>alert(1)</script>" .'
    (tmp_path / "g.nt").write_text(text, encoding="utf-8")
    with TestClient(application(tmp_path / "g.nt", ""), base_url="http://localhost") as client:
        page = client.get("/entity/X", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("accept", "best"),
    [("", "a/x"), ("*/*", "a/x"), ("b/*", "b/y"), ("a/x;q=0.2, b/y;q=0.3", "b/y"), ("a/x;q=0, */*", "b/y"),
     ("c/z", None), ("a/x;q=zero", None), ("B/Y", "b/y")],
)  # fmt: skip
def test_the_preferred_format(accept: str, best: str | None) -> None:
    assert preferred(accept, ("a/x", "b/y")) == best


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    """A service in a process of its own, as a user starts it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kgraph", "serve", str(path), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as served:
        while served.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        assert served.poll() is None
        yield f"http://127.0.0.1:{port}"
        served.terminate()


def test_sparqlwrapper_reads_it(address: str) -> None:
    asked = SPARQLWrapper(f"{address}/sparql")
    asked.setQuery("PREFIX ir: <https://w3id.org/kgraph/ir#> SELECT ?who { ?who ir:visits ?where }")
    asked.setReturnFormat(JSON)
    for method in ("GET", POST):
        asked.setMethod(method)
        bindings = asked.query().convert()["results"]["bindings"]
        assert [each["who"]["value"] for each in bindings] == [KIM]


def test_rdflib_reads_it_as_a_store(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))
    rows = graph.query("SELECT ?who { ?who <https://w3id.org/kgraph/ir#visits> ?where }")
    assert [str(row[0]) for row in rows] == [KIM]


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
def test_curl_reads_it(address: str) -> None:
    command = ["curl", "-sS", "-H", "Accept: text/csv", "--data-urlencode", f"query={VISITS}", f"{address}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["who", KIM]


def test_it_listens_on_this_machine_alone(address: str) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port))


@pytest.mark.browser
@pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
def test_the_editor_runs_a_ready_query_and_asks_nobody_else(address: str, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    try:
        reader.driver.get("about:blank")
        reader.driver.get_log("performance")  # what the browser's own first page asks for
        reader.driver.get(f"{address}/sparql")
        reader.until(lambda: reader.run("return document.querySelector('.yasqe .CodeMirror')"))
        title = queries.ready()["attacks"].titles["en"]
        reader.run(
            "const s = document.getElementById('ready');"
            "s.value = [...s.options].find((o) => o.text === arguments[0]).value;"
            "s.dispatchEvent(new Event('change'))",
            title,
        )
        reader.click(".yasqe_queryButton")
        reader.until(lambda: "Rusia menyerang Ukraina." in reader.text(".yasr"))
        assert reader.complaints() == []
        assert {request for request in reader.requests() if not request.startswith(address)} == set()
    finally:
        reader.driver.quit()
