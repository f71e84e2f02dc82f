"""What a graph adds up to: the ledger of each pair of actors, the network's shape, the change between two graphs."""

from kgraph.analysis.changes import compare, patch
from kgraph.analysis.ledger import ledger
from kgraph.analysis.structure import structure

__all__ = ["compare", "ledger", "patch", "structure"]
