"""Does a graph hold to the SHACL shapes of shapes.ttl?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kgraph.errors import MissingExtra
from kgraph.ontology import HOME, PREFIXES

IR_TEXT = URIRef(PREFIXES["ir"] + "text")
QUOTED_FROM = URIRef(PREFIXES["prov"] + "wasQuotedFrom")
CLAIM = URIRef(PREFIXES["ir"] + "Claim")


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong, with what, and the sentence where a claim is concerned."""

    severity: Literal["violation", "warning"]
    message: str
    node: str  # the local name of what is wrong
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The number of claims looked at, and what was found, in a stable order."""

    claims: int
    found: tuple[Violation, ...]

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What no graph of ours may hold."""
        return tuple(each for each in self.found if each.severity == "violation")

    @property
    def warnings(self) -> tuple[Violation, ...]:
        """What is unusual: a subject or an object of a class that the relation does not expect."""
        return tuple(each for each in self.found if each.severity == "warning")


def check(graph: Graph, *, language: str = "en") -> Report:
    """The report on a graph. Without pyshacl, MissingExtra is raised."""
    try:
        import pyshacl
    except ImportError as error:
        cure = 'pip install "kgraph[check]"'
        raise MissingExtra("checking needs pyshacl, which is not installed", cure=cure) from error
    shapes = Graph().parse(HOME / "shapes.ttl", format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    assert isinstance(results, Graph)
    found = {
        violation
        for result in results.subjects(RDF.type, SH.ValidationResult)
        for violation in _violations(graph, results, result, language)
    }
    ordered = sorted(found, key=lambda each: (each.severity, each.message, each.node, each.sentence or ""))
    return Report(len(set(graph.subjects(RDF.type, CLAIM))), tuple(ordered))


def _violations(graph: Graph, results: Graph, result: Node, language: str) -> list[Violation]:
    """One result for each claim concerned: a relation's odd subject may stand in many."""
    severity: Any = "warning" if results.value(result, SH.resultSeverity) == SH.Warning else "violation"
    message = _message(results, result, language)
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    path = results.value(result, SH.resultPath)
    end = list(results.items(path))[-1:] if path else []  # of a relation's shape: rdf:subject or rdf:object
    claims = [focus] if (focus, RDF.type, CLAIM) in graph else _claims(graph, focus, value, end)
    sentences = [_sentence(graph, claim) for claim in claims] or [_sentence_text(graph, focus)]
    node = value if severity == "warning" else focus
    return [Violation(severity, message, str(node).replace("#", "/").rpartition("/")[2], each) for each in sentences]


def _message(results: Graph, result: Node, language: str) -> str:
    messages = [(getattr(m, "language", None) != language, str(m)) for m in results.objects(result, SH.resultMessage)]
    path = results.value(result, SH.resultPath)
    name = str(path).replace("#", "/").rpartition("/")[2] if isinstance(path, URIRef) else ""
    return ": ".join(filter(None, (name, min(messages)[1])))


def _claims(graph: Graph, relation: Node | None, value: Node | None, end: list[Node]) -> list[Node]:
    of_relation = set(graph.subjects(RDF.predicate, relation))
    return [claim for predicate in end for claim in graph.subjects(predicate, value) if claim in of_relation]


def _sentence(graph: Graph, claim: Node | None) -> str | None:
    return _sentence_text(graph, graph.value(claim, QUOTED_FROM))


def _sentence_text(graph: Graph, sentence: Node | None) -> str | None:
    text = graph.value(sentence, IR_TEXT) if sentence is not None else None
    return None if text is None else str(text)
