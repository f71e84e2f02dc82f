"""Offices and the years in which persons held them."""

from __future__ import annotations

from kgraph.actors.book import Book
from kgraph.actors.names import keys
from kgraph.actors.tables import Office
from kgraph.records import Actor

_NEWS = 2010  # the first year of the news that the book is made for


def in_office(book: Book, person: str, year: int | None) -> bool:
    """Whether a person held any office in a year; without a year, in the years of the news that the book is for."""
    return any(_holds(office, year) for office in book.offices_of(person))


def _holds(office: Office, year: int | None) -> bool:
    if year is None:
        return office.until is None or office.until >= _NEWS
    return (office.since is None or office.since <= year) and (office.until is None or year <= office.until)


def holder(book: Book, surface: str, year: int | None) -> Actor | None:
    """Who held the office that a phrase names ("Presiden AS", "the US president") in a year; None where several did."""
    words = tuple(word for word in keys(surface) if word not in ("s", "of", "the"))
    for cut in range(1, len(words)):
        for title_words, state_words in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            title = book.patterns.titles.get(title_words)
            states = book.lookup(" ".join(state_words).upper(), "CTY") if title else ()
            if title and states:
                return _only(book, title, states[0].key, year)
    return None


def _only(book: Book, title: str, state: str, year: int | None) -> Actor | None:
    if year is None:
        return None
    held = {
        office.person
        for office in book.offices
        if office.title == title and office.of == state and _holds(office, year) and office.since is not None
    }
    return book.actors[held.pop()] if len(held) == 1 else None
