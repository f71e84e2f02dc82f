"""A graph on the loopback address: SPARQL 1.1 Protocol, the page, and a page for each actor. It reads, never writes."""

from kgraph.serve.app import application, run

__all__ = ["application", "run"]
