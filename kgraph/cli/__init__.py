"""The command line. Exit codes: 0 all right, 1 an error, 2 wrong use, 3 done but some input skipped, 130 stopped.

One file holds one command; each reads its arguments, calls one function of the package, and writes. Rooms of the
package are imported inside the commands, so that `kgraph --help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from kgraph.cli import (
    actors,
    ask,
    build,
    check,
    diff,
    doctor,
    dyads,
    evaluate,
    export,
    extract,
    network,
    ontology,
    push,
    query,
    rebuild,
    remove,
    serve,
    train,
    view,
)
from kgraph.cli.console import complain
from kgraph.errors import KgraphError

app = typer.Typer(
    name="kgraph",
    help="News articles to a knowledge graph of international relations, and questions to it.",
    epilog="Exit codes: 0 all right, 1 an error, 2 wrong use, 3 done but some input skipped, 130 stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    build.build,
    remove.remove,
    rebuild.rebuild,
    query.query,
    ask.ask,
    actors.actors,
    dyads.dyads,
    network.network,
    diff.diff,
    view.view,
    export.export,
    push.push,
    serve.serve,
    extract.extract,
    check.check,
    ontology.ontology,
    evaluate.evaluate,
    train.train,
    doctor.doctor,
):
    app.command()(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; an error that we know becomes one line."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kgraph")
    except KgraphError as error:
        complain(str(error))
        sys.exit(1)
