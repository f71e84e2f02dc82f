"""Graphs that are named by an address: the service there, with the credentials of the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli.console import complain

if TYPE_CHECKING:
    from kgraph.remote import Service

GraphThere = Annotated[
    str | None, typer.Option("--graph", help="At an address: the IRI of one graph there; Virtuoso needs it.")
]
Seconds = Annotated[float, typer.Option(min=0.1, help="At an address: how long a request may take.")]


def is_address(graph: str) -> bool:
    """Whether a graph is named by an address, not by a path."""
    return graph.lower().startswith(("http://", "https://"))


def service_at(url: str, seconds: float) -> Service:
    """The service at an address; its user is named by KGRAPH_USER and KGRAPH_PASSWORD, or by KGRAPH_TOKEN."""
    from kgraph.remote import Credentials, Service

    service = Service(url, Credentials.of(os.environ), seconds=seconds)
    if service.credentials and service.is_open:
        complain(f"{url}: others on the way can read what is sent; use https")
    return service
