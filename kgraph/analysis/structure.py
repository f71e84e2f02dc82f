"""The shape of a network: who stands at its centre, who holds its parts together, and which blocs cooperate.

Only what happened counts. Actors are numbered before networkx sees them, since it goes through sets, whose order for
names differs from run to run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from statistics import fmean

import networkx

from kgraph.analysis.facts import Claim, claims, name
from kgraph.ontology import Relation

SEED = 1
SAMPLED = 1000  # actors from which paths are counted, where there are more; exact below


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's place. `centrality` is the share of the other actors it deals with; `broker` the share of shortest
    paths between others that lead through it; `blocs` the number of blocs, besides its own, it deals with."""

    actor: str
    type: str
    claims: int
    partners: int
    centrality: float
    broker: float
    bloc: int
    blocs: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What happened between two blocs, or within one: how many claims, and the mean of their PLOVER weights."""

    first: int
    second: int
    claims: int
    score: float


@dataclass(frozen=True, slots=True)
class Structure:
    """Actors, the most central first; blocs as names, the largest first; ties of blocs that deal with each other."""

    standings: tuple[Standing, ...]
    blocs: tuple[tuple[str, ...], ...]
    ties: tuple[Tie, ...]


def structure(network: networkx.MultiDiGraph, relations: Mapping[str, Relation], *, language: str = "en") -> Structure:
    """The structure of what happened between the actors of a network."""
    done = [claim for claim in claims(network) if claim.kind == "done" and claim.subject != claim.object]
    keys = sorted({end for claim in done for end in (claim.subject, claim.object)})
    numbers = {key: number for number, key in enumerate(keys)}
    whole: networkx.Graph = networkx.Graph()
    whole.add_nodes_from(range(len(keys)))
    whole.add_edges_from(sorted({(numbers[claim.subject], numbers[claim.object]) for claim in done}))
    blocs = _blocs(done, numbers, relations)
    home = {number: at for at, bloc in enumerate(blocs) for number in bloc}
    standings = _standings(whole, done, keys, home, network, language)
    names = tuple(tuple(sorted(name(network, keys[number], language) for number in bloc)) for bloc in blocs)
    return Structure(standings, names, _ties(done, numbers, home, relations))


def _blocs(done: Sequence[Claim], numbers: Mapping[str, int], relations: Mapping[str, Relation]) -> list[list[int]]:
    """Communities by cooperation alone; an actor that cooperates with nobody is in none."""
    weights: Counter[tuple[int, int]] = Counter()
    for claim in done:
        relation = relations.get(claim.relation)
        if relation and relation.weight and relation.weight > 0:
            one, other = sorted((numbers[claim.subject], numbers[claim.object]))
            weights[one, other] += relation.weight  # type: ignore[assignment]
    graph: networkx.Graph = networkx.Graph()
    graph.add_weighted_edges_from((*pair, weights[pair]) for pair in sorted(weights))
    found = networkx.community.louvain_communities(graph, seed=SEED) if weights else []
    return sorted((sorted(bloc) for bloc in found), key=lambda bloc: (-len(bloc), bloc))


def _standings(
    whole: networkx.Graph,
    done: Sequence[Claim],
    keys: Sequence[str],
    home: Mapping[int, int],
    network: networkx.MultiDiGraph,
    language: str,
) -> tuple[Standing, ...]:
    between = networkx.betweenness_centrality(whole, k=SAMPLED if len(keys) > SAMPLED else None, seed=SEED)
    counts = Counter(end for claim in done for end in (claim.subject, claim.object))
    rows = []
    for number, key in enumerate(keys):
        others = {home[other] for other in whole[number] if other in home} - {home.get(number)}
        rows.append(
            Standing(
                name(network, key, language),
                network.nodes[key]["type"],
                counts[key],
                whole.degree(number),
                round(whole.degree(number) / max(1, len(keys) - 1), 3),
                round(between[number], 3),
                home.get(number, -1) + 1,
                len(others),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.partners, -row.claims, row.actor)))


def _ties(
    done: Sequence[Claim], numbers: Mapping[str, int], home: Mapping[int, int], relations: Mapping[str, Relation]
) -> tuple[Tie, ...]:
    weights: dict[tuple[int, int], list[float]] = defaultdict(list)
    for claim in done:
        relation = relations.get(claim.relation)
        ends = sorted(home.get(numbers[end], -1) for end in (claim.subject, claim.object))
        if relation and relation.weight is not None and ends[0] >= 0:
            weights[ends[0], ends[1]].append(relation.weight)
    pairs = combinations_with_replacement(sorted(set(home.values())), 2)
    return tuple(
        Tie(pair[0] + 1, pair[1] + 1, len(weights[pair]), round(fmean(weights[pair]), 2))
        for pair in pairs
        if weights[pair]
    )
