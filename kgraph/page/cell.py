"""A page as text that a notebook shows in a cell."""

from __future__ import annotations

from html import escape

HEIGHT = 640  # pixels
# The page runs on its own, without access to the notebook; it may save files and open articles in new tabs.
SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


class Page(str):
    """The text of a page, to be written to a file; given back by a notebook's cell, it is shown there."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Its length: nobody wants to see half a megabyte of HTML at a prompt."""
        return f"<page of {len(self)} characters>"

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self)}" sandbox="{SANDBOX}" title="kgraph" width="100%" height="{HEIGHT}" '
            'style="border: 0"></iframe>'
        )
