"""Files to articles.

    read_articles(["seeds/", "more.jsonl"], on_skip=print)     # an iterator; one bad article does not stop it

Folders are read through all their levels in the order of their names; hidden files, and files of kinds that are no
articles (a picture, a README.md), are passed over. A path that is given by name must exist and be of a known kind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from kgraph.articles.cleaning import with_title
from kgraph.articles.datelines import date_in, date_of_url, outlet_in, outlet_named, outlet_of_url
from kgraph.articles.decoding import FILL
from kgraph.articles.fields import Raw
from kgraph.articles.formats import READERS
from kgraph.articles.languages import SPOKEN, language_of
from kgraph.errors import EmptyInput, InputError
from kgraph.records import Article

__all__ = ["SUFFIXES", "find_files", "read_article", "read_articles"]

SUFFIXES = tuple(READERS)
_KINDS = ", ".join(SUFFIXES)


def read_articles(
    paths: Iterable[Path | str], *, language: str | None = None, on_skip: Callable[[InputError], None]
) -> Iterator[Article]:
    """The articles in files and folders, one at a time; what cannot be read is given to `on_skip` and left out.

    `language` ("id", "en"; "ms" is read as "id") is that of all articles where it is given, otherwise it is detected.
    Raises InputError at once for a path that does not exist, a kind of file that is unknown, a folder with no article.
    """
    files = find_files(paths)
    if language is not None and language not in SPOKEN:
        raise InputError(f"no language {language!r}", cure=f"there are: {', '.join(SPOKEN)}")
    return (article for path in files for article in _read(path, language, on_skip))


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """The files that paths name, those of folders in the order of their names; InputError as from `read_articles`."""
    return [path for given in paths for path in _files(Path(given))]


def read_article(path: Path | str, *, language: str | None = None) -> Article:
    """The one article in a file; InputError where the file has more, or none that can be read."""

    def fail(error: InputError) -> None:
        raise error

    articles = list(islice(read_articles([path], language=language, on_skip=fail), 2))
    if len(articles) != 1:
        raise InputError("not one article", place=Path(path).as_posix(), cure="read it with read_articles")
    return articles[0]


def _files(path: Path) -> Iterator[Path]:
    place = path.as_posix()
    if path.is_dir():
        found = sorted(_below(path))
        if not found:
            raise InputError("no articles in this folder", place=place, cure=f"give files of these kinds: {_KINDS}")
        yield from found
    elif not path.exists():
        raise InputError("no such file", place=place, cure="give files or folders on this machine")
    elif not path.is_file():
        raise InputError("not a regular file", place=place, cure="give the article as a file")
    elif path.suffix.lower() not in READERS:
        raise InputError(f"unknown kind of file {path.suffix!r}", place=place, cure=f"known are: {_KINDS}")
    else:
        yield path


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(where, name) for name in names if not name.startswith("."))
        yield from (path for path in paths if path.suffix.lower() in READERS and path.is_file())


def _read(path: Path, language: str | None, on_skip: Callable[[InputError], None]) -> Iterator[Article]:
    try:
        for raw in READERS[path.suffix.lower()](path, on_skip):
            article = _article(raw, language)
            if any(map(str.isalnum, article.text)):
                yield article
            else:
                on_skip(EmptyInput("no text", place=raw.place, cure=FILL))
    except InputError as error:
        on_skip(error)


def _article(raw: Raw, language: str | None) -> Article:
    title, text = with_title(raw.title, raw.body)
    return Article(
        text=text,
        title=title,
        language=SPOKEN[language] if language else language_of(text, raw.language),
        date=raw.date or date_in(text) or date_of_url(raw.url),
        outlet=outlet_named(raw.outlet) or outlet_in(text) or outlet_of_url(raw.url),
        url=raw.url or None,
        location=raw.place,
    )
