"""Persons by title, fame, office, surname and pronoun."""

from __future__ import annotations

import re

from kgraph.actors import offices
from kgraph.actors.reading import Reading, fuller, likeliest
from kgraph.records import Actor

_WORD_BEFORE = re.compile(r"(\w+)\s+$")


def styled(reading: Reading) -> None:
    """A single name after a style that makes it one person's: "Raja Salman", "Pope Leo"."""
    for i in reading.open("PER"):
        start = reading.mentions[i].start
        before = _WORD_BEFORE.search(reading.text, max(0, start - 16), start)
        if before and before[1].lower() in reading.book.patterns.styles:
            known = reading.book.lookup(f"{before[1]} {reading.surfaces[i]}", "PER")
            if len(known) == 1:
                reading.settled[i] = known[0], "alias with its title"


def famous(reading: Reading) -> None:
    """A single name that the book gives to a person outright: "Trump", "Prabowo"."""
    for i in reading.open("PER"):
        known = reading.book.outright(reading.surfaces[i])
        if known:
            reading.settled[i] = likeliest(reading, known) if len(known) > 1 else (known[0], "alias")


def office(reading: Reading) -> None:
    """ "Presiden AS" as a person: who held the office when the article appeared."""
    for i in reading.open("PER"):
        mention = reading.mentions[i]
        actor = offices.holder(reading.book, reading.text[mention.start : mention.end], reading.year)
        if actor:
            reading.settled[i] = actor, "holder of the office at the date"


def surname(reading: Reading) -> None:
    """A surname that the article never expands: the one office-holder with it whose state the article names."""
    lands = reading.lands()
    for i in reading.open("PER"):
        if len(reading.words[i]) != 1 or reading.is_pronoun(i) or fuller(reading, i) is not None:
            continue
        bearers = reading.book.by_surname(reading.words[i][0])
        if reading.year is None and len(bearers) > 1:
            continue
        known = [
            actor
            for actor in bearers
            if lands[reading.book.countries[actor.key]] and offices.in_office(reading.book, actor.key, reading.year)
        ]
        if len(known) == 1:
            reading.settled[i] = known[0], "surname, in office in a state named in the article"


def near_person(reading: Reading, i: int) -> Actor | None:
    lands = reading.lands()
    near = [p for p in reading.book.near_persons(" ".join(reading.words[i])) if lands[reading.book.countries[p.key]]]
    return near[0] if len(near) == 1 else None


def pronoun(reading: Reading) -> None:
    """A pronoun is the mention that the extractor points at, else the person named last."""
    for i in list(reading.open("PER")):
        pointed = reading.mentions[i].antecedent
        if pointed is not None and pointed in reading.settled:
            reading.settled[i] = reading.settled[pointed][0], "pronoun"
        elif reading.is_pronoun(i) and (before := _person_before(reading, i)) is not None:
            reading.settled[i] = reading.settled[before][0], "pronoun, the person spoken of last"


_BOUNDARY = re.compile(r"[.!?…][\"”’')]*\s+(?=[\"“‘(]?[A-Z])|\n")


def _person_before(reading: Reading, i: int) -> int | None:
    """The first person of the last sentence before that has one, who is its subject more often than not."""
    before = [j for j in range(i) if j in reading.settled and reading.mentions[j].type == "PER"]
    if not before:
        return None
    breaks = [found.end() for found in _BOUNDARY.finditer(reading.text, 0, reading.mentions[before[-1]].start)]
    sentence = breaks[-1] if breaks else 0
    return next(j for j in before if reading.mentions[j].start >= sentence)
