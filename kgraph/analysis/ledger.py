"""The ledger of dyads: for each pair of actors and month, how they dealt with each other.

A score is the mean of the weights, from -10 (conflict) to 10 (cooperation), that PLOVER gives to the kinds of events
that happened; planned, possible and denied ones are counted apart and weigh nothing. Words and deeds have scores of
their own. A claim counts once for each sentence that makes it: an event told five times weighs five times.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

import networkx

from kgraph.analysis.facts import Claim, Kind, claims, key_of, name
from kgraph.ontology import Relation

# PLOVER's verbal kinds of cooperation and of conflict; its other kinds are material.
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence behind a point, with what it claims."""

    kind: Kind
    relation: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Point:
    """A pair in a month. A score is None where nothing of its kind happened; `trend` is the change since the last."""

    first: str
    second: str
    month: str | None
    score: float | None
    words: float | None
    deeds: float | None
    trend: float | None
    counts: Mapping[Kind, int]
    evidence: tuple[Evidence, ...]


def ledger(
    network: networkx.MultiDiGraph,
    relations: Mapping[str, Relation],
    *,
    between: Iterable[str] = (),
    language: str = "en",
) -> list[Point]:
    """The points of all pairs, or of those that the actors named in `between`, one or two, belong to."""
    wanted = {key_of(network, each) for each in between}
    pairs: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims(network):
        ends = sorted((claim.subject, claim.object))
        relation = relations.get(claim.relation)
        if relation and relation.weight is not None and ends[0] != ends[1] and wanted <= set(ends):
            pairs[ends[0], ends[1]][claim.period or ""].append(claim)
    points = [
        point
        for ends, months in pairs.items()
        for point in _points(name(network, ends[0], language), name(network, ends[1], language), months, relations)
    ]
    return sorted(points, key=lambda point: (point.first, point.second, point.month or ""))


def _points(
    first: str, second: str, months: Mapping[str, list[Claim]], relations: Mapping[str, Relation]
) -> Iterable[Point]:
    last = None
    for month in sorted(months):
        found = months[month]
        done = [relations[claim.relation] for claim in found if claim.kind == "done"]
        score = _mean(done)
        # What has no date stands in no order, so that nothing is measured from it.
        trend = None if score is None or last is None or not month else round(score - last, 2)
        yield Point(
            first,
            second,
            month or None,
            score,
            _mean(relation for relation in done if relation.plover in VERBAL),
            _mean(relation for relation in done if relation.plover not in VERBAL),
            trend,
            Counter(claim.kind for claim in found),
            tuple(_evidence(claim, relations) for claim in found),
        )
        last = score if month and score is not None else last


def _mean(relations: Iterable[Relation]) -> float | None:
    weights = [relation.weight or 0.0 for relation in relations]
    return round(fmean(weights), 2) if weights else None


def _evidence(claim: Claim, relations: Mapping[str, Relation]) -> Evidence:
    return Evidence(claim.kind, claim.relation, relations[claim.relation].weight or 0.0, claim.sentence)
