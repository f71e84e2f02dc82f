"""The pipeline's components. Each reads what those before it wrote on the Doc and adds its own.

kgraph_sentences   `doc.sents`, `doc._.sentences`; `doc._.article` where the Doc was made from bare text
kgraph_rules       `doc._.drafts` (or another extractor, see `EXTRACTORS` in kgraph.language)
kgraph_actors      `doc._.mentions`, `doc.spans["mentions"]`, `doc.ents`
kgraph_dates       `doc._.statements`
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kgraph import ontology, records
from kgraph.actors import Book, resolve
from kgraph.language import cues, names, rules
from kgraph.language.dates import event_date
from kgraph.language.drafts import DraftMention, Drafts, DraftStatement
from kgraph.language.sentences import parts, split

# Relations that hold over time: a date in their sentence is that of something else.
LASTING = frozenset(["holdsPositionIn", "memberOf", "locatedIn", "alliedWith"])
LANGUAGES: tuple[records.Language, ...] = ("id", "en")

for _name, _default in {
    "article": None,
    "bounds": None,  # character offsets of the sentences, where they are given and not to be found
    "sentences": (),
    "drafts": Drafts(),
    "mentions": (),
    "statements": (),
}.items():
    Doc.set_extension(_name, default=_default, force=True)


@cache
def book(extra: str | None) -> Book:
    """The book of actors with a user's table on top; read once."""
    return Book.load(Path(extra) if extra else None)


@cache
def vocabulary(extra: str | None) -> ontology.Ontology:
    """The ontology with a user's file on top; read once."""
    return ontology.load(Path(extra) if extra else None)


@Language.component("kgraph_sentences")
def sentences(doc: Doc) -> Doc:
    """Sentence boundaries, by offsets given beforehand or found in the text."""
    if doc._.article is None:
        language = cast(records.Language, doc.lang_ if doc.lang_ in LANGUAGES else LANGUAGES[0])
        doc._.article = records.Article(doc.text, language=language)
    text = doc.text  # spaCy puts it together anew each time it is asked
    bounds = doc._.bounds or split(text, doc._.article.language)
    starts = {start for start, _ in bounds[1:]}
    begins = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    column: Any = np.array(begins, dtype="int64").astype("uint64").reshape(-1, 1)
    doc.from_array([SENT_START], column)  # all at once: one by one, spaCy looks through the Doc each time
    doc._.sentences = tuple(records.Sentence(i, text[a:b], a, b) for i, (a, b) in enumerate(bounds))
    return doc


@Language.factory("kgraph_rules", default_config={"ontology": None, "actors": None, "relations": None})
def create_rules(
    nlp: Language, name: str, ontology: str | None, actors: str | None, relations: list[str] | None
) -> Rules:
    """Rules for all relations of an ontology, or for those named alone."""
    del nlp, name
    return Rules(vocabulary(ontology), book(actors), None if relations is None else frozenset(relations))


class Rules:
    """Extracts by rule. After another extractor it takes that one's mentions and adds statements to its own."""

    def __init__(self, terms: ontology.Ontology, actors: Book, only: frozenset[str] | None) -> None:
        self.actors = actors
        self.lexicons = {language: rules.Lexicon.of(terms, language, only=only) for language in LANGUAGES}

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its drafts."""
        language = doc._.article.language
        words, bounds, text = cues.load(language), [(s.start, s.end) for s in doc._.sentences], doc.text
        lexicon, given = self.lexicons[language], doc._.drafts
        cut = [part for bound in bounds for part in parts(text, *bound, rules.LONGEST)]
        mentions = given.mentions or names.find(text, cut, self.actors, words, lexicon.senses)
        found = self.statements(doc, mentions)
        kept, statements = (mentions, found) if given.mentions else rules.without_idle(mentions, found)
        doc._.drafts = Drafts(tuple(kept), (*given.statements, *statements))
        return doc

    def statements(self, doc: Doc, mentions: Sequence[DraftMention]) -> list[DraftStatement]:
        """What the rules find between mentions, whoever found these."""
        language, bounds = doc._.article.language, [(s.start, s.end) for s in doc._.sentences]
        return rules.find(doc.text, bounds, mentions, self.lexicons[language], cues.load(language))


@Language.factory("kgraph_actors", default_config={"actors": None})
def create_actors(nlp: Language, name: str, actors: str | None) -> Actors:
    """Names to actors, by the book and by the article."""
    del nlp, name
    return Actors(book(actors))


class Actors:
    """Says who each drafted mention is."""

    def __init__(self, actors: Book) -> None:
        self.actors = actors

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its mentions and entities."""
        article, drafts, text = doc._.article, doc._.drafts.mentions, doc.text
        meant = resolve(self.actors, text, drafts, language=article.language, date=article.date)
        doc._.mentions = tuple(
            records.Mention(text[m.start : m.end], m.start, m.end, m.type, actor, reason)
            for m, (actor, reason) in zip(drafts, meant, strict=True)
        )
        spans = [_span(doc, mention) for mention in doc._.mentions]
        doc.spans["mentions"] = spans
        doc.ents = filter_spans(spans)
        return doc


def _span(doc: Doc, mention: records.Mention) -> Span:
    span = doc.char_span(
        mention.start, mention.end, label=mention.type, kb_id=mention.actor.key, alignment_mode="expand"
    )
    assert span is not None, "a mention lies within the text"
    return span


@Language.component("kgraph_dates")
def dates(doc: Doc) -> Doc:
    """Drafts to statements, each with the date of what it says.

    An actor under two names in one sentence ("Amerika Serikat (AS)") makes no statement with itself, and the same
    statement only once: the surest.
    """
    best: dict[tuple, records.Statement] = {}
    for draft in doc._.drafts.statements:
        statement = _statement(doc, draft, doc._.mentions)
        key = _meaning(statement)
        kept = best.get(key)
        if statement.subject.actor != statement.object.actor and (
            kept is None or kept.confidence < statement.confidence
        ):
            best[key] = statement
    doc._.statements = tuple(best.values())
    return doc


def _meaning(s: records.Statement) -> tuple:
    source = s.source.actor.key if s.source else None
    ends = s.subject.actor.key, s.relation, s.object.actor.key
    return s.sentence.index, *ends, s.status, s.negated, source, s.stance


def _statement(doc: Doc, draft: DraftStatement, mentions: Sequence[records.Mention]) -> records.Statement:
    sentence, (start, end) = doc._.sentences[draft.sentence], draft.trigger
    within = (start - sentence.start, end - sentence.start)
    article = doc._.article
    return records.Statement(
        subject=mentions[draft.subject],
        relation=draft.relation,
        object=mentions[draft.object],
        trigger=records.Span(sentence.text[slice(*within)], start, end),
        sentence=sentence,
        status=draft.status,
        negated=draft.negated,
        source=None if draft.source is None else mentions[draft.source],
        stance=draft.stance,
        event_date=None
        if draft.relation in LASTING
        else event_date(sentence.text, within, language=article.language, report_date=article.date),
        confidence=draft.confidence,
    )
