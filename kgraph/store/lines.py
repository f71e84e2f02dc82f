"""The graph of a store as sorted lines."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date

from kgraph.ontology import PREFIXES, Ontology
from kgraph.store.blocks import settled
from kgraph.store.manifest import Manifest
from kgraph.store.merge import in_order

COPY = f"<{PREFIXES['art']}%s> <{PREFIXES['ir']}nearCopyOf> <{PREFIXES['art']}%s> .\n"


def lines(manifest: Manifest, ontology: Ontology, until: date | None = None) -> Iterator[bytes]:
    """Each line of the graph once, with its end; of articles published until a day, where one is given."""
    with manifest.look():
        marks = ((COPY % pair).encode() for pair in manifest.originals(until))
        yield from settled(heapq.merge(in_order(manifest.live_blocks(until)), marks), ontology)
