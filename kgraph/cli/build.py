"""`kgraph build ARTICLES... -o graph.ttl`"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import complain, progress, say
from kgraph.errors import InputError

if TYPE_CHECKING:
    from kgraph.records import Article, Statement


@dataclass
class Tally:
    """What has been done so far."""

    articles: int = 0
    statements: int = 0
    skipped: int = 0

    def skip(self, error: InputError) -> None:
        """Count and tell what could not be read."""
        self.skipped += 1
        complain(f"skipped: {error}")

    def __str__(self) -> str:
        parts = [_count(self.articles, "article"), _count(self.statements, "statement")]
        return ", ".join(parts + ([f"{self.skipped} skipped"] if self.skipped else []))


def build(
    articles: Annotated[
        list[Path], typer.Argument(help="Files (.txt .html .json .jsonl .csv .xml) and folders.", show_default=False)
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The graph file: .ttl, .nt, .rdf, .jsonld.")],
    article_language: options.ArticleLanguage = None,
    min_confidence: options.MinConfidence = 0.0,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    extractor: options.ExtractorName = "model",
) -> None:
    """Build a graph from articles."""
    from kgraph import graph, pipeline

    _check(output)
    tally = Tally()
    with progress("Reading articles") as tell:

        def done(article: Article, statements: Sequence[Statement]) -> None:
            tally.articles += 1
            tally.statements += len(statements)
            tell(f"({tally.articles}) {article.location}")

        built = pipeline.build(
            articles,
            language=article_language,
            extractor=extractor,
            ontology=ontology,
            actors=actors,
            min_confidence=min_confidence,
            on_skip=tally.skip,
            on_article=done,
        )
    graph.save(built, output)
    say(f"{output}: {tally}")
    if tally.skipped:
        raise typer.Exit(3)


def _check(output: Path) -> None:
    """Find out before the work whether its result can be written."""
    from kgraph.ontology.parsing import format_of

    format_of(output, fault=InputError)
    if not output.parent.is_dir():
        raise InputError("no such folder", place=str(output.parent), cure="make it first")
    if output.is_dir():
        raise InputError("is a folder", place=str(output), cure="name a file in it")
    try:
        tempfile.TemporaryFile(dir=output.parent).close()
    except OSError as error:
        what = f"nothing can be written in this folder ({error.strerror})"
        raise InputError(what, place=str(output.parent), cure="name another") from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
