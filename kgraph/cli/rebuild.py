"""`kgraph rebuild STORE`"""

from __future__ import annotations

from kgraph.cli import options
from kgraph.cli.console import say


def rebuild(store: options.Store, wait: options.Wait = False) -> None:
    """Pack a store and make its index anew; articles are not read again."""
    from kgraph import store as stores

    stores.rebuild(store, wait=wait)
    say(f"{store}: packed, index made")
