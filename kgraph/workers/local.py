"""Workers on this machine: processes that hear of articles through a pipe, and end when it closes."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from kgraph.errors import WorkerError
from kgraph.records import Article

# What a worker calls once, to load what it needs: the function that then reads articles, one result for each.
Make = Callable[[], Callable[[Iterable[Article]], Iterator[Any]]]
# A new process inherits no locks, threads or open databases.
FRESH = multiprocessing.get_context("spawn")


UNREADY = 3  # workers that may die while they load, before that is taken for more than chance


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    articles: Sequence[Article] | None = None
    is_ready: bool = False


class LocalCrew:
    """A number of processes."""

    def __init__(self, make: Make, count: int) -> None:
        self.make, self.count = make, count
        self.workers: list[_Worker] = []
        self.unready = 0

    def start(self) -> Sequence[int]:
        """Start the processes."""
        self.workers = [self._begin() for _ in range(self.count)]
        return range(self.count)

    def give(self, worker: int, articles: Sequence[Article]) -> None:
        """Send articles to a process; should it be dead, `wait` will tell."""
        self.workers[worker].articles = articles
        with suppress(BrokenPipeError, ConnectionResetError):
            self.workers[worker].pipe.send(articles)

    def wait(self) -> Iterator[tuple[int, list[Any] | None]]:
        """The processes that have answered or died; these are replaced."""
        busy = {worker.pipe: number for number, worker in enumerate(self.workers) if worker.articles}
        for pipe in wait(busy):
            assert isinstance(pipe, Connection)
            number = busy[pipe]
            worker = self.workers[number]
            try:
                heard = pipe.recv()
            except (EOFError, OSError):
                self._replace(number)
                if worker.is_ready:
                    yield number, None
            else:
                if worker.is_ready:
                    worker.articles = None
                    yield number, heard
                worker.is_ready = True

    def stop(self) -> None:
        """End the processes."""
        for worker in self.workers:
            _end(worker)
        self.workers = []

    def _begin(self) -> _Worker:
        ours, theirs = FRESH.Pipe()
        process = FRESH.Process(target=_work, args=(self.make, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, number: int) -> None:
        """Begin another worker; articles that the dead one did not come to are given to it."""
        dead = self.workers[number]
        _end(dead)
        self.workers[number] = self._begin()
        if not dead.is_ready:
            self.unready += 1
            if self.unready >= UNREADY:
                raise WorkerError("workers end before they are ready", cure="look above for why; try without --workers")
            self.give(number, dead.articles or ())


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(make: Make, pipe: Connection) -> None:
    """What a worker does until its pipe closes. Ctrl-C is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader = make()
    pipe.send("ready")
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send(list(reader(pipe.recv())))
