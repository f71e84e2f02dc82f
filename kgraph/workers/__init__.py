"""Articles are read by several processes, on this machine or on a cluster; results come in the order of the articles.

A worker that dies is replaced and its articles are tried again. Those that kill their worker twice are halved until the
one is found that does; it is given back as what is wrong with it, and the others as if nothing had been.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kgraph.errors import InputError
from kgraph.records import Article
from kgraph.workers.local import LocalCrew, Make

__all__ = ["Crew", "LocalCrew", "Make", "read"]

CHARACTERS, MOST = 100_000, 64  # of a task: text and articles, some seconds of work
AHEAD = 3  # tasks for each worker that may be begun before the first of them is done
DEATHS = 2  # of workers on one task, before it is halved


class Crew(Protocol):
    """Some workers: what an engine must offer."""

    def start(self) -> Sequence[int]:
        """Start the workers; their numbers."""

    def give(self, worker: int, articles: Sequence[Article]) -> None:
        """Let an idle worker read articles."""

    def wait(self) -> Iterator[tuple[int, list[Any] | None]]:
        """Wait for a busy worker; each that is done with its results, or with None where it died and was replaced."""

    def stop(self) -> None:
        """End the workers, whatever they do."""


@dataclass(frozen=True, slots=True)
class _Task:
    """Articles by the place of the first among all, and how many workers died of them."""

    start: int
    articles: tuple[Article, ...]
    deaths: int = 0


def read(articles: Iterable[Article], crew: Crew) -> Iterator[Any]:
    """One result for each article, in their order: what a worker made of it, or InputError where it kills workers."""
    idle = deque(crew.start())
    most = len(idle) * AHEAD
    try:
        fresh = _tasks(articles)
        waiting: deque[_Task] = deque()
        busy: dict[int, _Task] = {}
        done: dict[int, list[Any]] = {}  # results by the place of the first
        at = 0
        while True:
            while idle and (task := _next(waiting, fresh, room=len(busy) + len(done) < most)):
                worker = idle.popleft()
                busy[worker] = task
                crew.give(worker, task.articles)
            while at in done:
                results = done.pop(at)
                at += len(results)
                yield from results
            if not busy:
                return
            for worker, found in crew.wait():
                task = busy.pop(worker)
                idle.append(worker)
                if found is None:
                    _after_death(replace(task, deaths=task.deaths + 1), waiting, done)
                else:
                    done[task.start] = found
    finally:
        crew.stop()


def _next(waiting: deque[_Task], fresh: Iterator[_Task], *, room: bool) -> _Task | None:
    """The next task: one to try again, or a new one where there is room for its results."""
    if waiting:
        return waiting.popleft()
    return next(fresh, None) if room else None


def _tasks(articles: Iterable[Article]) -> Iterator[_Task]:
    start, held, size = 0, [], 0
    for article in articles:
        held.append(article)
        size += len(article.text)
        if size >= CHARACTERS or len(held) >= MOST:
            yield _Task(start, tuple(held))
            start, held, size = start + len(held), [], 0
    if held:
        yield _Task(start, tuple(held))


def _after_death(task: _Task, waiting: deque[_Task], done: dict[int, list[Any]]) -> None:
    """Try a task again, halve it, or set its one article aside."""
    half = len(task.articles) // 2
    if task.deaths < DEATHS:
        waiting.append(task)
    elif half:
        for start, part in ((task.start, task.articles[:half]), (task.start + half, task.articles[half:])):
            waiting.append(_Task(start, part, deaths=0 if len(part) == 1 else DEATHS - 1))
    else:
        what = f"killed its reader {task.deaths} times: set aside"
        done[task.start] = [InputError(what, place=task.articles[0].location, cure="shorten it, or report it")]
