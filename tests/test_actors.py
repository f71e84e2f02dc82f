"""The book of actors: what is found in running text, and whom each mention of an article means."""

from __future__ import annotations

import pytest

from kgraph.actors import Book
from kgraph.language.drafts import DraftMention


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.load()


def found(book: Book, text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.candidates[0].key) for hit in book.find(text)]


def mention(text: str, name: str, kind: str, *, nth: int = 0, antecedent: int | None = None) -> DraftMention:
    at = -1
    for _ in range(nth + 1):
        at = text.index(name, at + 1)
    return DraftMention(at, at + len(name), kind, antecedent)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presiden AS tiba di Korea Selatan.", [("AS", "USA"), ("Korea Selatan", "KOR")]),
        ("Pemain AS Roma menang.", []),
        ("as soon as possible", []),
        ("TRUMP SAYS US WILL LEAVE IRAN\n", [("IRAN", "IRN")]),
        ("The U.S. and the U.K.", [("U.S.", "USA"), ("U.K.", "GBR")]),
    ],
)
def test_find(book: Book, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(book, text) == expected
