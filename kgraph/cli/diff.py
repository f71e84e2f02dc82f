"""`kgraph diff OLD NEW`: what is new, gone, changed or newly contested."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from kgraph.cli import options
from kgraph.cli.console import say, write_rows, write_text

COLUMNS = ("what", "subject", "relation", "object", "before", "after", "sentence")


def diff(
    old: options.Graph,
    new: Annotated[Path, typer.Argument(help="The later graph.", show_default=False)],
    format: Annotated[
        Literal["table", "json", "patch"], typer.Option("--format", "-f", help="`patch`: RDF Patch, triple by triple.")
    ] = "table",
    html: Annotated[Path | None, typer.Option(help="Write the changes as a page, too.")] = None,
    language: options.Reader = "en",
    ontology: options.Ontology = None,
    actors: options.Actors = None,
) -> None:
    """Compare two graphs."""
    from kgraph import analysis, pipeline
    from kgraph import graph as graphs
    from kgraph import ontology as vocabulary

    was, now = pipeline.load(old, actors=actors), pipeline.load(new, actors=actors)
    if html or format != "patch":
        relations = vocabulary.load(ontology).relations
        changes = analysis.compare(graphs.to_networkx(was), graphs.to_networkx(now), relations, language=language)
    if html:
        from kgraph.analysis.page import render

        write_text(html, render(changes, title=f"{old.name} → {new.name}"))
    if format == "patch":
        say("\n".join(analysis.patch(was, now)))
    elif format == "json":
        say(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1))
    elif changes:
        rows = [(*(getattr(each, column) for column in COLUMNS[:-1]), " | ".join(each.sentences)) for each in changes]
        write_rows(COLUMNS, rows, "table")
    else:
        say("no change")
