"""`kgraph check GRAPH`: does it hold to the shapes of the ontology?"""

from __future__ import annotations

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, say, write_rows

COLUMNS = ("severity", "message", "node", "sentence")


def check(graph: options.Graph, format: Format = "table", language: options.Reader = "en") -> None:
    """Check a graph; violations are an error, warnings are not."""
    from kgraph import pipeline, shapes

    report = shapes.check(pipeline.load(graph), language=language)
    if report.found or format != "table":
        rows = [(each.severity, each.message, each.node, each.sentence) for each in report.found]
        write_rows(COLUMNS, rows, format)
    if format == "table":
        say(f"{report.claims} claims, {len(report.violations)} violations, {len(report.warnings)} warnings")
    if report.violations:
        raise typer.Exit(1)
