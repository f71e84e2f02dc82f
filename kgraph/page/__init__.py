"""A network of claims to one self-contained HTML page: `render`."""

from kgraph.page.cell import Page
from kgraph.page.engine import Questions
from kgraph.page.render import LANGUAGES, render

__all__ = ["LANGUAGES", "Page", "Questions", "render"]
