"""`kgraph ask GRAPH QUESTION`: a question in plain words."""

from __future__ import annotations

from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, complain, say
from kgraph.cli.query import answer


def ask(
    graph: options.Graph,
    question: Annotated[str, typer.Argument(help="In Indonesian or English: 'siapa mengunjungi Rusia?'")],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = "table",
    sparql: Annotated[bool, typer.Option("--sparql", help="Print the SPARQL of the query instead.")] = False,
    language: options.Reader = "en",
    actors: options.Actors = None,
) -> None:
    """Ask a graph in plain words; shows the ready query that the question is taken for."""
    from kgraph import queries

    asked = queries.understand(question)
    if sparql:
        say(queries.ready()[asked.query].text)
        return
    (say if format == "table" else complain)(f"query: {asked}")
    answer(options.named(graph, actors), asked.query, asked.parameters, format, language)
