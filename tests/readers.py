"""Readers for the tests of workers, in a module of their own so that workers start quickly."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kgraph.records import Article

Reader = Callable[[Iterable[Article]], Iterator[str]]


def reader(poison: tuple[str, ...] = (), once: Path | None = None) -> Reader:
    """Reads an article as its text; dies of some, and once at the first where `once` is a file that is not there."""

    def read(articles: Iterable[Article]) -> Iterator[str]:
        for article in articles:
            if article.location in poison:
                os.kill(os.getpid(), signal.SIGKILL)
            if once and not once.exists():
                once.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield article.text

    return read


def broken() -> Reader:
    os._exit(1)
