"""Statements to RDF: articles, sentences, actors, claims, and the direct triples that the claims support.

IRIs are made of keys and hashes alone, never of text from an article; text is always a literal. The same statement
gets the same IRI whenever and wherever it is read, so that graphs of overlapping articles merge into one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, SKOS, XSD

from kgraph.ontology import PREFIXES, Ontology, Relation
from kgraph.records import Actor, Article, EventDate, Mention, Sentence, Statement

IR, ENT, CLAIM, ART, SENT, OA, SCHEMA, PROV = (
    Namespace(PREFIXES[prefix]) for prefix in ("ir", "ent", "claim", "art", "sent", "oa", "schema", "prov")
)

Triple = tuple[URIRef, URIRef, URIRef | Literal]

DATATYPES = {"day": XSD.date, "month": XSD.gYearMonth, "year": XSD.gYear}

PLAIN_REASONS = ("", "alias", "not in the book")

ODD = re.compile(r"[^!#$&-;=?-Z_a-z~%]|%(?![0-9A-Fa-f]{2})")  # what an IRI may not hold
# What a Turtle or XML file cannot carry; each becomes one character, so that offsets hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def build(pairs: Iterable[tuple[Article, Sequence[Statement]]], ontology: Ontology) -> Graph:
    """The graph of all statements. An article whose text was seen before is passed over."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    seen: set[str] = set()
    actors = Actors()
    used: set[str] = set()
    for article, statements in pairs:
        if article.key in seen:
            continue
        seen.add(article.key)
        kept = distinct(article, statements)
        used.update(statement.relation for statement in kept.values())
        for actor, name in named_in(kept.values()):
            actors.add(actor, name, article.language)
        for triple in facts(article, kept, ontology):
            graph.add(triple)
    for triple in (*actors.triples(ontology), *vocabulary(ontology, used)):
        graph.add(triple)
    return graph


def facts(article: Article, kept: Mapping[URIRef, Statement], ontology: Ontology) -> Iterator[Triple]:
    """What an article says: itself, its claims with their sentences, and the direct triples."""
    yield from _article(article)
    for claim, statement in kept.items():
        yield from _claim(claim, article, statement, ontology.relations[statement.relation])
        yield from _direct(statement, ontology)


def named_in(statements: Iterable[Statement]) -> Iterator[tuple[Actor, str | None]]:
    """Each actor of the statements with the name that it goes by there, None where that is a pronoun."""
    for statement in statements:
        for mention in filter(None, (statement.subject, statement.object, statement.source)):
            yield mention.actor, None if mention.reason.startswith("pronoun") else mention.text


def distinct(article: Article, statements: Iterable[Statement]) -> dict[URIRef, Statement]:
    """One statement for each claim: where a sentence says the same twice, the surest and then the first."""
    best: dict[URIRef, Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.sentence.start, -s.confidence, s.trigger.start)):
        best.setdefault(_claim_iri(article, statement), statement)
    return best


def _claim_iri(article: Article, statement: Statement) -> URIRef:
    parts = (
        statement.subject.actor.key,
        statement.relation,
        statement.object.actor.key,
        statement.status,
        str(statement.negated),
        statement.source.actor.key if statement.source else "",
        statement.stance or "",
        article.key,
        str(statement.sentence.start),
    )
    return CLAIM[hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]]


def _article(article: Article) -> Iterator[Triple]:
    iri = ART[article.key]
    yield iri, RDF.type, SCHEMA.NewsArticle
    yield iri, SCHEMA.inLanguage, Literal(article.language)
    if article.title:
        yield iri, SCHEMA.headline, _words(article.title, article.language)
    if article.date:
        yield iri, SCHEMA.datePublished, Literal(article.date.isoformat(), datatype=XSD.date, normalize=False)
    if article.outlet:
        yield iri, SCHEMA.publisher, _words(article.outlet)
    if article.url and re.match("https?://", article.url, re.IGNORECASE) and (address := _url(article.url)):
        yield iri, SCHEMA.url, address


def _url(url: str) -> URIRef | None:
    """The address with each character that an IRI may not hold percent-encoded; None where that makes it none."""
    address = ODD.sub(lambda found: quote(found[0], errors="replace"), url)
    try:
        ox.NamedNode(address)
    except ValueError:  # "https://::"
        return None
    return URIRef(address)


def _claim(claim: URIRef, article: Article, statement: Statement, relation: Relation) -> Iterator[Triple]:
    yield claim, RDF.type, IR.Claim
    yield claim, RDF.type, RDF.Statement
    yield claim, RDF.subject, entity(statement.subject.actor)
    yield claim, RDF.predicate, URIRef(relation.iri)
    yield claim, RDF.object, entity(statement.object.actor)
    yield claim, IR.status, IR[statement.status]
    yield claim, IR.negated, _boolean(statement.negated)
    yield claim, IR.trigger, _words(statement.trigger.text)
    yield claim, IR.triggerStart, _integer(statement.trigger.start)
    yield claim, IR.subjectText, _words(statement.subject.text)
    yield claim, IR.subjectStart, _integer(statement.subject.start)
    yield claim, IR.objectText, _words(statement.object.text)
    yield claim, IR.objectStart, _integer(statement.object.start)
    yield claim, IR.confidence, Literal(f"{statement.confidence:.3f}", datatype=XSD.decimal, normalize=False)
    yield claim, IR.article, ART[article.key]
    yield from _reason(claim, IR.subjectReason, statement.subject)
    yield from _reason(claim, IR.objectReason, statement.object)
    if statement.relation == "holdsPositionIn":
        yield claim, IR.office, _words(statement.trigger.text)
    if article.date:
        yield claim, IR.reportDate, Literal(article.date.isoformat(), datatype=XSD.date, normalize=False)
    if statement.source:
        yield from _source(claim, statement.source, statement.stance or "says")
    if statement.event_date:
        yield from _event_date(claim, statement.event_date)
    yield from _sentence(claim, article, statement.sentence)


def _source(claim: URIRef, source: Mention, stance: str) -> Iterator[Triple]:
    yield claim, IR.attributedTo, entity(source.actor)
    yield claim, IR.stance, IR[stance]
    yield claim, IR.sourceText, _words(source.text)
    yield from _reason(claim, IR.sourceReason, source)


def _reason(claim: URIRef, predicate: URIRef, mention: Mention) -> Iterator[Triple]:
    """Why a mention was read as this actor, where it is neither a plain name of it nor an actor of its own."""
    if mention.reason not in PLAIN_REASONS:
        yield claim, predicate, _words(mention.reason)


def _event_date(claim: URIRef, when: EventDate) -> Iterator[Triple]:
    yield claim, IR.eventDate, Literal(when.iso, datatype=DATATYPES[when.precision], normalize=False)
    yield claim, IR.dateAssumed, _boolean(when.assumed)


def _sentence(claim: URIRef, article: Article, sentence: Sentence) -> Iterator[Triple]:
    iri = SENT[f"{article.key}-{sentence.start}"]
    position = SENT[f"{article.key}-{sentence.start}-{sentence.end}"]
    yield claim, PROV.wasQuotedFrom, iri
    yield iri, RDF.type, IR.Sentence
    yield iri, RDF.type, OA.SpecificResource
    yield iri, IR.text, _words(sentence.text, article.language)
    yield iri, OA.hasSource, ART[article.key]
    yield iri, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, _integer(sentence.start)
    yield position, OA.end, _integer(sentence.end)


def _direct(statement: Statement, ontology: Ontology) -> Iterator[Triple]:
    """The triple itself, where the sentence reports it as so; both ways where the relation has two directions."""
    if statement.status != "asserted" or statement.negated or statement.stance == "denies":
        return
    subject, obj = entity(statement.subject.actor), entity(statement.object.actor)
    relation = ontology.relations[statement.relation]
    yield subject, URIRef(relation.iri), obj
    if relation.symmetric:
        yield obj, URIRef(relation.iri), subject
    if relation.inverse:
        yield obj, URIRef(ontology.relations[relation.inverse].iri), subject


class Actors:
    """The actors of the statements, with the names that articles give them; small, as actors recur."""

    def __init__(self) -> None:
        self._records: dict[str, set[Actor]] = defaultdict(set)
        self._names: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def add(self, actor: Actor, name: str | None, language: str) -> None:
        """Note a record of an actor, and the name that an article in this language gives it."""
        self._records[actor.key].add(actor)
        if name is not None:
            self._names[actor.key].add((name, language))

    def triples(self, ontology: Ontology) -> Iterator[Triple]:
        """Classes, labels and codes; of records of one key the plainest counts."""
        for key, records in self._records.items():
            actor = min(records, key=_plainness)
            about = described(actor, ontology.classes)
            yield from about
            labels = {str(value) for _, predicate, value in about if predicate == SKOS.prefLabel}
            for text, language in self._names[key]:
                if text not in labels:
                    yield entity(actor), SKOS.altLabel, _words(text, language)


def described(actor: Actor, classes: Mapping[str, str]) -> list[Triple]:
    """The triples that tell an actor's class, labels and code; the names that articles give it are not among them."""
    iri = entity(actor)
    labels = {_words(text, language) for language, text in actor.labels} or {_words(actor.label)}
    code = [(iri, IR.isoCode, _words(actor.code))] if actor.code else []
    return [(iri, RDF.type, IR[classes[actor.type]]), *((iri, SKOS.prefLabel, label) for label in labels), *code]


def _plainness(actor: Actor) -> tuple[bool, str, str]:
    """Orders records of one key, whose articles may spell the name differently: "Sergei Shoigu", "SERGEI SHOIGU"."""
    return actor.label.isupper(), actor.label, repr(actor)


def vocabulary(ontology: Ontology, used: Iterable[str]) -> Iterator[Triple]:
    """Labels of the relations and statuses in use, so that the graph explains itself without a second file."""
    for name in used:
        relation = ontology.relations[name]
        yield URIRef(relation.iri), RDF.type, IR.Relation
        if relation.symmetric:
            yield URIRef(relation.iri), RDF.type, OWL.SymmetricProperty
        if relation.inverse:
            yield URIRef(relation.iri), OWL.inverseOf, URIRef(ontology.relations[relation.inverse].iri)
        for language, label in relation.labels.items():
            yield URIRef(relation.iri), SKOS.prefLabel, _words(label, language)
    for name in ("asserted", "planned", "possible", "says", "denies") if used else ():
        for language, label in ontology.labels[name].items():
            yield IR[name], SKOS.prefLabel, _words(label, language)


def entity(actor: Actor) -> URIRef:
    """The IRI of an actor."""
    return ENT[quote(actor.key, safe="", errors="replace")]


def _words(text: str, language: str | None = None) -> Literal:
    return Literal(UNWRITABLE.sub("\ufffd", text), lang=language)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD.boolean)
