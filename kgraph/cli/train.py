"""`kgraph train --gold DIR --out DIR`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.console import complain, say
from kgraph.errors import MissingExtra


def train(
    gold: Annotated[
        Path, typer.Option(help="Folder with id/ and en/, each with train.sentences.jsonl and train.annotations.jsonl.")
    ],
    out: Annotated[
        Path, typer.Option(help="Folder for checkpoints and the finished model; a stopped run goes on from it.")
    ],
    epochs: Annotated[float, typer.Option(min=0, help="How often the sentences are read.")] = 8,
    start: Annotated[Path | None, typer.Option(help="An average.pt of an earlier run to go on from.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    share: Annotated[float, typer.Option(min=0, max=1, help="Part of the articles to use, for trials.")] = 1,
) -> None:
    """Fit the language model anew (needs the extra `train`)."""
    try:
        from kgraph.training.fit import Plan
        from kgraph.training.run import train as run
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs {error.name}", cure="pip install 'kgraph[train]'") from error
    folder = run(gold, out, Plan(epochs=epochs, seed=seed, share=share), complain, start=start)
    say(str(folder))
