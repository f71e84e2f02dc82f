"""Persons by title, fame, office, surname and pronoun."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence

from kgraph.actors import offices
from kgraph.actors.book import Keys
from kgraph.actors.names import keys
from kgraph.actors.reading import Reading, fuller, likeliest
from kgraph.records import Actor

_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_BOUNDARY = re.compile(r"[.!?…][\"”’')]*\s+(?=[\"“‘(]?[A-Z])|\n")


def styled(reading: Reading) -> None:
    """A single name after a style that makes it one person's: "Raja Salman", "Pope Leo"."""
    for i in reading.open("PER"):
        start = reading.mentions[i].start
        before = _WORD_BEFORE.search(reading.text, max(0, start - 16), start)
        if before and before[1].lower() in reading.book.patterns.styles:
            known = reading.book.lookup(f"{before[1]} {reading.surfaces[i]}", "PER")
            if len(known) == 1:
                reading.settle(i, known[0], "alias with its title")


def famous(reading: Reading) -> None:
    """A single name that the book gives to a person outright: "Trump", "Prabowo".

    Not so where the article has it as someone else's first name, and names none of those whom the book means in full.
    """
    bearers = _first_names(reading)
    for i in reading.open("PER"):
        known = reading.book.outright(reading.surfaces[i])
        if not known:
            continue
        first = reading.words[i][0]
        other = first in bearers and known[0] not in bearers[first]
        if not other or any(reading.seen[actor.key] for actor in known):
            reading.settle(i, *(likeliest(reading, known) if len(known) > 1 else (known[0], "alias")))


def _first_names(reading: Reading) -> dict[str, set[Actor]]:
    """First names in the article, each with whom all longer names with it may mean."""
    bearers: dict[str, set[Actor]] = {}
    for i, words in enumerate(reading.words):
        if reading.mentions[i].type == "PER" and len(words) > 1:
            meant = set(reading.book.lookup(reading.surfaces[i], "PER"))
            bearers[words[0]] = bearers.get(words[0], meant) & meant
    return bearers


def office(reading: Reading) -> None:
    """ "Presiden AS" as a person: who held the office when the article appeared."""
    for i in reading.open("PER"):
        mention = reading.mentions[i]
        actor = offices.holder(reading.book, reading.text[mention.start : mention.end], reading.year)
        if actor:
            reading.settle(i, actor, "holder of the office at the date")


def surname(reading: Reading) -> None:
    """A surname that the article never expands: the one office-holder with it whose state the article names."""
    lands = reading.lands
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
            reading.settle(i, titled[0], "surname after an office held in a state named in the article")
        elif len(known) == 1 and (reading.year is not None or len(bearers) == 1):
            reading.settle(i, known[0], "surname, in office in a state named in the article")


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
            reading.settle(i, known[0], "first name, a namesake is in the article")


def near_person(reading: Reading, i: int) -> Actor | None:
    lands = reading.lands
    near = [p for p in reading.book.near_persons(" ".join(reading.words[i])) if lands[reading.book.countries[p.key]]]
    return near[0] if len(near) == 1 else None


def pronoun(reading: Reading) -> None:
    """A pronoun is the mention that the extractor points at, else the person spoken of last."""
    persons: list[int] = []
    sentences = [0, *(found.end() for found in _BOUNDARY.finditer(reading.text))]
    for i, mention in enumerate(reading.mentions):
        if mention.type != "PER":
            continue
        if i not in reading.settled:
            if mention.antecedent is not None and mention.antecedent in reading.settled:
                reading.settle(i, reading.settled[mention.antecedent][0], "pronoun")
            elif persons and reading.is_pronoun(i):
                before = _subject(reading, persons, sentences)
                reading.settle(i, reading.settled[before][0], "pronoun, the person spoken of last")
        if i in reading.settled:
            persons.append(i)


def _subject(reading: Reading, persons: Sequence[int], sentences: Sequence[int]) -> int:
    """The first person of the last sentence that has one, who is its subject more often than not."""
    sentence = sentences[bisect(sentences, reading.mentions[persons[-1]].start) - 1]
    return persons[bisect_left(persons, sentence, key=lambda j: reading.mentions[j].start)]
