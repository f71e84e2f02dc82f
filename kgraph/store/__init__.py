"""A graph that grows: a folder that keeps what each article says, and adds, replaces and takes out articles.

    NAME.kgraph/manifest.sqlite   which files were read, what stands in them, what counts
    NAME.kgraph/shards/*.nt       what each article says, as lines of N-Triples; with the manifest, the truth
    NAME.kgraph/index/            the graph in an RDF database, for queries; can be made again from the truth

The graph is a function of the files that were read, not of the order or the number of builds that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kgraph.errors import StoreError
from kgraph.ontology import Ontology
from kgraph.ontology import load as load_ontology
from kgraph.store import index, lock
from kgraph.store.blocks import Block, block
from kgraph.store.lines import as_file, lines
from kgraph.store.manifest import NAME, Manifest, StoredArticle, check
from kgraph.store.run import Report
from kgraph.store.writer import build, rebuild, remove

__all__ = [
    "SUFFIX",
    "Block",
    "Report",
    "Store",
    "StoredArticle",
    "block",
    "build",
    "is_store",
    "open",
    "rebuild",
    "remove",
]

SUFFIX = ".kgraph"


def is_store(path: Path) -> bool:
    """Whether a path names a store; "NAME.kgraph@2024-01-01" is the store as far as published until that day."""
    folder = _split(path)[0]
    return folder.suffix == SUFFIX or (folder / NAME).is_file()


def open(path: Path | str) -> Store:
    """The store in a folder, to read. StoreError where there is none."""
    folder, until = _split(Path(path))
    check(folder)
    return Store(folder, until)


class Store:
    """A store, to read. Each method answers for one moment, whoever writes meanwhile."""

    def __init__(self, folder: Path, until: date | None = None, ontology: Ontology | None = None) -> None:
        self.folder, self.until = folder, until
        Manifest(folder).close()  # says now what is wrong with it
        self.ontology = ontology or load_ontology()

    def lines(self) -> Iterator[str]:
        """The lines of N-Triples of the whole graph, sorted, without their ends, in constant memory."""
        for line in self.lines_in_bytes():
            yield line.decode().removesuffix("\n")

    def lines_in_bytes(self) -> Iterator[bytes]:
        """The same as bytes, with their ends."""
        with closing(Manifest(self.folder)) as manifest:
            yield from lines(manifest, self.ontology, self.until)

    def triples(self) -> Iterator[ox.Quad]:
        """The triples of the graph, in the order of their lines."""
        yield from ox.parse(as_file(self.lines_in_bytes()), ox.RdfFormat.N_TRIPLES)

    def articles(self) -> Iterator[StoredArticle]:
        """The articles, by their keys."""
        with closing(Manifest(self.folder)) as manifest, manifest.look():
            yield from manifest.articles(self.until)

    def index(self) -> Path:
        """The folder of the RDF database, brought up to date; while a build writes it, as it was before."""
        path = index.path_of(self.folder)
        with closing(Manifest(self.folder)) as manifest:
            if not index.behind(manifest):
                return path
        try:
            with lock.held(self.folder), closing(Manifest(self.folder, write=True)) as manifest:
                index.catch_up(manifest, self.ontology)
        except lock.Busy:
            if not path.is_dir():
                raise
        return path


def _split(path: Path) -> tuple[Path, date | None]:
    """A store's folder, and the day after an @ where there is one."""
    found = re.fullmatch(r"(.+)@(\d{4}-\d\d-\d\d)", str(path))
    if not found or (path / NAME).is_file():
        return path, None
    try:
        return Path(found[1]), date.fromisoformat(found[2])
    except ValueError as error:
        raise StoreError(f"{found[2]} is no date", place=str(path), cure="name a day that exists") from error
