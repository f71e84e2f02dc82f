"""The changes between two graphs as one coloured page: no script, no request to anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from kgraph.analysis.changes import WHATS, Change, What

HEADINGS: dict[What, str] = {
    "new": "New",
    "gone": "Gone",
    "changed": "Changed status",
    "contested": "Newly contested",
}


def render(changes: Iterable[Change], *, title: str) -> str:
    """The page, as text."""
    found = list(changes)
    groups = {what: [change for change in found if change.what == what] for what in WHATS}
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"), autoescape=True)
    return environment.get_template("page.html").render(title=title, groups=groups, headings=HEADINGS)
