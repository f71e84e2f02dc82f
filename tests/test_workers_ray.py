"""Reading by actors of Ray, started on this machine."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from readers import broken, reader

from kgraph import workers
from kgraph.errors import InputError, WorkerError
from kgraph.records import Article

pytest.importorskip("ray", reason="Ray is not installed (pip install 'kgraph[ray]')")

ARTICLES = [Article(f"Berita {number}.", location=f"{number}.txt") for number in range(20)]


def test_results_are_whole_though_one_worker_dies_and_one_article_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kgraph.workers.ray import RayCrew

    monkeypatch.setattr(workers, "MOST", 5)
    here = str(Path(__file__).parent)
    monkeypatch.setenv("PYTHONPATH", f"{here}:{Path(here).parent}", prepend=":")  # where the actors find `readers`
    make = partial(reader, ("7.txt",), tmp_path / "killed")
    results = list(workers.read(ARTICLES, RayCrew(make, 2)))
    assert (tmp_path / "killed").exists()
    assert isinstance(results[7], InputError)
    assert results[7].place == "7.txt"
    rest = [article.text for article in ARTICLES if article.location != "7.txt"]
    assert results[:7] + results[8:] == rest
    with pytest.raises(WorkerError, match="before they are ready"):
        list(workers.read(ARTICLES, RayCrew(broken, 1)))
