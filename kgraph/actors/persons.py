"""Persons by title, fame, office, surname and pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgraph.actors import offices
from kgraph.actors.book import Keys
from kgraph.actors.names import keys
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
        if known and not _first_name(reading, i, known):
            reading.settled[i] = likeliest(reading, known) if len(known) > 1 else (known[0], "alias")


def _first_name(reading: Reading, i: int, known: Sequence[Actor]) -> bool:
    """Whether the article has it as someone's first name, and names none of those whom the book means in full."""
    seen = reading.seen()
    return not any(seen[actor.key] for actor in known) and any(
        len(words) > 1
        and words[0] == reading.words[i][0]
        and known[0] not in reading.book.lookup(reading.surfaces[j], "PER")
        for j, words in enumerate(reading.words)
        if reading.mentions[j].type == "PER"
    )


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
        known = [
            actor
            for actor in bearers
            if lands[reading.book.countries[actor.key]] and offices.in_office(reading.book, actor.key, reading.year)
        ]
        titled = _titled(reading, i, known)
        if len(titled) == 1:
            reading.settled[i] = titled[0], "surname after an office held in a state named in the article"
        elif len(known) == 1 and (reading.year is not None or len(bearers) == 1):
            reading.settled[i] = known[0], "surname, in office in a state named in the article"


def _titled(reading: Reading, i: int, known: Sequence[Actor]) -> list[Actor]:
    """Those of several who held the office that stands before the name: "PM Lee", "Menlu China Wang"."""
    start = reading.mentions[i].start
    words = keys(reading.text[max(0, start - _BEFORE) : start].rpartition("\n")[2])
    held = {reading.book.patterns.titles.get(words[at:end]) for end in _ends(reading, words) for at in range(end)}
    return [actor for actor in known if any(o.title in held for o in reading.book.offices_of(actor.key))]


_BEFORE = 60  # characters in which an office and its state stand before a name


def _ends(reading: Reading, words: Keys) -> Iterator[int]:
    """Where an office may end before a name: at once, or before the name of its state."""
    yield len(words)
    for length in (1, 2, 3):
        if reading.book.lookup(" ".join(words[-length:]).upper(), "CTY"):
            yield len(words) - length


def family(reading: Reading) -> None:
    """A first name of someone in the book whose surname another person of the article bears: "Jill" after Biden."""
    surnames = {words[-1] for i, words in enumerate(reading.whole) if words and reading.mentions[i].type == "PER"}
    surnames |= {keys(actor.label)[-1] for actor, _ in reading.settled.values() if actor.type == "PER"}
    for i in reading.open("PER"):
        if len(reading.words[i]) != 1 or reading.is_pronoun(i) or fuller(reading, i) is not None:
            continue
        labels = [(actor, keys(actor.label)) for actor in reading.book.by_surname(reading.words[i][0])]
        known = [actor for actor, words in labels if words[0] == reading.words[i][0] and words[-1] in surnames]
        if len(known) == 1:
            reading.settled[i] = known[0], "first name, a namesake is in the article"


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
