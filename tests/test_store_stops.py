"""Builds that are stopped: nothing that was told to be safe is lost, no article is there in part, the next run goes on.

The processes that are killed come from a server that holds no model and no open database.
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
import pytest
from stores import fill, read, run, text, write

from kgraph import store
from kgraph.errors import StoreError
from kgraph.records import Article
from kgraph.store import Block, shards

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["stores", "kgraph.store"])


def begin(path: Path, folder: Path) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=run, args=(path, folder, theirs))
    child.start()
    theirs.close()
    return child, ours


def heard(pipe: Connection) -> list[object]:
    """All that a child told before it ended."""
    told = []
    while True:
        try:
            told.append(pipe.recv())
        except EOFError:
            return told


def lifetime(path: Path, folder: Path) -> float:
    """How many seconds a build takes that nobody disturbs."""
    server = SERVER.Process(target=int)  # it imports what it offers when it is first asked
    server.start()
    server.join()
    begun = time.monotonic()
    child, pipe = begin(path, folder)
    assert heard(pipe)[-1] == "done"
    child.join()
    return time.monotonic() - begun


def kill_within(path: Path, folder: Path, seconds: float) -> tuple[bool, list[object]]:
    """Begin a build and kill it after some time; whether it was still alive, and what it told."""
    child, pipe = begin(path, folder)
    time.sleep(seconds)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL, heard(pipe)


def lines(path: Path) -> list[str]:
    return list(store.open(path).lines())


def check(path: Path, whole: Path, safe: int) -> None:
    """No article of a stopped store is lost or there in part."""
    if not (path / "manifest.sqlite").exists():
        assert safe == 0
        return
    try:
        found = {each.key: each for each in store.open(path).articles()}
    except StoreError as error:
        assert "never begun" in str(error)  # noqa: PT017 (the stop came before the first table)
        assert safe == 0
        return
    assert len(found) >= safe
    expected = {each.key: each for each in store.open(whole).articles()}
    assert {key: each.claims for key, each in found.items()} == {key: expected[key].claims for key in found}
    claims = sum(" <https://w3id.org/kgraph/ir#Claim> ." in line for line in lines(path))
    assert claims == sum(each.claims for each in found.values())


def kill_at_random(tmp_path: Path, times: int) -> int:
    """Kill builds at random moments; how many stores were whole in the end, each after several kills."""
    folder = write(tmp_path / "in", 24)
    many = "".join(f'{{"text": {text(seed)!r}}}\n'.replace("'", '"') for seed in range(100, 124))
    (folder / "many.jsonl").write_text(many, encoding="utf-8")
    whole, path = tmp_path / "whole.kgraph", tmp_path / "0.kgraph"
    life = lifetime(whole, folder)
    chance = random.Random(times)
    killed = finished = safe = 0
    while killed < times:
        was_alive, told = kill_within(path, folder, chance.uniform(0, life))
        killed += was_alive
        safe += max((each for each in told if isinstance(each, int)), default=0)
        check(path, whole, safe)
        if "done" in told or safe == 48:
            finish(path, folder, whole)
            finished += 1
            path, safe = tmp_path / f"{finished}.kgraph", 0
    finish(path, folder, whole)
    return finished


def finish(path: Path, folder: Path, whole: Path) -> None:
    """The next run goes on, and ends where an undisturbed one ends."""
    store.build(path, [folder], read, version="1", language="id")
    assert lines(path) == lines(whole)
    assert set(ox.Store.read_only(str(path / "index"))) == set(ox.Store.read_only(str(whole / "index")))


def test_builds_killed_at_random_moments_go_on(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, 20) >= 1


@pytest.mark.long
def test_builds_killed_at_many_random_moments_go_on(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, 500) >= 50


def test_a_replacement_killed_at_random_moments_is_whole_or_not_there(tmp_path: Path) -> None:
    """Each file holds either its old article or its new one."""
    folder, path = write(tmp_path / "in", 12), tmp_path / "s.kgraph"
    life = lifetime(path, folder)
    chance = random.Random(3)
    for turn in range(1, 7):
        for seed in range(12):
            (folder / f"{seed:03}.txt").write_text(text(1000 * turn + seed), encoding="utf-8")
        kill_within(path, folder, chance.uniform(0, life))
        assert len(list(store.open(path).articles())) == 12
    store.build(path, [folder], read, version="1", language="id")
    store.build(tmp_path / "fresh.kgraph", [folder], read, version="1", language="id")
    assert lines(path) == lines(tmp_path / "fresh.kgraph")


def test_ctrl_c_saves_what_is_read(tmp_path: Path) -> None:
    folder, path = write(tmp_path / "in", 12), tmp_path / "s.kgraph"

    def stopped(articles: Iterable[Article]) -> Iterator[Block]:
        for number, each in enumerate(read(articles)):
            if number == 7:
                raise KeyboardInterrupt
            yield each

    with pytest.raises(KeyboardInterrupt):
        store.build(path, [folder], stopped, version="1", language="id")
    assert len(list(store.open(path).articles())) == 7
    assert store.build(path, [folder], read, version="1", language="id").articles == 5


@pytest.mark.parametrize("kilobytes", [1, 40, 90, 150, 260])
def test_a_full_disk_is_told_in_a_line_and_nothing_that_was_safe_is_lost(tmp_path: Path, kilobytes: int) -> None:
    folder, path, whole = write(tmp_path / "in", 30), tmp_path / "s.kgraph", tmp_path / "whole.kgraph"
    store.build(whole, [folder], read, version="1", language="id")
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=fill, args=(path, folder, kilobytes << 10, theirs))
    child.start()
    theirs.close()
    child.join()
    (told,) = heard(ours)
    assert "cannot be written" in str(told)
    check(path, whole, 0)
    store.build(path, [folder], read, version="1", language="id")
    assert lines(path) == lines(whole)


def test_a_block_is_on_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where flushing fails, the manifest says nothing of the block."""
    folder, path = write(tmp_path / "in", 4), tmp_path / "s.kgraph"
    store.build(path, [folder / "000.txt"], read, version="1", language="id")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(StoreError, match="No space left"):
        store.build(path, [folder], read, version="1", language="id")
    monkeypatch.undo()
    assert len(list(store.open(path).articles())) == 1
    with shards.path_of(path, 1).open("ab") as file:
        file.write(b"<torn")
    store.build(path, [folder], read, version="1", language="id")
    assert len(list(store.open(path).articles())) == 4
    assert not any("torn" in line for line in lines(path))
