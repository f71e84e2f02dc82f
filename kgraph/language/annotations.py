"""A read Doc as annotation records, one a sentence.

    {"id", "e": [[mention, type, canon]], "s": [[subject, relation, object, trigger, status, negated, by, stance]]}

Mentions are strings; a state's canon is its alpha-3 code, any other's its English label. Where it is asked for, "c"
holds the confidence of each statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from spacy.tokens import Doc

from kgraph.records import Actor, Mention, Sentence, Statement


class Record(TypedDict):
    """One sentence, its entities and its statements."""

    id: str
    e: list[list[str]]
    s: list[list[str | int]]
    c: NotRequired[list[float]]


def records(doc: Doc, ids: Sequence[str], *, confidence: bool = False) -> list[Record]:
    """The records of all sentences of a Doc, under the ids given."""
    return [_record(doc, sentence, id_, confidence) for sentence, id_ in zip(doc._.sentences, ids, strict=True)]


def _record(doc: Doc, sentence: Sentence, id_: str, confidence: bool) -> Record:
    inside = [m for m in doc._.mentions if sentence.start <= m.start < sentence.end]
    entities = dict.fromkeys((m.text, m.type, canon(m.actor)) for m in inside)
    statements: dict[tuple[str | int, ...], float] = {}  # the same words said twice are as certain as the surer one
    for statement in doc._.statements:
        if statement.sentence == sentence:
            row = _row(statement)
            statements[row] = max(statement.confidence, statements.get(row, 0.0))
    record: Record = {"id": id_, "e": [list(entity) for entity in entities], "s": [list(row) for row in statements]}
    return {**record, "c": list(statements.values())} if confidence else record


def _row(statement: Statement) -> tuple[str | int, ...]:
    return (
        statement.subject.text,
        statement.relation,
        statement.object.text,
        statement.trigger.text,
        statement.status,
        int(statement.negated),
        _text(statement.source),
        statement.stance or "",
    )


def _text(mention: Mention | None) -> str:
    return mention.text if mention else ""


def canon(actor: Actor) -> str:
    """The name under which an actor stands in records."""
    return actor.code or actor.label
