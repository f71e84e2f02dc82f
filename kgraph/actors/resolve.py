"""Which actor each mention of an article means, and why.

The steps run in the order of `STEPS`; each settles what it can and leaves the rest. What none settles is an actor
of its own, named by its fullest name in the article.
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from string import capwords

from kgraph.actors import abbreviations, bodies, forms, persons
from kgraph.actors.book import Book
from kgraph.actors.misprints import Misprints
from kgraph.actors.names import keys, normal
from kgraph.actors.reading import Found, Reading, Settled, fuller, last_met, likeliest
from kgraph.records import Actor, EntityType, Language


def resolve(
    book: Book, text: str, mentions: Sequence[Found], *, language: Language = "id", date: date | None = None
) -> list[Settled]:
    """An actor and a reason for each mention of one article, in the order of the mentions."""
    surfaces = [forms.bare(book, text[m.start : m.end], m.type) for m in mentions]
    words = [keys(forms.unstyled(book, s) if m.type == "PER" else s) for s, m in zip(surfaces, mentions, strict=True)]
    whole = [keys(surface) for surface in surfaces]
    reading = Reading(book, text, mentions, surfaces, words, whole, language, date.year if date else None)
    reading.defined = dict(abbreviations.definitions(reading))
    for step in STEPS:
        step(reading)
    return [reading.settled[i] for i in range(len(mentions))]


def _alias(reading: Reading) -> None:
    """Names that one actor has; a single word of a person waits for the full names of the article."""
    for i in reading.open():
        kind = reading.mentions[i].type
        if (reading.words[i] in reading.defined and kind != "CTY") or (kind == "PER" and len(reading.words[i]) == 1):
            continue
        known = reading.book.lookup(reading.surfaces[i], kind)
        if len(known) == 1:
            reading.settle(i, known[0], "alias")


def _body(reading: Reading) -> None:
    """Ministries, embassies, armed forces and the like of a state, by their pattern."""
    for i in reading.open("ORG"):
        actor = bodies.body(reading.book, reading.surfaces[i])
        if actor and reading.words[i] not in reading.defined:
            reading.settle(i, actor, "body of a state")


def _shared(reading: Reading) -> None:
    """Names that several actors have, by what else the article names."""
    for i in reading.open():
        mention = reading.mentions[i]
        known = reading.book.lookup(reading.surfaces[i], mention.type)
        if len(known) > 1 and not (mention.type == "PER" and len(reading.words[i]) == 1):
            reading.settle(i, *likeliest(reading, known))


def _shorter(reading: Reading) -> None:
    """A surname or short name, to the fuller name in the same article; one that stands alone, to the book."""
    preferred: dict[tuple[EntityType, str], list[int]] = {}
    for i in sorted(reading.open(), key=lambda i: -len(reading.whole[i])):  # so that all longer ones are done
        name = reading.mentions[i].type, reading.surfaces[i]
        known = reading.book.lookup(name[1], name[0])
        if name not in preferred:
            preferred[name] = [j for j in reading.longer(i) if j in reading.settled and reading.settled[j][0] in known]
        longer = last_met(preferred[name] or reading.longer(i), i)
        if longer is not None and longer in reading.settled:
            reading.settle(i, reading.settled[longer][0], "short for a name in the article")
        elif longer is None and known:
            reading.settle(i, *(likeliest(reading, known) if len(known) > 1 else (known[0], "alias")))


def _known_longer(reading: Reading) -> None:
    """A person's name with a word more than the book has ("Donald J Trump"), or a place with "kota" before it."""
    for i in reading.open():
        if reading.words[i] in reading.defined:
            continue
        for name in forms.simpler(reading.book, reading.surfaces[i], reading.mentions[i].type):
            known = reading.book.lookup(name, reading.mentions[i].type)
            if known:
                actor = known[0] if len(known) == 1 else likeliest(reading, known)[0]
                reading.settle(i, actor, "alias with other words around")
                break


def _event(reading: Reading) -> None:
    """Wars and conflicts by the states that fight them, borders by the states they part."""
    for i in reading.open("EVT", "LOC"):
        actor = bodies.between(reading.book, reading.surfaces[i], reading.mentions[i].type, +reading.lands)
        if actor:
            reading.settle(i, actor, "states named in it")


def _own_body(reading: Reading) -> None:
    """ "The foreign ministry" with no state in it: as before in the article, else of the state named last."""
    book, alike = reading.book, dict[str, list[int]]()
    states = [j for j in sorted(reading.settled) if reading.settled[j][0].type == "CTY"]
    for i in reading.open("ORG"):
        kind = bodies.kind_named(book, reading.surfaces[i])
        if kind is None:
            continue
        if kind not in alike:
            alike[kind] = [j for j in sorted(reading.settled) if bodies.is_kind(book, reading.settled[j][0], kind)]
        state = _met(reading, states, i)
        actor = _met(reading, alike[kind], i) or bodies.own_body(book, kind, state, reading.language)
        if actor:
            reading.settle(i, actor, "body of the state named in the article")
            for other, places in alike.items():
                if bodies.is_kind(book, actor, other):
                    insort(places, i)


def _met(reading: Reading, places: Sequence[int], i: int) -> Actor | None:
    at = last_met(places, i)
    return None if at is None else reading.settled[at][0]


def _embassy(reading: Reading) -> None:
    """An embassy without its place, where the article places just one of the same state."""
    met = {actor.key: actor for actor, _ in reading.settled.values() if actor.type == "ORG"}
    placed = bodies.placed(met.values())
    for i, (actor, _) in reading.settled.items():
        if actor.type == "ORG" and actor.label in placed:
            reading.settle(i, placed[actor.label], "embassy placed in the article")


def _misprint(reading: Reading) -> None:
    """A name a letter off one of the same type in the article, any state's, or a person's whose state is named."""
    names = defaultdict[EntityType, Misprints](Misprints)
    for i in reading.settled:
        names[reading.mentions[i].type].add(normal(reading.surfaces[i]), i)
    for i in reading.open():
        kind, name = reading.mentions[i].type, normal(reading.surfaces[i])
        if reading.is_pronoun(i):
            continue
        near = names[kind].nearest(name, i)
        if near is not None:
            reading.settle(i, reading.settled[near][0], "misprint of a name in the article")
        elif kind == "CTY" and (state := reading.book.near_state(name)):
            reading.settle(i, state, "misprint of a state's name")
        elif kind == "PER" and len(reading.words[i]) > 1 and (person := persons.near_person(reading, i)):
            reading.settle(i, person, "misprint of a person's name, whose state is named in the article")
        if i in reading.settled:
            names[kind].add(name, i)


def _misspelt(reading: Reading) -> None:
    """A surname a letter off one in a longer name of the article: "Russell" for "John Russel"."""
    names = Misprints()
    for i, words in enumerate(reading.words):
        for word in dict.fromkeys(words if reading.mentions[i].type == "PER" and len(words) > 1 else ()):
            names.add(word, i)
    for i in reading.open("PER"):
        if len(reading.words[i]) != 1 or reading.is_pronoun(i) or fuller(reading, i) is not None:
            continue
        near = names.nearest(reading.words[i][0], i)
        if near is not None:
            reading.settle(i, _stranger_at(reading, near)[0], "misprint of a name in the article")


def _unknown(reading: Reading) -> None:
    """What the book does not know is an actor of its own, by its fullest name in the article."""
    for i in list(reading.open()):
        if not reading.is_pronoun(i) and reading.mentions[i].antecedent is None:
            reading.settle(i, *_stranger_at(reading, i))


def _stranger_at(reading: Reading, i: int) -> Settled:
    best, kind = i, reading.mentions[i].type
    while (longer := fuller(reading, best)) is not None:
        best = longer
    at = reading.defined.get(reading.words[best])
    if at is not None and reading.mentions[at].type == kind:
        best = at
    if best in reading.settled:
        return reading.settled[best][0], "short for a name in the article"
    return stranger(kind, forms.english(reading.book, _calm(reading.surfaces[best], kind), kind)), "not in the book"


def _calm(name: str, kind: EntityType) -> str:
    """A person's name that a headline shouts, as it is usually written; apostrophes straight."""
    shouted = kind == "PER" and name.isupper() and " " in name
    return (capwords(name) if shouted else name).replace("\u2019", "'")


def stranger(kind: EntityType, name: str) -> Actor:
    """An actor that the book does not know; the same type and normalised name is the same actor in every article."""
    digest = hashlib.sha256(normal(name).encode()).hexdigest()[:10]
    return Actor(f"{kind}-{digest}", kind, " ".join(name.split()))


def _rest(reading: Reading) -> None:
    """Pronouns with no person before them stay what they are written as."""
    for i in list(reading.open()):
        reading.settle(i, stranger(reading.mentions[i].type, reading.surfaces[i]), "not in the book")


STEPS: tuple[Callable[[Reading], None], ...] = (
    persons.office,
    _alias,
    _body,
    abbreviations.defined,
    abbreviations.explained,
    _shared,
    _known_longer,
    persons.styled,
    persons.famous,
    _shorter,
    _event,
    _own_body,
    _embassy,
    _misspelt,
    persons.surname,
    persons.family,
    _misprint,
    _unknown,
    persons.pronoun,
    _rest,
)
