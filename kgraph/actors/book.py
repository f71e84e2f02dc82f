"""The book of actors: every name it knows, found in running text or looked up one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kgraph.actors import tables
from kgraph.actors.misprints import close, cut_off
from kgraph.actors.names import Case, Token, case_fits, case_rule, joined, keys, shouted, tokens
from kgraph.actors.patterns import Patterns
from kgraph.errors import OntologyError
from kgraph.records import Actor, EntityType

Keys = tuple[str, ...]

_LONG_NAME = 9  # letters of a person's name that may be a misprint; "Hong Wei" and "Hong Lei" are two


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters `start` to `end` are a name of each of these actors, the likeliest first."""

    start: int
    end: int
    candidates: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling: of whom, under which type, in which case; a `shy` one is not looked for in running text."""

    key: str
    type: EntityType
    case: Case
    shy: bool = False


@dataclass(frozen=True)
class Book:
    """Actors by key and by name. Made by `Book.load`."""

    actors: Mapping[str, Actor]
    countries: Mapping[str, str]  # actor's key -> code of the state to which it belongs
    adjectives: Mapping[str, str]  # code -> "Russian"
    names: Mapping[Keys, tuple[Name, ...]]
    offices: tuple[tables.Office, ...]
    wars: tuple[tuple[str, tuple[frozenset[str], ...]], ...]  # key -> the sets of sides that tell it
    patterns: Patterns
    foreign: frozenset[Keys]  # longer names that hold an alias and are none of ours: "AS Roma"

    @classmethod
    def load(cls, extra: Path | None = None) -> Book:
        """The book of the package, with the names of a user's CSV file (alias, type, key, label) on top."""
        actors: dict[str, Actor] = {}
        countries: dict[str, str] = {}
        adjectives: dict[str, str] = {}
        names: dict[Keys, dict[tuple[str, EntityType], Name]] = {}
        for entry in tables.entries():
            if entry.actor.key in actors:
                what = f"key {entry.actor.key} twice"
                raise OntologyError(what, place=entry.row.place, cure="give each actor its own key")
            actors[entry.actor.key] = entry.actor
            countries[entry.actor.key] = entry.country
            if people := entry.row.cells.get("people"):
                adjectives[entry.actor.key] = people.partition(";")[0]
            for spelling, kind in entry.names:
                _add(names, spelling, entry.actor.key, kind)
        if extra:
            _add_extra(extra, actors, names)
        ordered = _ordered(names)
        foreign = frozenset(keys(row["name"]) for row in tables.rows(tables.TABLES / "elsewhere.csv", ("name", "what")))
        offices, wars = tuple(tables.offices()), tuple(tables.wars())
        return cls(actors, countries, adjectives, ordered, offices, wars, Patterns.load(), foreign)

    def find(self, text: str) -> list[Hit]:
        """The longest names in a text, from left to right, never overlapping and never part of a word."""
        words, hits, at = tokens(text), [], 0
        while at < len(words):
            length, found = self._longest_at(text, words, at)
            if found:
                hits.append(Hit(words[at].start, words[at + length - 1].end, found))
            at += length
        return hits

    def lookup(self, name: str, kind: EntityType) -> tuple[Actor, ...]:
        """The actors of one type that a recognised name may mean, the likeliest first; only "AS" needs its case."""
        words = tokens(name)
        if not words:
            return ()
        return tuple(
            self.actors[entry.key]
            for entry in self.names.get(tuple(word.key for word in words), ())
            if entry.type == kind and (entry.case != "exact" or case_fits("exact", words))
        )

    def outright(self, name: str) -> tuple[Actor, ...]:
        """The persons whom the book gives a name of one word without reserve."""
        entries = self.names.get(keys(name), ())
        return tuple(self.actors[entry.key] for entry in entries if entry.type == "PER" and not entry.shy)

    def offices_of(self, person: str) -> tuple[tables.Office, ...]:
        """The offices of one person, in the order of the table."""
        return self._offices_by_person.get(person, ())

    def by_surname(self, word: str) -> tuple[Actor, ...]:
        """Persons of the book whose label starts or ends with a word, already in its form for comparison."""
        return self._surnames.get(word, ())

    def near_state(self, name: str) -> Actor | None:
        """The one state with a name that `name` is a misprint of."""
        near = {actor for spelling, actor in self._state_names if close(name, spelling) or cut_off(name, spelling)}
        return near.pop() if len(near) == 1 else None

    def near_persons(self, name: str) -> tuple[Actor, ...]:
        """The persons with a name of two words or more that `name` is a misprint of."""
        squeezed = name.replace(" ", "")
        if len(squeezed) < _LONG_NAME:
            return ()
        alike = (self._person_names.get((squeezed[:1], len(squeezed) + more), ()) for more in (-1, 0, 1))
        named = [each for group in alike for each in group]
        return tuple(dict.fromkeys(who for spelling, who in named if close(squeezed, spelling) or squeezed == spelling))

    @cached_property
    def _person_names(self) -> Mapping[tuple[str, int], list[tuple[str, Actor]]]:
        """By first letter and length, in which a misprint differs little."""
        named: dict[tuple[str, int], list[tuple[str, Actor]]] = {}
        for spelling, held in self.names.items():
            squeezed = "".join(spelling)
            for name in held if len(spelling) > 1 else ():
                if name.type == "PER":
                    named.setdefault((squeezed[0], len(squeezed)), []).append((squeezed, self.actors[name.key]))
        return named

    @cached_property
    def _offices_by_person(self) -> Mapping[str, tuple[tables.Office, ...]]:
        held: dict[str, tuple[tables.Office, ...]] = {}
        for office in self.offices:
            held[office.person] = (*held.get(office.person, ()), office)
        return held

    @cached_property
    def _surnames(self) -> Mapping[str, tuple[Actor, ...]]:
        named: dict[str, tuple[Actor, ...]] = {}
        for actor in self.actors.values():
            words = keys(actor.label) if actor.type == "PER" else ()
            for word in dict.fromkeys([words[0], words[-1]] if len(words) > 1 else words):
                named[word] = (*named.get(word, ()), actor)
        return named

    @cached_property
    def _state_names(self) -> tuple[tuple[str, Actor], ...]:
        return tuple(
            (" ".join(spelling), self.actors[name.key])
            for spelling, held in self.names.items()
            for name in held
            if name.type == "CTY"
        )

    @cached_property
    def _reach(self) -> Mapping[str, int]:
        """First word -> the number of words of the longest name that starts with it."""
        reach: dict[str, int] = {}
        for name in [*self.names, *self.foreign]:
            reach[name[0]] = max(len(name), reach.get(name[0], 0))
        return reach

    def _longest_at(self, text: str, words: list[Token], at: int) -> tuple[int, tuple[Actor, ...]]:
        longest = min(self._reach.get(words[at].key, 0), len(words) - at)
        run = 1
        while run < longest and joined(text, words[at + run - 1], words[at + run]):
            run += 1
        for length in range(min(run, longest), 0, -1):
            span = words[at : at + length]
            name = tuple(word.key for word in span)
            if name in self.foreign and case_fits("capital", span):
                return length, ()
            found = self._meant(text, span, self.names.get(name, ()))
            if found:
                return length, found
        return 1, ()

    def _meant(self, text: str, span: list[Token], entries: Iterable[Name]) -> tuple[Actor, ...]:
        fitting = [name for name in entries if not name.shy and case_fits(name.case, span)]
        if any(name.case == "exact" for name in fitting) and shouted(text, span[0].start, span[-1].end):
            fitting = [name for name in fitting if name.case != "exact"]
        return tuple(dict.fromkeys(self.actors[name.key] for name in fitting))


def _add(names: dict[Keys, dict[tuple[str, EntityType], Name]], spelling: str, key: str, kind: EntityType) -> None:
    shy, spelling = spelling.startswith("~"), spelling.lstrip("~ ")
    held = names.setdefault(keys(spelling), {})
    held.setdefault((key, kind), Name(key, kind, case_rule(spelling), shy))


def _add_extra(path: Path, actors: dict[str, Actor], names: dict[Keys, dict[tuple[str, EntityType], Name]]) -> None:
    """A user's alias goes before those of the book; a new key needs a label, or takes the alias as such."""
    for alias, kind, key, label, place in tables.extra(path):
        known = actors.get(key)
        if known and known.type != kind:
            what = f"{key} is {known.type}, not {kind}"
            raise OntologyError(what, place=place, cure="give the new actor its own key")
        if not known:
            actors[key] = Actor(key, kind, label or alias, (("en", label or alias),), known=True)
        elif label:
            actors[key] = replace(known, label=label, labels=(("en", label), *known.labels[1:]))
        own = Name(key, kind, case_rule(alias))
        held = names.get(keys(alias), {})
        names[keys(alias)] = {(key, kind): own} | {mark: name for mark, name in held.items() if name.type != kind}


def _ordered(names: Mapping[Keys, Mapping[tuple[str, EntityType], Name]]) -> dict[Keys, tuple[Name, ...]]:
    """Names with the order of likelihood of shared.csv, and else that of the tables."""
    ordered = {spelling: tuple(held.values()) for spelling, held in names.items()}
    for row in tables.rows(tables.TABLES / "shared.csv", ("alias", "type", "keys")):
        spelling, rank = keys(row["alias"]), {key: at for at, key in enumerate(row.list("keys"))}
        places = [rank.get(name.key, len(rank)) for name in ordered[spelling]]
        by_place = sorted(zip(places, range(len(places)), ordered[spelling], strict=True))
        ordered[spelling] = tuple(name for _, _, name in by_place)
    return ordered
