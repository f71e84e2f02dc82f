"""What the model half believes and the trigger words of the ontology say too.

Rules alone miss most and err often, but where they read the very statement that the model gives a small chance, it
is right more often than not: such statements stay. Denials are rare in what the model was fitted to; where the cue
words show who denies a statement, each denier makes it a claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kgraph import ontology
from kgraph.actors import Book
from kgraph.language.components import Rules, book, vocabulary
from kgraph.language.drafts import DraftMention, Drafts, DraftStatement
from kgraph.language.model import SHIPPED, load_model

Meaning = tuple[int, str, str, str]


@Language.factory("kgraph_agreement", default_config={"folder": None, "actors": None})
def create_agreement(nlp: Language, name: str, folder: str | None, actors: str | None) -> Agreement:
    """Belongs behind kgraph_model, with the same folder."""
    del nlp, name
    settings = load_model(Path(folder) if folder else SHIPPED)[2]
    return Agreement(settings.relation, vocabulary(None), book(actors))


class Agreement:
    """Keeps what the model is sure of, and of the rest what the rules find as well."""

    def __init__(self, sure: float, terms: ontology.Ontology, actors: Book) -> None:
        self.sure = sure
        self.rules = Rules(terms, actors, None)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with fewer drafted statements, and denials by each denier."""
        drafts, text = doc._.drafts, doc.text
        ruled: dict[Meaning, list[DraftStatement]] = {}
        for statement in self.rules.statements(doc, drafts.mentions):
            ruled.setdefault(_meaning(text, drafts.mentions, statement), []).append(statement)
        kept = [
            each
            for statement in drafts.statements
            for each in self._kept(statement, ruled.get(_meaning(text, drafts.mentions, statement), ()))
        ]
        doc._.drafts = Drafts(drafts.mentions, tuple(kept))
        return doc

    def _kept(self, statement: DraftStatement, ruled: Sequence[DraftStatement]) -> Iterator[DraftStatement]:
        if statement.confidence <= self.sure and not ruled:
            return
        denials = [other for other in ruled if other.stance == "denies"]
        if denials:
            yield from (replace(other, confidence=statement.confidence) for other in denials)
        else:
            yield statement


def _meaning(text: str, mentions: Sequence[DraftMention], statement: DraftStatement) -> Meaning:
    """Sentence, subject, relation and object, by their words: a name may stand twice in a sentence."""
    subject, object_ = (text[mentions[i].start : mentions[i].end] for i in (statement.subject, statement.object))
    return statement.sentence, subject, statement.relation, object_
