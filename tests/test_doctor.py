"""`kgraph doctor` tells what lacks, and that all is well where it is."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from kgraph.cli.doctor import NEEDED_BY
from kgraph.language import model

Kgraph = Callable[..., Outcome]


def found(outcome: Outcome) -> dict[str, dict[str, str | None]]:
    return {row["what"]: row for row in json.loads(outcome.out)}


@pytest.fixture(autouse=True)
def project(monkeypatch: pytest.MonkeyPatch) -> dict:
    """pyproject.toml, whose requirements count here, as those of an editable installation may be older."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        f'{line}; extra == "{extra}"' for extra, lines in project["optional-dependencies"].items() for line in lines
    ]
    monkeypatch.setattr(metadata, "requires", lambda _name: [*project["dependencies"], *extras])
    return project


def test_here_all_is_well(kgraph: Kgraph) -> None:
    outcome = kgraph("doctor", "-f", "json")
    rows = found(outcome)
    assert outcome.code == 0
    assert rows["spacy"]["found"] == metadata.version("spacy")
    assert rows["language model"]["found"] == f"whole, in {model.SHIPPED}"
    assert [name for name, row in rows.items() if row["found"] == "missing"] == []


def test_each_extra_is_told(kgraph: Kgraph, project: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version

    def lacks(name: str) -> str:
        if name == "uvicorn":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", lacks)
    outcome = kgraph("doctor", "-f", "json")
    assert outcome.code == 0
    assert found(outcome)["kgraph serve"] == {
        "what": "kgraph serve",
        "found": "lacks uvicorn",
        "cure": "pip install 'kgraph[serve]'",
    }
    assert set(project["optional-dependencies"]) <= {*NEEDED_BY, "tables", "test"}


@pytest.mark.parametrize(("version", "told"), [(None, "missing"), ("3.7.9", "3.7.9")])
def test_a_library_that_lacks_or_is_too_old_is_a_fault(
    kgraph: Kgraph, monkeypatch: pytest.MonkeyPatch, version: str | None, told: str
) -> None:
    real = metadata.version

    def other(name: str) -> str:
        if name == "spacy" and version is None:
            raise metadata.PackageNotFoundError(name)
        return version if name == "spacy" and version else real(name)

    monkeypatch.setattr(metadata, "version", other)
    outcome = kgraph("doctor", "-f", "json")
    assert outcome.code == 1
    assert found(outcome)["spacy"] == {"what": "spacy", "found": told, "cure": "pip install 'spacy>=3.8.2'"}


def test_a_damaged_model_is_a_fault(kgraph: Kgraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in model.SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes()[:1000] if path.suffix == ".onnx" else path.read_bytes())
    monkeypatch.setattr(model, "SHIPPED", tmp_path)
    outcome = kgraph("doctor", "-f", "json")
    assert outcome.code == 1
    assert "is damaged" in str(found(outcome)["language model"]["found"])
