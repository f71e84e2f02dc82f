"""A graph as the network that is drawn: actors are nodes, claims are edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import networkx
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.term import Node

from kgraph.graph.build import IR, OA, PROV, SCHEMA
from kgraph.ontology import PREFIXES, load
from kgraph.records import side

Value = str | int | float | bool | None
Edge = dict[str, Value]


def to_networkx(graph: Graph) -> networkx.MultiDiGraph:
    """Nodes and edges keyed by the local names of actors and claims; the graph holds `articles` and `sentences`."""
    articles = {_local(iri): _article(graph, iri) for iri in _sorted(graph.subjects(RDF.type, SCHEMA.NewsArticle))}
    sentences = {_local(iri): _sentence(graph, iri) for iri in _sorted(graph.subjects(RDF.type, IR.Sentence))}
    network = networkx.MultiDiGraph(articles=articles, sentences=sentences)
    codes = {URIRef(PREFIXES["ir"] + name): code for code, name in load().classes.items()}
    for kind, code in codes.items():
        for actor in _sorted(graph.subjects(RDF.type, kind)):
            network.add_node(_local(actor), type=code, code=_text(graph, actor, IR.isoCode), **_names(graph, actor))
    edges = [(claim, _ends(graph, claim), _edge(graph, claim)) for claim in _sorted(graph.subjects(RDF.type, IR.Claim))]
    for (claim, ends, edge), contested in zip(edges, _contested(graph, edges), strict=True):
        network.add_edge(*ends, key=_local(claim), **edge, contested=contested)
    return network


def _article(graph: Graph, iri: URIRef) -> dict[str, Value]:
    return {
        "title": _text(graph, iri, SCHEMA.headline),
        "outlet": _text(graph, iri, SCHEMA.publisher),
        "date": _text(graph, iri, SCHEMA.datePublished),
        "url": _text(graph, iri, SCHEMA.url),
        "language": _text(graph, iri, SCHEMA.inLanguage),
        "copy_of": _name(graph, iri, IR.nearCopyOf),
    }


def _sentence(graph: Graph, iri: URIRef) -> dict[str, Value]:
    text = graph.value(iri, IR.text)
    return {
        "text": str(text),
        "language": text.language if isinstance(text, Literal) else None,
        "article": _name(graph, iri, OA.hasSource),
        "start": _integer(graph, graph.value(iri, OA.hasSelector), OA.start),
    }


def _names(graph: Graph, actor: URIRef) -> dict[str, object]:
    preferred = [label for label in graph.objects(actor, SKOS.prefLabel) if isinstance(label, Literal)]
    labels = {label.language: str(label) for label in sorted(preferred) if label.language}
    return {
        "labels": labels,
        "label": labels.get("en") or min(map(str, preferred), default=_local(actor)),
        "aliases": sorted({str(name) for name in graph.objects(actor, SKOS.altLabel)}),
    }


def _ends(graph: Graph, claim: URIRef) -> tuple[str | None, str | None]:
    return _name(graph, claim, RDF.subject), _name(graph, claim, RDF.object)


def _edge(graph: Graph, claim: URIRef) -> Edge:
    confidence = _text(graph, claim, IR.confidence)
    return {
        "relation": _name(graph, claim, RDF.predicate),
        "status": _name(graph, claim, IR.status),
        "negated": _text(graph, claim, IR.negated) == "true",
        "source": _name(graph, claim, IR.attributedTo),
        "source_text": _text(graph, claim, IR.sourceText),
        "source_reason": _text(graph, claim, IR.sourceReason),
        "stance": _name(graph, claim, IR.stance),
        "event_date": _text(graph, claim, IR.eventDate),
        "report_date": _text(graph, claim, IR.reportDate),
        "date_assumed": _text(graph, claim, IR.dateAssumed) == "true",
        "office": _text(graph, claim, IR.office),
        "trigger": _text(graph, claim, IR.trigger),
        "trigger_start": _integer(graph, claim, IR.triggerStart),
        "subject_text": _text(graph, claim, IR.subjectText),
        "subject_start": _integer(graph, claim, IR.subjectStart),
        "subject_reason": _text(graph, claim, IR.subjectReason),
        "object_text": _text(graph, claim, IR.objectText),
        "object_start": _integer(graph, claim, IR.objectStart),
        "object_reason": _text(graph, claim, IR.objectReason),
        "confidence": None if confidence is None else float(confidence),
        "sentence": _name(graph, claim, PROV.wasQuotedFrom),
    }


def _contested(graph: Graph, edges: list[tuple[URIRef, tuple[str | None, str | None], Edge]]) -> list[bool]:
    """Whether someone affirms and someone else denies what a claim says, as in the ready query "contested"."""
    symmetric = {_local(iri) for iri in _sorted(graph.subjects(RDF.type, OWL.SymmetricProperty))}
    facts = [
        (edge["relation"], *(sorted(map(str, ends)) if edge["relation"] in symmetric else ends))
        for _, ends, edge in edges
    ]
    stances: dict[tuple[Value, ...], set[str]] = defaultdict(set)
    for fact, (_, _, edge) in zip(facts, edges, strict=True):
        taken = side(denies=edge["stance"] == "denies", negated=bool(edge["negated"]), sourced=bool(edge["source"]))
        if taken:
            stances[fact].add(taken)
    return [len(stances[fact]) == 2 for fact in facts]


def _sorted(nodes: Iterable[object]) -> list[URIRef]:
    return sorted(node for node in set(nodes) if isinstance(node, URIRef))


def _text(graph: Graph, subject: Node | None, predicate: URIRef) -> str | None:
    return min((str(value) for value in graph.objects(subject, predicate)), default=None)


def _integer(graph: Graph, subject: Node | None, predicate: URIRef) -> int | None:
    text = _text(graph, subject, predicate)
    return None if text is None else int(text)


def _name(graph: Graph, subject: Node | None, predicate: URIRef) -> str | None:
    iri = _text(graph, subject, predicate)
    return None if iri is None else _local(iri)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
