"""`kgraph export GRAPH -o FILE`: a graph in the form that another tool reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, progress, say, write_rows


def export(
    graph: Annotated[Path | None, typer.Argument(help="A graph file or a store.", show_default=False)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="RDF: .ttl .nt .nq .trig .jsonld .rdf; networks: .graphml .gexf; a row for each claim: .csv .parquet; "
            "a folder for neo4j-admin: .neo4j",
            show_default=False,
        ),
    ] = None,
    reifiers: Annotated[
        bool, typer.Option("--reifiers", help="Claims as reifiers of RDF 1.2, in .ttl .trig .nt .nq.")
    ] = False,
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="CSV: without apostrophes before what a spreadsheet would run.")
    ] = False,
    columns: Annotated[
        bool, typer.Option("--columns", help="Tell what the columns of .csv and .parquet mean.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write --columns.")] = "table",
    language: options.Reader = "en",
    ontology: options.Ontology = None,
) -> None:
    """Write a graph for other tools; without end where it comes from a store, but for .graphml and .gexf."""
    from kgraph import exports

    if columns:
        rows = [(column.name, column.kind, column.meaning, column.polecat, column.gdelt) for column in exports.COLUMNS]
        write_rows(("column", "kind", "meaning", "POLECAT", "GDELT"), rows, format, long=90)
        return
    if graph is None or output is None:
        raise typer.BadParameter("write kgraph export GRAPH -o FILE")
    with progress(f"Writing {output}"):
        chosen = exports.Options(reifiers=reifiers, verbatim=verbatim, language=language, ontology=ontology)
        exports.export(graph, output, chosen)
    say(str(output))
