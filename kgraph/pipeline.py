"""From files to a graph, from a graph to a page: what the command line and `import kgraph` offer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import InputError
from kgraph.records import Article, Language, Statement

if TYPE_CHECKING:
    from rdflib import Graph

    from kgraph.language.annotations import Record
    from kgraph.language.loading import Extractor
    from kgraph.queries import Rows

Read = tuple[Article, Sequence[Statement]]


def build(
    paths: Iterable[Path | str],
    *,
    language: Language | None = None,
    extractor: Extractor = "model",
    ontology: Path | None = None,
    actors: Path | None = None,
    min_confidence: float = 0.0,
    on_skip: Callable[[InputError], None] | None = None,
    on_article: Callable[[Article, Sequence[Statement]], None] | None = None,
) -> Graph:
    """The graph of all articles in files and folders.

    What cannot be read is given to `on_skip` (by default it becomes a warning) and left out; where nothing can be read,
    the first InputError is raised. `language` is that of the articles; without it, it is found out for each.
    """
    from kgraph import graph
    from kgraph import ontology as vocabulary

    skipped: list[InputError] = []
    count = 0

    def counted(pairs: Iterable[Read]) -> Iterator[Read]:
        nonlocal count
        for article, statements in pairs:
            count += 1
            if on_article:
                on_article(article, statements)
            yield article, statements

    def skip(error: InputError) -> None:
        skipped.append(error)
        if on_skip:
            on_skip(error)
        else:
            warnings.warn(str(error), stacklevel=2)

    terms = vocabulary.load(ontology)
    articles = _read_articles(paths, language, skip)
    pairs = statements(articles, extractor=extractor, ontology=ontology, actors=actors, min_confidence=min_confidence)
    built = graph.build(counted(pairs), terms)
    if not count:
        raise skipped[0] if skipped else InputError("no articles", cure="name files or folders that hold some")
    return built


def statements(
    articles: Iterable[Article],
    *,
    extractor: Extractor = "model",
    ontology: Path | None = None,
    actors: Path | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Read]:
    """Each article with its statements, one after the other."""
    from kgraph import language

    nlp = language.load("auto", extractor=extractor, ontology=ontology, actors=actors)
    for article, doc in language.read(nlp, articles):
        yield article, [s for s in doc._.statements if s.confidence >= min_confidence]


def annotate(
    rows: Iterable[tuple[str, str]],
    *,
    language: Language | None = None,
    extractor: Extractor = "model",
    ontology: Path | None = None,
    actors: Path | None = None,
    confidence: bool = False,
) -> Iterator[Record]:
    """An annotation record for each sentence, given as id ("ARTICLE:n") and text, those of one article in a row.

    With `confidence`, each has the confidence of its statements under "c".
    """
    from kgraph.articles.languages import language_of
    from kgraph.language import from_sentences, load
    from kgraph.language.annotations import records

    nlp = load("auto", extractor=extractor, ontology=ontology, actors=actors)
    for _, group in groupby(rows, key=lambda row: row[0].rpartition(":")[0]):
        ids, texts = zip(*group, strict=True)
        spoken = language or language_of("\n".join(texts))
        yield from records(nlp(from_sentences(nlp, texts, language=spoken)), ids, confidence=confidence)


def render(graph: Graph, *, language: Language = "en", title: str | None = None, ontology: Path | None = None) -> str:
    """The graph as one HTML page that needs nothing else; `language` is the reader's."""
    from kgraph import graph as graphs
    from kgraph import ontology as vocabulary
    from kgraph import page

    network = graphs.to_networkx(graph)
    return page.render(network, relations=vocabulary.load(ontology).relations, language=language, title=title)


def load(path: Path | str, *, actors: Path | None = None) -> Graph:
    """The graph in a file, under the names of a user's own CSV file (alias, type, key, label) where one is given."""
    from kgraph import graph

    return graph.load(Path(path), actors=actors)


def query(
    graph: Graph | Path | str,
    query: str | Path,
    parameters: Mapping[str, str] | None = None,
    *,
    language: Language = "en",
) -> Rows:
    """The answer to SPARQL text, an .rq file, or a ready query by its name, asked of a graph or a graph file."""
    from kgraph import queries

    asked = Path(graph) if isinstance(graph, str) else graph
    return queries.run(asked, query, parameters=parameters, language=language)


def _read_articles(
    paths: Iterable[Path | str], language: Language | None, on_skip: Callable[[InputError], None]
) -> Iterator[Article]:
    from kgraph import articles

    return articles.read_articles(paths, language=language, on_skip=on_skip)
