"""Exports: each format is opened again by another tool's reader, and those without end take little memory."""

from __future__ import annotations

import csv
import io
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import stores
from conftest import Outcome
from graphs import FIRST, KIM, RUS, mention, pairs, statement
from rdflib import Graph, URIRef

from kgraph import exports, ontology, store
from kgraph import graph as graphs
from kgraph.articles import read_articles
from kgraph.errors import InputError, MissingExtra
from kgraph.exports import COLUMNS, FOLDERS, SUFFIXES, Options, tables
from kgraph.exports.columns import quad_class
from kgraph.ontology import PREFIXES
from kgraph.ontology.parsing import FORMATS
from kgraph.records import EventDate

Kgraph = Callable[..., Outcome]
IR = PREFIXES["ir"]
RDF_REIFIES = f"{PREFIXES['rdf']}reifies"
VISIT = {"subject_id": "KimJongUn", "relation": "visits", "object_id": "RUS"}


@pytest.fixture
def graph() -> Graph:
    return graphs.build(pairs(), ontology.load())


@pytest.fixture
def path(graph: Graph, tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    graphs.save(graph, path)
    return path


def one(tmp_path: Path, **changes: object) -> Path:
    """A graph file of one visit, changed."""
    visit = statement(FIRST, 1, ("Kim Jong Un", KIM), "visits", ("Rusia", RUS), "tiba di")
    path = tmp_path / "one.ttl"
    graphs.save(graphs.build([(FIRST, [replace(visit, **changes)])], ontology.load()), path)
    return path


def rows(path: Path, **options: object) -> list[dict[str, str]]:
    target = path.with_name("rows.csv")
    exports.export(path, target, Options(**options))  # type: ignore[arg-type]
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# RDF


@pytest.mark.parametrize("suffix", FORMATS)
def test_rdf_has_the_bytes_that_a_build_writes(graph: Graph, path: Path, tmp_path: Path, suffix: str) -> None:
    built, exported = tmp_path / f"built{suffix}", tmp_path / f"exported{suffix}"
    graphs.save(graph, built)
    exports.export(path, exported)
    assert exported.read_bytes() == built.read_bytes()


@pytest.mark.parametrize("suffix", exports.rdf.WITH_REIFIERS)
def test_reifiers_say_all_that_the_claims_say(path: Path, tmp_path: Path, suffix: str) -> None:
    target, back = tmp_path / f"new{suffix}", tmp_path / "back.ttl"
    exports.export(path, target, Options(reifiers=True))
    found = [quad.triple for quad in ox.parse(target.read_bytes(), FORMATS[suffix])]
    predicates = {triple.predicate.value.removeprefix(PREFIXES["rdf"]) for triple in found}
    assert sum(triple.predicate.value == RDF_REIFIES for triple in found) == 11
    assert not predicates & {"subject", "predicate", "object"}
    exports.export(target, back)
    assert back.read_bytes() == path.read_bytes()


def test_a_reifier_asserts_nothing(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.ttl"
    exports.export(path, target, Options(reifiers=True))
    found = ox.Store()
    found.load(path=target, format=ox.RdfFormat.TURTLE)
    query = "SELECT ?c { ?c rdf:reifies <<( ent:PRK ir:suppliesArmsTo ent:RUS )>> ; ir:stance ir:denies }"
    assert len(list(found.query(query, prefixes=PREFIXES))) == 1
    assert not found.query("ASK { ent:PRK ir:suppliesArmsTo ent:RUS }", prefixes=PREFIXES)


@pytest.mark.parametrize("suffix", [".jsonld", ".csv", ".gexf"])
def test_formats_without_reifiers_say_so(path: Path, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InputError, match=r"no reifiers.*there are: \.ttl"):
        exports.export(path, tmp_path / f"x{suffix}", Options(reifiers=True))


def test_a_claim_without_an_object_stays_plain(tmp_path: Path) -> None:
    (tmp_path / "odd.nt").write_text(
        f"<urn:c> <{PREFIXES['rdf']}subject> <urn:a> .\n<urn:c> <{PREFIXES['rdf']}predicate> <urn:p> .\n"
    )
    exports.export(tmp_path / "odd.nt", tmp_path / "new.nt", Options(reifiers=True))
    assert (tmp_path / "new.nt").read_text().splitlines() == sorted((tmp_path / "odd.nt").read_text().splitlines())


# The table of claims


def test_each_claim_is_a_row_with_the_columns_told(path: Path) -> None:
    found = rows(path)
    assert list(found[0]) == [column.name for column in COLUMNS]
    assert len({row["claim_id"] for row in found}) == len(found) == 11
    (visit,) = (row for row in found if VISIT.items() <= row.items())
    assert {name: cell for name, cell in visit.items() if cell} == {
        **VISIT,
        **{"claim_id": visit["claim_id"], "event_date": "2023-09-12", "event_date_precision": "day"},
        **{"event_date_assumed": "true", "report_date": "2023-09-12", "sqldate": "20230912"},
        **{"month_year": "202309", "year": "2023", "subject_name": "Kim Jong Un", "subject_type": "PER"},
        **{"subject_text": "Kim Jong Un", "subject_start": "13", "relation_label": "visits"},
        **{"object_name": "Russia", "object_type": "CTY", "object_country": "RUS", "object_text": "Rusia"},
        **{"object_start": "33", "status": "asserted", "negated": "false", "source_id": "TASS"},
        **{"source_name": "TASS", "source_type": "ORG", "source_text": "TASS", "stance": "says"},
        **{"contested": "false", "plover_type": "CONSULT", "plover_weight": "4.0", "cameo_root": "04"},
        **{"quad_class": "1", "trigger": "tiba di", "trigger_start": "25", "confidence": "0.9"},
        **{"sentence_id": visit["sentence_id"], "sentence": "Kim Jong Un tiba di Rusia, kata TASS."},
        **{"sentence_start": "13", "sentence_end": "50", "article_id": FIRST.key, "headline": "Kim di Rusia"},
        **{"publisher": "Republika", "language": "id", "url": "https://example.org/a%20b?x=%3C1%3E"},
    }


def test_whatever_a_claim_carries_is_in_its_row(tmp_path: Path) -> None:
    """Each predicate of a claim that has everything, in a column by its own name."""
    by = replace(mention(FIRST, 1, "TASS", KIM), reason="surname")
    path = one(
        tmp_path,
        relation="holdsPositionIn",
        subject=replace(mention(FIRST, 1, "Kim Jong Un", KIM), reason="pronoun: he"),
        object=replace(mention(FIRST, 1, "Rusia", RUS), reason="seat of government"),
        source=by,
        stance="denies",
        event_date=EventDate(date(2023, 1, 1), "year"),
    )
    (row,) = rows(path)
    others = {"type": None, "predicate": "relation", "subject": "subject_id", "object": "object_id"}
    others |= {"attributedTo": "source_id", "article": "article_id", "wasQuotedFrom": "sentence_id"}
    others |= {"dateAssumed": "event_date_assumed"}
    for triple in graphs.load(path).triples((URIRef(PREFIXES["claim"] + row["claim_id"]), None, None)):
        name, value = (str(term).replace("#", "/").rpartition("/")[2] for term in triple[1:])
        snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in name)
        column = others.get(name, snake)
        if column:
            same = float(row[column]) == float(value) if name == "confidence" else row[column] == value
            assert same, name
    assert (row["event_date_precision"], row["month_year"], row["year"]) == ("year", "", "2023")


def test_claims_for_and_against_are_contested(path: Path) -> None:
    assert sorted((row["relation"], row["stance"]) for row in rows(path) if row["contested"] == "true") == [
        ("suppliesArmsTo", "denies"),
        ("suppliesArmsTo", "says"),
    ]


def test_contested_counts_both_ends_of_a_symmetric_relation(tmp_path: Path) -> None:
    meets = [each for _, found in pairs() for each in found if each.relation == "meets"]
    denied = replace(meets[1], source=mention(FIRST, 1, "TASS", KIM), stance="denies")
    path = tmp_path / "meets.ttl"
    graphs.save(graphs.build([(FIRST, [meets[0]]), (pairs()[1][0], [denied])], ontology.load()), path)
    assert [row["contested"] for row in rows(path)] == ["true", "true"]


def test_names_come_in_the_readers_language(path: Path) -> None:
    names = {(row["subject_name"], row["relation_label"]) for row in rows(path, language="id")}
    assert ("Korea Utara", "memasok senjata ke") in names


def test_relations_of_the_users_own_have_their_weight(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix my: <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"@prefix ir: <{IR}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        'my:funds a owl:ObjectProperty ; skos:prefLabel "funds"@en ; skos:altLabel "funds"@en ; ir:plover "AID" ;\n'
        '  ir:cameoRoot "07" ; ir:weight 7.5 .\n',
        encoding="utf-8",
    )
    path = tmp_path / "funds.ttl"
    claim = replace(pairs()[0][1][0], relation="funds")
    graphs.save(graphs.build([(FIRST, [claim])], ontology.load(mine)), path)
    (row,) = rows(path, ontology=mine)
    assert [row[name] for name in ("plover_type", "plover_weight", "quad_class")] == ["AID", "7.5", "2"]
    assert rows(path)[0]["plover_type"] == ""


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("words", FORMULAS)
def test_a_spreadsheet_runs_nothing(tmp_path: Path, words: str) -> None:
    path = one(tmp_path, subject=replace(mention(FIRST, 1, "Kim Jong Un", KIM), text=words))
    assert rows(path)[0]["subject_text"] == f"'{words}"
    assert rows(path, verbatim=True)[0]["subject_text"] == words


def test_negative_weights_stay_numbers(path: Path) -> None:
    assert {row["plover_weight"] for row in rows(path) if row["relation"] == "attacks"} == {"-9.0"}


def test_parquet_holds_the_rows_of_the_csv_with_their_types(path: Path, tmp_path: Path) -> None:
    exports.export(path, tmp_path / "claims.parquet")
    table = pq.read_table(tmp_path / "claims.parquet")
    kinds = {"string": "text", "int64": "integer", "double": "number", "bool": "boolean"}
    assert [(field.name, kinds[str(field.type)]) for field in table.schema] == [(c.name, c.kind) for c in COLUMNS]
    assert table.schema.field("quad_class").metadata[b"meaning"].startswith(b"1, 2: cooperate")
    as_text = [{name: written(cell) for name, cell in row.items()} for row in table.to_pylist()]
    assert as_text == rows(path, verbatim=True)


def test_without_pyarrow_one_is_told_what_to_install(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"kgraph\[parquet\]"):
        exports.export(path, tmp_path / "claims.parquet")
    assert not (tmp_path / "claims.parquet").exists()


@pytest.mark.parametrize(
    ("cameo", "quad"),
    [("01", 1), ("05", 1), ("06", 2), ("08", 2), ("09", 3), ("13", 3), ("14", 4), ("20", 4), ("21", None)],
)
def test_quad_classes_are_those_of_gdelt(cameo: str, quad: int | None) -> None:
    assert quad_class(cameo) == quad


def test_weight_and_quad_class_of_each_relation_have_one_sign() -> None:
    for relation in ontology.load().relations.values():
        quad = quad_class(relation.cameo)
        if relation.weight:
            assert quad is not None, relation.name
            assert (quad <= 2) == (relation.weight > 0), relation.name


def written(cell: object) -> str:
    """A cell as CSV has it."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


# Networks


READERS = {".graphml": networkx.read_graphml, ".gexf": networkx.read_gexf}


@pytest.mark.parametrize("suffix", READERS)
def test_networkx_opens_the_network_again(path: Path, tmp_path: Path, suffix: str) -> None:
    exports.export(path, tmp_path / f"net{suffix}")
    found = READERS[suffix](tmp_path / f"net{suffix}")
    whole = graphs.to_networkx(graphs.load(path))
    assert set(found.edges(keys=True)) == set(whole.edges(keys=True))
    assert {key: node["label"] for key, node in found.nodes(data=True)} == {
        key: node["label"] for key, node in whole.nodes(data=True)
    }
    contested = {key for *_, key, edge in found.edges(keys=True, data=True) if edge["contested"]}
    assert contested == {key for *_, key, edge in whole.edges(keys=True, data=True) if edge["contested"]}
    (visit,) = (edge for *_, edge in found.edges(data=True) if VISIT.items() <= edge.items())
    assert (visit["plover_weight"], visit["negated"], visit["sentence_end"]) == (4.0, False, 50)


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("bad", ["\x01", "\x0b", "\ufffe", "</data>", "\U0001f680"])
def test_what_xml_cannot_hold_becomes_another_character(tmp_path: Path, suffix: str, bad: str) -> None:
    path = tmp_path / "odd.nt"
    claim, end = f"<{PREFIXES['claim']}c>", f"<{PREFIXES['ent']}RUS>"
    escaped = "".join(f"\\U{ord(char):08X}" for char in bad)
    rdf = PREFIXES["rdf"]
    path.write_text(
        f"{claim} <{rdf}type> <{IR}Claim> .\n{claim} <{rdf}subject> {end} .\n{claim} <{rdf}object> {end} .\n"
        f'{claim} <{rdf}predicate> <{IR}visits> .\n{claim} <{IR}trigger> "a{escaped}b" .\n'
    )
    exports.export(path, tmp_path / f"net{suffix}")
    ((*_, edge),) = READERS[suffix](tmp_path / f"net{suffix}").edges(data=True)
    assert edge["trigger"] == f"a{bad}b" if len(bad) > 1 or bad == "\U0001f680" else "a\ufffdb"


def test_gexf_does_not_tell_the_day(path: Path, tmp_path: Path) -> None:
    exports.export(path, tmp_path / "net.gexf")
    assert "lastmodified" not in (tmp_path / "net.gexf").read_text(encoding="utf-8")


# Neo4j


def neo4j(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    texts = [(folder / f"{name}.csv").read_text(encoding="utf-8") for name in ("nodes", "relationships")]
    nodes, relationships = (list(csv.DictReader(io.StringIO(text))) for text in texts)
    return nodes, relationships


def test_neo4j_gets_actors_and_claims_with_its_headers(path: Path, tmp_path: Path) -> None:
    exports.export(path, tmp_path / "g.neo4j")
    nodes, relationships = neo4j(tmp_path / "g.neo4j")
    assert {"id:ID", ":LABEL", "aliases:string[]"} <= set(nodes[0])
    assert {":START_ID", ":END_ID", ":TYPE", "confidence:double", "negated:boolean", "sqldate:long"} <= set(
        relationships[0]
    )
    ids = [node["id:ID"] for node in nodes]
    assert len(set(ids)) == len(ids) == 10
    assert {row[end] for row in relationships for end in (":START_ID", ":END_ID")} <= set(ids)
    assert len(relationships) == 11
    (north,) = (node for node in nodes if node["id:ID"] == "PRK")
    assert (north[":LABEL"], north["aliases:string[]"]) == ("Entity;State", "Korea Utara;Korut")
    assert "SUPPLIES_ARMS_TO" in {row[":TYPE"] for row in relationships}


def test_an_actor_that_the_graph_does_not_describe_is_a_node_too(tmp_path: Path) -> None:
    path = one(tmp_path)
    kept = [line for line in exports.lines(path) if not line.startswith(f"<{PREFIXES['ent']}")]
    exports.write(kept, tmp_path / "g.neo4j", Options())
    nodes, _ = neo4j(tmp_path / "g.neo4j")
    assert [(node["id:ID"], node[":LABEL"]) for node in nodes] == [("KimJongUn", "Entity"), ("RUS", "Entity")]


def test_a_neo4j_folder_gives_way_to_a_new_one_but_no_other_folder_does(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "g.neo4j"
    exports.export(path, target)
    exports.export(one(tmp_path), target)
    assert len(neo4j(target)[1]) == 1
    (target / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="no folder of an earlier export"):
        exports.export(path, target)
    assert (target / "notes.txt").read_text() == "mine"
    assert not list(tmp_path.glob(".*.tmp"))


def test_cells_of_neo4j_stand_on_one_line(tmp_path: Path) -> None:
    subject = replace(mention(FIRST, 1, "Kim Jong Un", KIM), text="Kim\r\nJong Un")
    exports.export(one(tmp_path, subject=subject), tmp_path / "g.neo4j")
    assert neo4j(tmp_path / "g.neo4j")[1][0]["subject_text:string"] == "Kim Jong Un"
    assert len((tmp_path / "g.neo4j" / "relationships.csv").read_text(encoding="utf-8").splitlines()) == 2


# Memory, faults and the command


class Line(str):
    """A line that counts how many of its kind are alive."""

    alive = most = 0

    def __new__(cls, text: str) -> Line:
        Line.alive += 1
        Line.most = max(Line.most, Line.alive)
        return super().__new__(cls, text)

    def __del__(self) -> None:
        Line.alive -= 1


def endless(number: int) -> Iterator[Line]:
    """The sorted lines of a graph of so many claims, each with an article and a sentence of its own."""
    art, claim, sent, ent, rdf = (PREFIXES[name] for name in ("art", "claim", "sent", "ent", "rdf"))
    for i in range(number):
        yield Line(f'<{art}{i:06}> <{PREFIXES["schema"]}headline> "Berita {i}"@id .')
    for i in range(number):
        yield Line(f"<{claim}{i:06}> <{PREFIXES['prov']}wasQuotedFrom> <{sent}{i:06}> .")
        yield Line(f"<{claim}{i:06}> <{rdf}object> <{ent}RUS> .")
        yield Line(f"<{claim}{i:06}> <{rdf}predicate> <{IR}visits> .")
        yield Line(f"<{claim}{i:06}> <{rdf}subject> <{ent}KimJongUn> .")
        yield Line(f"<{claim}{i:06}> <{rdf}type> <{IR}Claim> .")
        yield Line(f"<{claim}{i:06}> <{IR}article> <{art}{i:06}> .")
    yield Line(f'<{ent}RUS> <{PREFIXES["skos"]}prefLabel> "Russia"@en .')
    for i in range(number):
        yield Line(f'<{sent}{i:06}> <{IR}text> "Kalimat nomor {i}."@id .')


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in READERS])
def test_memory_does_not_grow_with_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(tables, "BATCH", 50)
    peaks = []
    for number in (100, 100, 1000):  # the first fills caches
        Line.most = 0
        tracemalloc.start()
        exports.write(endless(number), tmp_path / f"x{suffix}", Options())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert Line.most < 3000  # of 8001
    assert peaks[2] < 1.5 * peaks[1] + 200_000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failed_export_leaves_what_was_there(path: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"x{suffix}"
    exports.export(path, target)
    files = [target / name for name in ("nodes.csv", "relationships.csv")] if suffix in FOLDERS else [target]
    before = [file.read_bytes() for file in files]

    def failing() -> Iterator[str]:
        yield from endless(2000)
        raise InputError("gone")

    with pytest.raises(InputError, match="gone"):
        exports.write(failing(), target, Options())
    assert [file.read_bytes() for file in files] == before
    assert {each.name for each in tmp_path.iterdir()} == {"graph.ttl", target.name}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_not_there_is_said(path: Path, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        exports.export(path, tmp_path / "nowhere" / f"x{suffix}")


def test_lines_that_are_none_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line of N-Triples: <urn:a> oops"):
        exports.write(["<urn:a> <urn:b> <urn:c> .", "<urn:a> oops"], tmp_path / "x.nt", Options())


@pytest.mark.parametrize("suffix", [".ttl", ".csv", ".parquet"])
def test_a_store_is_exported_like_a_file_of_the_same_articles(tmp_path: Path, suffix: str) -> None:
    folder, targets = stores.write(tmp_path / "in", 4), [tmp_path / f"{name}{suffix}" for name in ("store", "file")]
    store.build(tmp_path / "s.kgraph", [folder], stores.read, version="1", language="id")
    articles = read_articles([folder], language="id", on_skip=pytest.fail)
    built = graphs.build([(each, stores.statements(each)) for each in articles], stores.ONTOLOGY)
    graphs.save(built, tmp_path / "f.ttl")
    for graph, target in zip((tmp_path / "s.kgraph", tmp_path / "f.ttl"), targets, strict=True):
        exports.export(graph, target)
    assert targets[0].read_bytes() == targets[1].read_bytes()


def test_a_near_copy_names_the_article_that_it_copies(tmp_path: Path) -> None:
    lines = [
        *exports.lines(one(tmp_path)),
        f"<{PREFIXES['art']}{FIRST.key}> <{IR}nearCopyOf> <{PREFIXES['art']}0123> .",
    ]
    (tmp_path / "copy.nt").write_text("\n".join(lines), encoding="utf-8")
    assert [row["near_copy_of"] for row in rows(tmp_path / "copy.nt")] == ["0123"]


def test_the_command_writes_and_tells_the_columns(kgraph: Kgraph, path: Path) -> None:
    assert kgraph("export", path, "-o", "claims.csv", "--language", "id") == Outcome(0, "claims.csv\n", "")
    told = list(csv.DictReader(io.StringIO(kgraph("export", "--columns", "-f", "csv").out)))
    with Path("claims.csv").open(encoding="utf-8") as file:
        assert [row["column"] for row in told] == next(csv.reader(file))
    assert {row["GDELT"] for row in told} >= {
        "Actor1Code",
        "Actor2CountryCode",
        "QuadClass",
        "GoldsteinScale",
        "SQLDATE",
    }
    assert {row["POLECAT"] for row in told} >= {"Actor Name", "Recipient Country", "Event Type", "Intensity"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export"], 2, "-o FILE"),
        (["export", "graph.ttl", "-o", "x.xyz"], 1, "there are: .ttl"),
        (["export", "nowhere.ttl", "-o", "x.csv"], 1, "No such file"),
    ],
)
def test_wrong_use_is_said(kgraph: Kgraph, path: Path, arguments: list[str], code: int, said: str) -> None:  # noqa: ARG001
    outcome = kgraph(*arguments)
    assert outcome.code == code
    assert said in outcome.err
