"""Does a confidence of 0.8 mean that four of five are right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The predicted statements whose confidence lies from `low` to `high`."""

    low: float
    high: float
    count: int
    confidence: float  # mean
    right: float  # share
    interval: tuple[float, float]  # of `right`, 95 %, by Wilson's formula


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error` is the expected calibration error: the mean distance of confidence and share of right ones, over all."""

    bins: tuple[Bin, ...]
    brier: float
    error: float


def calibrate(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """From the confidence of each predicted statement, and whether it was right; bins with nothing are left out."""
    filled: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in pairs:
        filled.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    bins = tuple(_bin(number, filled[number]) for number in sorted(filled))
    total = len(pairs) or 1
    brier = sum((confidence - right) ** 2 for confidence, right in pairs) / total
    return Calibration(bins, brier, sum(each.count * abs(each.confidence - each.right) for each in bins) / total)


def _bin(number: int, pairs: Sequence[tuple[float, bool]]) -> Bin:
    count, right = len(pairs), sum(right for _, right in pairs)
    mean = sum(confidence for confidence, _ in pairs) / count
    return Bin(number / BINS, (number + 1) / BINS, count, mean, right / count, _wilson(right, count))


def _wilson(right: int, count: int, z: float = 1.96) -> tuple[float, float]:
    share, weight = right / count, z * z / count
    middle = (share + weight / 2) / (1 + weight)
    half = z * (share * (1 - share) / count + weight / (4 * count)) ** 0.5 / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
