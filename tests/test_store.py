"""A graph that grows: the same files give the same graph, however often, in whatever order and pieces they came."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Outcome
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import ONTOLOGY, read, statements, text, write

from kgraph import graph, pipeline, store
from kgraph.articles import read_articles
from kgraph.errors import InputError, StoreError
from kgraph.records import Article
from kgraph.store import Block, Report, copies, index, lock, merge
from kgraph.store.blocks import block
from kgraph.store.manifest import Manifest

Kgraph = Callable[..., Outcome]


def build(folder: Path, *paths: Path, version: str = "1", **options: object) -> Report:
    return store.build(folder, list(paths), read, version=version, language="id", **options)  # type: ignore[arg-type]


def lines(folder: Path) -> list[str]:
    return list(store.open(folder).lines())


def indexed(folder: Path) -> set[ox.Quad]:
    """What the index holds. It writes numbers in its own way: compare it with a database, not with lines."""
    return set(ox.Store.read_only(str(store.open(folder).index())))


def loaded(folder: Path) -> set[ox.Quad]:
    held = ox.Store()
    held.extend(ox.Quad(*quad.triple) for quad in store.open(folder).triples())
    return set(held)


def none(_articles: Iterable[Article]) -> Iterator[Block]:
    """A reader for builds that must not read."""
    pytest.fail("read again")
    yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "in", 12)


def test_a_store_holds_the_graph_that_one_build_of_a_file_makes(folder: Path, tmp_path: Path) -> None:
    build(tmp_path / "s.kgraph", folder)
    articles = read_articles([folder], language="id", on_skip=pytest.fail)
    graph.save(graph.build([(a, statements(a)) for a in articles], ONTOLOGY), tmp_path / "g.nt")
    assert "".join(f"{line}\n" for line in lines(tmp_path / "s.kgraph")) == (tmp_path / "g.nt").read_text("utf-8")
    assert set(pipeline.load(tmp_path / "s.kgraph")) == set(pipeline.load(tmp_path / "g.nt"))


def test_the_plainest_spelling_names_an_actor_whatever_comes_first(tmp_path: Path) -> None:
    for name, line in (("a", "SHOIGU mengunjungi Rusia."), ("b", "Shoigu mengunjungi Korut.")):
        (tmp_path / f"{name}.txt").write_text(f"Berita {name}\n\n{line}\n", encoding="utf-8")
        build(tmp_path / "s.kgraph", tmp_path / f"{name}.txt")
    (labels,) = (line for line in lines(tmp_path / "s.kgraph") if "PER-5407> <http" in line and "prefLabel" in line)
    assert '"Shoigu"' in labels
    store.remove(tmp_path / "s.kgraph", [tmp_path / "b.txt"])
    (labels,) = (line for line in lines(tmp_path / "s.kgraph") if "PER-5407> <http" in line and "prefLabel" in line)
    assert '"SHOIGU"' in labels
    assert indexed(tmp_path / "s.kgraph") == loaded(tmp_path / "s.kgraph")


def test_unchanged_files_are_not_read_again(folder: Path, tmp_path: Path) -> None:
    first = build(tmp_path / "s.kgraph", folder)
    assert (first.articles, first.unchanged) == (12, 0)
    os.utime(folder / "000.txt")  # touched: the content is looked at
    again = store.build(tmp_path / "s.kgraph", [folder], none, version="1", language="id")
    assert (again.articles, again.unchanged) == (0, 12)


def test_a_file_of_settled_time_and_size_is_not_even_opened(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    build(tmp_path / "s.kgraph", folder)
    monkeypatch.setattr("hashlib.sha256", pytest.fail)
    assert build(tmp_path / "s.kgraph", folder).unchanged == 12


def test_another_reader_reads_again(folder: Path, tmp_path: Path) -> None:
    build(tmp_path / "s.kgraph", folder)
    before = lines(tmp_path / "s.kgraph")
    assert build(tmp_path / "s.kgraph", folder, version="2").articles == 12
    assert lines(tmp_path / "s.kgraph") == before
    assert indexed(tmp_path / "s.kgraph") == loaded(tmp_path / "s.kgraph")


def test_add_then_remove_is_the_graph_from_before(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    before, held = lines(path), indexed(path)
    more = write(tmp_path / "more", 5, first=50)
    build(path, more)
    assert lines(path) != before
    assert indexed(path) == loaded(path) != held
    store.remove(path, [more])
    assert lines(path) == before
    assert indexed(path) == held
    with pytest.raises(StoreError, match="not in the store"):
        store.remove(path, [more])


def test_a_changed_file_is_replaced_and_a_vanished_one_kept_until_pruned(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    (folder / "003.txt").write_text(text(77), encoding="utf-8")
    (folder / "004.txt").unlink()
    report = build(path, folder)
    assert (report.articles, [Path(name).name for name in report.gone]) == (1, ["004.txt"])
    assert build(path, folder, prune=True).removed == report.gone
    build(tmp_path / "fresh.kgraph", folder)
    assert lines(path) == lines(tmp_path / "fresh.kgraph")
    assert indexed(path) == loaded(path)


def test_the_same_text_in_two_files_is_one_article_with_two_locations(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    before = lines(path)
    shutil.copy(folder / "003.txt", folder / "copy.txt")
    assert build(path, folder).articles == 0
    (found,) = (each for each in store.open(path).articles() if len(each.locations) > 1)
    assert [Path(place).name for place in found.locations] == ["003.txt", "copy.txt"]
    assert lines(path) == before
    store.remove(path, [folder / "003.txt"])
    assert lines(path) == before


def test_of_two_heads_of_one_text_that_of_the_first_place_counts(tmp_path: Path) -> None:
    record = '{"text": "Rusia menyerang Ukraina. Cerah.", "outlet": "%s", "date": "%s"}\n'
    places = [tmp_path / "b.jsonl", tmp_path / "a.jsonl"]
    for place, head in zip(places, (("Antara", "2024-02-02"), ("Republika", "2024-01-01")), strict=True):
        place.write_text(record % head, encoding="utf-8")
        build(tmp_path / "s.kgraph", place)
    (found,) = store.open(tmp_path / "s.kgraph").articles()
    assert (found.outlet, found.date) == ("Republika", date(2024, 1, 1))
    build(tmp_path / "t.kgraph", *reversed(places))
    assert lines(tmp_path / "t.kgraph") == lines(tmp_path / "s.kgraph")
    store.remove(tmp_path / "s.kgraph", [tmp_path / "a.jsonl"])
    (found,) = store.open(tmp_path / "s.kgraph").articles()
    assert (found.outlet, found.date) == ("Antara", date(2024, 2, 2))
    assert indexed(tmp_path / "s.kgraph") == loaded(tmp_path / "s.kgraph")


def test_a_file_of_many_articles_changes_as_a_whole(tmp_path: Path) -> None:
    path, many = tmp_path / "s.kgraph", tmp_path / "many.jsonl"

    def put(*seeds: int) -> None:
        many.write_text("".join(f'{{"text": {text(seed)!r}}}\n'.replace("'", '"') for seed in seeds), encoding="utf-8")

    put(1, 2, 3)
    assert build(path, many).articles == 3
    before = lines(path)
    put(3, 4)

    def stopped(articles: Iterable[Article]) -> Iterator[Block]:
        yield from read([next(iter(articles))])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.build(path, [many], stopped, version="1", language="id")
    assert lines(path) == before
    report = build(path, many)
    assert (report.articles, report.known) == (0, 2)
    assert len(list(store.open(path).articles())) == 2
    build(tmp_path / "fresh.kgraph", many)
    assert lines(path) == lines(tmp_path / "fresh.kgraph")


def test_what_cannot_be_read_is_told_each_time(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"%PDF-1.7\n")
    first, again = (build(tmp_path / "s.kgraph", folder) for _ in range(2))
    assert [str(fault) for fault in first.skipped] == [str(fault) for fault in again.skipped]
    assert "PDF" in str(again.skipped[0])
    assert (first.articles, again.articles, again.unchanged) == (12, 0, 13)


def test_an_article_that_its_reader_fails_on_is_set_aside(folder: Path, tmp_path: Path) -> None:
    def choosy(articles: Iterable[Article]) -> Iterator[Block | InputError]:
        for article in articles:
            poison = article.title == "Berita 5"
            yield InputError("killed its reader") if poison else block(article, statements(article), ONTOLOGY)

    report = store.build(tmp_path / "s.kgraph", [folder], choosy, version="1", language="id")
    assert [fault.place for fault in report.skipped] == [(folder / "005.txt").as_posix()]
    assert len(list(store.open(tmp_path / "s.kgraph").articles())) == 11
    assert "killed" in str(build(tmp_path / "s.kgraph", folder).skipped[0])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_any_order_any_grouping_and_any_file_twice_give_the_same_bytes(folder: Path, chance: random.Random) -> None:
    whole = folder.parent / "whole.kgraph"
    if not whole.exists():
        build(whole, folder)
    path = folder.parent / "pieces.kgraph"
    shutil.rmtree(path, ignore_errors=True)
    files = sorted(folder.iterdir()) + chance.sample(sorted(folder.iterdir()), 3)
    chance.shuffle(files)
    while files:
        some = chance.randint(1, len(files))
        build(path, *files[:some])
        files = files[some:]
    assert lines(path) == lines(whole)
    assert indexed(path) == loaded(whole)


def test_the_index_is_made_again_from_the_shards(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    held = indexed(path)
    shutil.rmtree(path / "index")
    store.rebuild(path)
    assert indexed(path) == held
    shutil.rmtree(path / "index")
    assert indexed(path) == held  # a query makes it, too


def test_rebuilding_gives_back_the_room_of_what_was_replaced(folder: Path, tmp_path: Path) -> None:
    path, fresh = tmp_path / "s.kgraph", tmp_path / "fresh.kgraph"
    build(path, folder)
    for turn in range(3):
        (folder / "003.txt").write_text(text(70 + turn), encoding="utf-8")
        build(path, folder)
    build(fresh, folder)
    before = lines(path)
    store.rebuild(path)
    assert lines(path) == before == lines(fresh)
    assert indexed(path) == loaded(path)
    sizes = [sum(each.stat().st_size for each in (store_ / "shards").iterdir()) for store_ in (path, fresh)]
    assert sizes[0] == sizes[1] > 0
    (folder / "004.txt").write_text(text(99), encoding="utf-8")
    build(path, folder)
    build(fresh, folder)
    assert lines(path) == lines(fresh)


@pytest.mark.parametrize("done", [0, 1])
def test_an_index_that_stopped_half_way_catches_up(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    path = tmp_path / "s.kgraph"
    build(path, *sorted(folder.iterdir())[:6])
    steps = []

    def fail(*arguments: object) -> None:
        steps.append(1)
        if len(steps) > done:
            raise OSError("stopped")
        exchange(*arguments)  # type: ignore[arg-type]

    exchange = index._exchange
    monkeypatch.setattr(index, "_exchange", fail)
    monkeypatch.setattr(index, "AT_ONCE", 20)
    with pytest.raises(StoreError, match="index"):
        build(path, folder)
    monkeypatch.undo()
    assert indexed(path) == loaded(path)


def test_sorting_in_runs_gives_the_same() -> None:
    chance = random.Random(1)
    blocks = [b"".join(b"%05d\n" % chance.randrange(9999) for _ in range(50)) for _ in range(40)]
    want = sorted(line for each in blocks for line in each.splitlines(keepends=True))
    for run, at_once in ((1, 3), (700, 4), (10**9, 200)):
        assert list(merge.in_order(blocks, run=run, at_once=at_once)) == want


def test_two_builds_at_once(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    code = (
        "import sys, pathlib; from kgraph.store import lock\n"
        "with lock.held(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read(); print('left')"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code, str(path)], **pipes) as holder:  # type: ignore[call-overload]
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"process {holder.pid} on .* is writing"):
            build(path, folder)
        assert lines(path)  # readers need not wait
        holder.stdin.close()
        with lock.held(path, wait=True):
            assert holder.stdout.read() == "left\n"


def test_a_store_as_of_a_day(tmp_path: Path) -> None:
    for day in ("2024-01-05", "2024-03-05"):
        record = f'{{"text": "Rusia menyerang Ukraina {day}.\\nKorut bertemu Rusia.", "date": "{day}"}}\n'
        (tmp_path / f"{day}.jsonl").write_text(record, encoding="utf-8")
    build(tmp_path / "s.kgraph", tmp_path / "2024-01-05.jsonl")
    early = lines(tmp_path / "s.kgraph")
    build(tmp_path / "s.kgraph", tmp_path / "2024-03-05.jsonl")
    assert list(store.open(f"{tmp_path}/s.kgraph@2024-02-01").lines()) == early
    assert list(store.open(f"{tmp_path}/s.kgraph@2023-02-01").lines()) == []
    with pytest.raises(StoreError, match="no date"):
        store.open(f"{tmp_path}/s.kgraph@2023-02-31")


SCENES = ("Korut bertemu Rusia", "Putin mengunjungi Korut", "Kim memperingatkan Amerika")
LONG = ".\n".join(f"{each} pada hari ke {day} kata warga desa {day * day}" for day in range(9) for each in SCENES)


def test_near_copies_are_marked_after_the_earliest_and_counted_once(tmp_path: Path) -> None:
    told = f"Rusia menyerang Ukraina.\n{LONG}"
    texts = {"b": (told, "2024-01-02"), "a": (f"{told} Tambahan redaksi.", "2024-01-03"), "c": (text(4), "2024-01-01")}
    for order in ("abc", "cba"):
        path = tmp_path / f"{order}.kgraph"
        for name in order:
            content, day = texts[name]
            record = f'{{"text": {content!r}, "date": "{day}"}}\n'.replace("'", '"')
            (tmp_path / f"{name}.jsonl").write_text(record, encoding="utf-8")
            build(path, tmp_path / f"{name}.jsonl")
    found = {each.date: each for each in store.open(path).articles()}
    assert found[date(2024, 1, 3)].copy_of == found[date(2024, 1, 2)].key
    assert [found[day].copy_of for day in (date(2024, 1, 1), date(2024, 1, 2))] == [None, None]
    assert lines(path) == lines(tmp_path / "abc.kgraph")
    assert indexed(path) == loaded(path) == indexed(tmp_path / "abc.kgraph")

    from kgraph.analysis.facts import claims

    counted = list(claims(graph.to_networkx(pipeline.load(path))))
    assert sum(each.sentence == "Rusia menyerang Ukraina." for each in counted) == 1
    store.remove(path, [tmp_path / "b.jsonl"])
    assert not any(each.copy_of for each in store.open(path).articles())
    assert indexed(path) == loaded(path)


@pytest.mark.parametrize(("kept", "alike"), [(1.0, True), (0.93, True), (0.5, False), (0.0, False)])
def test_sketches_tell_copies_from_others(kept: float, alike: bool) -> None:
    chance = random.Random(7)
    words = [f"kata{chance.randrange(3000)}" for _ in range(400)]
    cut = int(len(words) * kept)
    other = words[:cut] + [f"lain{chance.randrange(3000)}" for _ in range(400 - cut)]
    one, two = (copies.sketch(" ".join(each)) for each in (words, other))
    assert one
    assert two
    assert copies.are_alike(one, two) is alike
    assert bool(set(copies.bands(one)) & set(copies.bands(two))) or not alike


def test_short_texts_are_no_copies() -> None:
    assert copies.sketch("Rusia menyerang Ukraina. " * 5) is None


def test_a_foreign_folder_is_left_alone(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(StoreError, match="is no store"):
        build(folder, folder)
    with pytest.raises(StoreError, match="no such store"):
        store.remove(folder, [folder / "000.txt"])
    assert not (folder / "lock").exists()
    with pytest.raises(InputError, match="no such folder"):
        build(tmp_path / "none" / "s.kgraph", folder)


def test_a_store_of_another_form_is_refused(folder: Path, tmp_path: Path) -> None:
    build(tmp_path / "s.kgraph", folder)
    with sqlite3.connect(tmp_path / "s.kgraph" / "manifest.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="form 99"):
        lines(tmp_path / "s.kgraph")


def test_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.kgraph"
    build(path, folder)
    store.remove(path, [folder])
    assert lines(path) == []
    assert indexed(path) == set()
    manifest = Manifest(path)
    kept = {"shard", "sqlite_sequence"}
    tables = manifest.column("SELECT name FROM sqlite_master WHERE type = 'table'")
    counts = {name: manifest.one(f"SELECT count(*) FROM {name}") for name in tables if name not in kept}
    assert set(counts.values()) == {0}, counts
