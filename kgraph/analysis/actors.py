"""Who is in a network: each actor with the names it goes by, why they were read as it, and pairs that may be one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx

from kgraph.actors.forms import initials_fit
from kgraph.actors.misprints import close
from kgraph.actors.names import keys
from kgraph.analysis.facts import key_of, name

STRANGER = re.compile("[A-Z]{3}-[0-9a-f]{10}")  # keys of actors that the book does not know
COMMON = 100  # actors that share a word; more of them and the word says nothing
ROLES = ("subject", "object", "source")

Office = tuple[str, str]  # the words, and of whom


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor, the claims about it, those it makes or denies, and its other names in the articles."""

    key: str
    actor: str
    type: str
    claims: int
    says: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that may be one, and what speaks for it."""

    first: str
    second: str
    type: str
    evidence: tuple[str, ...]
    first_key: str
    second_key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that was read as an actor, for one reason: in how many claims, and the first sentence of them."""

    name: str
    reason: str
    claims: int
    sentence: str


def listed(network: networkx.MultiDiGraph, *, language: str = "en") -> list[Listed]:
    """All actors, the most told of first."""
    claims: Counter[str] = Counter()
    says: Counter[str] = Counter()
    for subject, obj, data in network.edges(data=True):
        claims.update({subject, obj})
        says.update([data["source"]] if data["source"] else [])
    rows = [
        Listed(key, name(network, key, language), node["type"], claims[key], says[key], tuple(node["aliases"]))
        for key, node in network.nodes(data=True)
        if "type" in node
    ]
    return sorted(rows, key=lambda row: (-row.claims, -row.says, row.actor, row.key))


def explain(network: networkx.MultiDiGraph, actor: str) -> list[Reading]:
    """The names that were read as the actor that `actor` names, and why. An unknown name raises QueryError."""
    key = key_of(network, actor)
    usual = "not in the book: an actor of its own" if STRANGER.fullmatch(key) else "alias"
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for subject, obj, data in network.edges(data=True):
        ends = dict(zip(ROLES, (subject, obj, data["source"]), strict=True))
        for role in ROLES:
            if ends[role] == key:
                sentence = network.graph["sentences"].get(data["sentence"], {"start": 0, "text": ""})
                where = sentence["start"], sentence["text"]
                found[data[f"{role}_text"], data[f"{role}_reason"] or usual].append(where)
    rows = [Reading(text, why, len(where), min(where)[1]) for (text, why), where in found.items()]
    return sorted(rows, key=lambda row: (-row.claims, row.name, row.reason))


def look_alikes(network: networkx.MultiDiGraph, *, language: str = "en") -> list[Pair]:
    """Pairs of actors of one type that may be one, the best supported first; one of them is not in the book."""
    names = {key: _names(node) for key, node in network.nodes(data=True) if "type" in node}
    offices = _offices(network)
    pairs = []
    for one, other in sorted(_candidates(names, offices)):
        kind = network.nodes[one]["type"]
        if kind != network.nodes[other]["type"] or not (STRANGER.fullmatch(one) or STRANGER.fullmatch(other)):
            continue
        shared = offices.get(one, set()) & offices.get(other, set())
        found = _by_name(network, names, one, other) + _by_office(shared, network, language)
        if found:
            found += _by_partners(network, one, other, {of for _, of in shared}, language)
            labels = [name(network, key, language) for key in (one, other)]
            pairs.append(Pair(labels[0], labels[1], kind, tuple(found), one, other))
    return sorted(pairs, key=lambda pair: (-len(pair.evidence), pair.first, pair.second))


def _names(node: Mapping[str, Any]) -> tuple[str, ...]:
    spellings = {node["label"], *node["labels"].values(), *node["aliases"]}
    return tuple(sorted(spelling for spelling in spellings if keys(spelling)))


def _offices(network: networkx.MultiDiGraph) -> dict[str, set[Office]]:
    held: dict[str, set[Office]] = defaultdict(set)
    for subject, obj, data in network.edges(data=True):
        if data["relation"] == "holdsPositionIn" and data["office"]:
            held[subject].add((" ".join(keys(data["office"])), obj))
    return held


def _candidates(names: Mapping[str, tuple[str, ...]], offices: Mapping[str, set[Office]]) -> set[tuple[str, str]]:
    """Pairs that share a trait: found through the trait, since all pairs of a large graph are too many."""
    bearers: dict[object, set[str]] = defaultdict(set)
    for key, spellings in names.items():
        for trait in {trait for spelling in spellings for trait in _traits(spelling)} | offices.get(key, set()):
            bearers[trait].add(key)
    groups = (sorted(group) for group in bearers.values() if 1 < len(group) <= COMMON)
    return {pair for group in groups for pair in combinations(group, 2)}


def _traits(spelling: str) -> Iterator[object]:
    """What two spellings of one name have in common: a word, the initials, the letters but one."""
    words = keys(spelling)
    yield from words
    yield "".join(word[0] for word in words)
    letters = "".join(words)
    yield letters
    yield from (letters[:at] + letters[at + 1 :] for at in range(len(letters)))


def _by_name(network: networkx.MultiDiGraph, names: Mapping[str, tuple[str, ...]], one: str, other: str) -> list[str]:
    kind = network.nodes[one]["type"]
    found = [
        why
        for key, against in ((one, other), (other, one))
        for spelling in names[against]
        if (why := _alike(network.nodes[key]["label"], spelling, kind))
    ]
    return sorted(found)[:1]


def _alike(label: str, spelling: str, kind: str) -> str | None:
    words, others = keys(label), keys(spelling)
    letters, more = "".join(words), "".join(others)
    shown = f"{label!r} and {spelling!r}"
    if sorted(words) == sorted(others):
        return f"the same words: {shown}"
    if close(letters, more):
        return f"a letter apart: {shown}"
    if letters.startswith(more) and len(others) > 1 and len(words) == len(others):
        return f"a word that runs on: {shown}"
    if kind == "PER" and set(words) < set(others):
        return f"a shorter form: {shown}"
    if kind != "PER" and (initials_fit(label, spelling) or initials_fit(spelling, label)):
        return f"the initials: {shown}"
    return None


def _by_office(shared: set[Office], network: networkx.MultiDiGraph, language: str) -> list[str]:
    return [f"both {office} of {name(network, of, language)}" for office, of in sorted(shared)[:1]]


def _by_partners(network: networkx.MultiDiGraph, one: str, other: str, but: set[str], language: str) -> list[str]:
    partners = [set(network.predecessors(key)) | set(network.successors(key)) for key in (one, other)]
    labels = sorted(name(network, key, language) for key in (partners[0] & partners[1]) - but)
    return [f"both deal with {', '.join(labels[:3])}" + (" and others" if len(labels) > 3 else "")] if labels else []
