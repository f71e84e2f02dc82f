"""What an export may be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgraph.records import Language


@dataclass(frozen=True, slots=True)
class Options:
    """`reifiers`: RDF 1.2. `verbatim`: leave cells that a spreadsheet could run. `ontology`: the user's relations."""

    reifiers: bool = False
    verbatim: bool = False
    language: Language = "en"
    ontology: Path | None = None
