"""Stores from the command line."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from kgraph import store
from kgraph.cli import console
from kgraph.store import lock

Kgraph = Callable[..., Outcome]
RULES = ("--extractor", "rules")


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, no line of progress."""
    monkeypatch.setattr(console, "EVERY", 3600.0)


@pytest.fixture
def built(kgraph: Kgraph, tmp_path: Path) -> Path:
    """A store of two articles, a.txt and b.txt."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    (tmp_path / "in" / "b.jsonl").write_text(
        '{"text": "Russian President Vladimir Putin visited China.", "date": "2024-02-01"}\n', encoding="utf-8"
    )
    outcome = kgraph("build", "in", "-o", "n.kgraph", *RULES)
    assert (outcome.code, outcome.out, outcome.err) == (0, "n.kgraph: 2 articles, 3 statements\n", "")
    return tmp_path / "n.kgraph"


def rows(outcome: Outcome) -> list[dict[str, str]]:
    assert outcome.code == 0, outcome.err
    return list(csv.DictReader(io.StringIO(outcome.out)))


def test_a_store_is_the_graph_of_the_same_build_as_a_file(kgraph: Kgraph, built: Path) -> None:
    assert kgraph("build", "in", "-o", "g.nt", *RULES).code == 0
    assert "".join(f"{line}\n" for line in store.open(built).lines()) == Path("g.nt").read_text(encoding="utf-8")


def test_a_build_tells_what_was_new_unchanged_gone_and_removed(kgraph: Kgraph, built: Path) -> None:
    assert kgraph("build", "in", "-o", "n.kgraph", *RULES).out == "n.kgraph: 0 articles, 0 statements, 2 unchanged\n"
    Path("in/a.txt").unlink()
    kept = kgraph("build", "in", "-o", "n.kgraph", *RULES).out
    assert kept == "n.kgraph: 0 articles, 0 statements, 1 unchanged, 1 gone but kept (--prune takes them out)\n"
    pruned = kgraph("build", "in", "-o", "n.kgraph", "--prune", *RULES).out
    assert pruned == "n.kgraph: 0 articles, 0 statements, 1 unchanged, 1 removed\n"
    assert kgraph("remove", "n.kgraph", "in/b.jsonl").out == "n.kgraph: 1 file removed\n"
    assert list(store.open(built).lines()) == []


def test_other_options_read_again_and_the_same_do_not(kgraph: Kgraph, built: Path) -> None:
    Path("people.csv").write_text("alias,type,key,label\nUkraina,PER,Zorro,Zorro\n", encoding="utf-8")
    own = ("build", "in", "-o", built, *RULES, "--actors", "people.csv")
    assert kgraph(*own).out.endswith(": 2 articles, 3 statements\n")
    assert kgraph(*own).out.endswith(": 0 articles, 0 statements, 2 unchanged\n")
    Path("people.csv").write_text("alias,type,key,label\nUkraina,PER,Zorro,Zorro of Alta\n", encoding="utf-8")
    assert kgraph(*own).out.endswith(": 2 articles, 3 statements\n")


@pytest.mark.usefixtures("built")
def test_skipped_articles_are_told_with_the_reason_and_exit_code_3(kgraph: Kgraph) -> None:
    Path("in/bad.txt").write_bytes(b"%PDF-1.7\n")
    for new in ("0 articles, 0 statements, 1 skipped, 2 unchanged", "0 articles, 0 statements, 1 skipped, 3 unchanged"):
        outcome = kgraph("build", "in", "-o", "n.kgraph", *RULES)
        assert (outcome.code, outcome.out) == (3, f"n.kgraph: {new}\n")
        assert outcome.err.startswith("kgraph: skipped: in/bad.txt: looks like a PDF")
    alone = kgraph("build", "in/bad.txt", "-o", "m.kgraph", *RULES)
    assert (alone.code, alone.out) == (1, "")
    assert "PDF" in alone.err


def test_every_command_that_takes_a_graph_takes_a_store(kgraph: Kgraph, built: Path) -> None:
    found = rows(kgraph("query", built, "SELECT ?a ?b {?a ir:attacks ?b}", "-f", "csv"))
    assert found == [{"a": "Russia", "b": "Ukraine"}]
    assert {row["subject"] for row in rows(kgraph("query", built, "visits", "-f", "csv"))} == {"Vladimir Putin"}
    assert {row["object"] for row in rows(kgraph("ask", built, "siapa mengunjungi China?", "-f", "csv"))} == {"China"}
    assert {row["second"] for row in rows(kgraph("dyads", built, "Russia", "Ukraine", "-f", "csv"))} == {"Ukraine"}
    assert {row["actor"] for row in rows(kgraph("network", built, "-f", "csv"))} >= {"Russia", "China"}
    assert kgraph("view", built).out.strip() == str(built.with_suffix(".html"))
    assert "Ukraina" in built.with_suffix(".html").read_text(encoding="utf-8")
    checked = kgraph("check", built)
    assert (checked.code, checked.out) == (0, "3 claims, 0 violations, 0 warnings\n")
    assert kgraph("diff", built, built).out == "no change\n"


def test_two_days_of_one_store_are_compared(kgraph: Kgraph, built: Path) -> None:
    changes = json.loads(kgraph("diff", f"{built}@2024-01-31", f"{built}@2024-02-01", "-f", "json").out)
    assert {change["relation"] for change in changes if change["what"] == "new"} == {"visits", "holds position in"}
    assert rows(kgraph("query", f"{built}@2024-01-31", "visits", "-f", "csv")) == []
    assert len(rows(kgraph("query", f"{built}@2024-02-01", "visits", "-f", "csv"))) == 1


def test_a_query_during_a_build_sees_the_graph_from_before(kgraph: Kgraph, built: Path) -> None:
    found = rows(kgraph("query", built, "SELECT ?a ?b {?a ir:attacks ?b}", "-f", "csv"))
    with sqlite3.connect(built / "manifest.sqlite") as db:
        db.execute("INSERT INTO todo VALUES ('article', 'none')")
    with lock.held(built):
        assert rows(kgraph("query", built, "SELECT ?a ?b {?a ir:attacks ?b}", "-f", "csv")) == found
        for path in sorted((built / "index").iterdir()):
            path.unlink()
        (built / "index").rmdir()
        assert "is writing it" in kgraph("query", built, "visits").err


def test_ctrl_c_keeps_what_is_read_and_says_so(kgraph: Kgraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Rusia menyerang Ukraina {name}.\n", encoding="utf-8")
    settle = store.run.settle

    def stop(*_arguments: object) -> None:
        monkeypatch.setattr(store.run, "settle", settle)
        raise KeyboardInterrupt

    monkeypatch.setattr(store.run, "settle", stop)
    monkeypatch.setattr(store.run, "BATCH_ITEMS", 1)
    outcome = kgraph("build", "a.txt", "b.txt", "-o", "n.kgraph", *RULES)
    assert outcome.code == 130
    assert "kgraph: stopped: what was read is safe in n.kgraph; run it again to go on" in outcome.err
    assert len(list(store.open("n.kgraph").articles())) == 1
    assert kgraph("build", "a.txt", "b.txt", "-o", "n.kgraph", *RULES).out.startswith("n.kgraph: 1 article, ")


def test_rebuild_makes_the_index(kgraph: Kgraph, built: Path) -> None:
    for path in (built / "index").iterdir():
        path.write_bytes(b"")
    broken = kgraph("query", built, "visits")
    assert broken.code == 1
    assert "kgraph rebuild" in broken.err
    assert kgraph("rebuild", built).out == f"{built}: packed, index made\n"
    assert len(rows(kgraph("query", built, "visits", "-f", "csv"))) == 1


def test_a_second_build_says_who_holds_the_store(kgraph: Kgraph, built: Path) -> None:
    with lock.held(built):
        outcome = kgraph("build", "in", "-o", built, *RULES)
    assert outcome.code == 1
    assert "kgraph: " in outcome.err
    assert "is writing it; wait for it, or add --wait" in outcome.err
    assert kgraph("build", "in", "-o", built, "--wait", *RULES).code == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("query", "none.kgraph", "visits"), "none.kgraph: no such store"),
        (("view", "none.kgraph"), "none.kgraph: no such store"),
        (("rebuild", "none.kgraph"), "none.kgraph: no such store"),
        (("remove", "none.kgraph", "a.txt"), "none.kgraph: no such store"),
        (("remove", "n.kgraph", "none.txt"), "none.txt: not in the store"),
        (("build", "in", "-o", "nowhere/n.kgraph"), "nowhere: no such folder"),
        (("build", "in", "-o", "g.ttl", "--prune"), "g.ttl: is no store"),
        (("build", "none.txt", "-o", "m.kgraph"), "none.txt: no such file"),
        (("query", "n.kgraph@2024-13-01", "visits"), "2024-13-01 is no date"),
    ],
)
def test_each_fault_gives_one_line(kgraph: Kgraph, built: Path, arguments: tuple[str, ...], named: str) -> None:
    before = sorted(path.name for path in built.parent.iterdir())
    outcome = kgraph(*arguments)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1)
    assert named in outcome.err
    assert sorted(path.name for path in built.parent.iterdir()) == before


def test_without_a_terminal_a_line_tells_now_and_then_how_far_it_is(
    kgraph: Kgraph, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "EVERY", 0.0)
    for name in ("c", "d", "e"):
        Path(f"in/{name}.txt").write_text(f"Korea Utara menyerang Ukraina {name}.\n", encoding="utf-8")
    told = kgraph("build", "in", "-o", built, *RULES).err.splitlines()
    assert told[0].startswith("kgraph: 1 article, 1 sentence, 1 claim, 0.0 articles/s")
    assert re.fullmatch(r"kgraph: 2 articles, 2 sentences, 2 claims, [\d.]+ articles/s, \d+ s left", told[1])


def test_on_a_terminal_a_bar_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with console.meter("Reading") as tell:
        tell(0.5, "[red]7 articles")
    assert "[red]7 articles" in screen.getvalue()
    assert "Reading" in screen.getvalue()
