"""From files to a graph, from a graph to a page: what the command line and `import kgraph` offer."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kgraph.errors import InputError
from kgraph.records import Article, Language, Statement

if TYPE_CHECKING:
    from rdflib import Graph
    from spacy.tokens import Doc

    from kgraph.language.annotations import Record
    from kgraph.language.loading import Extractor
    from kgraph.page import Page, Questions
    from kgraph.queries import Rows
    from kgraph.store import Block, Report

Engine = Literal["local", "ray"]
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


def build_store(
    folder: Path | str,
    paths: Sequence[Path | str],
    *,
    language: Language | None = None,
    extractor: Extractor = "model",
    ontology: Path | None = None,
    actors: Path | None = None,
    min_confidence: float = 0.0,
    prune: bool = False,
    wait: bool = False,
    workers: int | None = None,
    engine: Engine = "local",
    address: str | None = None,
    tell: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Bring a store up to date with articles in files and folders; what is unchanged is not read again.

    `tell` hears of each article. With `prune`, files that have vanished from the folders are taken out. Where another
    process builds the store, wait for it or raise StoreError. `workers` is the number of processes that read; without
    it this process does, which an article that kills its reader ends. The engine "ray" runs them on this machine or on
    the cluster at `address`.
    """
    from kgraph import ontology as vocabulary
    from kgraph import store
    from kgraph import workers as crews

    vocabulary.load(ontology)  # says what is wrong with it before the work
    make = partial(_reader, extractor, ontology, actors, min_confidence)

    def read(articles: Iterable[Article]) -> Iterator[Block | InputError]:
        if engine == "ray":
            from kgraph.workers.ray import RayCrew

            return crews.read(articles, RayCrew(make, workers or os.cpu_count() or 1, address=address))
        return crews.read(articles, crews.LocalCrew(make, workers)) if workers else make()(articles)

    settings = (extractor, language, min_confidence)
    version = _version(settings, [path for path in (ontology, actors) if path])
    return store.build(Path(folder), paths, read, version=version, language=language, prune=prune, wait=wait, tell=tell)


def _reader(
    extractor: Extractor, ontology: Path | None, actors: Path | None, min_confidence: float
) -> Callable[[Iterable[Article]], Iterator[Block]]:
    """What reads articles into blocks, with its model loaded."""
    from kgraph import language, store
    from kgraph import ontology as vocabulary

    terms = vocabulary.load(ontology)
    nlp = language.load("auto", extractor=extractor, ontology=ontology, actors=actors)

    def read(articles: Iterable[Article]) -> Iterator[Block]:
        for article, doc in language.read(nlp, articles):
            yield store.block(article, _sure(doc, min_confidence), terms, sentences=sum(1 for _ in doc.sents))

    return read


def _version(settings: object, own: Iterable[Path]) -> str:
    """A hash of all that decides what is read in an article: code, tables, weights, and what a user adds."""
    digest = sha256(repr(settings).encode())
    here = Path(__file__).parent
    rooms = ("actors", "articles", "graph", "language", "ontologies", "ontology", "records.py", "store/blocks.py")
    files = (path for room in rooms for path in sorted((here / room).rglob("*")) or [here / room])
    for path in (*files, *own):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"\x1f{path.name}\x1f".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


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
        yield article, _sure(doc, min_confidence)


def _sure(doc: Doc, least: float) -> list[Statement]:
    """The statements of at least this confidence."""
    return [statement for statement in doc._.statements if statement.confidence >= least]


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


def render(
    graph: Graph,
    *,
    language: Language = "en",
    title: str | None = None,
    ontology: Path | None = None,
    sparql: bool = False,
) -> Page:
    """The graph as one HTML page that needs nothing else, as text; `language` is the reader's.

    A notebook shows it in a cell. With `sparql`, the page answers queries itself, which makes it 2 MB larger.
    """
    from kgraph import graph as graphs
    from kgraph import ontology as vocabulary
    from kgraph import page

    return page.render(
        graphs.to_networkx(graph),
        relations=vocabulary.load(ontology).relations,
        language=language,
        title=title,
        questions=_questions(graph) if sparql else None,
    )


def _questions(graph: Graph) -> Questions:
    """All that a page is asked about, with the ready queries that need no value."""
    from kgraph import page, queries
    from kgraph.graph.files import ntriples

    ready = [q for q in queries.ready().values() if not any(each.required for each in q.parameters)]
    triples = sorted(map(ntriples, graph))
    return page.Questions(triples, [(query.titles, query.body) for query in ready])


def load(path: Path | str, *, actors: Path | None = None) -> Graph:
    """The graph in a file or store, under the names of a user's own CSV file (alias, type, key, label) if there is one.

    "NAME.kgraph@2024-01-01" is a store as far as published until that day.
    """
    from kgraph import graph, store

    place = Path(path)
    if store.is_store(place):
        return graph.graph_of(store.open(place).triples(), str(place), actors=actors)
    return graph.load(place, actors=actors)


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
