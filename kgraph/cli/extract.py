"""`kgraph extract TEXT|FILE|-`: what sentences say, without a graph."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli import options
from kgraph.cli.console import Cell, read_standard_input, say, write_rows
from kgraph.errors import InputError

if TYPE_CHECKING:
    from kgraph.records import Article, Statement

COLUMNS = ("subject", "relation", "object", "status", "negated", "source", "stance", "date", "trigger", "confidence")
NAME_LIMIT = 256  # bytes; no file system that we know has longer names


def extract(
    text: Annotated[str, typer.Argument(help="A text, a file of articles, or - for standard input.")] = "-",
    records: Annotated[
        Path | None,
        typer.Option(help='JSON lines {"id": "ARTICLE:n", "text": …}: write one annotation record for each.'),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    article_language: options.ArticleLanguage = None,
    min_confidence: options.MinConfidence = 0.0,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    extractor: options.ExtractorName = "model",
) -> None:
    """Print the statements of a text."""
    from kgraph import pipeline

    if records:
        rows = _given(records)
        for record in pipeline.annotate(
            rows, language=article_language, extractor=extractor, ontology=ontology, actors=actors
        ):
            say(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        return
    articles = _articles(text, article_language)
    read = pipeline.statements(
        articles, extractor=extractor, ontology=ontology, actors=actors, min_confidence=min_confidence
    )
    found = [statement for _, statements in read for statement in statements]
    if json_:
        for statement in found:
            cells = dict(zip(COLUMNS, _row(statement), strict=True)) | _where(statement)
            say(json.dumps(cells, ensure_ascii=False))
    else:
        write_rows(COLUMNS, [_row(statement) for statement in found], "table")


def _articles(text: str, language: options.Language | None) -> Iterable[Article]:
    """The articles of a file, or a text as one."""
    from kgraph.articles import SUFFIXES, read_articles
    from kgraph.articles.cleaning import clean
    from kgraph.articles.languages import language_of
    from kgraph.records import Article

    def fail(error: InputError) -> None:
        raise error

    if Path(text).suffix.lower() in SUFFIXES or (len(os.fsencode(text)) < NAME_LIMIT and Path(text).exists()):
        return read_articles([Path(text)], language=language, on_skip=fail)
    content = clean(read_standard_input() if text == "-" else text)
    if not content.strip():
        raise InputError("no text", cure="give a sentence, a file or standard input")
    return [Article(content, language=language or language_of(content))]


def _row(statement: Statement) -> list[Cell]:
    source, when = statement.source, statement.event_date
    return [
        statement.subject.actor.label,
        statement.relation,
        statement.object.actor.label,
        statement.status,
        statement.negated,
        source.actor.label if source else None,
        statement.stance,
        when.iso if when else None,
        statement.trigger.text,
        round(statement.confidence, 3),
    ]


def _where(statement: Statement) -> dict[str, Cell]:
    return {
        "subject_key": statement.subject.actor.key,
        "object_key": statement.object.actor.key,
        "sentence": statement.sentence.text,
        "start": statement.sentence.start,
    }


def _given(path: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", place=str(path), cure="give a file in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _sentence(line, f"{path}:{number}")


def _sentence(line: str, place: str) -> tuple[str, str]:
    from kgraph.articles.cleaning import whole

    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    match row:
        case {"id": str(key), "text": str(text)}:
            return key, whole(text)
    raise InputError("not a sentence record", place=place, cure='each line is {"id": "ARTICLE:0", "text": "…"}')
