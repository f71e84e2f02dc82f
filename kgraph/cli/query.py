"""`kgraph query GRAPH|URL [QUERY] [NAME=VALUE...]`"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli import options
from kgraph.cli.addresses import GraphThere, Seconds, is_address, service_at
from kgraph.cli.console import Format, complain, read_standard_input, say, write_rows
from kgraph.errors import QueryError

if TYPE_CHECKING:
    from rdflib import Graph

    from kgraph.queries import Rows


def query(
    graph: options.GraphOrAddress,
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
    actors: options.Actors = None,
    there: GraphThere = None,
    seconds: Seconds = 60,
) -> None:
    """Ask a graph, here or at an address."""
    if query is None:
        _list_ready(language, format)
        return
    text = read_standard_input() if query == "-" else query
    values = dict(map(_pair, parameters or []))
    if not is_address(graph):
        answer(options.named(Path(graph), actors), text, values, format, language)
        return
    if actors:
        raise typer.BadParameter("--actors goes with a file or a store")
    from kgraph import remote

    service = service_at(graph, seconds)
    rows = remote.query(service, text, parameters=values, graph=there, language=language)
    show(rows, text, format, language)


def answer(
    graph: Path | Graph, text: str, parameters: Mapping[str, str], format: Format, language: options.Language
) -> None:
    """Run a query and write its rows."""
    from kgraph import queries

    show(queries.run(graph, text, parameters=parameters, language=language), text, format, language)


def show(rows: Rows, text: str, format: Format, language: options.Language) -> None:
    """Write the rows that answer a query."""
    from kgraph import queries

    if rows.truncated:
        complain(f"more rows than {len(rows.rows)}: the rest is left out; narrow the query")
    if format in ("json", "csv"):
        say(rows.to_json() if format == "json" else rows.to_csv())
        return
    ready = queries.ready().get(text)
    cells = [[cell.text if cell else None for cell in row] for row in rows.rows]
    write_rows(rows.columns, cells, format, title=ready.titles[language] if ready else "")


def _list_ready(language: options.Language, format: Format) -> None:
    from kgraph import queries

    rows = [
        (query.name, query.titles[language], " ".join(f"{p.name}={p.kind.upper()}" for p in query.parameters))
        for query in queries.ready().values()
    ]
    write_rows(("query", "title", "parameters"), rows, format)


def _pair(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given or not name:
        raise QueryError(f"{text!r} is no parameter", cure="write NAME=VALUE")
    return name, value
