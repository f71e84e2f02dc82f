"""The reader's numbers to mentions and statements: windows in, drafts out.

One encoder run a window and one a sentence, never padded and never batched with others, so that a text gives the
same statements whatever is read beside it. `Network` is the ONNX model at run time and the PyTorch module in training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kgraph.language.pieces import Pieces, Window, cut, windows
from kgraph.records import ENTITY_TYPES, STATUSES, Stance, Status

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Array = NDArray[np.float32]
# (start, end, type) of the names in a sentence that the book of actors knows, in characters.
Hints = Callable[[str], Iterable[tuple[int, int, int]]]
PRONOUNS = frozenset(["ia", "dia", "beliau", "he", "she", "him", "her", "his"])
PERSON = ENTITY_TYPES.index("PER")


class Network(Protocol):
    """The two runs of the model; the names and shapes of their outputs are those of kgraph.training.network."""

    def window(self, ids: NDArray[np.int64]) -> Mapping[str, Array]: ...

    def relate(self, states: Array, subject: Array, types: NDArray[np.int64], pool: Array) -> Mapping[str, Array]: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and calibration, fitted on a part of train and shipped beside the weights."""

    relations: tuple[str, ...]
    symmetric: frozenset[str]
    span: float = 0.5
    gate: float = 0.04
    book: float = 0.0  # added to the logit of a type where the book knows the very name
    relation: float = 0.4  # a statement more likely than this stands by itself
    agreed: float = 1.0  # one more likely than this is drafted, and stands where the rules find it too
    temperature: float = 1.0
    no_source: float = 0.0  # added to the logit of "the article itself says it"
    denies: float = 0.5
    status: tuple[float, float, float] = (0.0, 0.0, 0.0)  # added to the logits
    negated: float = 0.5

    @property
    def floor(self) -> float:
        """The chance below which no statement is drafted."""
        return min(self.relation, self.agreed)


@dataclass(frozen=True, slots=True)
class ReadMention:
    """A name in a sentence: the first and last piece of every place where it stands, and their characters."""

    type: int
    spans: tuple[tuple[int, int], ...]
    chars: tuple[tuple[int, int], ...]
    text: str
    antecedent: tuple[int, int] | None = None  # (sentence, mention) that a pronoun refers to


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """Mentions by their index in the sentence; `trigger` in characters of the sentence."""

    subject: int
    relation: str
    object: int
    trigger: tuple[int, int]
    status: Status
    negated: bool
    source: int | None
    stance: Stance | None
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadSentence:
    mentions: tuple[ReadMention, ...] = ()
    statements: tuple[ReadStatement, ...] = ()


def read(
    network: Network, tokenizer: Tokenizer, settings: Settings, texts: Sequence[str], hints: Hints
) -> list[ReadSentence]:
    """Read the sentences of one article, in order."""
    pieces = cut(tokenizer, texts)
    found = [ReadSentence()] * len(texts)
    for window in windows(pieces):
        out = network.window(np.asarray(window.ids, np.int64))
        for index, sentence in _sentences(network, settings, window, out, pieces, texts, hints, found):
            found[index] = sentence
    return found


def _sentences(
    network: Network,
    settings: Settings,
    window: Window,
    out: Mapping[str, Array],
    pieces: Sequence[Pieces],
    texts: Sequence[str],
    hints: Hints,
    found: Sequence[ReadSentence],
) -> Iterator[tuple[int, ReadSentence]]:
    names: list[tuple[tuple[int, int], Array]] = []  # (sentence, mention) and the name side of each person so far
    for place, (index, offset) in enumerate(zip(window.sentences, window.offsets, strict=True)):
        size = min(len(pieces[index]), len(window.ids) - offset)
        part = {name: value[offset : offset + size] for name, value in out.items()}
        if place < window.first:
            mentions = [m for m in found[index].mentions if m.spans[0][1] < size]
        else:
            logits = hinted(part["spans"], pieces[index], hints(texts[index]), settings.book)
            mentions = mentions_of(logits, pieces[index], texts[index], settings.span)
        for n, mention in enumerate(mentions):
            if mention.type == PERSON and pronoun(mention):
                mentions[n] = _referred(mention, part, names)
            elif mention.type == PERSON:
                names.append(((index, n), _mean(part["name"], mention)))
        if place >= window.first:
            statements = (
                tuple(_statements(network, settings, part, mentions, pieces[index])) if len(mentions) > 1 else ()
            )
            yield index, ReadSentence(tuple(mentions), statements)


def pronoun(mention: ReadMention) -> bool:
    return mention.text.lower() in PRONOUNS


def _referred(
    mention: ReadMention, part: Mapping[str, Array], names: Sequence[tuple[tuple[int, int], Array]]
) -> ReadMention:
    """A pronoun with the best of the persons named before it in the window."""
    if not names:
        return mention
    side = _mean(part["pronoun"], mention)
    best = max(range(len(names)), key=lambda n: float(side @ names[n][1]))
    return ReadMention(mention.type, mention.spans, mention.chars, mention.text, names[best][0])


def _mean(values: Array, mention: ReadMention) -> Array:
    return np.concatenate([values[i : j + 1] for i, j in mention.spans]).mean(0)


def hinted(logits: Array, pieces: Pieces, hints: Iterable[tuple[int, int, int]], bias: float) -> Array:
    """logits [S, W, 1 + types] with the bias at the spans and types that the book knows."""
    raised = logits.copy()
    size, widest, _ = logits.shape
    for start, end, kind in hints:
        span = pieces.span(start, end)
        if span and span[1] < size and span[1] - span[0] < widest:
            raised[span[0], span[1] - span[0], 1 + kind] += bias
    return raised


def mentions_of(logits: Array, pieces: Pieces, text: str, threshold: float) -> list[ReadMention]:
    """logits [S, W, 1 + types] -> mentions in text order; spans may nest, but not cross, nor nest in their own type."""
    accepted: list[tuple[int, int, int]] = []
    for _, first, last, kind in sorted(_candidates(logits, threshold)):
        if not any(_clash((first, last, kind), other) for other in accepted):
            accepted.append((first, last, kind))
    grouped: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for first, last, kind in sorted(accepted, key=lambda span: (span[0], -span[1])):
        words = text[pieces.starts[first] : pieces.ends[last]]
        grouped.setdefault((words, kind), []).append((first, last))
    return [
        ReadMention(kind, tuple(spans), tuple((pieces.starts[i], pieces.ends[j]) for i, j in spans), words)
        for (words, kind), spans in grouped.items()
    ]


def _candidates(logits: Array, threshold: float) -> Iterator[tuple[float, int, int, int]]:
    """(-probability, first piece, last piece, type) of each span more likely a mention than the threshold."""
    size = logits.shape[0]
    chances = _softmax(logits)
    for first, width in zip(*np.nonzero(chances[:, :, 0] < 1 - threshold), strict=True):
        if first + width < size:
            kind = int(chances[first, width, 1:].argmax())
            yield -float(1 - chances[first, width, 0]), int(first), int(first + width), kind


def _clash(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    if a[1] < b[0] or b[1] < a[0]:
        return False
    nested = (a[0] >= b[0] and a[1] <= b[1]) or (b[0] >= a[0] and b[1] <= a[1])
    return not nested or a[2] == b[2] or a[:2] == b[:2]


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype(np.float32)


def _sigmoid(x: Array) -> Array:
    return (1 / (1 + np.exp(-x))).astype(np.float32)


def pool_of(spans: Sequence[Sequence[tuple[int, int]]], size: int) -> Array:
    """[M, S] rows that average the pieces of each mention."""
    pool = np.zeros((len(spans), size), np.float32)
    for row, places in zip(pool, spans, strict=True):
        for i, j in places:
            row[i : j + 1] = 1
        row /= row.sum()
    return pool


def type_marks(mentions: Sequence[tuple[int, Sequence[tuple[int, int]]]], size: int) -> NDArray[np.int64]:
    """[S] the type of the outermost mention at each piece plus 1, 0 outside; inner names keep their own type."""
    marks = np.zeros(size, np.int64)
    spans = [(j - i, i, j, kind) for kind, places in mentions for i, j in places]
    for _, i, j, kind in sorted(spans, reverse=True):
        marks[i : j + 1] = kind + 1
    return marks


def _statements(
    network: Network, settings: Settings, part: Mapping[str, Array], mentions: Sequence[ReadMention], pieces: Pieces
) -> Iterator[ReadStatement]:
    size = part["states"].shape[0]
    pool = pool_of([m.spans for m in mentions], size)
    subjects = np.nonzero(_sigmoid(pool @ part["gate"]) > settings.gate)[0]
    if not len(subjects):
        return
    types = type_marks([(m.type, m.spans) for m in mentions], size)
    out = network.relate(part["states"], pool[subjects], types, pool)
    chances = _sigmoid(out["relation"] / settings.temperature)
    row_of = {int(subject): row for row, subject in enumerate(subjects)}
    for subject, row in row_of.items():
        for object_ in range(len(mentions)):
            if object_ != subject and not _same_name(mentions[subject], mentions[object_]):
                yield from _pair(settings, out, chances, row_of, row, subject, object_, pieces)


def _same_name(a: ReadMention, b: ReadMention) -> bool:
    return a.text == b.text


def _pair(
    settings: Settings,
    out: Mapping[str, Array],
    chances: Array,
    row_of: Mapping[int, int],
    row: int,
    subject: int,
    object_: int,
    pieces: Pieces,
) -> Iterator[ReadStatement]:
    for relation in np.nonzero(chances[row, object_] > 0.5 * settings.floor)[0]:
        name = settings.relations[relation]
        chance = float(chances[row, object_, relation])
        if name in settings.symmetric:
            if object_ in row_of:
                chance = (chance + float(chances[row_of[object_], subject, relation])) / 2
                if object_ < subject:
                    continue
            elif object_ < subject:
                subject_, object__ = object_, subject
                if chance > settings.floor:
                    yield _statement(settings, out, row, object_, subject_, object__, name, chance, pieces)
                continue
        if chance > settings.floor:
            yield _statement(settings, out, row, object_, subject, object_, name, chance, pieces)


def _statement(
    settings: Settings,
    out: Mapping[str, Array],
    row: int,
    column: int,
    subject: int,
    object_: int,
    relation: str,
    chance: float,
    pieces: Pieces,
) -> ReadStatement:
    status = int((out["status"][row, column] + settings.status).argmax())
    scores = out["source"][row, column].copy()
    scores[0] += settings.no_source
    source = int(scores.argmax()) - 1
    denies = float(_softmax(out["stance"][row, column])[1]) > settings.denies
    start, end = _trigger(out["trigger"][row, column])
    return ReadStatement(
        subject,
        relation,
        object_,
        (pieces.starts[start], pieces.ends[end]),
        STATUSES[status],
        bool(_sigmoid(out["negated"][row, column]) > settings.negated),
        source if source >= 0 else None,
        None if source < 0 else "denies" if denies else "says",
        chance,
    )


def _trigger(logits: Array) -> tuple[int, int]:
    """logits [2, S] -> the first and last piece of the likeliest span of at most 12 pieces."""
    start, end = logits
    size = len(start)
    score = start[:, None] + end[None, :]
    legal = np.triu(np.ones((size, size), bool)) & ~np.triu(np.ones((size, size), bool), 12)
    best = int(np.where(legal, score, -np.inf).argmax())
    return best // size, best % size
