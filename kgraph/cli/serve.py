"""`kgraph serve GRAPH`"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
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
    actors: options.Actors = None,
) -> None:
    """Serve a graph on this machine: SPARQL 1.1, its page, a page for each actor (needs the extra `serve`)."""
    try:
        from kgraph import serve as service
    except ModuleNotFoundError as error:
        raise MissingExtra(f"serving needs {error.name}", cure="pip install 'kgraph[serve]'") from error
    from kgraph import graph as graphs
    from kgraph import pipeline

    loaded = pipeline.load(graph, actors=actors)
    page = pipeline.render(loaded, language=language, ontology=ontology)
    with TemporaryDirectory() as folder:
        asked = graph
        if actors:  # each query reads the file: it must hold the names of one's own
            asked = Path(folder) / "graph.nt"
            graphs.save(loaded, asked)
        say(f"http://127.0.0.1:{port}/ and http://127.0.0.1:{port}/sparql; Ctrl-C stops it")
        service.run(service.application(asked, page, language=language, seconds=seconds), port)
