"""What an extractor writes on a Doc, before names become actors and before dates are resolved.

An extractor (the model or the rules) sets `doc._.drafts`; the components after it turn drafts into
`doc._.statements`. Offsets are characters of `doc.text`; mentions and sentences are named by their index.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.records import EntityType, Stance, Status


@dataclass(frozen=True, slots=True)
class DraftMention:
    """Characters `start` to `end` name something of `type`; `antecedent` is the mention that a pronoun refers to."""

    start: int
    end: int
    type: EntityType
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement between mentions of one sentence. `trigger` is the (start, end) of the words that express it."""

    subject: int
    relation: str
    object: int
    sentence: int
    trigger: tuple[int, int]
    status: Status = "asserted"
    negated: bool = False
    source: int | None = None
    stance: Stance | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts of one Doc. Mentions are in text order, outer before inner."""

    mentions: tuple[DraftMention, ...] = ()
    statements: tuple[DraftStatement, ...] = ()
