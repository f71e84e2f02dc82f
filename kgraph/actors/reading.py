"""An article while its names are read: what is settled, and what one mention tells of another."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from kgraph.actors import offices
from kgraph.actors.book import Book, Keys
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
_SHORTENED = 4  # words of the longest name of a body that is cut short: "Elbit" for "Elbit Systems"


@dataclass
class Reading:
    """An article while it is read: names of the mentions, and the actors settled so far.

    Mentions are named by their place in `mentions`; `seen` and `lands` are how often each actor and each state has been
    met, a state itself or by what belongs to it.
    """

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
    seen: Counter[str] = field(default_factory=Counter)
    lands: Counter[str] = field(default_factory=Counter)
    _longer: dict[tuple[EntityType, Keys, int], list[int]] = field(default_factory=dict)

    def settle(self, i: int, actor: Actor, reason: str) -> None:
        """Say whom a mention means, for the first time or instead of another."""
        if i in self.settled:
            self._count(self.settled[i][0], -1)
        self._count(actor, 1)
        self.settled[i] = actor, reason

    def _count(self, actor: Actor, times: int) -> None:
        self.seen[actor.key] += times
        self.lands[self.book.countries.get(actor.key, "")] += times

    def open(self, *kinds: EntityType) -> Iterator[int]:
        """The mentions not settled yet, of these types or of all."""
        for i, mention in enumerate(self.mentions):
            if i not in self.settled and (not kinds or mention.type in kinds):
                yield i

    def is_pronoun(self, i: int) -> bool:
        """Whether a mention is a word for a person and no name."""
        return self.surfaces[i].lower() in self.book.patterns.pronouns

    def longer(self, i: int) -> list[int]:
        """The mentions, in order, that are longer than this one and hold all its words."""
        kind = self.mentions[i].type
        name = kind, self.words[i], len(self.whole[i])
        if name not in self._longer:
            self._longer[name] = sorted(at for whole in self._holders(*name) for at in self._places[kind, whole])
        return self._longer[name]

    def _holders(self, kind: EntityType, words: Keys, length: int) -> Iterator[Keys]:
        """The names of more than `length` words that hold these, looked for where the rarest of them is."""
        if kind not in ("PER", "ORG", "GRP") or not words:
            return
        own = set(words)
        for whole in min((self._names[kind, word] for word in words), key=len):
            holds = len(whole) > length and own.issubset(whole)
            if holds and (kind == "PER" or (whole[0] == words[0] and len(whole) <= _SHORTENED)):
                yield whole

    @cached_property
    def _places(self) -> Mapping[tuple[EntityType, Keys], list[int]]:
        """Where each name stands."""
        places: dict[tuple[EntityType, Keys], list[int]] = {}
        for i, (mention, whole) in enumerate(zip(self.mentions, self.whole, strict=True)):
            places.setdefault((mention.type, whole), []).append(i)
        return places

    @cached_property
    def _names(self) -> Mapping[tuple[EntityType, str], list[Keys]]:
        """Which names hold a word."""
        names: dict[tuple[EntityType, str], list[Keys]] = {}
        for kind, whole in self._places:
            for word in dict.fromkeys(whole):
                names.setdefault((kind, word), []).append(whole)
        return names


def likeliest(reading: Reading, known: Sequence[Actor]) -> Settled:
    """The one of several whom the article names in full, who is in office, whose state it names; else the first."""
    seen, lands = reading.seen, reading.lands
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


def last_met(places: Sequence[int], i: int) -> int | None:
    """Of places in order: the nearest before a mention, else the first after it."""
    return places[max(0, bisect(places, i) - 1)] if places else None


def fuller(reading: Reading, i: int) -> int | None:
    """The nearest mention before, else after, that is longer and holds all words of this one."""
    return last_met(reading.longer(i), i)
