"""What went wrong, sentence by sentence: statements missed, invented, or read as another relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kgraph.scoring import Alignment, Record, ends, matcher

Kind = Literal["confused", "spurious", "missed"]
Row = Sequence  # subject, relation, object, trigger, status, negated, by, stance


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold row, a predicted one, or one against the other; `confidence` is that of the predicted row, where known."""

    kind: Kind
    id: str
    sentence: str
    gold: Row | None
    predicted: Row | None
    confidence: float | None
    note: str

    @property
    def row(self) -> Row:
        """The statement that it is about: the gold one where there is one."""
        row = self.gold or self.predicted
        assert row is not None
        return row


def mistakes(
    gold: Record, predicted: Record, found: Alignment, confidence: Mapping[tuple, float], sentence: str
) -> Iterator[Mistake]:
    """The mistakes in one sentence."""

    def mistake(kind: Kind, right: Row | None, guess: Row | None, note: str = "") -> Mistake:
        sure = confidence.get(tuple(guess[:3])) if guess else None
        return Mistake(kind, gold["id"], sentence, right, guess, sure, note)

    for right, guess in found.confused:
        yield mistake("confused", right, guess, f"read as {guess[1]}")
    for guess in found.spurious:
        yield mistake("spurious", None, guess, _turned(guess, gold, predicted))
    for right in found.missed:
        yield mistake("missed", right, None, _unseen(right, gold, predicted))


def worst_first(mistake: Mistake) -> tuple[float, bool]:
    """Sorting key: the surest first; of those missed, first the ones whose two ends were found."""
    return -(mistake.confidence or 0.0), bool(mistake.note) and mistake.kind == "missed"


def _turned(guess: Row, gold: Record, predicted: Record) -> str:
    _, swapped = ends(gold, predicted)
    turned = any(right[1] == guess[1] and swapped(right, guess) for right in gold["s"])
    return "gold has it the other way round" if turned else ""


def _unseen(right: Row, gold: Record, predicted: Record) -> str:
    same = matcher(gold, predicted)
    unseen = [end for end in (right[0], right[2]) if not any(same(end, mention) for mention, *_ in predicted["e"])]
    return f"mention not found: {', '.join(unseen)}" if unseen else ""
