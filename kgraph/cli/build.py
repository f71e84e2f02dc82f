"""`kgraph build ARTICLES... -o graph.ttl`, or `-o NAME.kgraph` for a store that later builds add to."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kgraph.cli import options
from kgraph.cli.console import complain, meter, progress, say
from kgraph.errors import InputError

if TYPE_CHECKING:
    from kgraph.records import Article, Statement
    from kgraph.store import Report


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
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="A graph file (.ttl .nt .rdf .jsonld), or a store to add to (.kgraph)."),
    ],
    article_language: options.ArticleLanguage = None,
    min_confidence: options.MinConfidence = 0.0,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    extractor: options.ExtractorName = "model",
    prune: Annotated[bool, typer.Option("--prune", help="Store: take out files that have vanished.")] = False,
    wait: options.Wait = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Store: read by so many processes; what kills one is set aside.")
    ] = None,
    engine: Annotated[Literal["local", "ray"], typer.Option(help="Store: what runs them; ray is an extra.")] = "local",
    address: Annotated[str | None, typer.Option(help="Store: of a Ray cluster; without it this machine.")] = None,
) -> None:
    """Build a graph from articles, or bring a store up to date with them."""
    from kgraph import graph, pipeline, store

    reading: dict[str, Any] = {
        "language": article_language,
        "extractor": extractor,
        "ontology": ontology,
        "actors": actors,
        "min_confidence": min_confidence,
    }
    running = {"prune": prune, "wait": wait, "workers": workers, "engine": engine, "address": address}
    if output.suffix == store.SUFFIX:
        _build_store(output, articles, {**reading, **running})
        return
    if prune or wait or workers or address or engine != "local":
        cure = f"--prune, --wait, --workers, --engine and --address go with -o NAME{store.SUFFIX}"
        raise InputError("is no store", place=str(output), cure=cure)
    _check(output)
    tally = Tally()
    with progress("Reading articles") as tell:

        def done(article: Article, statements: Sequence[Statement]) -> None:
            tally.articles += 1
            tally.statements += len(statements)
            tell(f"({tally.articles}) {article.location}")

        built = pipeline.build(articles, **reading, on_skip=tally.skip, on_article=done)
    graph.save(built, output)
    say(f"{output}: {tally}")
    if tally.skipped:
        raise typer.Exit(3)


def _build_store(output: Path, articles: list[Path], settings: Mapping[str, Any]) -> None:
    from kgraph import pipeline

    with meter("Reading articles") as tell:

        def done(report: Report) -> None:
            counts = (_count(report.articles, "article"), _count(report.sentences, "sentence"))
            words = ", ".join((*counts, _count(report.claims, "claim"), f"{report.rate:.1f} articles/s"))
            skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
            tell(report.share, words + skipped)

        try:
            report = pipeline.build_store(output, articles, **settings, tell=done)
        except KeyboardInterrupt:
            complain(f"stopped: what was read is safe in {output}; run it again to go on")
            raise
    if report.skipped and not report.articles + report.known + report.unchanged:
        raise report.skipped[0]
    for fault in report.skipped:
        complain(f"skipped: {fault}")
    say(f"{output}: {_closing(report)}")
    if report.skipped:
        raise typer.Exit(3)


def _closing(report: Report) -> str:
    parts = [_count(report.articles, "article"), _count(report.claims, "statement")]
    for number, what in (
        (len(report.skipped), "skipped"),
        (report.known, "known already"),
        (report.unchanged, "unchanged"),
        (len(report.removed), "removed"),
        (len(report.gone), "gone but kept (--prune takes them out)"),
    ):
        parts += [f"{number} {what}"] if number else []
    return ", ".join(parts)


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
