"""`kgraph remove STORE PATH...`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import say


def remove(
    store: options.Store,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.", show_default=False)],
    wait: options.Wait = False,
) -> None:
    """Take articles out of a store; their files stay."""
    from kgraph import store as stores

    report = stores.remove(store, paths, wait=wait)
    count = len(report.removed)
    say(f"{store}: {count} file{'' if count == 1 else 's'} removed")
