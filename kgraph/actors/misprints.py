"""Names that are a slip of the keyboard apart."""

from __future__ import annotations


def close(one: str, other: str) -> bool:
    """Whether two names differ by one letter (two from fifteen letters on) and are long enough for that to be a slip."""
    shorter = min(len(one), len(other))
    if shorter < 5 or one == other or one[0] != other[0]:
        return False
    allowed = 2 if shorter >= 15 else 1
    return abs(len(one) - len(other)) <= allowed and distance(one, other) <= allowed


def distance(one: str, other: str) -> int:
    """Letters to insert, drop, change or swap with their neighbour (Damerau-Levenshtein, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
