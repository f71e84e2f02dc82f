"""Web pages and pieces of HTML to text."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
import trafilatura

from kgraph.articles import calendar
from kgraph.articles.cleaning import clean
from kgraph.articles.fields import Raw
from kgraph.errors import EmptyInput

_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "section", "article")
_NO_TEXT = ("script", "style", "noscript", "template", "iframe")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"<html\b[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
# the latest date is fixed so that the same page gives the same date on any day
_DATES: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read(page: str, place: str) -> Raw:
    """The article on a web page: its text without menus and scripts, its title and what its metadata tells."""
    page = _DECLARATION.sub("", page)
    found = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise EmptyInput("no article on this page", place=place, cure="save its text as .txt")
    language = _LANGUAGE.search(page)
    return Raw(
        place=place,
        body=found.text,
        title=found.title or "",
        date=calendar.parse(found.date) if found.date else None,
        url=found.url or "",
        outlet=found.sitename or "",
        language=language[1] if language else "",
    )


def plain(fragment: str) -> str:
    """The text of a piece of HTML, a paragraph a line, without scripts and styles."""
    tree = lxml.html.fromstring(f"<div>{clean(fragment)}</div>")
    for element in list(tree.iter(*_NO_TEXT)):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
        element.text = f"\n{element.text or ''}"
    return tree.text_content().strip()
