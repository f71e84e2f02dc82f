"""What one article brings: its lines of N-Triples, sorted, and how they come together with those of others.

Names of an actor depend on all articles (the plainest spelling counts), so that a block holds what they are made of,
under two predicates of its own; `settled` turns them into the labels of a graph. All else is in its final form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

import pyoxigraph as ox
from rdflib import Literal, URIRef

from kgraph.graph.build import Actors, distinct, facts, named_in, vocabulary
from kgraph.graph.build import entity as iri_of
from kgraph.graph.files import ntriples
from kgraph.ontology import PREFIXES, Ontology
from kgraph.records import Actor, Article, Statement

RECORD, NAME = "urn:kgraph:record", "urn:kgraph:name"
RAW = tuple(f"> <{predicate}> ".encode() for predicate in (RECORD, NAME))
ACTOR = f"<{PREFIXES['ent']}".encode()
# Subjects that belong to one article alone; any other line may stand in several articles.
OWN = tuple(f"<{PREFIXES[prefix]}".encode() for prefix in ("art", "claim", "sent"))


@dataclass(frozen=True, slots=True)
class Block:
    """An article as it was read: its lines, and how much was found."""

    article: Article
    lines: bytes
    claims: int
    sentences: int


def block(article: Article, statements: Sequence[Statement], ontology: Ontology, *, sentences: int = 0) -> Block:
    """The block of an article; `sentences` is how many were read."""
    kept = distinct(article, statements)
    lines = {ntriples(triple) for triple in facts(article, kept, ontology)}
    lines |= {ntriples(triple) for triple in vocabulary(ontology, {each.relation for each in kept.values()})}
    for actor, name in named_in(kept.values()):
        lines.add(ntriples((iri_of(actor), URIRef(RECORD), Literal(json.dumps(asdict(actor), sort_keys=True)))))
        if name is not None:
            held = json.dumps([name, article.language])
            lines.add(ntriples((iri_of(actor), URIRef(NAME), Literal(held))))
    content = "".join(f"{line}\n" for line in sorted(lines)).encode()
    return Block(article, content, len(kept), sentences)


def reading_id(article: Article, version: str) -> str:
    """32 hexadecimal digits of all that decides what a block says: text, head, and who reads it."""
    when = article.date.isoformat() if article.date else ""
    head = (article.title or "", article.language, when, article.outlet or "", article.url or "")
    parts = (article.text, *head, version)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_raw(line: bytes) -> bool:
    """Whether a line is of those that names are made of."""
    return line.startswith(ACTOR) and any(mark in line for mark in RAW)


def subject(line: bytes) -> bytes:
    """The subject of a line, as it is written there."""
    return line[: line.index(b" ")]


def settled(lines: Iterable[bytes], ontology: Ontology) -> Iterator[bytes]:
    """Sorted lines of any articles as those of their graph: each once, with the names of actors made."""
    once = (line for line, _ in groupby(lines))
    for of_actor, group in groupby(once, key=lambda line: line.startswith(ACTOR)):
        if not of_actor:
            yield from group
            continue
        for _, same in groupby(group, key=subject):
            held = list(same)
            raw = [line for line in held if is_raw(line)]
            yield from sorted({*(line for line in held if not is_raw(line)), *names(raw, ontology)})


def names(raw: Iterable[bytes], ontology: Ontology) -> set[bytes]:
    """The lines of class, labels and code that raw lines of one actor make."""
    actors = Actors()
    actor: Actor | None = None
    called: list[tuple[str, str]] = []
    for triple in ox.parse(b"".join(raw), ox.RdfFormat.N_TRIPLES):
        held = json.loads(triple.object.value)
        if triple.predicate.value == RECORD:
            actor = Actor(**{**held, "labels": tuple(map(tuple, held["labels"]))})
            actors.add(actor, None, "")
        else:
            called.append(held)
    if actor is None:
        return set()
    for name, language in called:
        actors.add(actor, name, language)
    return {f"{ntriples(triple)}\n".encode() for triple in actors.triples(ontology)}
