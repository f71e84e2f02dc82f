"""Mentions by rule: the names of the book, capitalised names beside titles and heads, weapons, pronouns.

`find` reads an article sentence by sentence as runs of words that look like names. A run is cut at titles
("Presiden", "Foreign Minister") and at names of the book; what is left is a body, a place, or a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kgraph.actors import Book, Hit
from kgraph.language.cues import Cues
from kgraph.language.drafts import DraftMention
from kgraph.records import EntityType

WORD = re.compile(r"[^\W\d_]\.(?=\s?\w)|\w+(?:[-'’.&]\w+)*")
POSSESSIVE = re.compile(r"['’]s?$")
DATELINE = re.compile(r"\s*(--|—|–)\s")
Place = tuple[int, int]  # characters from, to

HEADS: tuple[tuple[str, EntityType], ...] = (
    ("place head", "LOC"), ("event head", "EVT"), ("document head", "DOC"), ("body", "ORG"),
)  # fmt: skip

HOLDING: tuple[EntityType, ...] = ("ORG", "EVT", "DOC")  # names in which that of a state counts too


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a name of the book as one piece."""

    text: str
    start: int
    end: int
    hit: Hit | None = None

    @property
    def named(self) -> bool:
        """Whether it looks like part of a name."""
        return self.hit is not None or self.text[0].isupper()


def find(
    text: str, sentences: Sequence[Place], book: Book, cues: Cues, ordinary: Container[str] = ()
) -> list[DraftMention]:
    """The mentions of an article, in text order, outer before inner; `ordinary` words are no names where they begin a
    sentence."""
    rooms = [list(_pieces(text, span, hits)) for span, hits in _by_sentence(sentences, book.find(text))]
    found: dict[Place, EntityType] = {}
    for span, pieces in zip(sentences, rooms, strict=True):
        for piece in pieces:
            if piece.hit:
                found[piece.start, piece.end] = _role(text, span[0], piece, cues)
        if not _shouts(pieces, cues):
            for run in _runs(text, _less_opening(pieces, cues, ordinary), cues):
                found |= {key: kind for key, kind in _read(run, text, span, book, cues) if key not in found}
    found |= {key: "CTY" for whole, kind in found.items() if kind in HOLDING for key in _states_in(text, whole, book)}
    found |= _persons_again(rooms, found, text, book, cues)
    found |= _weapons(text, found, cues)
    return _with_pronouns(text, sentences, found, cues)


def _states_in(text: str, whole: Place, book: Book) -> Iterator[Place]:
    """States named within a longer name: "Kementerian Pertahanan Korea Selatan"."""
    for word in list(WORD.finditer(text, *whole))[1:]:
        for hit in book.find(text[word.start() : whole[1]])[:1]:
            if hit.start == 0 and hit.candidates[0].type == "CTY":
                yield word.start(), word.start() + hit.end


def _by_sentence(sentences: Sequence[Place], hits: Sequence[Hit]) -> Iterator[tuple[Place, list[Hit]]]:
    at = 0
    for start, end in sentences:
        mine = []
        while at < len(hits) and hits[at].start < end:
            if hits[at].start >= start and hits[at].end <= end:
                mine.append(hits[at])
            at += 1
        yield (start, end), mine


def _pieces(text: str, span: Place, hits: list[Hit]) -> Iterator[Piece]:
    at, coming = span[0], iter([*hits, None])
    hit = next(coming)
    for word in WORD.finditer(text, *span):
        if hit and word.end() > hit.start:
            yield Piece(text[hit.start : hit.end], hit.start, hit.end, hit)
            at, hit = hit.end, next(coming)
        if word.start() >= at:
            bare = POSSESSIVE.sub("", word[0])
            yield Piece(bare, word.start(), word.start() + len(bare))


def _less_opening(pieces: list[Piece], cues: Cues, ordinary: Container[str]) -> list[Piece]:
    """The pieces without a first word that has its capital from the sentence alone."""
    first = pieces[0].text.lower() if pieces and not pieces[0].hit else ""
    return pieces[1:] if first and (first in ordinary or first in cues.plain) else pieces


def _shouts(pieces: Sequence[Piece], cues: Cues) -> bool:
    """Whether nearly all words are capitalised, as in headlines, so that capitals tell nothing."""
    plain = [piece for piece in pieces if not piece.hit]
    named = sum(piece.named and not _is_office(piece, cues) for piece in plain)
    lower = sum(not piece.named and piece.text not in cues.words["prepositions"] for piece in plain)
    return named > 3 and 4 * lower < named


def _runs(text: str, pieces: Sequence[Piece], cues: Cues) -> Iterator[list[Piece]]:
    """Stretches of pieces that look like names and stand side by side; links such as "of" may stand within."""
    run: list[Piece] = []
    for piece in pieces:
        near = bool(run) and text[run[-1].end : piece.start] in (" ", ". ", "-")
        if piece.named and (near or not run):
            run.append(piece)
            continue
        if near and piece.text in cues.words["name link"]:
            run.append(piece)
            continue
        yield from _closed(run)
        run = [piece] if piece.named else []
    yield from _closed(run)


def _closed(run: list[Piece]) -> Iterator[list[Piece]]:
    while run and not run[-1].named:
        run = run[:-1]
    if run:
        yield run


def _read(run: list[Piece], text: str, span: Place, book: Book, cues: Cues) -> Iterator[tuple[Place, EntityType]]:
    """The names of one run."""
    whole, kind = _whole(run, cues)
    if whole:
        yield (whole[0].start, whole[-1].end), kind
        yield from _headed(whole[0], whole[-1], kind, text, span, cues)
    for name in _rest(run, whole, cues):
        before = text[span[0] : name[0].start]
        if _titled(before, cues) and book.near_state(name[0].text.casefold()):
            yield (name[0].start, name[0].end), "CTY"  # a misprint: "Presiden Rusua Vladimir Putin"
            name = name[1:]
        if not name:
            continue
        field = _titled(before, cues) and any(p.hit and text[name[-1].end : p.start] == " " for p in run)
        found = None if field else _kind(name, before, cues)
        if found:
            yield (name[0].start, name[-1].end), found
            yield from _headed(name[0], name[-1], found, text, span, cues)
    for piece in run:
        if piece.hit:
            yield from _headed(piece, piece, piece.hit.candidates[0].type, text, span, cues)


def _rest(run: list[Piece], whole: list[Piece], cues: Cues) -> Iterator[list[Piece]]:
    """What is left of a run between names of the book, offices, and the name that a head makes."""
    name: list[Piece] = []
    for piece in run:
        if piece in whole or piece.hit or _is_office(piece, cues):
            if name:
                yield name
            name = []
        elif name or piece.named:
            name.append(piece)
    if name:
        yield name


def _whole(run: list[Piece], cues: Cues) -> tuple[list[Piece], EntityType]:
    """The part of a run that a head names: from the head on where that comes first, else up to it."""
    for kind, type_ in reversed(HEADS):
        heads = [i for i, piece in enumerate(run) if not piece.hit and piece.text.lower() in cues.words[kind]]
        if not heads:
            continue
        at = heads[0]
        if at and not any(_is_office(piece, cues) for piece in run[:at]):
            return run[: heads[-1] + 1], type_
        country = next((i for i in range(at + 1, len(run)) if run[i].hit), len(run) - 1)
        if country > at:
            return run[at : country + 1], type_
    return [], "ORG"


def _is_office(piece: Piece, cues: Cues) -> bool:
    return not piece.hit and piece.text.lower().rstrip(".") in cues.of_office


def _titled(before: str, cues: Cues) -> bool:
    return cues.ends("title", before) or cues.ends("title rest", before)


def _kind(name: list[Piece], before: str, cues: Cues) -> EntityType | None:
    """What a name is, by what stands before it and by its shape."""
    if _titled(before, cues) or cues.ends("honorific", before.rstrip(" .")):
        return "PER"
    if cues.ends("place", before):
        return "LOC"
    if len(name) > 1:
        return None if len(name) > 4 else "PER"
    alone = name[0].text
    return "ORG" if alone.isupper() and len(alone) > 1 and before.strip() else None


def _headed(
    first: Piece, last: Piece, kind: EntityType, text: str, span: Place, cues: Cues
) -> Iterator[tuple[Place, EntityType]]:
    """The longer name that a head in lower case makes of one: "stasiun Khasan", "resolusi Dewan Keamanan"."""
    before = text[span[0] : first.start]
    for head, type_ in HEADS[:3]:
        if kind == "PER" or (head == "place head" and kind != "LOC"):
            continue
        for match in cues.find(head, before):
            if before[match.end() :] == " ":
                yield (span[0] + match.start(), last.end), type_


def _role(text: str, start: int, piece: Piece, cues: Cues) -> EntityType:
    """The type under which a name of the book stands here: a seat of government acts as its state, or is a place."""
    assert piece.hit
    kinds = [actor.type for actor in piece.hit.candidates]
    if "LOC" in kinds and "CTY" in kinds:
        place = cues.ends("place", text[start : piece.start]) or DATELINE.match(text, piece.end)
        return "LOC" if place else "CTY"
    return kinds[0]


def _persons_again(
    rooms: Iterable[list[Piece]], found: dict[Place, EntityType], text: str, book: Book, cues: Cues
) -> dict[Place, EntityType]:
    """Persons named by one word: the first or last of a full name in the article, or one that the book knows."""
    parts = set()
    for (start, end), kind in found.items():
        if kind == "PER":
            words = text[start:end].split()
            parts |= {words[0], words[-1]}
    longer = {word.start() for span in found for word in WORD.finditer(text, *span) if word.span() != span}
    again: dict[Place, EntityType] = {}
    for pieces in rooms:
        for piece in pieces:
            if piece.hit or not piece.named or len(piece.text) < 3 or piece.start in longer:
                continue
            known = len(piece.text) > 3 and piece.text.istitle() and book.by_surname(piece.text.casefold())
            if (piece.text in parts or known) and not _is_office(piece, cues) and piece.text.lower() not in cues.plain:
                again[piece.start, piece.end] = "PER"
    return again


def _weapons(text: str, found: dict[Place, EntityType], cues: Cues) -> dict[Place, EntityType]:
    named = {word.start() for span in found for word in WORD.finditer(text, *span)}
    spans = (match.span() for match in cues.find("weapon", text))
    return {span: "WPN" for span in spans if not any(w.start() in named for w in WORD.finditer(text, *span))}


def _with_pronouns(
    text: str, sentences: Sequence[Place], found: dict[Place, EntityType], cues: Cues
) -> list[DraftMention]:
    """All mentions in order; a pronoun means the last person before it in its sentence, or the first of one before."""
    pronouns = {match.span() for match in cues.find("pronoun", text)} - set(found)
    names = sorted(found, key=lambda span: (span[0], -span[1]))
    persons = [name for name in names if found[name] == "PER"]
    known = {span: name for span in pronouns if (name := _meant(span, sentences, persons))}
    order = sorted({*found, *known}, key=lambda span: (span[0], -span[1]))
    place = {span: i for i, span in enumerate(order)}
    return [
        DraftMention(*span, found.get(span, "PER"), place[known[span]] if span in known else None) for span in order
    ]


def _meant(pronoun: Place, sentences: Sequence[Place], persons: Sequence[Place]) -> Place | None:
    here = bisect_right(sentences, pronoun[0], key=lambda sentence: sentence[0]) - 1
    for back, (start, end) in enumerate(reversed(sentences[max(0, here - 2) : here + 1])):
        first, last = (bisect_left(persons, place, key=lambda span: span[0]) for place in (start, min(end, pronoun[0])))
        if first < last:
            return persons[first] if back else persons[last - 1]
    return None
