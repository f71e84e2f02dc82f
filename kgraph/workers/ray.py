"""Workers on a cluster, or on this machine, that Ray starts and watches."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from kgraph.errors import MissingExtra, WorkerError
from kgraph.records import Article
from kgraph.workers.local import UNREADY, Make

try:
    import ray
    from ray.exceptions import RayError
except ModuleNotFoundError as missing:
    raise MissingExtra("the engine ray needs Ray", cure="pip install 'kgraph[ray]'") from missing


class RayCrew:
    """A number of actors; with an address on the cluster there, whose machines must have kgraph installed."""

    def __init__(self, make: Make, count: int, *, address: str | None = None) -> None:
        self.make, self.count, self.address = make, count, address
        self.actors: list[Any] = []
        self.ready: list[Any] = []  # a promise of each actor, kept when it has loaded
        self.given: dict[Any, int] = {}  # promises of results
        self.unready = 0

    def start(self) -> Sequence[int]:
        """Join the cluster, or start one of this machine, and the actors in it."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would tell its makers
        here = {} if self.address else {"num_cpus": self.count, "include_dashboard": False}
        try:
            ray.init(address=self.address or "local", log_to_driver=False, logging_level="ERROR", **here)
        except (ConnectionError, RuntimeError, ValueError) as error:
            what = f"no cluster: {' '.join(str(error).split())[:200]}"
            raise WorkerError(what, place=self.address or "", cure="start one: ray start --head") from error
        self.actors = [None] * self.count
        self.ready = [None] * self.count
        for number in range(self.count):
            self._begin(number)
        return range(self.count)

    def give(self, worker: int, articles: Sequence[Article]) -> None:
        """Send articles to an actor, when it has loaded."""
        while not self._is_ready(worker):
            self._begin(worker)
        self.given[self.actors[worker].read.remote(articles)] = worker

    def wait(self) -> Iterator[tuple[int, list[Any] | None]]:
        """The actors that have answered or died; these are replaced."""
        answered, _ = ray.wait(list(self.given))
        for promise in answered:
            number = self.given.pop(promise)
            try:
                results = ray.get(promise)
            except RayError:
                self._begin(number)
                yield number, None
            else:
                yield number, results

    def stop(self) -> None:
        """End the actors and leave the cluster."""
        ray.shutdown()

    def _begin(self, number: int) -> None:
        if self.actors[number] is not None:
            ray.kill(self.actors[number])
        self.actors[number] = ray.remote(num_cpus=1, max_restarts=0)(_Reader).remote(self.make)
        self.ready[number] = self.actors[number].is_ready.remote()

    def _is_ready(self, number: int) -> bool:
        try:
            return bool(ray.get(self.ready[number]))
        except RayError as error:
            self.unready += 1
            if self.unready >= UNREADY:
                last = str(error).strip().splitlines()[-1:]
                raise WorkerError(f"workers end before they are ready: {' '.join(last)[:200]}") from error
            return False


class _Reader:
    """What runs on the cluster."""

    def __init__(self, make: Make) -> None:
        self.reader = make()

    def is_ready(self) -> bool:
        return True

    def read(self, articles: Sequence[Article]) -> list[Any]:
        return list(self.reader(articles))
