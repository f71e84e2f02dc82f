"""A user's own names on a graph that is built: actors merged and split as the graph is read; its file stays as it is.

An actor whose label is one of these names gives way to the actor that the user means, and points at it by owl:sameAs.
A claim whose words are one of these names is about that actor, whoever they were read as. Claims keep their IRIs; the
direct triples of the actors concerned are drawn anew.
"""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.term import Node

from kgraph.actors.own import OwnNames
from kgraph.graph.build import IR, described, entity
from kgraph.ontology import load
from kgraph.records import ENTITY_TYPES, Actor, EntityType

# What a claim says of an actor: the words that name it, and why they were read so.
ROLES = {
    RDF.subject: (IR.subjectText, IR.subjectReason),
    RDF.object: (IR.objectText, IR.objectReason),
    IR.attributedTo: (IR.sourceText, IR.sourceReason),
}
FACT = (RDF.subject, RDF.predicate, RDF.object)
REASON = Literal("name in a file of one's own")


def link(graph: Graph, own: OwnNames) -> None:
    """Make a loaded graph follow a user's own names."""
    _Linking(graph, own).run()


class _Linking:
    """One graph while it is made to follow own names."""

    def __init__(self, graph: Graph, own: OwnNames) -> None:
        self.graph, self.own, self.classes = graph, own, load().classes
        self.kinds: dict[Node, EntityType] = {}
        for kind in ENTITY_TYPES:
            self.kinds |= dict.fromkeys(graph.subjects(RDF.type, IR[self.classes[kind]]), kind)
        self.left: set[Node] = set()  # actors that claims have left
        self.met: dict[Node, Actor] = {}  # actors to which they went

    def run(self) -> None:
        for named in self.own.actors.values():
            if named.key in self.own.relabelled and entity(named) in self.kinds:
                self._to(named)
        whole = {actor: means for actor in self.kinds if (means := self._meant(actor, SKOS.prefLabel, actor))}
        for role, (words, reason) in ROLES.items():
            for claim, actor in list(self.graph.subject_objects(role)):
                if means := self._meant(claim, words, actor) or whole.get(actor):
                    self._move(claim, role, reason, actor, means)
        for actor in sorted(self.kinds, key=str):
            self._rename(actor, whole.get(actor))
        self._redraw()
        for actor in sorted(self.left, key=str):
            self._retire(actor, whole.get(actor))

    def _meant(self, node: Node, predicate: Node, actor: Node) -> Actor | None:
        """Whom the user means by a name that the graph has for `actor`; None where that is the same."""
        kind = self.kinds.get(actor)
        names = sorted(self.graph.objects(node, predicate), key=str) if kind else []
        found = [means for name in names if kind and (means := self.own.meant(str(name), kind))]
        return found[0] if found and entity(found[0]) != actor else None

    def _move(self, claim: Node, role: URIRef, reason: URIRef, actor: Node, means: Actor) -> None:
        """Make a claim about another actor."""
        self.graph.remove((claim, role, actor))
        self.graph.add((claim, role, self._to(means)))
        self.graph.set((claim, reason, REASON))
        self.left.add(actor)

    def _to(self, means: Actor) -> URIRef:
        """The actor that is meant, told of in the graph as the user or the book does."""
        iri = entity(means)
        if iri not in self.met:
            self.met[iri] = means
            if means.key in self.own.relabelled:
                self.graph.remove((iri, SKOS.prefLabel, None))
            if (iri, SKOS.prefLabel, None) not in self.graph:
                for triple in described(means, self.classes):
                    self.graph.add(triple)
        return iri

    def _rename(self, actor: Node, whole: Actor | None) -> None:
        """Let names go with the claims that they stood for; those of an actor that gives way go all."""
        for predicate in (SKOS.altLabel, SKOS.prefLabel) if whole else (SKOS.altLabel,):
            for name in list(self.graph.objects(actor, predicate)):
                kind = self.kinds[actor]
                means = self.own.meant(str(name), kind) or whole
                if means and entity(means) != actor:
                    self.graph.remove((actor, predicate, name))
                    self._name(self._to(means), name)

    def _name(self, actor: URIRef, name: Node) -> None:
        if str(name) not in map(str, self.graph.objects(actor, SKOS.prefLabel)):
            self.graph.add((actor, SKOS.altLabel, name))

    def _redraw(self) -> None:
        """The direct triples of the actors concerned, as build draws them."""
        for actor in self.left:
            for triple in [*self.graph.triples((actor, None, None)), *self.graph.triples((None, None, actor))]:
                if triple[0] in self.kinds and triple[2] in self.kinds:
                    self.graph.remove(triple)
        concerned = self.left | set(self.met)
        claims = {
            claim
            for actor in concerned
            for role in (RDF.subject, RDF.object)
            for claim in self.graph.subjects(role, actor)
        }
        for claim in claims:
            if self._holds(claim):
                subject, relation, obj = (next(self.graph.objects(claim, part)) for part in FACT)
                self._draw(subject, relation, obj)

    def _holds(self, claim: Node) -> bool:
        status, stance = self.graph.value(claim, IR.status), self.graph.value(claim, IR.stance)
        return status == IR.asserted and stance != IR.denies and str(self.graph.value(claim, IR.negated)) != "true"

    def _draw(self, subject: Node, relation: Node, obj: Node) -> None:
        self.graph.add((subject, relation, obj))
        if (relation, RDF.type, OWL.SymmetricProperty) in self.graph:
            self.graph.add((obj, relation, subject))
        for inverse in self.graph.objects(relation, OWL.inverseOf):
            self.graph.add((obj, inverse, subject))

    def _retire(self, actor: Node, whole: Actor | None) -> None:
        """An actor of whom no claim is left is told of no more, but for the one that took its place."""
        if any((None, role, actor) in self.graph for role in ROLES):
            return
        self.graph.remove((actor, None, None))
        if whole:
            self.graph.add((actor, OWL.sameAs, entity(whole)))
