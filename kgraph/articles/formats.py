"""One reader for each kind of file: path in, raw articles out; what cannot be read goes to `on_skip`."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kgraph.articles import decoding
from kgraph.articles.cleaning import split_title, unwrapped
from kgraph.articles.fields import Raw, from_record, has_text_field, without_markup
from kgraph.errors import EmptyInput, InputError

OnSkip = Callable[[InputError], None]
Reader = Callable[[Path, OnSkip], Iterator[Raw]]

_LISTS = ("articles", "items", "data", "@graph")
_DTD = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY", re.IGNORECASE)
_DELIMITERS = ",;\t|"


def read_txt(path: Path, _on_skip: OnSkip) -> Iterator[Raw]:
    title, body = split_title(unwrapped(decoding.read_text(path)))
    yield Raw(place=path.as_posix(), title=title or "", body=body)


def read_html(path: Path, _on_skip: OnSkip) -> Iterator[Raw]:
    from kgraph.articles import html  # loads trafilatura

    yield html.read(decoding.read_text(path), path.as_posix())


def read_json(path: Path, on_skip: OnSkip) -> Iterator[Raw]:
    """One article, a list of them, or an object that keeps the list under a usual name."""
    place = path.as_posix()
    content = _parsed(decoding.read_text(path), place)
    if isinstance(content, dict):
        content = next((content[name] for name in _LISTS if isinstance(content.get(name), list)), content)
    if isinstance(content, dict):
        yield from_record(content, place)
        return
    if not isinstance(content, list):
        raise InputError("neither an article nor a list of articles", place=place, cure="give objects with texts")
    for number, record in enumerate(content, start=1):
        yield from _record(record, f"{place}#{number}", on_skip)


def read_jsonl(path: Path, on_skip: OnSkip) -> Iterator[Raw]:
    for number, line in _lines(path, on_skip):
        place = f"{path.as_posix()}:{number}"
        if not line.strip():
            continue
        try:
            record = _parsed(line, place)
        except InputError as error:
            on_skip(error)
        else:
            yield from _record(record, place, on_skip)


def read_csv(path: Path, on_skip: OnSkip) -> Iterator[Raw]:
    """A table whose first row names its columns; commas, semicolons, tabs or bars between them."""
    place = path.as_posix()
    csv.field_size_limit(decoding.SIZE_LIMIT)  # the csv module's own limit is 131,072 characters
    lines = (line for _number, line in _lines(path, on_skip))
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        columns = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error as error:
        raise InputError(f"a broken first row ({error})", place=place, cure="save the table as .jsonl") from error
    if not has_text_field(columns):
        raise InputError(f"no column of texts among {', '.join(columns)}", place=place, cure="name one of them text")
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        number = rows.line_num + 2
        try:
            row = next(rows, None)
        except csv.Error as error:
            cure = "close its quotes, or save the table as .jsonl"
            on_skip(InputError(f"a broken row ({error})", place=f"{place}:{number}", cure=cure))
            continue
        if row is None:
            return
        if row and len(row) != len(columns):
            what = f"{len(row)} fields for {len(columns)} columns"
            on_skip(InputError(what, place=f"{place}:{number}", cure="quote texts that hold commas"))
        elif row:
            yield from_record(dict(zip(columns, row, strict=True)), f"{place}:{number}")


def read_feed(path: Path, _on_skip: OnSkip) -> Iterator[Raw]:
    """The entries of an RSS or Atom file, as far as the file itself holds their texts; nothing is fetched."""
    import feedparser

    place = path.as_posix()
    text = decoding.read_text(path)
    if _DTD.search(text):
        raise InputError("declares entities of its own", place=place, cure="remove the DOCTYPE")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    feed = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")))
    if not feed.get("version"):
        raise InputError("neither RSS nor Atom", place=place, cure="give a feed, or the page as .html")
    if not feed.entries:
        raise EmptyInput("a feed without entries", place=place, cure=decoding.FILL)
    for number, entry in enumerate(feed.entries, start=1):
        yield _entry(entry, feed.feed, f"{place}#{number}")


def _entry(entry: Any, feed: Any, place: str) -> Raw:
    contents = [content.value for content in entry.get("content", ())] or [entry.get("summary", "")]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return Raw(
        place=place,
        body=without_markup("\n".join(contents)),
        title=without_markup(entry.get("title", "")),
        date=date(*when[:3]) if when else None,
        url=entry.get("link", ""),
        outlet=feed.get("title", ""),
        language=feed.get("language", ""),
    )


def _record(record: object, place: str, on_skip: OnSkip) -> Iterator[Raw]:
    if isinstance(record, dict):
        yield from_record(record, place)
    else:
        on_skip(InputError("not an object", place=place, cure="give objects with a text field"))


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON ({error})", place=place, cure="mend it there") from error


def _lines(path: Path, on_skip: OnSkip) -> Iterator[tuple[int, str]]:
    """The numbered lines of a file of any length, each at most the size limit; a bad one goes to `on_skip`."""
    place = path.as_posix()
    with decoding.opened(path) as file:
        with decoding.readable(place):
            head = file.peek(4096)[:4096]
        if not head:
            raise EmptyInput("an empty file", place=place, cure=decoding.FILL)
        decoding.check_kind(head, place)
        charset = decoding.bom(head)
        wide = charset not in (None, "utf-8-sig")
        source = io.TextIOWrapper(file, encoding=charset, errors="replace", newline="\n") if wide else file
        for number, line in enumerate(_bounded(source, place), start=1):
            try:
                yield number, _decoded(line, f"{place}:{number}")
            except InputError as error:
                on_skip(error)


def _bounded(file: io.TextIOWrapper | io.BufferedReader, place: str) -> Iterator[str | bytes]:
    """The lines of a file; of one over the size limit only so much that this can be seen."""
    while line := _next(file, place):
        yield line
        while len(line) > decoding.SIZE_LIMIT and line[-1] not in ("\n", 10):
            line = _next(file, place)


def _next(file: io.TextIOWrapper | io.BufferedReader, place: str) -> str | bytes:
    with decoding.readable(place):
        return file.readline(decoding.SIZE_LIMIT + 1)


def _decoded(line: str | bytes, place: str) -> str:
    if len(line) > decoding.SIZE_LIMIT:
        size = decoding.SIZE_LIMIT // 1_000_000
        raise InputError(f"more than {size} MB in one line", place=place, cure="put one article on each line")
    return line if isinstance(line, str) else decoding.decode(line, place)


READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}
