"""`kgraph network GRAPH`: the centre, the brokers and the blocs of a graph."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Format, say, write_rows

ACTORS = ("actor", "type", "claims", "partners", "centrality", "broker", "bloc", "blocs")


def network(
    graph: options.Graph,
    top: Annotated[int, typer.Option(min=1, help="How many actors the table shows; CSV and JSON have all.")] = 20,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to write it; CSV has the actors alone.")
    ] = "table",
    language: options.Reader = "en",
    ontology: options.Ontology = None,
    actors: options.Actors = None,
) -> None:
    """Show who stands at the centre, who holds parts together, and which blocs cooperate."""
    from kgraph import analysis, pipeline
    from kgraph import graph as graphs
    from kgraph import ontology as vocabulary

    relations = vocabulary.load(ontology).relations
    found = analysis.structure(graphs.to_networkx(pipeline.load(graph, actors=actors)), relations, language=language)
    if format == "json":
        say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    rows = [tuple(getattr(each, column) for column in ACTORS) for each in found.standings]
    if format != "table":
        write_rows(ACTORS, rows, format)
        return
    write_rows(ACTORS, rows[:top], format, title="Actors")
    brokers = sorted((each for each in found.standings if each.broker), key=lambda each: (-each.broker, each.actor))
    write_rows(
        ("actor", "broker", "blocs"), [(b.actor, b.broker, b.blocs) for b in brokers[:top]], format, title="Brokers"
    )
    blocs = [(number, ", ".join(names)) for number, names in enumerate(found.blocs, 1)]
    write_rows(("bloc", "actors"), blocs, format, title="Blocs, by cooperation", long=400)
    ties = [(tie.first, tie.second, tie.claims, tie.score) for tie in found.ties]
    write_rows(("bloc", "with", "claims", "score"), ties, format, title="Between blocs")
