"""Journeys through the command line, and what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SEEDS, Outcome

from kgraph.cli.console import write_rows

Kgraph = Callable[..., Outcome]
SENTENCE = "Moskow membantah bahwa Korea Utara akan memasok senjata ke Rusia."


def rows(kgraph: Kgraph, graph: Path, *query: str) -> list[dict[str, str]]:
    outcome = kgraph("query", graph, *query, "--format", "csv")
    assert outcome.code == 0, outcome.err
    return list(csv.DictReader(io.StringIO(outcome.out)))


SEED_CLAIMS = {  # subject, relation, object, status, stance: from the seed article, as a reader would
    ("Kim Jong Un", "visits", "Russia", "asserted", "says"),
    ("Vladimir Putin", "visits", "Vladivostok", "asserted", "says"),
    ("Vladimir Putin", "attends", "Eastern Economic Forum", "planned", ""),
    ("United States", "warns", "North Korea", "asserted", ""),
    ("United States", "urges", "North Korea", "asserted", ""),
    ("North Korea", "supplies arms to", "Russia", "possible", "denies"),
    ("North Korea", "supports", "Russia", "asserted", ""),
    ("Russia", "attacks", "Ukraine", "asserted", ""),
    ("Sergei Shoigu", "visits", "Pyongyang", "asserted", ""),
}
SEED_OFFICES = {
    ("Vladimir Putin", "Russia"),
    ("Dmitry Peskov", "Russia"),
    ("Sergei Shoigu", "Russia"),
    ("Kim Jong Un", "North Korea"),
    ("Matthew Miller", "United States Department of State"),
}
CLAIMS = """
SELECT ?subject ?relation ?object ?status ?stance ?source ?office {
  ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; ir:status ?status .
  OPTIONAL { ?claim ir:stance ?stance ; ir:attributedTo ?source } OPTIONAL { ?claim ir:office ?office }
}"""


def test_the_seed_article_says_what_a_reader_finds_in_it(kgraph: Kgraph, seed_graph: Path) -> None:
    found = rows(kgraph, seed_graph, CLAIMS)
    claims = {(r["subject"], r["relation"], r["object"], r["status"], r["stance"]) for r in found}
    assert claims >= SEED_CLAIMS
    deniers = {r["source"] for r in found if r["relation"] == "supplies arms to" and r["stance"] == "denies"}
    assert deniers == {"North Korea", "Russia"}
    assert {(r["subject"], r["object"]) for r in found if r["office"]} >= SEED_OFFICES
    assert len({r["subject"] for r in found if r["subject"].startswith("Kim")}) == 1


def test_from_articles_to_a_page(kgraph: Kgraph, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    built = kgraph("build", "a.txt", "-o", "g.ttl")
    assert (built.code, built.out, built.err) == (0, "g.ttl: 1 article, 1 statement\n", "")
    assert rows(kgraph, tmp_path / "g.ttl", "SELECT ?a ?b {?a ir:attacks ?b}") == [{"a": "Russia", "b": "Ukraine"}]
    assert kgraph("view", "g.ttl").out == "g.html\n"
    assert "Ukraina" in (tmp_path / "g.html").read_text(encoding="utf-8")
    checked = kgraph("check", "g.ttl")
    assert (checked.code, checked.out) == (0, "1 claims, 0 violations, 0 warnings\n")


def test_queries_come_as_text_file_standard_input_or_by_name(
    kgraph: Kgraph, seed_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT ?who { ?who ir:visits ent:RUS }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    by = [rows(kgraph, seed_graph, query) for query in (text, "q.rq", "-")]
    assert by == [[{"who": "Kim Jong Un"}]] * 3
    assert {row["subject"] for row in rows(kgraph, seed_graph, "visits", "who=Putin")} == {"Vladimir Putin"}


def test_query_formats_and_languages(kgraph: Kgraph, seed_graph: Path) -> None:
    query = ("query", seed_graph, "SELECT ?a ?b {?a ir:warns ?b}")
    parsed = json.loads(kgraph(*query, "-f", "json").out)
    assert parsed["results"]["bindings"][0]["a"]["value"].endswith("/USA")
    assert kgraph(*query, "-f", "tsv").out == "a\tb\nUnited States\tNorth Korea\n"
    assert kgraph(*query, "-f", "csv", "--language", "id").out == "a,b\nAmerika Serikat,Korea Utara\n"
    table = kgraph(*query).out
    assert "United States" in table
    assert "North Korea" in table


def test_query_alone_lists_the_ready_queries(kgraph: Kgraph, seed_graph: Path) -> None:
    english, indonesian = (rows(kgraph, seed_graph, "--language", language) for language in ("en", "id"))
    assert len(english) >= 10
    assert {"visits", "warnings", "contested"} <= {row["query"] for row in english}
    assert all(a["title"] != b["title"] for a, b in zip(english, indonesian, strict=True))


def test_extract_prints_a_table_or_json(kgraph: Kgraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "suppliesArmsTo" in kgraph("extract", SENTENCE).out
    record = json.loads(kgraph("extract", SENTENCE, "--json").out)
    assert (record["subject_key"], record["object_key"], record["status"]) == ("PRK", "RUS", "possible")
    assert (record["source"], record["stance"], record["sentence"]) == ("Russia", "denies", SENTENCE)
    (tmp_path / "s.txt").write_text(SENTENCE, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(SENTENCE))
    assert kgraph("extract", "s.txt", "--json").out == kgraph("extract", "-", "--json").out != ""


def test_extract_writes_annotation_records(kgraph: Kgraph, tmp_path: Path) -> None:
    lines = [
        {"id": "a:0", "text": SENTENCE},
        {"id": "a:1", "text": "Cerah."},
        {"id": "b:0", "text": "Russia attacked Ukraine."},
    ]
    (tmp_path / "s.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    out = kgraph("extract", "--records", "s.jsonl", "--extractor", "rules").out.splitlines()
    assert json.loads(out[0])["s"] == [
        ["Korea Utara", "suppliesArmsTo", "Rusia", "memasok senjata ke", "possible", 0, "Moskow", "denies"]
    ]
    assert json.loads(out[1]) == {"id": "a:1", "e": [], "s": []}
    assert json.loads(out[2]) == {
        "id": "b:0",
        "e": [["Russia", "CTY", "RUS"], ["Ukraine", "CTY", "UKR"]],
        "s": [["Russia", "attacks", "Ukraine", "attacked", "asserted", 0, "", ""]],
    }
    assert [list(json.loads(line)) for line in out] == [["id", "e", "s"]] * 3


def test_own_relations_and_own_actors(kgraph: Kgraph, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix my: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'my:envies a owl:ObjectProperty ; skos:prefLabel "envies"@en ; skos:altLabel "envies"@en .\n',
        encoding="utf-8",
    )
    (tmp_path / "people.csv").write_text("alias,type,key,label\nZorro,PER,Zorro,Zorro of Alta\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Zorro envies Italy.\n", encoding="utf-8")
    options = ("--ontology", "mine.ttl", "--actors", "people.csv", "--article-language", "en")
    assert kgraph("build", "a.txt", "-o", "g.ttl", *options).code == 0
    query = "SELECT ?a ?b { ?c rdf:predicate <https://example.org/envies> ; rdf:subject ?a ; rdf:object ?b }"
    assert rows(kgraph, tmp_path / "g.ttl", query) == [{"a": "Zorro of Alta", "b": "Italy"}]
    assert "envies" in kgraph("ontology", "--ontology", "mine.ttl").out


FAULTS = [  # arguments, exit code, what the one line must name
    (("build", "none.txt", "-o", "g.ttl"), 1, "none.txt"),
    (("build", "empty.txt", "-o", "g.ttl"), 1, "empty.txt"),
    (("build", "binary.txt", "-o", "g.ttl"), 1, "binary.txt"),
    (("build", "utf16.txt", "-o", "g.ttl"), 1, "utf16.txt"),
    (("build", "good.docx", "-o", "g.ttl"), 1, ".docx"),
    (("build", "good.txt", "-o", "g.xyz"), 1, ".xyz"),
    (("build", "good.txt", "-o", "nowhere/g.ttl"), 1, "nowhere"),
    (("build", "good.txt", "-o", "g.ttl", "--ontology", "broken.ttl"), 1, "broken.ttl"),
    (("build", "good.txt", "-o", "g.ttl", "--ontology", "none.ttl"), 1, "none.ttl"),
    (("build", "good.txt", "-o", "g.ttl", "--actors", "none.csv"), 1, "none.csv"),
    (("query", "none.ttl", "visits"), 1, "none.ttl"),
    (("query", "broken.ttl", "visits"), 1, "broken.ttl"),
    (("query", "g.nt", "SELECT ?a { ?a"), 1, "query"),
    (("query", "g.nt", "nosuch"), 1, "nosuch"),
    (("query", "g.nt", "visits", "who"), 1, "who"),
    (("query", "g.nt", "visits", "wen=Putin"), 1, "wen"),
    (("query", "g.nt", "none.rq"), 1, "none.rq"),
    (("query", "g.nt", "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }"), 1, "SERVICE"),
    (("query", "g.nt", "INSERT DATA { ir:a ir:b ir:c }"), 1, "query"),
    (("view", "none.ttl"), 1, "none.ttl"),
    (("view", "g.nt", "-o", "nowhere/g.html"), 1, "nowhere"),
    (("extract", "none.txt"), 1, "none.txt"),
    (("extract", "  "), 1, "no text"),
    (("extract", "--records", "good.txt"), 1, "good.txt:1"),
    (("check", "none.ttl"), 1, "none.ttl"),
]


@pytest.mark.parametrize(("arguments", "code", "named"), FAULTS, ids=lambda value: str(value)[:60])
def test_each_fault_gives_one_line(
    kgraph: Kgraph, tmp_path: Path, arguments: tuple[str, ...], code: int, named: str
) -> None:
    (tmp_path / "good.txt").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    (tmp_path / "good.docx").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (tmp_path / "utf16.txt").write_bytes("Rusia menyerang Ukraina.".encode("utf-16-le"))
    (tmp_path / "broken.ttl").write_text("@prefix : <x> . :a :b", encoding="utf-8")
    (tmp_path / "g.nt").write_text("", encoding="utf-8")
    outcome = kgraph(*arguments)
    assert outcome.code == code
    assert outcome.err.startswith("kgraph: ")
    assert named in outcome.err.splitlines()[-1]
    assert outcome.out == ""
    assert not list(tmp_path.glob("g.ttl*"))


def test_one_bad_article_among_many_is_skipped_and_told(kgraph: Kgraph, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    outcome = kgraph("build", "in", "-o", "g.ttl")
    assert outcome.code == 3
    assert outcome.out == "g.ttl: 1 article, 1 statement, 1 skipped\n"
    assert "b.txt" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert (tmp_path / "g.ttl").exists()


@pytest.mark.parametrize(
    "arguments", [("build",), ("build", "a.txt"), ("query",), ("nosuch",), ("view", "g.ttl", "--no")]
)
def test_wrong_use_is_2(kgraph: Kgraph, arguments: tuple[str, ...]) -> None:
    assert kgraph(*arguments).code == 2


def test_a_stopped_build_ends_with_130_and_leaves_nothing(
    kgraph: Kgraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.open", stop)  # what Ctrl-C does while a file is read
    monkeypatch.setattr("pathlib.Path.read_bytes", stop)
    monkeypatch.setattr("pathlib.Path.open", stop)
    monkeypatch.setattr("pathlib.Path.read_text", stop)
    assert kgraph("build", SEEDS, "-o", "g.ttl").code == 130
    assert list(tmp_path.iterdir()) == []


def test_the_same_build_twice_gives_the_same_file(kgraph: Kgraph, tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        assert kgraph("build", SEEDS, "-o", name).code == 0
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str], form: str, cell: str) -> None:
    write_rows(("a",), [(cell,)], form)  # type: ignore[arg-type]
    assert capsys.readouterr().out == f"a\n'{cell}\n"


def test_a_table_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(("a",), [("[red]Kim\x1b[31m\nUn",)], "table")
    out = capsys.readouterr().out
    assert "[red]Kim [31m Un" in out
    assert "\x1b" not in out
