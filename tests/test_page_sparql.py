"""A page that answers queries itself, without anything from outside."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Reader
from conftest import Outcome
from graphs import pairs
from test_page import Elements

from kgraph import pipeline
from kgraph.errors import KgraphError
from kgraph.graph import build
from kgraph.ontology import load
from kgraph.page import Page, engine

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


@pytest.fixture(scope="module")
def page() -> Page:
    return pipeline.render(build(pairs(), load()), title="Asked", sparql=True)


def policy(html: str) -> str:
    return next(facts["content"] or "" for _, facts, _ in Elements(html).found if "http-equiv" in facts)


def ask(reader: Reader, text: str) -> str:
    """What the page says to a query."""
    reader.run("document.getElementById('query-text').value = arguments[0]", text)
    reader.click("#query-run")
    reader.until(lambda: reader.run("return !document.getElementById('query-run').disabled"))
    return reader.text("#query-said")


def test_only_a_page_with_the_engine_may_compile_it(page: Page) -> None:
    plain = pipeline.render(build(pairs(), load()))
    assert "'wasm-unsafe-eval'" in policy(page)
    assert "worker-src blob:;" in policy(page)
    assert "wasm" not in policy(plain)
    assert "worker" not in policy(plain)
    assert len(page) - len(plain) < 2_200_000


def test_the_engine_is_the_same_bytes_each_time() -> None:
    assert engine.parts(["<a> <b> <c> ."]) == engine.parts(["<a> <b> <c> ."])


def test_an_installation_without_the_engine_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "HERE", tmp_path)
    with pytest.raises(KgraphError, match=r"web\.js: the SPARQL engine is not in this installation; install kgraph"):
        engine.parts([])


@pytest.mark.browser
def test_a_plain_page_has_no_such_tab(reader: Reader) -> None:
    reader.open(pipeline.render(build(pairs(), load())), "view=query")
    assert reader.texts("#query-button") == []
    assert reader.run("return document.body.dataset.view") == "graph"


@pytest.mark.browser
def test_queries_are_answered_inside_the_page(reader: Reader, page: Page) -> None:
    reader.open(page)
    reader.click("#query-button")
    assert ask(reader, "SELECT ?who ?whom { ?claim rdf:subject ?who ; rdf:object ?whom } ORDER BY ?claim").endswith(
        "rows"
    )
    assert reader.texts("#query-answer th") == ["who", "whom"]
    rows = reader.texts("#query-answer tbody tr")
    assert len(rows) == sum(len(statements) for _, statements in pairs())
    reader.click("#query-answer td button")
    assert reader.text("#panel h2") in rows[0]
    assert ask(reader, "ASK { ?claim ir:stance ir:denies }") == "Yes"
    assert ask(reader, "CONSTRUCT { ?a ir:x ?b } WHERE { ?c rdf:subject ?a ; rdf:object ?b }") == ""
    assert "#x>" in reader.text("#query-answer pre")
    assert reader.run("return new URLSearchParams(location.hash.slice(1)).get('query')").startswith("CONSTRUCT")


@pytest.mark.browser
def test_every_ready_query_runs(reader: Reader, page: Page) -> None:
    reader.open(page, "view=query&language=id")
    texts = reader.run("return [...document.getElementById('query-ready').options].map((o) => o.textContent)")
    assert "Siapa mengunjungi siapa atau ke mana" in texts
    for number in range(1, len(texts)):
        reader.run(
            "const s = document.getElementById('query-ready');"
            "s.selectedIndex = arguments[0]; s.dispatchEvent(new Event('change'))",
            number,
        )
        reader.click("#query-run")
        reader.until(lambda: reader.run("return !document.getElementById('query-run').disabled"))
        assert reader.text("#query-said").endswith(" baris"), texts[number]


@pytest.mark.browser
def test_queries_are_answered_in_a_notebook_and_on_a_telephone(reader: Reader, page: Page) -> None:
    html = f"<!doctype html><link rel=icon href=data:,><body>{page._repr_html_()}"
    reader.open(html, framed=True, width=360)
    reader.click("#query-button")
    assert ask(reader, "ASK { ?a ?b ?c }") == "Yes"
    reader.open(page, "view=query", width=360, height=740)
    ask(reader, "SELECT * { ?a ?b ?c }")
    assert reader.run("return document.documentElement.scrollWidth") <= 360
    assert reader.run("return document.querySelector('.tools').getBoundingClientRect().height") < 60


@pytest.mark.browser
def test_a_fault_is_told_with_its_line(reader: Reader, page: Page) -> None:
    reader.open(page, "view=query")
    assert "1:9" in ask(reader, "SELECT {")
    assert "2:1" in ask(reader, "SELECT * { ?a ?b ?c\n")
    assert "not supported" in ask(reader, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }")
    assert ask(reader, "INSERT DATA { <http://a.test/> <http://b.test/> 1 }").startswith("error at 1:")
    assert ask(reader, "ASK { <http://a.test/> ?b ?c }") == "No"


@pytest.mark.browser
def test_a_query_without_end_is_stopped_and_the_next_one_answered(reader: Reader, page: Page) -> None:
    reader.open(page, "view=query")
    reader.run("document.getElementById('query-text').value = arguments[0]", ENDLESS)
    reader.click("#query-run")
    assert reader.text("#query-said") == "Running …"
    reader.click("#graph-button")
    reader.click("#query-button")
    reader.click("#query-stop")
    assert reader.text("#query-said") == "Stopped."
    assert ask(reader, "ASK { ?a ?b ?c }") == "Yes"


@pytest.mark.browser
def test_hostile_answers_are_only_texts(reader: Reader, page: Page) -> None:
    reader.open(page, "view=query")
    ask(reader, "SELECT * { VALUES ?a { '<img src=x onerror=window.hacked=1>' <javascript:window.hacked=2> '=1+1' } }")
    assert reader.texts("#query-answer td") == [
        "<img src=x onerror=window.hacked=1>",
        "javascript:window.hacked=2",
        "=1+1",
    ]
    assert reader.run("return document.querySelectorAll('#query-answer a, #query-answer img').length") == 0
    reader.click("#query-csv")
    path = reader.saved("kgraph.query.csv")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    path.unlink()
    assert rows[3] == ["'=1+1"]
    assert reader.run("return window.hacked") is None


def test_the_command_makes_such_a_page_when_it_is_told_to(
    kgraph: Callable[..., Outcome], seed_graph: Path, tmp_path: Path
) -> None:
    kgraph("view", seed_graph, "-o", tmp_path / "plain.html")
    outcome = kgraph("view", seed_graph, "-o", tmp_path / "asked.html", "--with-sparql")
    assert (outcome.code, outcome.err) == (0, "")
    plain, asked = ((tmp_path / f"{name}.html").read_text("utf-8") for name in ("plain", "asked"))
    assert ('id="engine-wasm"' in plain, 'id="engine-wasm"' in asked) == (False, True)
