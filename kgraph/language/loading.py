"""Builds the pipelines, and makes Docs for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kgraph import records
from kgraph.language import tokens  # noqa: F401  (registers the tokenizer)
from kgraph.language.components import vocabulary
from kgraph.ontology import Relation

Extractor = Literal["model", "rules"]
# What may fill `doc._.drafts`: names of factories, each with the module that registers it.
EXTRACTORS: dict[Extractor, dict[str, str]] = {
    "model": {"kgraph_model": "kgraph.language.model", "kgraph_agreement": "kgraph.language.agreement"},
    "rules": {"kgraph_rules": "kgraph.language.components"},
}
TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "kgraph.Tokenizer.v1"}}}


def load(
    language: Literal["id", "en", "auto"] = "auto",
    *,
    extractor: Extractor = "model",
    ontology: Path | None = None,
    actors: Path | None = None,
) -> Pipeline:
    """A pipeline for a language; "auto" goes by the language of each article (see `document`)."""
    nlp = spacy.blank("xx" if language == "auto" else language, config=TOKENIZER)
    extra, people = (str(path.resolve()) if path else None for path in (ontology, actors))
    nlp.add_pipe("kgraph_sentences")
    for factory, module in EXTRACTORS[extractor].items():
        import_module(module)
        nlp.add_pipe(factory, config={"actors": people} | ({"ontology": extra} if extractor == "rules" else {}))
    if extractor != "rules" and extra:
        nlp.add_pipe("kgraph_rules", config={"ontology": extra, "actors": people, "relations": _own(extra)})
    nlp.add_pipe("kgraph_actors", config={"actors": people})
    nlp.add_pipe("kgraph_dates")
    return nlp


def document(nlp: Pipeline, article: records.Article) -> Doc:
    """A Doc of an article, to be given to the pipeline."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc


def from_sentences(nlp: Pipeline, sentences: Sequence[str], *, language: records.Language) -> Doc:
    """A Doc whose sentences are these, however they look."""
    bounds, at = [], 0
    for sentence in sentences:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1
    doc = document(nlp, records.Article("\n".join(sentences), language=language))
    doc._.bounds = bounds
    return doc


def read(nlp: Pipeline, articles: Iterable[records.Article]) -> Iterator[tuple[records.Article, Doc]]:
    """Each article with its Doc, one after the other."""
    for doc in nlp.pipe(document(nlp, article) for article in articles):
        yield doc._.article, doc


def _own(extra: str) -> list[str]:
    """The relations to which a user's ontology gives words."""
    base = vocabulary(None).relations
    return [
        name
        for name, relation in vocabulary(extra).relations.items()
        if name not in base or _words(relation) - _words(base[name])
    ]


def _words(relation: Relation) -> set[tuple[str, str]]:
    return {(language, word) for language, words in relation.triggers.items() for word in words}
