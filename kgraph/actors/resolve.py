"""Which actor each mention of an article means, and why.

The steps run in the order of `STEPS`; each settles what it can and leaves the rest. What none settles is an actor
of its own, named by its fullest name in the article.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kgraph.actors import bodies, forms, offices
from kgraph.actors.book import Book, Keys
from kgraph.actors.misprints import close
from kgraph.actors.names import keys, normal
from kgraph.records import Actor, EntityType, Language


class Found(Protocol):
    """What an extractor gives for a mention; `DraftMention` is one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> EntityType: ...
    @property
    def antecedent(self) -> int | None: ...


Settled = tuple[Actor, str]


@dataclass
class Reading:
    """An article while it is read: names of the mentions, and the actors settled so far."""

    book: Book
    text: str
    mentions: Sequence[Found]
    surfaces: list[str]
    words: list[Keys]
    whole: list[Keys]  # as `words`, with the styles of persons
    language: Language
    year: int | None
    defined: Mapping[Keys, int] = field(default_factory=dict)
    settled: dict[int, Settled] = field(default_factory=dict)

    def open(self, *kinds: EntityType) -> Iterator[int]:
        """The mentions not settled yet, of these types or of all."""
        for i, mention in enumerate(self.mentions):
            if i not in self.settled and (not kinds or mention.type in kinds):
                yield i

    def is_pronoun(self, i: int) -> bool:
        """Whether a mention is a word for a person and no name."""
        return self.surfaces[i].lower() in self.book.patterns.pronouns

    def seen(self) -> Counter[str]:
        """How often each actor has been met."""
        return Counter(actor.key for actor, _ in self.settled.values())

    def lands(self) -> Counter[str]:
        """How often each state has been met, itself or by what belongs to it."""
        return Counter(self.book.countries.get(actor.key, "") for actor, _ in self.settled.values())


def resolve(
    book: Book, text: str, mentions: Sequence[Found], *, language: Language = "id", date: date | None = None
) -> list[Settled]:
    """An actor and a reason for each mention of one article, in the order of the mentions."""
    surfaces = [forms.bare(book, text[m.start : m.end], m.type) for m in mentions]
    words = [keys(forms.unstyled(book, s) if m.type == "PER" else s) for s, m in zip(surfaces, mentions, strict=True)]
    whole = [keys(surface) for surface in surfaces]
    reading = Reading(book, text, mentions, surfaces, words, whole, language, date.year if date else None)
    reading.defined = dict(_definitions(reading))
    for step in STEPS:
        step(reading)
    return [reading.settled[i] for i in range(len(mentions))]


_BRACKET = re.compile(r"\s{0,2}\(([^()\n]{2,24})\)")


def _definitions(reading: Reading) -> Iterator[tuple[Keys, int]]:
    """Abbreviations that the article itself explains: "Korps Garda Revolusi Islam (IRGC)"."""
    for i, mention in reversed(list(enumerate(reading.mentions))):
        inside = _BRACKET.match(reading.text, mention.end)
        if inside and mention.type not in ("PER", "CTY") and any(c.isupper() for c in inside[1]):
            if not _part_only(reading, i, inside[1]):
                yield keys(inside[1]), i


def _part_only(reading: Reading, i: int, short: str) -> bool:
    """Whether a bracket explains but the end of a name: "Dewan HAM Perserikatan Bangsa-Bangsa (PBB)"."""
    known = {actor.key for actor in reading.book.lookup(short, reading.mentions[i].type)}
    surface = reading.surfaces[i]
    inner = reading.book.find(surface[surface.find(" ") + 1 :]) if " " in surface else []
    return any(actor.key in known for hit in inner for actor in hit.candidates)


def _alias(reading: Reading) -> None:
    """Names that one actor has; a single word of a person waits for the full names of the article."""
    for i in reading.open():
        kind = reading.mentions[i].type
        if (reading.words[i] in reading.defined and kind != "CTY") or (kind == "PER" and len(reading.words[i]) == 1):
            continue
        known = reading.book.lookup(reading.surfaces[i], kind)
        if len(known) == 1:
            reading.settled[i] = known[0], "alias"


def _body(reading: Reading) -> None:
    """Ministries, embassies, armed forces and the like of a state, by their pattern."""
    for i in reading.open("ORG"):
        actor = bodies.body(reading.book, reading.surfaces[i])
        if actor and reading.words[i] not in reading.defined:
            reading.settled[i] = actor, "body of a state"


def _defined(reading: Reading) -> None:
    """An abbreviation is what the article says it is; the book's meaning counts where the spelled name is unknown."""
    for i in reading.open():
        at = reading.defined.get(reading.words[i])
        if at is None or at == i or reading.mentions[at].type != reading.mentions[i].type:
            continue
        known = reading.book.lookup(reading.surfaces[i], reading.mentions[i].type)
        spelled = reading.surfaces[at]
        if at in reading.settled:
            reading.settled[i] = reading.settled[at][0], "abbreviation explained in the article"
        elif known and not forms.initials_fit(spelled, reading.surfaces[i]):
            reading.settled[i] = known[0], "alias"
            reading.settled[at] = known[0], "abbreviation explained in the article"


def _explained(reading: Reading) -> None:
    """An unknown name whose bracket holds a known abbreviation that is no mention of its own."""
    for short, i in reading.defined.items():
        if i not in reading.settled:
            text = " ".join(short).upper()
            known = reading.book.lookup(text, reading.mentions[i].type)
            if known and not forms.initials_fit(reading.surfaces[i], text):
                reading.settled[i] = known[0], "abbreviation explained in the article"


def _shared(reading: Reading) -> None:
    """Names that several actors have, by what else the article names."""
    for i in reading.open():
        mention = reading.mentions[i]
        known = reading.book.lookup(reading.surfaces[i], mention.type)
        if len(known) > 1 and not (mention.type == "PER" and len(reading.words[i]) == 1):
            reading.settled[i] = _likeliest(reading, known)


def _likeliest(reading: Reading, known: Sequence[Actor]) -> Settled:
    """The one actor of several that the article names otherwise, whose state it names, who is in office; else the first."""
    seen, lands = reading.seen(), reading.lands()
    tests: tuple[tuple[str, Callable[[Actor], int]], ...] = (
        ("alias, named in full in the article", lambda actor: seen[actor.key]),
        ("alias, in office at the date", lambda actor: offices.in_office(reading.book, actor.key, reading.year)),
        ("alias, its country is named in the article", lambda actor: lands[reading.book.countries.get(actor.key, "-")]),
    )
    for reason, test in tests:
        points = [test(actor) for actor in known]
        if points.count(max(points)) == 1:
            return known[points.index(max(points))], reason
    return known[0], "alias, the likeliest"


_WORD_BEFORE = re.compile(r"(\w+)\s+$")


def _styled(reading: Reading) -> None:
    """A single name after a style that makes it one person's: "Raja Salman", "Pope Leo"."""
    for i in reading.open("PER"):
        start = reading.mentions[i].start
        before = _WORD_BEFORE.search(reading.text, max(0, start - 16), start)
        if before and before[1].lower() in reading.book.patterns.styles:
            known = reading.book.lookup(f"{before[1]} {reading.surfaces[i]}", "PER")
            if len(known) == 1:
                reading.settled[i] = known[0], "alias with its title"


def _famous(reading: Reading) -> None:
    """A single name that the book gives to a person outright: "Trump", "Prabowo"."""
    for i in reading.open("PER"):
        known = reading.book.outright(reading.surfaces[i])
        if known:
            reading.settled[i] = _likeliest(reading, known) if len(known) > 1 else (known[0], "alias")


def _shorter(reading: Reading) -> None:
    """A surname or short name, to the fuller name in the same article; one that stands alone, to the book."""
    for i in list(reading.open()):
        fuller = _fuller(reading, i)
        if fuller is not None and fuller in reading.settled:
            reading.settled[i] = reading.settled[fuller][0], "short for a name in the article"
        elif fuller is None and (known := reading.book.lookup(reading.surfaces[i], reading.mentions[i].type)):
            reading.settled[i] = _likeliest(reading, known) if len(known) > 1 else (known[0], "alias")


def _fuller(reading: Reading, i: int) -> int | None:
    """The nearest mention before, else after, that is longer and holds all words of this one."""
    own, kind, length = set(reading.words[i]), reading.mentions[i].type, len(reading.whole[i])
    if kind not in ("PER", "ORG", "GRP") or not own:
        return None
    others = []
    for j, mention in enumerate(reading.mentions):
        words = reading.whole[j]
        holds = mention.type == kind and len(words) > length and own.issubset(words)
        if holds and (kind == "PER" or (words[0] == reading.words[i][0] and len(words) <= _SHORTENED)):
            others.append(j)
    return min(others, key=lambda j: (j > i, abs(j - i)), default=None)


_SHORTENED = 4  # words of the longest name of a body that is cut short: "Elbit" for "Elbit Systems"


def _known_longer(reading: Reading) -> None:
    """A person's name with a word more than the book has ("Donald J Trump"), or a place with "kota" before it."""
    for i in reading.open("PER", "LOC", "ORG", "GRP", "WPN", "EVT", "DOC"):
        if reading.words[i] in reading.defined:
            continue
        for name in forms.simpler(reading.book, reading.surfaces[i], reading.mentions[i].type):
            known = reading.book.lookup(name, reading.mentions[i].type)
            if known:
                actor = known[0] if len(known) == 1 else _likeliest(reading, known)[0]
                reading.settled[i] = actor, "alias with other words around"
                break


def _event(reading: Reading) -> None:
    """Wars and conflicts by the states that fight them, borders by the states they part."""
    for i in reading.open("EVT", "LOC"):
        actor = bodies.between(reading.book, reading.surfaces[i], reading.mentions[i].type, reading.lands())
        if actor:
            reading.settled[i] = actor, "states named in it"


def _own_body(reading: Reading) -> None:
    """"The foreign ministry" with no state in it: as before in the article, else of the state named last."""
    for i in reading.open("ORG"):
        before = sorted((j for j in reading.settled if j < i), reverse=True)
        met = [reading.settled[j][0] for j in before]
        states = [actor.key for actor in met if actor.type == "CTY"]
        actor = bodies.own_body(reading.book, reading.surfaces[i], met, states, reading.language)
        if actor:
            reading.settled[i] = actor, "body of the state named in the article"


def _office(reading: Reading) -> None:
    """"Presiden AS" as a person: who held the office when the article appeared."""
    for i in reading.open("PER"):
        actor = offices.holder(reading.book, reading.surfaces[i], reading.year)
        if actor:
            reading.settled[i] = actor, "holder of the office at the date"


def _surname(reading: Reading) -> None:
    """A surname that the article never expands: the one office-holder of the book with it whose state the article names."""
    lands = reading.lands()
    for i in reading.open("PER"):
        if len(reading.words[i]) != 1 or reading.is_pronoun(i) or _fuller(reading, i) is not None:
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


def _misprint(reading: Reading) -> None:
    """A name one or two letters off one of the same type in the article; for states, off any state's."""
    for i in list(reading.open()):
        kind, name = reading.mentions[i].type, normal(reading.surfaces[i])
        others = [j for j in reading.settled if reading.mentions[j].type == kind and close(name, normal(reading.surfaces[j]))]
        if others and not reading.is_pronoun(i):
            reading.settled[i] = reading.settled[min(others, key=lambda j: abs(j - i))][0], "misprint of a name in the article"
        elif kind == "CTY" and (state := reading.book.near_state(name)):
            reading.settled[i] = state, "misprint of a state's name"
        elif kind == "PER" and len(reading.words[i]) > 1 and (person := _near_person(reading, i)):
            reading.settled[i] = person, "misprint of a person's name, whose state is named in the article"


def _near_person(reading: Reading, i: int) -> Actor | None:
    lands = reading.lands()
    near = [p for p in reading.book.near_persons(" ".join(reading.words[i])) if lands[reading.book.countries[p.key]]]
    return near[0] if len(near) == 1 else None


def _pronoun(reading: Reading) -> None:
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


def _unknown(reading: Reading) -> None:
    """What the book does not know is an actor of its own, by its fullest name in the article."""
    for i in list(reading.open()):
        if not reading.is_pronoun(i) and reading.mentions[i].antecedent is None:
            reading.settled[i] = _stranger_at(reading, i)


def _stranger_at(reading: Reading, i: int) -> Settled:
    best, kind = i, reading.mentions[i].type
    while (fuller := _fuller(reading, best)) is not None:
        best = fuller
    at = reading.defined.get(reading.words[best])
    if at is not None and reading.mentions[at].type == kind:
        best = at
    if best in reading.settled:
        return reading.settled[best][0], "short for a name in the article"
    return stranger(kind, forms.english(reading.book, reading.surfaces[best], kind)), "not in the book"


def stranger(kind: EntityType, name: str) -> Actor:
    """An actor that the book does not know; the same type and normalised name is the same actor in every article."""
    digest = hashlib.sha256(normal(name).encode()).hexdigest()[:10]
    return Actor(f"{kind}-{digest}", kind, " ".join(name.split()))


def _rest(reading: Reading) -> None:
    """Pronouns with no person before them stay what they are written as."""
    for i in list(reading.open()):
        reading.settled[i] = stranger(reading.mentions[i].type, reading.surfaces[i]), "not in the book"


STEPS: tuple[Callable[[Reading], None], ...] = (
    _alias,
    _body,
    _defined,
    _explained,
    _shared,
    _known_longer,
    _styled,
    _famous,
    _shorter,
    _event,
    _own_body,
    _office,
    _surname,
    _misprint,
    _unknown,
    _pronoun,
    _rest,
)
