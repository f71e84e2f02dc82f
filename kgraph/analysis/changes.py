"""What is new, gone, changed or newly contested from one graph to the next, as facts and as an RDF patch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import networkx

from kgraph.analysis.facts import KINDS, Claim, Kind, claims, fact, name
from kgraph.ontology import Relation

if TYPE_CHECKING:
    from rdflib import Graph

What = Literal["new", "gone", "changed", "contested"]
WHATS: tuple[What, ...] = ("new", "gone", "changed", "contested")

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that differs. `before` and `after` are its firmest status there; the sentences are those that say so."""

    what: What
    subject: str
    relation: str
    object: str
    before: Kind | None
    after: Kind | None
    sentences: tuple[str, ...]


def compare(
    old: networkx.MultiDiGraph,
    new: networkx.MultiDiGraph,
    relations: Mapping[str, Relation],
    *,
    language: str = "en",
) -> list[Change]:
    """The changes, those of a kind together. A fact that changes and is newly contested is told under both."""
    was, now = _facts(old, relations), _facts(new, relations)
    found = []
    for key in sorted({*was, *now}):
        before, after = was.get(key, []), now.get(key, [])
        here = new if after else old
        names = name(here, key[0], language), _label(relations, key[1], language), name(here, key[2], language)
        found += [
            Change(what, *names, _firmest(before), _firmest(after), sentences)
            for what, sentences in _what(before, after)
        ]
    return sorted(found, key=lambda change: (WHATS.index(change.what), change.subject, change.relation, change.object))


def patch(old: Graph, new: Graph) -> Iterator[str]:
    """The lines of an RDF Patch that makes the old graph the new one."""
    was, now = (set(graph.serialize(format="nt").split("\n")) - {""} for graph in (old, new))
    yield "TX ."
    yield from (f"D {line}" for line in sorted(was - now))
    yield from (f"A {line}" for line in sorted(now - was))
    yield "TC ."


def _facts(network: networkx.MultiDiGraph, relations: Mapping[str, Relation]) -> dict[Fact, list[Claim]]:
    found: dict[Fact, list[Claim]] = defaultdict(list)
    for claim in claims(network):
        found[fact(claim, relations)].append(claim)
    return dict(found)


def _what(before: list[Claim], after: list[Claim]) -> Iterator[tuple[What, tuple[str, ...]]]:
    if not before:
        yield "new", _sentences(after)
    elif not after:
        yield "gone", _sentences(before)
    elif _firmest(before) != _firmest(after):
        yield "changed", _sentences([claim for claim in after if claim.kind == _firmest(after)])
    if any(claim.contested for claim in after) and not any(claim.contested for claim in before):
        yield "contested", _sentences(after)


def _firmest(found: list[Claim]) -> Kind | None:
    return min((claim.kind for claim in found), key=KINDS.index, default=None)


def _sentences(found: list[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.sentence for claim in found}))


def _label(relations: Mapping[str, Relation], relation: str, language: str) -> str:
    return relations[relation].labels.get(language, relation) if relation in relations else relation
