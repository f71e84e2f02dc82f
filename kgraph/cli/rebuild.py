"""`kgraph rebuild STORE`"""

from __future__ import annotations

from kgraph.cli import options
from kgraph.cli.console import say


def rebuild(store: options.Store, wait: options.Wait = False) -> None:
    """Make the index of a store anew; articles are not read again."""
    from kgraph import store as stores

    stores.rebuild(store, wait=wait)
    say(f"{store}: index made")
