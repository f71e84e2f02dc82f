"""Articles to graph to page through the Python interface."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SEEDS

import kgraph
from kgraph import EmptyInput, InputError, KgraphError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Rusia menyerang Ukraina.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        "Putin's trip\n\nRussian President Vladimir Putin visited China.\n", encoding="utf-8"
    )
    return tmp_path


def pairs(graph: object, query: str) -> set[tuple[str, ...]]:
    rows = kgraph.query(graph, query).rows  # type: ignore[arg-type]
    return {tuple(cell.text for cell in row if cell) for row in rows}


def test_build_query_render_and_load(folder: Path, tmp_path: Path) -> None:
    graph = kgraph.build([folder])
    assert pairs(graph, "SELECT ?a ?b {?a ir:attacks ?b}") == {("Russia", "Ukraine")}
    assert pairs(graph, "SELECT ?a ?b {?a ir:visits ?b}") == {("Vladimir Putin", "China")}
    kgraph.save(graph, tmp_path / "g.ttl")
    again = kgraph.load(str(tmp_path / "g.ttl"))
    assert set(again) == set(graph)
    page = kgraph.render(again, language="id", title="Judul & saya")
    assert page.lower().startswith("<!doctype html>")
    assert "Judul &amp; saya" in page
    assert "Vladimir Putin" in page


def test_every_public_name_is_there() -> None:
    assert [name for name in kgraph.__all__ if not hasattr(kgraph, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kgraph.nothing


def test_min_confidence_leaves_out_the_less_certain(folder: Path) -> None:
    articles = list(kgraph.read_articles([folder], on_skip=pytest.fail))
    every = [s for _, found in kgraph.statements(articles) for s in found]
    certain = [s for _, found in kgraph.statements(articles, min_confidence=1.0) for s in found]
    assert certain == [s for s in every if s.confidence == 1.0] != every


def test_articles_are_read_as_they_are_asked_for() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield kgraph.Article("Rusia menyerang Ukraina.")

    stream = kgraph.statements(endless())
    assert [len(next(stream)[1]) for _ in range(3)] == [1, 1, 1]


def test_skips_are_told_and_the_rest_is_built(folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"\x00\x01\x02\x03" * 99)
    (folder / "d.txt").write_text("", encoding="utf-8")
    skipped: list[InputError] = []
    seen: list[str] = []
    kgraph.build(
        [folder], on_skip=skipped.append, on_article=lambda article, _: seen.append(Path(article.location).name)
    )
    assert seen == ["a.txt", "b.txt"]
    assert [type(error) for error in skipped] == [InputError, EmptyInput]
    (folder / "c.txt").unlink()
    with pytest.warns(UserWarning, match=r"d\.txt"):
        kgraph.build([folder])


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        kgraph.build([tmp_path / "none.txt"])
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(EmptyInput, match=r"empty\.txt"):
        kgraph.build([tmp_path / "empty.txt"], on_skip=lambda _: None)
    with pytest.raises(KgraphError):
        kgraph.build([])


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.ttl"
        code = f"import kgraph, pathlib; kgraph.save(kgraph.build([{str(SEEDS)!r}]), pathlib.Path({str(target)!r}))"
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "1.ttl").read_bytes() == (tmp_path / "2.ttl").read_bytes()
