"""`kgraph push GRAPH URL`: a graph to a SPARQL server."""

from __future__ import annotations

from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.addresses import GraphThere, Seconds, service_at
from kgraph.cli.console import progress, say


def push(
    graph: options.Graph,
    url: Annotated[str, typer.Argument(help="The server's SPARQL Update service: http://localhost:7878/update")],
    into: GraphThere = None,
    graph_store: Annotated[
        bool, typer.Option("--graph-store", help="URL is a service of the Graph Store Protocol: …/store, …/data")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Empty that graph first.")] = False,
    batch: Annotated[int, typer.Option(min=1, help="Triples in one request.")] = 2000,
    seconds: Seconds = 60,
) -> None:
    """Add a graph to a server. A user is named by KGRAPH_USER and KGRAPH_PASSWORD, or by KGRAPH_TOKEN."""
    from kgraph import exports, remote

    service = service_at(url, seconds)
    with progress(f"Sending to {url}") as tell:
        done = remote.push(
            exports.lines(graph),
            service,
            graph=into,
            graph_store=graph_store,
            replace=replace,
            size=batch,
            on_batch=lambda count: tell(f"({count} triples)"),
        )
    say(f"{url}: {done} triples")
