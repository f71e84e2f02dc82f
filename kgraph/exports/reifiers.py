"""Claims in RDF 1.2: the claim's IRI reifies its triple, in place of rdf:subject, rdf:predicate and rdf:object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pyoxigraph as ox

from kgraph.ontology import PREFIXES

RDF = PREFIXES["rdf"]
REIFIES, TYPE, STATEMENT = (ox.NamedNode(RDF + name) for name in ("reifies", "type", "Statement"))
ENDS = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))


def folded(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples sorted by subject, with each claim as a reifier. A claim that lacks an end stays as it is."""
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        about = list(group)
        claimed = _claimed(about)
        if claimed:
            yield ox.Triple(subject, REIFIES, claimed)
            about = [each for each in about if each.predicate not in ENDS and each.object != STATEMENT]
        yield from about


def _claimed(about: Sequence[ox.Triple]) -> ox.Triple | None:
    """The triple that a claim claims, where it claims exactly one."""
    ends = {each.predicate: each.object for each in about if each.predicate in ENDS}
    start, relation, obj = (ends.get(end) for end in ENDS)
    if sum(each.predicate in ENDS for each in about) != len(ENDS) or obj is None:
        return None
    if isinstance(start, ox.NamedNode | ox.BlankNode) and isinstance(relation, ox.NamedNode):
        return ox.Triple(start, relation, obj)
    return None


def unfolded(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """What `folded` was given; triples without reifiers pass."""
    for triple in triples:
        if triple.predicate == REIFIES and isinstance(triple.object, ox.Triple):
            inner = triple.object
            yield ox.Triple(triple.subject, TYPE, STATEMENT)
            for end, term in zip(ENDS, (inner.subject, inner.predicate, inner.object), strict=True):
                yield ox.Triple(triple.subject, end, term)
        else:
            yield triple
