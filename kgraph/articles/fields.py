"""An article as a file gives it, before it is cleaned, and the names under which records keep its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kgraph.articles import calendar

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "judul"),
    "body": ("text", "body", "content", "articlebody", "maintext", "fulltext", "article", "isi", "konten", "teks"),
    "date": (
        "date",
        "published",
        "datepublished",
        "publishedat",
        "publisheddate",
        "publishdate",
        "pubdate",
        "datepublish",
        "tanggal",
        "time",
        "timestamp",
        "createdat",
    ),
    "url": ("url", "link", "href", "permalink"),
    "outlet": ("outlet", "source", "publisher", "sitename", "site", "media", "sumber", "sourcedomain"),
    "language": ("language", "lang", "inlanguage", "bahasa"),
}
_MARKUP = re.compile(r"<(?:p|br|div|span|a|strong|em|b|i|h\d|ul|li|img)\b[^<>]*>", re.IGNORECASE)
_DEEPEST = 20  # lists in lists; Python's stack ends at some hundreds
_INNER_NAMES = ("name", "title", "@value", "id")


@dataclass(frozen=True, slots=True)
class Raw:
    """Title, body and metadata as the file has them; `place` is the file, or file and line."""

    place: str
    body: str
    title: str = ""
    date: date | None = None
    url: str = ""
    outlet: str = ""
    language: str = ""


def from_record(record: Mapping[str, Any], place: str) -> Raw:
    """The article in a record of a .json, .jsonl or .csv file, by the usual names of its fields."""
    fields = {re.sub(r"[\s_-]", "", str(name)).lower(): _string(value) for name, value in record.items()}
    found = {part: next((fields[name] for name in names if fields.get(name)), "") for part, names in _NAMES.items()}
    return Raw(
        place=place,
        body=without_markup(found["body"]),
        title=without_markup(found["title"]),
        date=calendar.parse(found["date"]) if found["date"] else None,
        url=found["url"],
        outlet=found["outlet"],
        language=found["language"],
    )


def has_text_field(names: list[str]) -> bool:
    """Whether a table with these columns has articles in it."""
    return any(re.sub(r"[\s_-]", "", name).lower() in _NAMES["body"] for name in names)


def _string(value: object, depth: int = 0) -> str:
    """A field as text: paragraphs in a list one a line, of an object (schema.org's publisher) its name."""
    if isinstance(value, str):
        return value.strip()
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, (_string(each, depth + 1) for each in value)))
    if isinstance(value, dict):
        return next((_string(value[name], depth + 1) for name in _INNER_NAMES if value.get(name)), "")
    return "" if value is None or isinstance(value, bool) else str(value)


def without_markup(text: str) -> str:
    """`text` without HTML tags, a paragraph a line, where it is HTML."""
    if not _MARKUP.search(text):
        return text
    from kgraph.articles import html  # loads lxml

    return html.plain(text)
