"""The graph of a store as sorted lines."""

from __future__ import annotations

import heapq
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from kgraph.ontology import PREFIXES, Ontology
from kgraph.store.blocks import settled
from kgraph.store.manifest import Manifest
from kgraph.store.merge import in_order

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 16
COPY = f"<{PREFIXES['art']}%s> <{PREFIXES['ir']}nearCopyOf> <{PREFIXES['art']}%s> .\n"


def lines(manifest: Manifest, ontology: Ontology, until: date | None = None) -> Iterator[bytes]:
    """Each line of the graph once, with its end; of articles published until a day, where one is given."""
    with manifest.look():
        marks = ((COPY % pair).encode() for pair in manifest.originals(until))
        yield from settled(heapq.merge(in_order(manifest.live_blocks(until)), marks), ontology)


def as_file(lines: Iterable[bytes]) -> BinaryIO:
    """Lines as a file to read from."""
    return io.BufferedReader(_Stream(lines), CHUNK)


class _Stream(io.RawIOBase):
    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines: Iterator[bytes] = iter(lines)
        self.held = bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while len(self.held) < len(view) and (line := next(self.lines, b"")):
            self.held += line
        taken = self.held[: len(view)]
        view[: len(taken)] = taken
        del self.held[: len(taken)]
        return len(taken)
