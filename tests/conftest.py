"""What the journeys share: the command line in this process, and the graph of the seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import calm, reader  # noqa: F401  fixtures of every test with a browser
from graphs import pairs

from kgraph import graph as graphs
from kgraph import ontology
from kgraph.cli import main

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Outcome:
    """What a command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def kgraph(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Runs `kgraph ARGUMENTS...` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph file of the seeds, read by rule: what follows does not hang on a model."""
    path = tmp_path_factory.mktemp("seed") / "graph.ttl"
    with pytest.raises(SystemExit) as ended:
        main(["build", str(SEEDS), "-o", str(path), "--extractor", "rules"])
    assert not ended.value.code
    return path


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph file of the invented claims in graphs.py."""
    path = tmp_path_factory.mktemp("graph") / "g.ttl"
    graphs.save(graphs.build(pairs(), ontology.load()), path)
    return path
