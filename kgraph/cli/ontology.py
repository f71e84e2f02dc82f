"""`kgraph ontology`: the relations that a graph may hold."""

from __future__ import annotations

from kgraph.cli import options
from kgraph.cli.console import Format, write_rows


def ontology(
    language: options.Reader = "en",
    ontology: options.Ontology = None,
    format: Format = "table",
) -> None:
    """List the relations, with yours if you name a file."""
    from kgraph import ontology as vocabulary

    columns = ("name", "label", "definition", "PLOVER", "weight")
    rows = [
        (r.name, r.labels.get(language), r.definitions.get(language), r.plover, r.weight)
        for r in vocabulary.load(ontology).relations.values()
    ]
    write_rows(columns, rows, format)
