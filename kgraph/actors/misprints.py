"""Names that are a slip of the keyboard apart."""

from __future__ import annotations

_SHORTEST_CUT, _LONG = 4, 10
_SHORTEST = 5  # letters; shorter names differ by one letter too often by right: Iran and Iraq


def cut_off(one: str, whole: str) -> bool:
    """Whether a name has lost its last letters: one, or two of a long name: "Rusi", "Amerika Serik"."""
    lost = len(whole) - len(one)
    return whole.startswith(one) and len(one) >= _SHORTEST_CUT and 0 < lost <= (2 if len(one) >= _LONG else 1)


def close(one: str, other: str) -> bool:
    """Whether two names start alike and differ by one letter dropped, added or changed, or two that changed places."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST or one[0] != other[0] or one == other:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[at:], other[at:]
    changed = rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]
    return changed or (rest[:2] == rest_other[1::-1] and len(rest) == len(rest_other) and rest[2:] == rest_other[2:])
