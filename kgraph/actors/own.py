"""A user's own names as they bear on a graph that is already built: which of its names mean whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kgraph.actors import forms, tables
from kgraph.actors.book import Book, Keys
from kgraph.actors.names import keys
from kgraph.records import Actor, EntityType


@dataclass(frozen=True)
class OwnNames:
    """The rows of a user's file. `relabelled` are the keys to which it gives a label of its own."""

    book: Book
    actors: Mapping[tuple[Keys, EntityType], Actor]
    relabelled: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> OwnNames:
        """The names of a CSV file (alias, type, key, label), the same that `Book.load` takes."""
        book = Book.load(path)
        rows = list(tables.extra(path))
        actors = {(keys(alias), kind): book.actors[key] for alias, kind, key, _, _ in rows}
        return cls(book, actors, frozenset(key for _, _, key, label, _ in rows if label))

    def meant(self, name: str, kind: EntityType) -> Actor | None:
        """Whom the file means by a name, with or without a title or possessive ending; None where it says nothing."""
        return self.actors.get((keys(forms.bare(self.book, name, kind)), kind))
