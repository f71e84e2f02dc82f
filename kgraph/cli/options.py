"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rdflib import Graph as RdfGraph

Language = Literal["id", "en"]
Extractor = Literal["model", "rules"]

Reader = Annotated[Language, typer.Option("--language", help="Language of titles and labels.")]
ArticleLanguage = Annotated[
    Language | None, typer.Option("--article-language", help="Language of the articles; found out where not given.")
]
MinConfidence = Annotated[float, typer.Option(min=0, max=1, help="Leave out statements less certain than this.")]
Ontology = Annotated[Path | None, typer.Option(help="A Turtle file with relations of your own.")]
Actors = Annotated[
    Path | None, typer.Option("--actors", help="A CSV file with names of your own: alias, type, key, label.")
]
ExtractorName = Annotated[Extractor, typer.Option("--extractor", help="What finds the statements.")]
Graph = Annotated[Path, typer.Argument(help="A graph file or store, as `kgraph build` writes it.", show_default=False)]
GraphOrAddress = Annotated[
    str,
    typer.Argument(
        metavar="GRAPH|URL", help="A graph file or store, or the address of a SPARQL query service.", show_default=False
    ),
]
Store = Annotated[Path, typer.Argument(help="A store, as `kgraph build -o NAME.kgraph` makes it.", show_default=False)]
Wait = Annotated[bool, typer.Option("--wait", help="Where another process writes the store, wait for it.")]


def named(graph: Path, actors: Path | None) -> Path | RdfGraph:
    """The graph to ask: the file as it is, or what it holds under names of one's own."""
    if actors is None:
        return graph
    from kgraph import pipeline

    return pipeline.load(graph, actors=actors)
