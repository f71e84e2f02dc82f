"""`kgraph serve GRAPH`"""

from __future__ import annotations

from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import say
from kgraph.errors import MissingExtra


def serve(
    graph: options.Graph,
    port: Annotated[int, typer.Option(min=1, max=65535, help="On 127.0.0.1.")] = 8321,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a query may take.")] = 60,
    language: options.Reader = "en",
    ontology: options.Ontology = None,
) -> None:
    """Serve a graph on this machine: SPARQL 1.1, its page, a page for each actor (needs the extra `serve`)."""
    try:
        from kgraph import serve as service
    except ModuleNotFoundError as error:
        raise MissingExtra(f"serving needs {error.name}", cure="pip install 'kgraph[serve]'") from error
    from kgraph import graph as graphs
    from kgraph import pipeline

    page = pipeline.render(graphs.load(graph), language=language, ontology=ontology)
    say(f"http://127.0.0.1:{port}/ and http://127.0.0.1:{port}/sparql; Ctrl-C stops it")
    service.run(service.application(graph, page, language=language, seconds=seconds), port)
