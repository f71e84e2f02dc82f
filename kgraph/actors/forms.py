"""The shapes that names take in running text: titles before them, generic words around them, brackets in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.actors.book import Book
from kgraph.actors.names import keys
from kgraph.actors.patterns import Form
from kgraph.records import EntityType

_POSSESSIVE = re.compile(r"['’]s?$")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_EDGES = " \t\n\"'“”‘’,;:"
_SMALL = frozenset({"of", "the", "and", "for", "to", "in", "on", "di", "dan", "untuk"})


def bare(book: Book, surface: str, kind: EntityType) -> str:
    """A mention without quotes, possessive ending, article and, for a person, titles."""
    name = _POSSESSIVE.sub("", " ".join(surface.strip(_EDGES).split()))
    if name[:4].lower() == "the ":
        name = name[4:]
    return _untitled(book, name) if kind == "PER" else name


def _untitled(book: Book, name: str) -> str:
    """Without the titles before a name; "Presiden AS" names an office, and stays whole."""
    words = name.split()
    while len(words) > 1 and words[0].strip(".").lower() in book.patterns.honorifics:
        if book.lookup(" ".join(words), "PER") or book.lookup(" ".join(words[1:]), "CTY"):
            break
        words = words[1:]
    return " ".join(words)


def simpler(book: Book, name: str, kind: EntityType) -> Iterator[str]:
    """The name with less around it, the least change first: no bracket, no generic word, no middle name."""
    if "(" in name:
        name = _BRACKET.sub("", name).strip()
        yield name
    for form in book.patterns.forms:
        if form.loose and form.type == kind and (inner := _inner(form, name)):
            yield inner
    if kind == "PER":
        yield from _simpler_person(book, name)


def _simpler_person(book: Book, name: str) -> Iterator[str]:
    plain = unstyled(book, name)
    if plain != name:
        yield plain
    words = plain.split()
    for skipped in range(1, len(words) - 1):
        yield " ".join(words[:skipped] + words[skipped + 1 :])
    if len(words) == 1 and spaced(name) != name:
        yield spaced(name)


def unstyled(book: Book, name: str) -> str:
    """A person's name without "Sultan", "Pope" and the like before it."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in book.patterns.styles:
        words = words[1:]
    return " ".join(words)


def spaced(text: str) -> str:
    """Lost blanks put back before capitals: "IrandanIsrael"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=dan[A-Z])", " ", text)


def english(book: Book, name: str, kind: EntityType) -> str:
    """The usual English form of an unknown name: "Pelabuhan Priok" is "Port of Priok", "desa Khuza'a" is "Khuza'a"."""
    name = _BRACKET.sub("", name).strip() or name
    for form in book.patterns.forms:
        inner = _inner(form, name) if form.type == kind else ""
        if inner and not inner[0].islower() and (form.label or form.loose):
            return _filled(book, form, inner)
    return name


def _filled(book: Book, form: Form, inner: str) -> str:
    known = [*book.lookup(inner, "LOC"), *book.lookup(inner, "CTY")] if form.type == "LOC" else []
    if known and set(keys(form.label)) <= set(keys(known[0].label)):
        return known[0].label
    return (form.label or "{}").replace("{}", known[0].label if known else inner)


def _inner(form: Form, name: str) -> str:
    """What stands in the place of {} of a form, or "" where the name does not have this form."""
    low = name.lower()
    if len(name) > len(form.before) + len(form.after) and low.startswith(form.before) and low.endswith(form.after):
        return name[len(form.before) : len(name) - len(form.after)].strip()
    return ""


def initials_fit(name: str, short: str) -> bool:
    """Whether the letters of an abbreviation are the first letters of the words of a name."""
    letters = [c for c in short.lower() if c.isalnum()]
    words = [word for word in keys(_BRACKET.sub("", name)) if word not in _SMALL]
    return len(letters) > 1 and letters == [word[0] for word in words]


def without_bracket(name: str) -> str:
    """The name without what stands in brackets inside it."""
    return _BRACKET.sub("", name).strip()
