"""Reading by several processes: the same results in the same order, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
import stores
from readers import Reader, broken, reader
from stores import text, write

from kgraph import store, workers
from kgraph.errors import InputError, WorkerError
from kgraph.records import Article
from kgraph.workers import LocalCrew

ARTICLES = [Article(f"Berita {number}.", location=f"{number}.txt") for number in range(40)]


def read(make: Callable[[], Reader], articles: Iterable[Article] = ARTICLES, count: int = 2) -> list[object]:
    return list(workers.read(articles, LocalCrew(make, count)))


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST", 8)


def test_results_come_in_the_order_of_the_articles() -> None:
    assert read(reader) == [article.text for article in ARTICLES]
    assert read(reader, ()) == []


def test_the_articles_of_a_worker_that_is_killed_are_read_by_another(tmp_path: Path) -> None:
    assert read(partial(reader, (), tmp_path / "killed")) == [article.text for article in ARTICLES]
    assert (tmp_path / "killed").exists()


@pytest.mark.parametrize("poison", [("17.txt",), ("0.txt", "39.txt")])
def test_an_article_that_kills_its_reader_is_found_and_set_aside(poison: tuple[str, ...]) -> None:
    results = read(partial(reader, poison))
    for article, result in zip(ARTICLES, results, strict=True):
        if article.location in poison:
            assert isinstance(result, InputError)
            assert result.place == article.location
        else:
            assert result == article.text


def test_workers_that_cannot_start_are_an_error() -> None:
    with pytest.raises(WorkerError, match="before they are ready"):
        read(broken)


def test_articles_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article("Berita.")

    results = workers.read(endless(), LocalCrew(reader, 1))
    assert [next(results) for _ in range(20)] == ["Berita."] * 20
    assert taken <= (3 + workers.AHEAD) * workers.MOST
    results.close()  # type: ignore[attr-defined]


def test_a_store_built_by_workers_is_that_of_one_process(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", 20)

    def read_apart(articles: Iterable[Article]) -> Iterator[store.Block]:
        return workers.read(articles, LocalCrew(stores.blocks, 2))

    store.build(tmp_path / "one.kgraph", [folder], stores.read, version="1", language="id")
    store.build(tmp_path / "two.kgraph", [folder], read_apart, version="1", language="id")
    one, two = (list(store.open(tmp_path / f"{name}.kgraph").lines()) for name in ("one", "two"))
    assert one == two != []


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(1), encoding="utf-8")
    code = (
        "import os, signal, readers; from kgraph import workers; from kgraph.records import Article\n"
        "if __name__ == '__main__':\n"
        "    crew = workers.LocalCrew(readers.reader, 2)\n"
        "    results = workers.read([Article('Berita.')] * 200, crew); next(results)\n"
        "    print(*(w.process.pid for w in crew.workers), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    (tmp_path / "main.py").write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, str(tmp_path / "main.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == -signal.SIGKILL
    left = {int(number) for number in done.stdout.split()}
    assert len(left) == 2
    for _ in range(300):
        left = {number for number in left if _is_running(number)}
        if not left:
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {left}")


def _is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
