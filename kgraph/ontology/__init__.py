"""The vocabulary: relations with their labels and trigger words, and the classes of actors, read from ir.ttl.

A user's own file may add relations (any IRI, `skos:prefLabel` and trigger labels) or labels to those that exist.
A trigger that a user's relation names is taken from the relations of ir.ttl, so that it works at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path

from kgraph.errors import OntologyError
from kgraph.ontology.terms import PREFIXES, Term, by_language, curie, kinds, local, number, terms, text, words
from kgraph.records import ENTITY_TYPES

__all__ = ["HOME", "PREFIXES", "Ontology", "Relation", "load"]

HOME = Path(__file__).parent.parent / "ontologies"

Words = Mapping[str, tuple[str, ...]]  # language -> trigger words


@dataclass(frozen=True, slots=True)
class Relation:
    """One way in which an actor stands to another. Its words are grouped by voice, for each language."""

    name: str  # local name of the IRI: "visits"
    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    active: Words  # the words' subject is the relation's subject: "menyerang"
    passive: Words  # the words' subject is the relation's object: "diserang", "membeli senjata dari"
    nominal: Words  # a noun or title: "serangan", "Presiden"
    domain: frozenset[str]  # entity types; all eight where the ontology says nothing
    range: frozenset[str]
    symmetric: bool = False
    inverse: str | None = None
    plover: str | None = None
    cameo: str | None = None
    weight: float | None = None  # -10 (conflict) to 10 (cooperation)

    @property
    def triggers(self) -> dict[str, tuple[str, ...]]:
        """All words of each language, whatever their voice."""
        voices = (self.active, self.passive, self.nominal)
        languages = sorted({language for voice in voices for language in voice})
        return {
            language: tuple(dict.fromkeys(word for voice in voices for word in voice.get(language, ())))
            for language in languages
        }


@dataclass(frozen=True, slots=True)
class Ontology:
    """Relations by name, in the order of the file; `classes` maps entity types to class names ("PER" to "Person")."""

    relations: Mapping[str, Relation]
    classes: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]  # local name of any term of ir.ttl -> language -> label


def load(extra: Path | None = None) -> Ontology:
    """The vocabulary of ir.ttl, with the user's file `extra` merged into it. A fault raises OntologyError."""
    base = _base()
    if extra is None:
        return base
    own = _read(extra, known=base)
    merged = _mutual({**_giving_way(base.relations, own), **own}, place=str(extra))
    _check_shared(merged, own, place=str(extra))
    return replace(base, relations=merged)


@cache
def _base() -> Ontology:
    path = HOME / "ir.ttl"
    found = terms(path)
    classes = {notation: local(iri) for iri, t in found.items() if (notation := text(t, "skos:notation", place=iri))}
    labels = {local(iri): by_language(t["skos:prefLabel"]) for iri, t in found.items() if "skos:prefLabel" in t}
    vocabulary = Ontology({}, classes, labels)
    return replace(vocabulary, relations=_mutual(_read(path, known=vocabulary), place=str(path)))


def _read(path: Path, *, known: Ontology) -> dict[str, Relation]:
    """The relations that a file declares or adds to."""
    by_iri = {relation.iri: relation for relation in known.relations.values()}
    own = {}
    for iri, term in terms(path).items():
        if iri in by_iri:
            more = _relation(iri, term, known, f"{path}: {curie(iri)}")
            own[more.name] = _added(by_iri[iri], more)
        elif "ir:Relation" in kinds(term) or (known.relations and "owl:ObjectProperty" in kinds(term)):
            relation = _new(iri, term, known, f"{path}: {curie(iri)}")
            if relation.name in own:
                raise OntologyError(f"two relations called {relation.name!r}", place=str(path), cure="rename one")
            own[relation.name] = relation
    if not own:
        cure = "declare one: my:funds a owl:ObjectProperty ; skos:prefLabel …"
        raise OntologyError("no relation in this file", place=str(path), cure=cure)
    return own


def _new(iri: str, term: Term, known: Ontology, place: str) -> Relation:
    relation = _relation(iri, term, known, place)
    if not re.fullmatch(r"[A-Za-z]\w*", relation.name):
        cure = "end it in letters and digits, as in <https://example.org/funds>"
        raise OntologyError("this IRI gives the relation no name", place=place, cure=cure)
    if known.relations and relation.name in known.labels:
        raise OntologyError(f"ir.ttl has a term {relation.name!r} already", place=place, cure="choose another name")
    if not relation.labels:
        raise OntologyError("a relation without a label", place=place, cure='add skos:prefLabel "…"@id, "…"@en')
    if not relation.triggers:
        raise OntologyError("a relation without trigger words", place=place, cure='add skos:altLabel "…"@id, "…"@en')
    return relation


def _relation(iri: str, term: Term, known: Ontology, place: str) -> Relation:
    return Relation(
        name=local(iri),
        iri=iri,
        labels=by_language(term.get("skos:prefLabel", ())),
        definitions=by_language(term.get("skos:definition", ())),
        active=words(term, ("ir:activeTrigger", "skos:altLabel"), place=place),
        passive=words(term, ("ir:passiveTrigger",), place=place),
        nominal=words(term, ("ir:nominalTrigger",), place=place),
        domain=_types(term, "domain", known, place),
        range=_types(term, "range", known, place),
        symmetric="owl:SymmetricProperty" in kinds(term),
        inverse=next((local(other.value) for other in term.get("owl:inverseOf", ())), None),
        plover=text(term, "ir:plover", place=place),
        cameo=text(term, "ir:cameoRoot", place=place),
        weight=number(term, "ir:weight", place=place),
    )


def _types(term: Term, end: str, known: Ontology, place: str) -> frozenset[str]:
    by_iri = {PREFIXES["ir"] + name: code for code, name in known.classes.items()}
    named = [*term.get(f"schema:{end}Includes", ()), *term.get(f"rdfs:{end}", ())]
    for kind in named:
        if kind.value not in by_iri:
            cure = "there are: " + " ".join(map(curie, by_iri))
            raise OntologyError(f"{end} {curie(kind.value)} is no class of actors", place=place, cure=cure)
    return frozenset(by_iri[kind.value] for kind in named) or frozenset(ENTITY_TYPES)


def _added(old: Relation, more: Relation) -> Relation:
    """An existing relation with a user's further words and labels."""
    return replace(
        old,
        labels={**old.labels, **more.labels},
        definitions={**old.definitions, **more.definitions},
        active=_union(old.active, more.active),
        passive=_union(old.passive, more.passive),
        nominal=_union(old.nominal, more.nominal),
    )


def _union(one: Words, other: Words) -> dict[str, tuple[str, ...]]:
    languages = dict.fromkeys((*one, *other))
    return {tag: tuple(dict.fromkeys((*one.get(tag, ()), *other.get(tag, ())))) for tag in languages}


def _mutual(relations: Mapping[str, Relation], *, place: str) -> dict[str, Relation]:
    """The relations with each inverse known at both ends."""
    both = dict(relations)
    for name, relation in relations.items():
        if relation.inverse is None:
            continue
        if relation.inverse not in both:
            cure = "declare that one too"
            raise OntologyError(
                f"{name} is inverse of {relation.inverse}, which is no relation", place=place, cure=cure
            )
        both[relation.inverse] = replace(both[relation.inverse], inverse=name)
    return both


def _giving_way(base: Mapping[str, Relation], own: Mapping[str, Relation]) -> dict[str, Relation]:
    """The relations of ir.ttl less the words that the user's new relations claim."""
    claimed = {key for name, relation in own.items() if name not in base for key in _keys(relation)}
    return {
        name: replace(
            relation,
            active=_less(relation.active, claimed),
            passive=_less(relation.passive, claimed),
            nominal=_less(relation.nominal, claimed),
        )
        for name, relation in base.items()
    }


def _less(voice: Words, claimed: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return {tag: tuple(word for word in found if (tag, word.casefold()) not in claimed) for tag, found in voice.items()}


def _check_shared(relations: Mapping[str, Relation], own: Mapping[str, Relation], *, place: str) -> None:
    """A word stands at two relations only where their ranges are disjoint, so that the object's type decides."""
    for one, other in combinations(relations.values(), 2):
        shared = _keys(one) & _keys(other)
        if shared and one.range & other.range and (one.name in own or other.name in own):
            cure = "drop it from one, or give them ranges without a common class"
            word = min(shared)[1]
            raise OntologyError(f"{word!r} is a trigger of {one.name} and of {other.name}", place=place, cure=cure)


def _keys(relation: Relation) -> set[tuple[str, str]]:
    return {(language, word.casefold()) for language, found in relation.triggers.items() for word in found}
