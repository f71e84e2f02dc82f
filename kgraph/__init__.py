"""Knowledge graphs of international relations from news articles, Indonesian and English.

    graph = kgraph.build(["seeds/"])
    for row in kgraph.query(graph, "visits").rows: ...
    html = kgraph.render(graph, language="id")

Names are loaded when they are first used, so that `import kgraph` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kgraph.errors import EmptyInput, InputError, KgraphError, MissingExtra, OntologyError, QueryError
from kgraph.records import Actor, Article, EventDate, Mention, Sentence, Span, Statement

if TYPE_CHECKING:
    from kgraph.articles import read_article, read_articles
    from kgraph.graph import save
    from kgraph.pipeline import build, build_store, load, query, render, statements

_HOMES = {
    "build": "kgraph.pipeline",
    "build_store": "kgraph.pipeline",
    "load": "kgraph.pipeline",
    "query": "kgraph.pipeline",
    "read_article": "kgraph.articles",
    "read_articles": "kgraph.articles",
    "render": "kgraph.pipeline",
    "save": "kgraph.graph",
    "statements": "kgraph.pipeline",
}

__all__ = [
    "Actor",
    "Article",
    "EmptyInput",
    "EventDate",
    "InputError",
    "KgraphError",
    "Mention",
    "MissingExtra",
    "OntologyError",
    "QueryError",
    "Sentence",
    "Span",
    "Statement",
    "build",
    "build_store",
    "load",
    "query",
    "read_article",
    "read_articles",
    "render",
    "save",
    "statements",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
