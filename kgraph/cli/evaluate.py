"""`kgraph evaluate SENTENCES RECORDS`: how well statements are found, against gold records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kgraph.cli import options
from kgraph.cli.console import complain, progress, say, write_rows
from kgraph.errors import InputError

if TYPE_CHECKING:
    from kgraph.evaluation import Report
    from kgraph.evaluation.bootstrap import Interval
    from kgraph.evaluation.report import Figure

COLUMNS = ("precision", "recall", "F1", "gold", "predicted")
CONFUSIONS = 15  # the most frequent; the page has all
WHOLE = 400  # characters of a sentence in the table
HEADINGS = {"confused": "Another relation", "spurious": "Invented", "missed": "Missed"}


def evaluate(
    sentences: Annotated[Path, typer.Argument(help='JSON lines {"id": "ARTICLE:n", "text": …}.', show_default=False)],
    records: Annotated[Path, typer.Argument(help="The gold records of these sentences.", show_default=False)],
    predicted: Annotated[
        Path | None, typer.Option(help="Records to judge, as `kgraph extract --records` writes them.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report as a page, too.")] = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="What to print.")] = "table",
    worst: Annotated[int, typer.Option(min=0, help="How many errors of each kind are shown.")] = 10,
    article_language: options.ArticleLanguage = None,
    ontology: options.Ontology = None,
    actors: options.Actors = None,
    extractor: options.ExtractorName = "model",
) -> None:
    """Measure the extractor, or records that were made before, on annotated sentences."""
    from kgraph import evaluation, pipeline
    from kgraph import ontology as vocabulary

    if html and not html.parent.is_dir():
        raise InputError("no such folder", place=str(html.parent), cure="make it first")
    texts = evaluation.read_sentences(sentences)
    gold = evaluation.read_records(records, texts)
    plover = {name: relation.plover for name, relation in vocabulary.load(ontology).relations.items()}
    with progress("Reading sentences"):
        found: Iterable = (
            evaluation.read_records(predicted, texts, every=False)
            if predicted
            else pipeline.annotate(
                texts.items(),
                language=article_language,
                extractor=extractor,
                ontology=ontology,
                actors=actors,
                confidence=True,
            )
        )
        report = evaluation.evaluate(texts, gold, found, plover=plover)
    if report.empty:
        complain(f"{report.empty} of {report.sentences} sentences have no predicted record and count as empty")
    if html:
        _write(html, report, f"{predicted or extractor} on {records}", worst)
    if format == "json":
        say(json.dumps(evaluation.as_dict(report, worst=worst), ensure_ascii=False, indent=1))
    else:
        _print(report, worst)


def _write(path: Path, report: Report, title: str, worst: int) -> None:
    from kgraph.evaluation.page import render

    try:
        path.write_text(render(report, title=title, worst=worst), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(path)) from error


def _print(report: Report, worst: int) -> None:
    from kgraph.evaluation.report import NONE

    intervals = "in brackets: 95 % intervals over articles" if report.articles > 1 else "too few for intervals"
    say(f"Articles: {report.articles} ({intervals}), sentences: {report.sentences}")
    write_rows(("", *COLUMNS), [_row(figure) for figure in report.figures], "table", title="Figures")
    right = [(row.name, *_row(row)[1:2], row.tally.predicted) for row in report.linking]
    write_rows(("type", "right", "of"), right, "table", title="Linking")
    write_rows(("relation", *COLUMNS), [_row(figure) for figure in report.relations], "table", title="Relations")
    unlike = [(*pair, count) for pair, count in report.confusion.items() if pair[0] != pair[1]]
    confused = sorted(unlike, key=lambda row: NONE in row)  # between two relations first
    write_rows(("gold", "predicted", "count"), confused[:CONFUSIONS], "table", title="Confusion")
    _print_calibration(report)
    _print_mistakes(report, worst)


def _print_calibration(report: Report) -> None:
    if report.calibration is None:
        say("No calibration: the predicted records have no confidence.")
        return
    rows = [
        (f"{each.low:.1f}–{each.high:.1f}", f"{each.confidence:.3f}", f"{each.right:.3f}", each.count)
        for each in report.calibration.bins
    ]
    title = f"Calibration: Brier score {report.calibration.brier:.3f}, expected error {report.calibration.error:.3f}"
    write_rows(("confidence", "mean", "right", "statements"), rows, "table", title=title)


def _print_mistakes(report: Report, worst: int) -> None:
    from kgraph.evaluation.report import worst_of

    for kind, mistakes in worst_of(report, worst).items():
        rows = [
            (
                None if each.confidence is None else f"{each.confidence:.2f}",
                " ".join(each.row[:3]) + (f" ({each.note})" if each.note else ""),
                each.sentence,
                each.id,
            )
            for each in mistakes
        ]
        write_rows(("confidence", "statement", "sentence", "id"), rows, "table", title=HEADINGS[kind], long=WHOLE)


def _row(figure: Figure) -> tuple[str | int, ...]:
    tally, spread = figure.tally, figure.spread
    return (
        figure.name,
        _share(tally.precision, spread.precision if spread else None),
        _share(tally.recall, spread.recall if spread else None),
        _share(tally.f1, spread.f1 if spread else None),
        tally.gold,
        tally.predicted,
    )


def _share(value: float, interval: Interval | None) -> str:
    """0.712 (0.655–0.768)"""
    return f"{value:.3f}" + (f" ({interval.low:.3f}–{interval.high:.3f})" if interval else "")
