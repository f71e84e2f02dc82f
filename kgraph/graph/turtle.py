"""A graph as Turtle for people: grouped by subject; articles, sentences, actors, then claims; the same bytes always."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from rdflib import BNode, Graph, Literal
from rdflib.namespace import XSD
from rdflib.term import Node

from kgraph.ontology import PREFIXES

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

# Subjects come in the order of these namespaces, and any others after them.
SECTIONS = ("art", "sent", "ent", "claim", "ir")
# Predicates come in this order, and any others after them by name.
PREDICATES = (
    *("rdf:type", "rdf:reifies", "rdf:subject", "rdf:predicate", "rdf:object", "ir:status", "ir:negated"),
    *("ir:attributedTo", "ir:stance", "ir:sourceText", "ir:eventDate", "ir:dateAssumed", "ir:reportDate", "ir:office"),
    *("skos:prefLabel", "skos:altLabel", "ir:isoCode", "schema:headline", "schema:datePublished", "schema:publisher"),
    *("schema:inLanguage", "schema:url", "ir:text", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end"),
)
RANKS = {name: rank for rank, name in enumerate(PREDICATES)}

LOCAL = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-F]{2})(?:[A-Za-z0-9_-]|%[0-9A-F]{2})*")
BARE = {str(XSD.integer): re.compile(r"-?[0-9]+"), str(XSD.boolean): re.compile("true|false")}
BARE[str(XSD.decimal)] = re.compile(r"-?[0-9]+\.[0-9]+")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ESCAPED = re.compile('["\\\\\x00-\x1f\x7f]')


def turtle(graph: Graph) -> Iterator[bytes]:
    """The pieces of the Turtle file, in UTF-8."""
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj in graph:
        subjects[_term(subject)][_term(predicate)].append(_term(obj))
    yield HEAD.encode()
    for name in sorted(subjects, key=section):
        yield block(name, subjects[name]).encode()


def block(subject: str, predicates: Mapping[str, list[str]]) -> str:
    """All about one subject; the terms are given as Turtle writes them."""
    lines = [
        f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(sorted(predicates[predicate]))}"
        for predicate in sorted(predicates, key=lambda name: (RANKS.get(name, len(RANKS)), name))
    ]
    return f"\n{subject} " + " ;\n    ".join(lines) + " .\n"


def section(subject: str) -> tuple[int, str]:
    """Sorts subjects, as Turtle writes them, into the order of the file."""
    prefix = subject.partition(":")[0]
    return (SECTIONS.index(prefix) if prefix in SECTIONS else len(SECTIONS)), subject


def _term(node: Node) -> str:
    if isinstance(node, Literal):
        return literal(str(node), node.language, str(node.datatype) if node.datatype else None)
    return f"_:{node}" if isinstance(node, BNode) else iri(str(node))


def iri(iri: str) -> str:
    """An IRI as Turtle writes it, with a prefix where one is known."""
    head, mark, tail = iri.rpartition("#" if "#" in iri else "/")
    prefix = BY_NAMESPACE.get(head + mark)
    return f"{prefix}:{tail}" if prefix and LOCAL.fullmatch(tail) else f"<{iri}>"


def literal(text: str, language: str | None, datatype: str | None) -> str:
    """A literal as Turtle writes it: bare where that is the same."""
    if datatype in BARE and BARE[datatype].fullmatch(text):
        return text
    quoted = '"' + ESCAPED.sub(lambda found: ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text) + '"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^{iri(datatype)}" if datatype and datatype != str(XSD.string) else quoted


BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
