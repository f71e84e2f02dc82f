"""`kgraph view GRAPH -o graph.html`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import say, write_text


def view(
    graph: options.Graph,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page; by default beside the graph.", show_default=False)
    ] = None,
    language: options.Reader = "en",
    title: Annotated[str | None, typer.Option(help="The page's title.")] = None,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Draw a graph as one page for the browser."""
    from kgraph import pipeline

    target = output or graph.with_suffix(".html")
    page = pipeline.render(pipeline.load(graph, actors=actors), language=language, title=title, ontology=ontology)
    write_text(target, page)
    say(str(target))
    if open_:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())
