"""`kgraph dyads GRAPH [A B]`: how pairs of actors dealt with each other, month by month."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Cell, Format, say, write_rows, write_text
from kgraph.errors import InputError

if TYPE_CHECKING:
    from kgraph.analysis.ledger import Point

COLUMNS = ("first", "second", "month", "score", "words", "deeds", "trend", "done", "planned", "possible", "denied")


def dyads(
    graph: options.Graph,
    actors: Annotated[
        list[str] | None, typer.Argument(metavar="[A [B]]", help="One actor's pairs, or the pair of two.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the pair of two actors as an .svg file, too.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the ledger.")] = "table",
    language: options.Reader = "en",
    ontology: options.Ontology = None,
    own: options.Actors = None,
) -> None:
    """Score conflict (-10) and cooperation (10) for each pair and month by PLOVER's weights, with the sentences."""
    from kgraph import analysis, pipeline
    from kgraph import graph as graphs
    from kgraph import ontology as vocabulary

    names = actors or []
    if len(names) > 2:
        raise InputError(f"{len(names)} actors", cure="name one, or the two of a pair")
    if plot and (len(names) != 2 or plot.suffix != ".svg"):
        raise InputError("a plot shows one pair, as SVG", place=str(plot), cure="name two actors and an .svg file")
    relations = vocabulary.load(ontology).relations
    points = analysis.ledger(
        graphs.to_networkx(pipeline.load(graph, actors=own)), relations, between=names, language=language
    )
    if plot:
        from kgraph.analysis.plot import draw

        write_text(plot, draw(points, title=" – ".join(names)))
    if format == "json":
        say(json.dumps([_record(point) for point in points], ensure_ascii=False, indent=1))
    else:
        sentences = [" | ".join(f"[{each.kind}] {each.sentence}" for each in point.evidence) for point in points]
        rows = [(*_row(point), said) for point, said in zip(points, sentences, strict=True)]
        write_rows((*COLUMNS, "sentences"), rows, format)


def _row(point: Point) -> tuple[Cell, ...]:
    counts = (point.counts.get(kind, 0) for kind in ("done", "planned", "possible", "denied"))
    return (point.first, point.second, point.month, point.score, point.words, point.deeds, point.trend, *counts)


def _record(point: Point) -> dict[str, object]:
    evidence = [
        {"kind": each.kind, "relation": each.relation, "weight": each.weight, "sentence": each.sentence}
        for each in point.evidence
    ]
    return {**dict(zip(COLUMNS, _row(point), strict=True)), "evidence": evidence}
