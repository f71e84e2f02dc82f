"""Annotated sentences to training windows.

A record is `{"id", "e": [[mention, type, canon]], "s": [[subject, relation, object, trigger, status, negated, by,
stance]]}`; mentions are strings, so every place where a string stands in its sentence belongs to the mention.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.language.pieces import Pieces, Window, cut, windows
from kgraph.records import ENTITY_TYPES

if TYPE_CHECKING:
    from tokenizers import Tokenizer

RELATIONS = (
    "visits",
    "hosts",
    "meets",
    "talksWith",
    "attends",
    "agreesWith",
    "cooperatesWith",
    "tradesWith",
    "supports",
    "aids",
    "suppliesArmsTo",
    "yieldsTo",
    "urges",
    "accuses",
    "criticizes",
    "rejects",
    "warns",
    "threatens",
    "protests",
    "sanctions",
    "deploysTo",
    "tests",
    "coerces",
    "attacks",
    "violates",
    "holdsPositionIn",
    "memberOf",
    "locatedIn",
    "alliedWith",
    "accompanies",
)
STATUS = ("asserted", "planned", "possible")
STANCE = ("says", "denies")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Piece spans (first, last) of one mention string in its sentence."""

    text: str
    type: int
    canon: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """Mentions are named by their index in the sentence; `trigger` is a piece span."""

    subject: int
    relation: int
    object: int
    trigger: tuple[int, int] | None
    status: int
    negated: bool
    source: int | None
    stance: int | None


@dataclass(frozen=True, slots=True)
class GoldSentence:
    id: str
    text: str
    pieces: Pieces
    mentions: tuple[GoldMention, ...]
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class GoldWindow:
    window: Window
    sentences: tuple[GoldSentence, ...]  # as window.sentences names them


def read_jsonl(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def articles(sentences: Path, annotations: Path) -> dict[str, list[tuple[dict, dict]]]:
    """(sentence, record) pairs by article. A sentence that carries its own context is an article of its own."""
    records = {record["id"]: record for record in read_jsonl(annotations)}
    found: dict[str, list[tuple[dict, dict]]] = {}
    for row in read_jsonl(sentences):
        article = row["id"] if row.get("context") else row["id"].rsplit(":", 1)[0]
        found.setdefault(article, []).append((row, records[row["id"]]))
    return found


def gold_windows(tokenizer: Tokenizer, rows: Sequence[tuple[dict, dict]]) -> Iterator[GoldWindow]:
    """The windows of one article."""
    if len(rows) == 1 and rows[0][0].get("context"):
        yield from _with_context(tokenizer, *rows[0])
        return
    pieces = cut(tokenizer, [row["text"] for row, _ in rows])
    gold = [_sentence(row, record, cut_) for (row, record), cut_ in zip(rows, pieces, strict=True)]
    for window in windows(pieces):
        yield GoldWindow(window, tuple(gold[index] for index in window.sentences))


def _with_context(tokenizer: Tokenizer, row: dict, record: dict) -> Iterator[GoldWindow]:
    before, pieces = cut(tokenizer, [row["context"], row["text"]])
    empty = GoldSentence(row["id"] + "-context", row["context"], before, (), ())
    for window in windows([before, pieces])[-1:]:
        first = sum(index == 0 for index in window.sentences)
        marked = Window(window.ids, window.sentences, window.offsets, first)
        gold = (empty, _sentence(row, record, pieces))
        yield GoldWindow(marked, tuple(gold[index] for index in window.sentences))


def _sentence(row: dict, record: dict, pieces: Pieces) -> GoldSentence:
    text: str = row["text"]
    order: dict[str, int] = {}
    mentions: list[GoldMention] = []
    for mention, type_, canon in record["e"]:
        spans = tuple(dict.fromkeys(filter(None, (pieces.span(a, b) for a, b in places(text, mention)))))
        if spans and mention not in order:
            order[mention] = len(mentions)
            mentions.append(GoldMention(mention, ENTITY_TYPES.index(type_), canon, spans))
    statements = tuple(_statements(record["s"], order, text, pieces))
    return GoldSentence(row["id"], text, pieces, tuple(mentions), statements)


def _statements(rows: list, order: dict[str, int], text: str, pieces: Pieces) -> Iterator[GoldStatement]:
    for subject, relation, object_, trigger, status, negated, by, stance in rows:
        if subject in order and object_ in order and order[subject] != order[object_]:
            at = places(text, trigger)
            yield GoldStatement(
                order[subject],
                RELATIONS.index(relation),
                order[object_],
                pieces.span(*at[0]) if at else None,
                STATUS.index(status),
                bool(negated),
                order.get(by),
                STANCE.index(stance) if stance and by in order else None,
            )


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stands in `text` as whole words; as a plain string where it never does."""
    pattern = re.escape(words)
    found = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    return found or [m.span() for m in re.finditer(pattern, text)]
