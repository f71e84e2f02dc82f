"""`kgraph query GRAPH [QUERY] [NAME=VALUE...]`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, write_rows
from kgraph.errors import InputError, QueryError


def query(
    graph: options.Graph,
    query: Annotated[
        str | None,
        typer.Argument(
            help="SPARQL, an .rq file, - for standard input, or the name of a ready query; none: list them."
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Values for the query.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = "table",
    language: options.Reader = "en",
) -> None:
    """Ask a graph."""
    from kgraph import queries

    if query is None:
        write_rows(("query", "title"), [(q.name, q.title(language)) for q in queries.READY], format)
        return
    rows = queries.run(graph, _text(query), parameters=dict(map(_pair, parameters or [])), language=language)
    write_rows(rows.columns, list(rows), format, title=rows.title)


def _text(query: str) -> str:
    """The query itself where a file or standard input holds it."""
    if query == "-":
        return sys.stdin.read()
    if not query.endswith(".rq"):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", place=query) from error


def _pair(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given or not name:
        raise QueryError(f"{text!r} is no parameter", cure="write NAME=VALUE")
    return name, value
