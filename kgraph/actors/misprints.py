"""Names that are a slip of the keyboard apart."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Misprints:
    """Names and where they stand; finds those a slip apart by what is left of both without a letter."""

    places: dict[str, list[int]] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, place: int) -> None:
        """Take a name in."""
        if name not in self.places:
            self.places[name] = []
            for rest in dict.fromkeys(_left(name)):
                self.left.setdefault(rest, []).append(name)
        insort(self.places[name], place)

    def nearest(self, name: str, place: int) -> int | None:
        """The nearest place, of two the one before, at which a name stands that is `close` to this one."""
        alike = {other for rest in _left(name) for other in self.left.get(rest, ()) if close(name, other)}
        around = [at for other in alike for at in _around(self.places[other], place)]
        return min(around, key=lambda at: (abs(at - place), at), default=None)


def _left(name: str) -> Iterator[str]:
    """A name and what is left of it without each of its letters but the first."""
    if len(name) >= _SHORTEST:
        yield name
        yield from (name[:at] + name[at + 1 :] for at in range(1, len(name)))


def _around(places: list[int], place: int) -> list[int]:
    at = bisect(places, place)
    return places[max(0, at - 1) : at + 1]
