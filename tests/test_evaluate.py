"""`kgraph evaluate`: what it measures, shows and refuses."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Outcome

from kgraph.evaluation import Report, as_dict, evaluate
from kgraph.evaluation.bootstrap import spreads
from kgraph.evaluation.calibration import Calibration, calibrate
from kgraph.evaluation.page import render
from kgraph.evaluation.plot import BLUE, EDGE, LEFT, ORANGE, SIDE, draw
from kgraph.scoring import Record, Tally

Kgraph = Callable[..., Outcome]
GOLD = ROOT / "tests" / "gold"
TEXT = "Rusia menyerang Ukraina."
STATES = [["Rusia", "CTY", "RUS"], ["Ukraina", "CTY", "UKR"]]


def row(relation: str, subject: str = "Rusia", object_: str = "Ukraina") -> list:
    return [subject, relation, object_, "menyerang", "asserted", 0, "", ""]


def record(id_: str, *statements: list, sure: list[float] | None = None, entities: list = STATES) -> Record:
    found: dict = {"id": id_, "e": entities, "s": list(statements)}
    return found if sure is None else {**found, "c": sure}


def report(gold: list[Record], predicted: list[Record]) -> Report:
    return evaluate({each["id"]: TEXT for each in gold}, gold, predicted, plover={})


@pytest.fixture
def four() -> Report:
    """Right, confused, invented the other way round, and missed, in three articles."""
    gold = [
        record("a:0", row("attacks")),
        record("b:0", row("warns")),
        record("b:1", row("attacks")),
        record("c:0", row("aids")),
    ]
    guess = [
        record("a:0", row("attacks"), sure=[0.9]),
        record("b:0", row("threatens"), row("tests"), sure=[0.4, 0.7]),
        record("b:1", row("attacks", "Ukraina", "Rusia"), sure=[0.8]),
        record("c:0", sure=[], entities=STATES[:1]),
    ]
    return report(gold, guess)


def test_figures_linking_and_relations(four: Report) -> None:
    statements = next(figure for figure in four.figures if figure.name == "statements")
    assert (statements.tally.hit, statements.tally.gold, statements.tally.predicted) == (1, 4, 4)
    assert [(figure.name, figure.tally.hit, figure.tally.gold) for figure in four.linking] == [("CTY", 7, 7)]
    assert [figure.name for figure in four.relations] == ["attacks", "aids", "warns", "tests", "threatens"]
    assert (four.articles, four.sentences, four.empty) == (3, 4, 0)


def test_confusion_has_the_relation_of_either_side_or_none(four: Report) -> None:
    assert four.confusion == {
        ("aids", "none"): 1,
        ("attacks", "attacks"): 1,
        ("attacks", "none"): 1,
        ("none", "attacks"): 1,
        ("none", "tests"): 1,
        ("warns", "threatens"): 1,
    }
    assert list(four.confusion) == sorted(four.confusion)  # as frequent as each other


def test_the_surest_mistakes_come_first_and_say_what_is_wrong(four: Report) -> None:
    found = [(each.kind, each.id, each.row[1], each.confidence, each.note) for each in four.mistakes]
    assert found == [
        ("spurious", "b:1", "attacks", 0.8, "gold has it the other way round"),
        ("spurious", "b:0", "tests", 0.7, ""),
        ("confused", "b:0", "warns", 0.4, "read as threatens"),
        ("missed", "b:1", "attacks", None, ""),
        ("missed", "c:0", "aids", None, "mention not found: Ukraina"),
    ]
    assert [each["id"] for each in as_dict(four, worst=1)["mistakes"]] == ["b:0", "b:1", "b:1"]


def test_calibration_sets_confidence_against_the_share_of_right_ones(four: Report) -> None:
    assert four.calibration is not None
    bins = [(each.low, each.count, each.confidence, each.right) for each in four.calibration.bins]
    assert bins == [(0.4, 1, 0.4, 0.0), (0.7, 1, 0.7, 0.0), (0.8, 1, 0.8, 0.0), (0.9, 1, 0.9, 1.0)]
    assert four.calibration.brier == pytest.approx((0.1**2 + 0.4**2 + 0.7**2 + 0.8**2) / 4)
    assert four.calibration.error == pytest.approx((0.1 + 0.4 + 0.7 + 0.8) / 4)


def test_a_triple_said_twice_is_as_sure_as_the_surer_one() -> None:
    twice = [row("attacks"), [*row("attacks")[:6], "Rusia", "denies"]]
    found = report([record("a:0", *twice)], [record("a:0", *twice, sure=[0.3, 1.0])]).calibration
    assert found is not None
    assert [(each.low, each.count, each.right) for each in found.bins] == [(0.9, 1, 1.0)]
    assert found.bins[0].interval == pytest.approx((0.2065, 1.0), abs=1e-4)


def test_without_confidence_there_is_no_calibration() -> None:
    found = report([record("a:0", row("attacks"))], [record("a:0", row("warns"))])
    assert found.calibration is None
    assert "Calibration" not in render(found, title="t", worst=1)


def test_intervals_come_from_articles() -> None:
    alike = spreads([{"x": Tally(1, 2, 2)}] * 5)["x"]
    assert alike.precision == alike.recall == alike.f1 == (0.5, 0.5)
    mixed = spreads([{"x": Tally(n % 2, 1, 1)} for n in range(100)])["x"].precision
    assert mixed.low == pytest.approx(0.4, abs=0.03)  # 0.5 ± 1.96 · 0.05
    assert mixed.high == pytest.approx(0.6, abs=0.03)
    few = spreads([{"x": Tally(10, 10, 10)}, {"x": Tally(0, 10, 10)}])["x"].precision
    assert few == (0.0, 1.0)  # the twenty mentions are of two articles alone
    assert spreads([{"x": Tally(1, 2, 2)}]) == {}
    assert spreads([{"x": Tally(1, 1, 1)}, {"y": Tally(0, 1, 0)}])["y"].precision == (0.0, 0.0)


def pixels(png: bytes) -> np.ndarray:
    """Rows, columns, colours, read by the PNG specification."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + body),)
        chunks[kind], at = body, at + 12 + length
    width, height, *form = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert form == [8, 2, 0, 0, 0]
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_the_plot_has_a_bar_as_high_as_the_share_and_a_mark_at_the_confidence() -> None:
    picture = pixels(draw(calibrate([(0.55, True)] * 3 + [(0.55, False)])))
    column = picture[:, LEFT + round(0.52 * SIDE)]
    blue, orange = ((column == colour).all(axis=1) for colour in (BLUE, ORANGE))
    assert np.flatnonzero(blue)[0] == EDGE + round(0.25 * SIDE)
    assert np.flatnonzero(orange).mean() == pytest.approx(EDGE + 0.45 * SIDE, abs=1)
    assert not (picture[:, LEFT + round(0.62 * SIDE)] == BLUE).all(axis=1).any()
    assert pixels(draw(Calibration((), 0.0, 0.0))).shape == picture.shape
    assert pixels(draw(calibrate([(0.0, True), (1.0, True)]))).shape == picture.shape


def test_the_page_escapes_what_it_is_given_and_asks_nobody() -> None:
    hostile = '<script>alert("x")</script><img src=https://example.org/a.png>'
    gold = record("<b>:0", row("attacks", hostile), entities=[[hostile, "PER", hostile]])
    page = render(evaluate({"<b>:0": hostile}, [gold], [], plover={}), title=hostile, worst=5)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("<img") == 0
    assert "&lt;img src=https://example.org/a.png&gt;" in page
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!data:)\w+:", page.replace("src=https://example.org", ""))
    assert "default-src 'none'" in page


def test_the_page_shows_figures_confusions_and_marked_sentences(four: Report) -> None:
    page = render(four, title="Judul", worst=5)
    assert "<mark>Rusia</mark> <mark>menyerang</mark> <mark>Ukraina</mark>." in page
    assert "read as threatens, 0.40" in page
    assert page.count("<img") == page.count('src="data:image/png;base64,') == 1
    assert '<td class="s9">1</td>' in page  # warns, read as threatens: all of its row
    assert "0.250 <small>" in page


@pytest.fixture
def files(tmp_path: Path) -> Path:
    lines = {
        "s.jsonl": [{"id": "a:0", "text": TEXT}, {"id": "b:0", "text": "Russia attacked Ukraine."}],
        "g.jsonl": [
            record("a:0", row("attacks")),
            record("b:0", row("attacks", "Russia", "Ukraine"), entities=[["Russia", "CTY", "RUS"]]),
        ],
        "p.jsonl": [record("a:0", row("attacks"), row("warns"))],
    }
    for name, rows in lines.items():
        (tmp_path / name).write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_the_extractor_is_measured_with_its_confidence(kgraph: Kgraph) -> None:
    outcome = kgraph("evaluate", "s.jsonl", "g.jsonl", "--format", "json", "--html", "r.html")
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    statements = next(each for each in found["figures"] if each["name"] == "statements")
    assert (statements["hit"], statements["gold"], statements["f1"]) == (2, 2, 1.0)
    assert statements["intervals"]["f1"] == [1.0, 1.0]
    assert sum(each["count"] for each in found["calibration"]["bins"]) == 2
    assert "model on g.jsonl" in Path("r.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("files")
def test_given_records_are_measured_and_what_they_lack_is_told(kgraph: Kgraph) -> None:
    outcome = kgraph("evaluate", "s.jsonl", "g.jsonl", "--predicted", "p.jsonl")
    assert outcome.code == 0
    assert outcome.err == "kgraph: 1 of 2 sentences have no predicted record and count as empty\n"
    line = next(line for line in outcome.out.splitlines() if line.strip().startswith("statements"))
    assert re.findall(r"\d\.\d{3}(?= \()", line) == ["0.500", "0.500", "0.500"]
    assert "No calibration" in outcome.out
    assert "Rusia warns Ukraina" in outcome.out
    assert "mention not found: Russia, Ukraine" in " ".join(outcome.out.split())


def test_extract_and_evaluate_agree(kgraph: Kgraph, tmp_path: Path) -> None:
    sentences, gold = GOLD / "en.sentences.jsonl", GOLD / "en.annotations.jsonl"
    (tmp_path / "p.jsonl").write_text(kgraph("extract", "--records", sentences).out, encoding="utf-8")
    given = json.loads(kgraph("evaluate", sentences, gold, "--predicted", "p.jsonl", "--format", "json").out)
    found = json.loads(kgraph("evaluate", sentences, gold, "--format", "json").out)
    assert given["figures"] == found["figures"]
    assert given["confusion"] == found["confusion"]


def test_the_same_records_give_the_same_bytes_whatever_the_hash_seed(files: Path) -> None:
    seen = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kgraph", "evaluate", "s.jsonl", "g.jsonl", "--html", "r.html"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=files, env=environment, check=True, capture_output=True)
        seen.add((done.stdout, (files / "r.html").read_bytes()))
    assert len(seen) == 1


GOOD = '{"id": "a:0", "e": [], "s": []}'
FAULTS = [  # file, its content, what the one line must hold
    ("s.jsonl", "", "s.jsonl: no sentences"),
    ("s.jsonl", '\n{"id": "a:0", "text": "x"}\n{"id": 1, "text": "x"}', "s.jsonl:3: no object with an id"),
    ("s.jsonl", '{"id": "a:0", "text": " "}', "s.jsonl:1: no text"),
    ("s.jsonl", '{"id": "a:0"}', "s.jsonl:1: no text"),
    ("s.jsonl", '{"id": "a:0", "text": "x"}\n' * 2, "s.jsonl:2: the id 'a:0' stands twice"),
    ("s.jsonl", "[[1]]", "s.jsonl:1: no object"),
    ("s.jsonl", "{", "s.jsonl:1: not JSON"),
    ("s.jsonl", "[" * 100_000, "s.jsonl:1: not JSON"),
    ("s.jsonl", '{"id": "a:0", "text": "\\ud800"}', "s.jsonl:1: not UTF-8"),
    ("g.jsonl", f"{GOOD}\n" * 2, "g.jsonl:2: the id 'a:0' stands twice"),
    ("g.jsonl", GOOD.replace("a:0", "z:9"), "g.jsonl:1: no sentence has the id 'z:9'"),
    ("g.jsonl", GOOD, "g.jsonl: no record of the sentence 'b:0'"),
    ("g.jsonl", GOOD.replace('"e": []', '"e": {}'), 'g.jsonl:1: no list "e"'),
    ("g.jsonl", GOOD.replace(', "s": []', ""), 'g.jsonl:1: no list "s"'),
    ("g.jsonl", GOOD.replace('"e": []', '"e": [["x", "XYZ", "x"]]'), 'g.jsonl:1: wrong in "e": ["x", "XYZ", "x"]'),
    ("g.jsonl", GOOD.replace('"s": []', '"s": [["x", "visits", "y"]]'), 'g.jsonl:1: wrong in "s": ["x"'),
    ("g.jsonl", GOOD.replace('"s": []', '"s": [["x", "visits", "y", "z", "sure", 0, "", ""]]'), 'wrong in "s"'),
    ("g.jsonl", GOOD.replace('"s": []', '"s": [["x", "visits", "y", "z", "planned", 2, "", ""]]'), 'wrong in "s"'),
    ("g.jsonl", GOOD.replace('"s": []', '"s": [["x", 7, "y", "z", "planned", 0, "", ""]]'), 'wrong in "s"'),
    ("p.jsonl", GOOD.replace("a:0", "z:9"), "p.jsonl:1: no sentence has the id 'z:9'"),
    ("p.jsonl", GOOD.replace('"s": []', '"s": [], "c": [0.5]'), 'p.jsonl:1: "c" is not a list'),
    ("p.jsonl", GOOD.replace('"s": []', '"s": [], "c": 1'), 'p.jsonl:1: "c" is not a list'),
    ("p.jsonl", GOOD.replace("[]}", '[["x", "visits", "y", "z", "planned", 0, "", ""]], "c": [NaN]}'), '"c" is not'),
]


@pytest.mark.parametrize(("name", "content", "said"), FAULTS, ids=[said for _, _, said in FAULTS])
def test_each_fault_gives_one_line(kgraph: Kgraph, files: Path, name: str, content: str, said: str) -> None:
    (files / name).write_text(content, encoding="utf-8")
    outcome = kgraph("evaluate", "s.jsonl", "g.jsonl", "--predicted", "p.jsonl", "--html", "r.html")
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert not (files / "r.html").exists()


def test_files_that_cannot_be_read_or_written_are_named(kgraph: Kgraph, files: Path) -> None:
    (files / "bad.jsonl").write_bytes(b'{"id": "a:0", "text": "x"}\n{"id": "\xff"}\n')
    for arguments, said in [
        (("none.jsonl", "g.jsonl"), "kgraph: none.jsonl: cannot be read: No such file"),
        (("bad.jsonl", "g.jsonl"), "kgraph: bad.jsonl:2: not UTF-8"),
        (("s.jsonl", "g.jsonl", "--html", "nowhere/r.html"), "kgraph: nowhere: no such folder"),
        (("s.jsonl", "g.jsonl", "--html", "."), "kgraph: .: cannot be written"),
    ]:
        outcome = kgraph("evaluate", *arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith(said)
        assert len(outcome.err.splitlines()) == 1
