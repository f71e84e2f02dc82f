"""`kgraph actors GRAPH`: who is in a graph, under which names, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Cell, Format, write_rows
from kgraph.errors import InputError

LISTED = ("key", "actor", "type", "claims", "says", "aliases")
PAIR = ("first", "second", "type", "evidence", "first_key", "second_key")
READING = ("name", "reason", "claims", "sentence")


def actors(
    graph: options.Graph,
    look_alikes: Annotated[bool, typer.Option("--look-alikes", help="Pairs that may be one actor, and why.")] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="NAME", help="The names that were read as this actor, and why.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many rows the table shows; CSV and JSON have all.")] = 50,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write it.")] = "table",
    language: options.Reader = "en",
    own: options.Actors = None,
) -> None:
    """List the actors of a graph with their claims and the names they go by."""
    from kgraph import analysis, pipeline
    from kgraph import graph as graphs

    if look_alikes and explain:
        raise InputError("--look-alikes and --explain", cure="ask for one of them")
    network = graphs.to_networkx(pipeline.load(graph, actors=own))
    most = top if format == "table" else None
    if explain:
        write_rows(READING, _rows(READING, analysis.explain(network, explain)[:most]), format)
    elif look_alikes:
        write_rows(PAIR, _rows(PAIR, analysis.look_alikes(network, language=language)[:most]), format)
    else:
        write_rows(LISTED, _rows(LISTED, analysis.listed(network, language=language)[:most]), format)


def _rows(columns: Sequence[str], found: Sequence[object]) -> list[list[Cell]]:
    return [[_cell(getattr(each, column)) for column in columns] for each in found]


def _cell(value: Cell | tuple[str, ...]) -> Cell:
    return "; ".join(value) or None if isinstance(value, tuple) else value
