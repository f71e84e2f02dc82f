"""The report as one HTML page: no script, no request to anywhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from kgraph.evaluation.bootstrap import DRAWS
from kgraph.evaluation.mistakes import Mistake
from kgraph.evaluation.plot import draw
from kgraph.evaluation.report import NONE, Report, worst_of

SHADES = 9


def render(report: Report, *, title: str, worst: int) -> str:
    """The page, as text, with at most `worst` mistakes of each kind."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"), autoescape=True)
    environment.filters["marked"] = _marked
    names = [figure.name for figure in report.relations]
    calibration = report.calibration
    return environment.get_template("page.html").render(
        title=title,
        report=report,
        names=[*names, NONE],
        shades=_shades(report.confusion),
        shade_count=SHADES,
        draws=DRAWS,
        plot=base64.b64encode(draw(calibration)).decode() if calibration else None,
        mistakes=worst_of(report, worst),
    )


def _shades(confusion: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """How dark a cell of the confusion is, from 1 to SHADES: its share of the gold relation's row."""
    rows: dict[str, int] = {}
    for (gold, _), count in confusion.items():
        rows[gold] = rows.get(gold, 0) + count
    return {pair: max(1, round(SHADES * count / rows[pair[0]])) for pair, count in confusion.items()}


def _marked(mistake: Mistake) -> Iterator[tuple[str, bool]]:
    """The sentence in pieces; true are those that hold its subject, object or trigger words."""
    words = sorted(filter(None, (mistake.row[0], mistake.row[2], mistake.row[3])), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)")
    for number, piece in enumerate(pattern.split(mistake.sentence)):
        yield piece, number % 2 == 1
