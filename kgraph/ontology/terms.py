"""An RDF file as plain terms: each IRI with its predicates and their objects, in file order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kgraph.errors import OntologyError
from kgraph.ontology.parsing import parse

PREFIXES: dict[str, str] = {
    "ir": "https://w3id.org/kgraph/ir#",
    "ent": "https://w3id.org/kgraph/entity/",
    "claim": "https://w3id.org/kgraph/claim/",
    "art": "https://w3id.org/kgraph/article/",
    "sent": "https://w3id.org/kgraph/sentence/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "dcterms": "http://purl.org/dc/terms/",
    "wd": "http://www.wikidata.org/entity/",
}

Term = dict[str, list[ox.NamedNode | ox.Literal]]  # predicate, as a prefixed name -> objects


def terms(path: Path) -> dict[str, Term]:
    """The IRIs that a file describes; blank nodes are left out."""
    found: dict[str, Term] = defaultdict(lambda: defaultdict(list))
    for triple in parse(path, fault=OntologyError):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            found[triple.subject.value][curie(triple.predicate.value)].append(triple.object)
    return {iri: dict(term) for iri, term in found.items()}


def kinds(term: Term) -> set[str]:
    """The classes of a term, as prefixed names."""
    return {curie(kind.value) for kind in term.get("rdf:type", ())}


def by_language(labels: Iterable[ox.NamedNode | ox.Literal]) -> dict[str, str]:
    """The text in each language; values without a language are left out."""
    return {label.language: label.value for label in labels if isinstance(label, ox.Literal) and label.language}


def words(term: Term, predicates: Iterable[str], *, place: str) -> dict[str, tuple[str, ...]]:
    """The trigger words of each language, in file order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for predicate in predicates:
        for word in term.get(predicate, ()):
            if not isinstance(word, ox.Literal) or not word.language:
                cure = f'write "{word.value}"@id or @en'
                raise OntologyError(f"trigger {word.value!r} has no language", place=place, cure=cure)
            if not word.value.strip():
                raise OntologyError("an empty trigger", place=place, cure="delete it")
            found[word.language][" ".join(word.value.split())] = None
    return {language: tuple(each) for language, each in found.items()}


def text(term: Term, predicate: str, *, place: str) -> str | None:
    """The one value of a predicate."""
    values = sorted({value.value for value in term.get(predicate, ())})
    if len(values) > 1:
        raise OntologyError(f"more than one {predicate}: {', '.join(values)}", place=place, cure="keep one")
    return values[0] if values else None


def number(term: Term, predicate: str, *, place: str) -> float | None:
    """The one value of a predicate, as a number."""
    value = text(term, predicate, place=place)
    try:
        return None if value is None else float(value)
    except ValueError as error:
        raise OntologyError(f"{predicate} {value!r} is no number", place=place, cure="write it as 2.5") from error


def local(iri: str) -> str:
    """What follows the last # or /."""
    return iri.replace("#", "/").rpartition("/")[2]


def curie(iri: str) -> str:
    """The IRI as a prefixed name where a prefix is known, else in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
