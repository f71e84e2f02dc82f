"""All that is measured, as one value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kgraph.evaluation.bootstrap import Spread, spreads
from kgraph.evaluation.calibration import Calibration, calibrate
from kgraph.evaluation.mistakes import Mistake, mistakes, worst_first
from kgraph.records import ENTITY_TYPES
from kgraph.scoring import Alignment, Record, Score, Tally, align, score

Pair = tuple[Record, Record]  # gold, predicted
NONE = "none"  # the relation of a statement that the other side lacks


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 of something; `spread` is None where there are too few articles for intervals."""

    name: str
    tally: Tally
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Report:
    """`linking` holds, by type, matched mentions and the right ones among them: read its precision."""

    articles: int
    sentences: int
    empty: int  # sentences without a predicted record
    figures: tuple[Figure, ...]
    linking: tuple[Figure, ...]
    relations: tuple[Figure, ...]  # the most frequent in gold first
    confusion: Mapping[tuple[str, str], int]  # (gold relation, predicted relation), either may be "none"
    calibration: Calibration | None  # None where the records carry no confidence
    mistakes: tuple[Mistake, ...]  # the worst first


def evaluate(
    sentences: Mapping[str, str],
    gold: Iterable[Record],
    predicted: Iterable[Record],
    *,
    plover: Mapping[str, str | None],
) -> Report:
    """Predicted records against gold ones; `sentences` has the text of each, `plover` the PLOVER type of each relation.

    A gold record without a predicted one is compared with an empty one.
    """
    wanted, guessed = list(gold), {record["id"]: record for record in predicted}
    pairs = [(record, guessed.get(record["id"], {"id": record["id"], "e": [], "s": []})) for record in wanted]
    aligned = [align(right, guess) for right, guess in pairs]
    sure = [_confidence(guess) for _, guess in pairs]
    wrong = [
        mistake
        for (right, guess), found, known in zip(pairs, aligned, sure, strict=True)
        for mistake in mistakes(right, guess, found, known, sentences[right["id"]])
    ]
    total = _score(pairs, plover)
    scores = [_score(part, plover) for part in _by_article(pairs)]
    return Report(
        articles=len(scores),
        sentences=len(pairs),
        empty=sum(record["id"] not in guessed for record in wanted),
        figures=_figures(total, scores, lambda found: found.figures),
        linking=_figures(total, scores, _linking),
        relations=tuple(sorted(_figures(total, scores, lambda found: found.relations), key=_by_gold)),
        confusion=_confusion(aligned),
        calibration=_calibration(aligned, sure) if any("c" in guess for _, guess in pairs) else None,
        mistakes=tuple(sorted(wrong, key=worst_first)),
    )


def as_dict(report: Report, *, worst: int) -> dict[str, Any]:
    """The report as JSON has it, with at most `worst` mistakes of each kind."""
    calibration = report.calibration
    return {
        "articles": report.articles,
        "sentences": report.sentences,
        "empty": report.empty,
        "figures": [_numbers(figure) for figure in report.figures],
        "linking": [_numbers(figure) for figure in report.linking],
        "relations": [_numbers(figure) for figure in report.relations],
        "confusion": [
            {"gold": gold, "predicted": guess, "count": count} for (gold, guess), count in report.confusion.items()
        ],
        "calibration": asdict(calibration) if calibration else None,
        "mistakes": [asdict(mistake) for each in worst_of(report, worst).values() for mistake in each],
    }


def worst_of(report: Report, count: int) -> dict[str, list[Mistake]]:
    """The `count` worst mistakes of each kind."""
    return {
        kind: [mistake for mistake in report.mistakes if mistake.kind == kind][:count]
        for kind in ("confused", "spurious", "missed")
    }


def _numbers(figure: Figure) -> dict[str, Any]:
    tally, spread = figure.tally, figure.spread
    numbers = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    counts = {"hit": tally.hit, "gold": tally.gold, "predicted": tally.predicted}
    return {"name": figure.name, **numbers, **counts, "intervals": asdict(spread) if spread else None}


def _by_article(pairs: Iterable[Pair]) -> list[list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair[0]["id"].rsplit(":", 1)[0]].append(pair)
    return list(found.values())


def _score(pairs: Iterable[Pair], plover: Mapping[str, str | None]) -> Score:
    gold, predicted = zip(*pairs, strict=True)
    return score(gold, predicted, plover=plover)


def _figures(
    total: Score, scores: Iterable[Score], tallies: Callable[[Score], Mapping[str, Tally]]
) -> tuple[Figure, ...]:
    """The tallies of all articles, with intervals from those of each."""
    spread = spreads([tallies(part) for part in scores])
    return tuple(Figure(name, tally, spread.get(name)) for name, tally in tallies(total).items())


def _by_gold(figure: Figure) -> tuple[int, str]:
    return -figure.tally.gold, figure.name


def _linking(found: Score) -> dict[str, Tally]:
    types = [name for name in ENTITY_TYPES if found.linked[name]]
    return {name: Tally(found.linked_right[name], found.linked[name], found.linked[name]) for name in types}


def _confusion(aligned: Iterable[Alignment]) -> dict[tuple[str, str], int]:
    """The most frequent first."""
    count: Counter[tuple[str, str]] = Counter()
    for found in aligned:
        count.update((right[1], guess[1]) for right, guess in [*found.right, *found.confused])
        count.update((right[1], NONE) for right in found.missed)
        count.update((NONE, guess[1]) for guess in found.spurious)
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))


def _confidence(record: Record) -> dict[tuple, float]:
    """Of each subject, relation and object: that of its surest statement."""
    found: dict[tuple, float] = {}
    for row, sure in zip(record["s"], record.get("c", ()), strict=False):
        found[tuple(row[:3])] = max(sure, found.get(tuple(row[:3]), 0.0))
    return found


def _calibration(aligned: Iterable[Alignment], sure: Iterable[Mapping[tuple, float]]) -> Calibration:
    pairs = []
    for found, known in zip(aligned, sure, strict=True):
        right = {tuple(guess[:3]) for _, guess in found.right}
        pairs += [(confidence, key in right) for key, confidence in known.items()]
    return calibrate(pairs)
