"""What a graph adds up to: who is in it, the ledger of pairs, the network's shape, the change between two graphs."""

from kgraph.analysis.actors import explain, listed, look_alikes
from kgraph.analysis.changes import compare, patch
from kgraph.analysis.ledger import ledger
from kgraph.analysis.structure import structure

__all__ = ["compare", "explain", "ledger", "listed", "look_alikes", "patch", "structure"]
