"""The graph: statements become claims with their evidence, a graph becomes a file, a file becomes a network to draw."""

from kgraph.graph.build import build
from kgraph.graph.files import graph_of, load, save
from kgraph.graph.network import to_networkx

__all__ = ["build", "graph_of", "load", "save", "to_networkx"]
