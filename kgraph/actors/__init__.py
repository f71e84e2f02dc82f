"""Who is who: the book of actors, and the reading of names in an article."""

from kgraph.actors.book import Book, Hit
from kgraph.actors.resolve import resolve

__all__ = ["Book", "Hit", "resolve"]
