"""An article while its names are read: what is settled, and what one mention tells of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


def likeliest(reading: Reading, known: Sequence[Actor]) -> Settled:
    """The one of several whom the article names in full, who is in office, whose state it names; else the first."""
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


def fuller(reading: Reading, i: int, *, prefer: Sequence[Actor] = ()) -> int | None:
    """The nearest mention before, else after, that is longer and holds all words of this one; of `prefer` if any is."""
    own, kind, length = set(reading.words[i]), reading.mentions[i].type, len(reading.whole[i])
    if kind not in ("PER", "ORG", "GRP") or not own:
        return None
    others = []
    for j, mention in enumerate(reading.mentions):
        words = reading.whole[j]
        holds = mention.type == kind and len(words) > length and own.issubset(words)
        if holds and (kind == "PER" or (words[0] == reading.words[i][0] and len(words) <= _SHORTENED)):
            others.append(j)
    preferred = [j for j in others if j in reading.settled and reading.settled[j][0] in prefer]
    return min(preferred or others, key=lambda j: (j > i, abs(j - i)), default=None)


_SHORTENED = 4  # words of the longest name of a body that is cut short: "Elbit" for "Elbit Systems"
