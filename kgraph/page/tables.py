"""The network as small tables of numbers and strings, which the page's scripts read.

A sentence, an article or a name is written once and meant by its place in its table afterwards.

    claim     [key, subject, relation, object, status, flags, source, source text, stance, event date, report date,
               office, sentence, marks, confidence]
              status counts in records.STATUSES; flags add 1 negated, 2 contested, 4 date assumed; stance is 0 none,
              1 says, 2 denies; marks are start and end of subject, trigger and object in the sentence, or null
    sentence  [text, language, article]
    article   [title, outlet, date, url, language]
    edge      (from, to, [claims]): all claims of one direction together
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.records import STATUSES

if TYPE_CHECKING:
    import networkx as nx

    from kgraph.ontology import Relation

Attributes = Mapping[str, Any]
Row = list[Any]
STANCES = (None, "says", "denies")


@dataclass(frozen=True, slots=True)
class Edge:
    """The claims that lead from one node to another; nodes and claims by number."""

    start: int
    end: int
    claims: list[int]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the page says; nodes with the most claims come first."""

    nodes: list[dict[str, Any]]
    edges: list[Edge]
    claims: list[Row]
    relations: list[dict[str, Any]]
    sentences: list[Row]
    articles: list[Row]


def tabulate(network: nx.MultiDiGraph, relations: Mapping[str, Relation]) -> Tables:
    """The tables of a network in the form of `kgraph.graph.to_networkx`, in an order that its keys alone decide."""
    claims = sorted(network.edges(keys=True, data=True), key=lambda edge: (edge[2], edge[0], edge[1]))
    names = sorted({facts["relation"] for *_, facts in claims})
    nodes, sentences = _rank(network), sorted(network.graph["sentences"])
    rows = _claims(claims, _numbers(nodes), _numbers(names), _numbers(sentences), network.graph["sentences"])
    symmetric = {number for number, name in enumerate(names) if name in relations and relations[name].symmetric}
    articles = sorted(network.graph["articles"])
    places = _numbers(articles)
    return Tables(
        nodes=[_node(key, network.nodes[key]) for key in nodes],
        edges=merge(rows, symmetric),
        claims=rows,
        relations=[_relation(name, relations.get(name)) for name in names],
        sentences=[_sentence(network.graph["sentences"][key], places) for key in sentences],
        articles=[_article(network.graph["articles"][key]) for key in articles],
    )


def merge(claims: Sequence[Row], symmetric: set[int]) -> list[Edge]:
    """Parallel claims as one edge; those of a symmetric relation join the edge of another, whatever its direction."""
    edges: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (_, start, relation, end, *_) in enumerate(claims):
        if relation not in symmetric:
            edges[start, end].append(number)
    for number, (_, start, relation, end, *_) in enumerate(claims):
        if relation in symmetric:
            low, high = sorted((start, end))
            edges[(high, low) if (low, high) not in edges and (high, low) in edges else (low, high)].append(number)
    return [Edge(*pair, sorted(numbers)) for pair, numbers in sorted(edges.items())]


def _rank(network: nx.MultiDiGraph) -> list[str]:
    degree: Counter[str] = Counter(end for pair in network.edges() for end in pair)
    return sorted(network.nodes, key=lambda key: (-degree[key], key))


def _numbers(keys: Sequence[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _node(key: str, facts: Attributes) -> dict[str, Any]:
    known = {facts["label"], *facts["labels"].values()}
    names = {language: name for language, name in sorted(facts["labels"].items()) if name and name != facts["label"]}
    node = {"key": key, "label": facts["label"] or key, "group": facts["type"]}
    optional = {
        "labels": names,
        "aliases": sorted(set(facts["aliases"]) - known),
        "code": facts["code"],
    }
    return node | {name: value for name, value in optional.items() if value}


def _relation(name: str, relation: Relation | None) -> dict[str, Any]:
    if relation is None:
        return {"name": name, "iri": None, "labels": {}, "weight": None, "plover": None, "symmetric": False}
    return {
        "name": name,
        "iri": relation.iri,
        "labels": dict(sorted(relation.labels.items())),
        "weight": relation.weight,
        "plover": relation.plover,
        "symmetric": relation.symmetric,
    }


def _sentence(facts: Attributes, articles: Mapping[str, int]) -> Row:
    return [facts["text"], facts["language"], articles[facts["article"]]]


def _article(facts: Attributes) -> Row:
    url = facts["url"]
    safe = url if url and re.match(r"https?://", url, re.IGNORECASE) else None
    return [facts["title"], facts["outlet"], facts["date"], safe, facts["language"]]


def _claims(
    edges: Sequence[tuple[str, str, str, Attributes]],
    nodes: Mapping[str, int],
    relations: Mapping[str, int],
    sentences: Mapping[str, int],
    texts: Mapping[str, Attributes],
) -> list[Row]:
    return [
        [
            key,
            nodes[start],
            relations[facts["relation"]],
            nodes[end],
            STATUSES.index(facts["status"]),
            facts["negated"] | facts["contested"] << 1 | facts["date_assumed"] << 2,
            nodes.get(facts["source"]),
            facts["source_text"],
            STANCES.index(facts["stance"]),
            facts["event_date"],
            facts["report_date"],
            facts["office"],
            sentences[facts["sentence"]],
            _marks(facts, texts[facts["sentence"]]["start"]),
            facts["confidence"],
        ]
        for start, end, key, facts in edges
    ]


def _marks(facts: Attributes, origin: int | None) -> list[int] | None:
    """Where subject, trigger and object stand in their sentence, counted from its start."""
    starts = (facts["subject_start"], facts["trigger_start"], facts["object_start"])
    texts = (facts["subject_text"], facts["trigger"], facts["object_text"])
    if origin is None or None in starts or None in texts:
        return None
    return [start - origin + step for start, text in zip(starts, texts, strict=True) for step in (0, len(text))]
