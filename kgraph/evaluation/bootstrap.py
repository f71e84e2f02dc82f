"""How far figures may be off: intervals by drawing articles again and again, with replacement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kgraph.scoring import Tally

DRAWS = 1000
SEED = 0
LEVELS = (2.5, 97.5)  # percent: the middle 95


class Interval(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Intervals of a tally's figures."""

    precision: Interval
    recall: Interval
    f1: Interval


def spreads(parts: Sequence[Mapping[str, Tally]]) -> dict[str, Spread]:
    """Intervals by name, from the tallies of each article. One article alone tells nothing: no intervals."""
    if len(parts) < 2:
        return {}
    names = list(dict.fromkeys(name for part in parts for name in part))
    none = Tally()
    counts = np.array(
        [[(t.hit, t.gold, t.predicted) for t in (part.get(name, none) for name in names)] for part in parts],
        dtype=float,
    )
    drawn = np.random.default_rng(SEED).multinomial(len(parts), np.full(len(parts), 1 / len(parts)), size=DRAWS)
    hit, gold, predicted = np.moveaxis(np.tensordot(drawn, counts, axes=1), 2, 0)  # each: draws x names
    figures = (_share(hit, predicted), _share(hit, gold), _share(2 * hit, gold + predicted))
    lows, highs = np.percentile(np.stack(figures), LEVELS, axis=1)  # each: figures x names
    return {
        name: Spread(*(Interval(float(low), float(high)) for low, high in zip(lows[:, i], highs[:, i], strict=True)))
        for i, name in enumerate(names)
    }


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """part / whole, and 0 where there is nothing, as a Tally has it."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
