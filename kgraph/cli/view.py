"""`kgraph view GRAPH|URL -o graph.html`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.addresses import GraphThere, Seconds, is_address, service_at
from kgraph.cli.console import say, write_text


def view(
    graph: options.GraphOrAddress,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page; by default beside the graph.", show_default=False)
    ] = None,
    language: options.Reader = "en",
    title: Annotated[str | None, typer.Option(help="The page's title.")] = None,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    with_sparql: Annotated[
        bool, typer.Option("--with-sparql", help="With a tab that answers SPARQL queries, offline; 2 MB more.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    there: GraphThere = None,
    seconds: Seconds = 60,
) -> None:
    """Draw a graph, from here or from an address, as one page for the browser."""
    from kgraph import pipeline, remote

    if is_address(graph):
        target = output or Path("graph.html")
        found = remote.load(service_at(graph, seconds), graph=there, actors=actors)
    else:
        target = output or Path(graph).with_suffix(".html")
        found = pipeline.load(Path(graph), actors=actors)
    page = pipeline.render(found, language=language, title=title, ontology=ontology, sparql=with_sparql)
    write_text(target, page)
    say(str(target))
    if open_:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())
