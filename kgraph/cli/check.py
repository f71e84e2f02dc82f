"""`kgraph check GRAPH`: does it hold to the shapes of the ontology?"""

from __future__ import annotations

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, say, write_rows

COLUMNS = ("severity", "message", "node", "sentence")
SHOWN = 10  # of a table: violations come first


def check(graph: options.Graph, format: Format = "table", language: options.Reader = "en") -> None:
    """Check a graph; violations are an error, warnings are not."""
    from kgraph import pipeline, shapes

    report = shapes.check(pipeline.load(graph), language=language)
    shown = report.found[:SHOWN] if format == "table" else report.found
    if shown or format != "table":
        write_rows(
            COLUMNS, [(each.severity, each.message, each.node, each.sentence) for each in shown], format, long=200
        )
    if format == "table":
        if len(report.found) > SHOWN:
            say(f"and {len(report.found) - SHOWN} more, which --format csv tells")
        say(f"{report.claims} claims, {len(report.violations)} violations, {len(report.warnings)} warnings")
    if report.violations:
        raise typer.Exit(1)
