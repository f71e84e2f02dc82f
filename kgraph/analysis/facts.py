"""The claims of a network as the analyses read them: who did what to whom, whether it happened, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import networkx

from kgraph.ontology import PREFIXES, Relation
from kgraph.queries.terms import named

Edge = tuple[str, str, str, Mapping[str, Any]]
Kind = Literal["done", "planned", "possible", "denied"]
KINDS: tuple[Kind, ...] = ("done", "planned", "possible", "denied")
STATUSES: dict[str, Kind] = {"asserted": "done", "planned": "planned", "possible": "possible"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `kind` is "denied" where it is negated or someone denies it, whatever its status."""

    key: str
    subject: str
    relation: str
    object: str
    kind: Kind
    source: str | None
    period: str | None  # "2023-09", or "2023" where no month is known; of the event, else of the report
    sentence: str
    contested: bool


def claims(network: networkx.MultiDiGraph) -> Iterator[Claim]:
    """The claims in the order of their keys; one that near copies of an article make alike comes once."""
    sentences = network.graph["sentences"]
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[2])
    repeated = _repeated(network, edges)
    for subject, obj, key, data in edges:
        if key in repeated:
            continue
        date = data["event_date"] or data["report_date"]
        text = sentences.get(data["sentence"], {}).get("text", "")
        relation, source = data["relation"], data["source"]
        yield Claim(
            key, subject, relation, obj, _kind(data), source, date and date[:7], text, bool(data.get("contested"))
        )


def _repeated(network: networkx.MultiDiGraph, edges: Sequence[Edge]) -> set[str]:
    """The claims of near copies that the article they copy, or another copy of it, makes as well."""
    articles, sentences = network.graph["articles"], network.graph["sentences"]
    origins = {key: article["copy_of"] for key, article in articles.items() if article.get("copy_of")}
    told: set[tuple[object, ...]] = set()
    repeated = set()
    homes = {edge[2]: sentences.get(edge[3]["sentence"], {}).get("article") for edge in edges} if origins else {}
    for subject, obj, key, data in sorted(edges, key=lambda edge: homes.get(edge[2]) in origins):
        home = homes.get(key)
        said = (_root(home, origins), subject, data["relation"], obj, _kind(data), data["source"])
        if home in origins and said in told:
            repeated.add(key)
        told.add(said)
    return repeated


def _root(article: str | None, origins: Mapping[str, str]) -> str | None:
    """The article at the end of a chain of copies; of a circle, which only a file made by hand has, the least key."""
    chain: list[str] = []
    while article is not None and article in origins and article not in chain:
        chain.append(article)
        article = origins[article]
    return min(chain) if article in chain else article


def fact(claim: Claim, relations: Mapping[str, Relation]) -> tuple[str, str, str]:
    """Subject, relation and object, a symmetric relation always told from the same side."""
    known = relations.get(claim.relation)
    ends = (claim.subject, claim.object)
    one, other = sorted(ends) if known and known.symmetric else ends
    return one, claim.relation, other


def name(network: networkx.MultiDiGraph, key: str, language: str) -> str:
    """An actor's name in the reader's language."""
    node = network.nodes[key]
    return str(node["labels"].get(language) or node["label"])


def key_of(network: networkx.MultiDiGraph, value: str) -> str:
    """The key of the actor that a reader names. An unknown or ambiguous name raises QueryError."""
    names: dict[str, set[str]] = {}
    for key, node in network.nodes(data=True):
        for spelling in (node["label"], *node["labels"].values(), *node["aliases"]):
            names.setdefault(spelling.casefold(), set()).add(PREFIXES["ent"] + key)
    return named("actor", value, names).removeprefix(PREFIXES["ent"])


def _kind(data: Mapping[str, object]) -> Kind:
    if data["negated"] or data["stance"] == "denies":
        return "denied"
    return STATUSES.get(str(data["status"]), "done")
