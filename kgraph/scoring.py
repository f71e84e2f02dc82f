"""Predicted records against gold ones: entities, linking, statements, documents.

A record is `{"id", "e": [[mention, type, canon]], "s": [[subject, relation, object, trigger, status, negated, by,
stance]]}`. Mentions match when one holds the other as whole words; an argument matches when its mention does or when
its canon is the gold one; a symmetric relation matches either way round.

entities     type and mention
statements   subject, relation, object
full         the same, and status, negation, source and stance
dyads        subject and object, either way round
documents    the set of canonical subject-relation-object triples of each article
plover       subject, PLOVER type of the relation, object; only where the types are given
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
Same = Callable[[Sequence, Sequence], bool]
SYMMETRIC = frozenset(["meets", "talksWith", "agreesWith", "cooperatesWith", "tradesWith", "alliedWith"])
FIGURES = ("entities", "statements", "full", "dyads", "documents")


@dataclass(slots=True)
class Tally:
    """Hits among gold and predicted items."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, hit: int, gold: int, predicted: int) -> None:
        self.hit += hit
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclass(slots=True)
class Score:
    """Tallies by figure and by relation; `linked` counts right and all canons of matched mentions by type."""

    figures: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIGURES})
    relations: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    linked: Counter[str] = field(default_factory=Counter)
    linked_right: Counter[str] = field(default_factory=Counter)

    def linking(self, kind: str) -> float:
        return self.linked_right[kind] / self.linked[kind] if self.linked[kind] else 0.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """The distinct subject-relation-object rows of a sentence, gold beside predicted."""

    right: list[tuple[Sequence, Sequence]]
    confused: list[tuple[Sequence, Sequence]]  # the subject and object of the gold row, another relation
    missed: list[Sequence]
    spurious: list[Sequence]


def score(
    gold: Iterable[Record], predicted: Iterable[Record], *, plover: Mapping[str, str | None] | None = None
) -> Score:
    """Micro-averaged over the sentences of the gold records; a sentence without a prediction counts as empty.

    `plover` names the PLOVER type of each relation; those without one count as of one type.
    """
    total = Score()
    by_id = {record["id"]: record for record in predicted}
    documents: dict[str, tuple[set, set]] = defaultdict(lambda: (set(), set()))
    for record in gold:
        other = by_id.get(record["id"], {"e": [], "s": []})
        _entities(total, record, other)
        _statements(total, record, other)
        if plover is not None:
            _kinds(total.figures.setdefault("plover", Tally()), record, other, plover)
        article = record["id"].rsplit(":", 1)[0]
        for side, facts in zip((record, other), documents[article], strict=True):
            facts.update(_triples(side))
    for right, guess in documents.values():
        total.figures["documents"].add(len(right & guess), len(right), len(guess))
    return total


def overlap(a: str, b: str) -> bool:
    """One mention holds the other as whole words, case ignored."""
    a, b = f" {a.lower()} ", f" {b.lower()} "
    return a in b or b in a


def pair_up(gold: Sequence, predicted: Sequence, same: Callable[[Any, Any], bool]) -> list[tuple[Any, Any]]:
    """Gold items with a predicted item of their own, taken greedily."""
    left, pairs = list(predicted), []
    for item in gold:
        match = next((n for n, other in enumerate(left) if same(item, other)), None)
        if match is not None:
            pairs.append((item, left.pop(match)))
    return pairs


def _entities(total: Score, gold: Record, predicted: Record) -> None:
    pairs = pair_up(gold["e"], predicted["e"], lambda a, b: a[1] == b[1] and overlap(a[0], b[0]))
    total.figures["entities"].add(len(pairs), len(gold["e"]), len(predicted["e"]))
    for right, guess in pairs:
        total.linked[right[1]] += 1
        total.linked_right[right[1]] += right[2].lower() == guess[2].lower()


def matcher(gold: Record, predicted: Record) -> Callable[[str, str], bool]:
    """Whether a predicted mention is the gold one, by its words or by its canon."""
    right = {mention: canon.lower() for mention, _, canon in gold["e"]}
    guess = {mention: canon.lower() for mention, _, canon in predicted["e"]}
    return lambda a, b: overlap(a, b) or (a in right and right[a] == guess.get(b))


def ends(gold: Record, predicted: Record) -> tuple[Same, Same]:
    """Whether a predicted statement has the ends of a gold one: the same way round, and the other way round."""
    same = matcher(gold, predicted)
    return (
        lambda a, b: same(a[0], b[0]) and same(a[2], b[2]),
        lambda a, b: same(a[0], b[2]) and same(a[2], b[0]),
    )


def align(gold: Record, predicted: Record) -> Alignment:
    """Pairs as the figure `statements` counts them, then those of the rest that differ in the relation alone."""
    straight, swapped = ends(gold, predicted)

    def mutual(a: Sequence, b: Sequence) -> bool:
        return straight(a, b) or (not SYMMETRIC.isdisjoint((a[1], b[1])) and swapped(a, b))

    wanted, found = _distinct(gold["s"]), _distinct(predicted["s"])
    right = pair_up(wanted, found, _triple(gold, predicted))
    missed, spurious = _rest(wanted, found, right)
    confused = pair_up(missed, spurious, mutual)
    return Alignment(right, confused, *_rest(missed, spurious, confused))


def _rest(
    wanted: Iterable[Sequence], found: Iterable[Sequence], pairs: Sequence[tuple[Sequence, Sequence]]
) -> tuple[list[Sequence], list[Sequence]]:
    """The rows of either side that are in no pair."""
    paired = [row for row, _ in pairs], [row for _, row in pairs]
    return [row for row in wanted if row not in paired[0]], [row for row in found if row not in paired[1]]


def _mutual(gold: Record, predicted: Record) -> Same:
    straight, swapped = ends(gold, predicted)
    return lambda a, b: straight(a, b) or (a[1] in SYMMETRIC and swapped(a, b))


def _triple(gold: Record, predicted: Record) -> Same:
    same = _mutual(gold, predicted)
    return lambda a, b: a[1] == b[1] and same(a, b)


def _statements(total: Score, gold: Record, predicted: Record) -> None:
    same, triple = matcher(gold, predicted), _triple(gold, predicted)
    straight, swapped = ends(gold, predicted)

    def dyad(a: Sequence, b: Sequence) -> bool:
        return straight(a, b) or swapped(a, b)

    def full(a: Sequence, b: Sequence) -> bool:
        source = a[6] == b[6] or same(a[6], b[6])
        return triple(a, b) and a[4] == b[4] and bool(a[5]) == bool(b[5]) and a[7] == b[7] and source

    right, guess = _distinct(gold["s"]), _distinct(predicted["s"])
    pairs = pair_up(right, guess, triple)
    total.figures["statements"].add(len(pairs), len(right), len(guess))
    total.figures["dyads"].add(len(pair_up(right, guess, dyad)), len(right), len(guess))
    for side, name in ((right, "gold"), (guess, "predicted"), ([a for a, _ in pairs], "hit")):
        for statement in side:
            tally = total.relations[statement[1]]
            setattr(tally, name, getattr(tally, name) + 1)
    right, guess = _distinct(gold["s"], full=True), _distinct(predicted["s"], full=True)
    total.figures["full"].add(len(pair_up(right, guess, full)), len(right), len(guess))


def _kinds(tally: Tally, gold: Record, predicted: Record, plover: Mapping[str, str | None]) -> None:
    same, right, guess = _mutual(gold, predicted), _distinct(gold["s"]), _distinct(predicted["s"])
    pairs = pair_up(right, guess, lambda a, b: plover.get(a[1]) == plover.get(b[1]) and same(a, b))
    tally.add(len(pairs), len(right), len(guess))


def _distinct(statements: Iterable[Sequence], *, full: bool = False) -> list[Sequence]:
    return list({(*s[:3], *(s[4:] if full else ())): s for s in statements}.values())


def _triples(record: Record) -> Iterable[tuple]:
    canons = {mention: canon.lower() for mention, _, canon in record["e"]}
    for subject, relation, object_, *_ in record["s"]:
        ends = canons.get(subject, subject.lower()), canons.get(object_, object_.lower())
        yield (relation, *(sorted(ends) if relation in SYMMETRIC else ends))
