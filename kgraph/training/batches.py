"""Training windows to tensors: padded windows for the shared layers, padded readings for the upper ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from kgraph.language.reading import PERSON, PRONOUNS, pool_of, type_marks
from kgraph.scoring import SYMMETRIC
from kgraph.training.gold import RELATIONS, GoldMention, GoldSentence, GoldWindow
from kgraph.training.network import WIDEST

SYMMETRIC_IDS = frozenset(RELATIONS.index(name) for name in SYMMETRIC)


@dataclass(frozen=True, slots=True)
class WindowBatch:
    """ids, mask [B, T]; spans [B, T, W] the type plus 1 of each span, 0 none, -100 outside the sentences that count."""

    ids: Tensor
    mask: Tensor
    spans: Tensor
    windows: tuple[GoldWindow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a batch: its row, its first piece there and its size."""

    row: int
    offset: int
    size: int
    sentence: GoldSentence


def batches(windows: Sequence[GoldWindow], pieces: int, rng: random.Random) -> Iterator[list[GoldWindow]]:
    """Windows of like length together, about `pieces` a batch, in a random order."""
    order = sorted(windows, key=lambda w: len(w.window.ids) + rng.uniform(-12, 12))
    groups: list[list[GoldWindow]] = [[]]
    for window in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.window.ids) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    yield from groups


def window_batch(windows: Sequence[GoldWindow]) -> WindowBatch:
    longest = max(len(w.window.ids) for w in windows)
    ids, mask = torch.ones(len(windows), longest, dtype=torch.long), torch.zeros(len(windows), longest)
    spans = torch.full((len(windows), longest, WIDEST), -100)
    for row, window in enumerate(windows):
        size = len(window.window.ids)
        ids[row, :size], mask[row, :size] = torch.tensor(window.window.ids), 1
        for place in own_places(row, window):
            _fill(spans[row], place)
    return WindowBatch(ids, mask, spans, tuple(windows))


def blanked(batch: WindowBatch, share: float, unknown: int) -> WindowBatch:
    """The batch with a share of its pieces, the marks of beginning and end aside, read as unknown."""
    lost = (torch.rand(batch.ids.shape) < share) & (batch.ids > unknown)
    return replace(batch, ids=batch.ids.masked_fill(lost, unknown))


def places(row: int, window: GoldWindow) -> list[Place]:
    """Every sentence of a window, context included."""
    found = []
    for offset, sentence in zip(window.window.offsets, window.sentences, strict=True):
        size = min(len(sentence.pieces), len(window.window.ids) - offset)
        found.append(Place(row, offset, size, sentence))
    return found


def own_places(row: int, window: GoldWindow) -> list[Place]:
    return places(row, window)[window.window.first :]


def _fill(spans: Tensor, place: Place) -> None:
    a, b = place.offset, place.offset + place.size
    for width in range(min(WIDEST, place.size)):
        spans[a : b - width, width] = 0
    for mention in place.sentence.mentions:
        for first, last in mention.spans:
            if last - first < WIDEST and last < place.size:
                spans[a + first, last - first] = mention.type + 1


@dataclass(frozen=True, slots=True)
class Reading:
    """One subject of one sentence, with what its statements are."""

    place: Place
    mentions: tuple[GoldMention, ...]
    subject: int


@dataclass(frozen=True, slots=True)
class ReadingBatch:
    """Inputs of `Reader.relate` and its targets; `pairs` [R, M] marks the pairs that count."""

    rows: Tensor
    gather: Tensor
    mask: Tensor
    subject: Tensor
    types: Tensor
    pool: Tensor
    pairs: Tensor
    relation: Tensor
    facts: tuple[
        tuple[int, int, int, int, int, int, int, int], ...
    ]  # reading, object, status, neg, source+1, stance, trigger


def readings(
    place: Place, chances: Sequence[float], extra: Sequence[GoldMention], rng: random.Random, share: float
) -> Iterator[Reading]:
    """The subjects of a sentence, and some mentions that are none: the likelier the gate finds them, the more often."""
    mentions = (*place.sentence.mentions, *extra)
    if len(mentions) < 2:
        return
    subjects = subjects_of(place.sentence)
    for index in range(len(mentions)):
        chance = chances[index]
        if index in subjects or rng.random() < min(1.0, share + 2 * chance):
            yield Reading(place, mentions, index)


def subjects_of(sentence: GoldSentence) -> frozenset[int]:
    """Mentions that stand first in a statement, or on either side of a symmetric one."""
    found = {s.subject for s in sentence.statements}
    return frozenset(found | {s.object for s in sentence.statements if s.relation in SYMMETRIC_IDS})


def reading_batch(readings: Sequence[Reading]) -> ReadingBatch:
    r = len(readings)
    s = max(x.place.size for x in readings)
    m = max(len(x.mentions) for x in readings)
    gather, mask, subject = torch.zeros(r, s, dtype=torch.long), torch.zeros(r, s), torch.zeros(r, s)
    types, pool = torch.zeros(r, s, dtype=torch.long), torch.zeros(r, m, s)
    pairs, relation = torch.zeros(r, m), torch.zeros(r, m, len(RELATIONS))
    facts = []
    for n, x in enumerate(readings):
        size, count = x.place.size, len(x.mentions)
        gather[n, :size] = torch.arange(x.place.offset, x.place.offset + size)
        mask[n, :size] = 1
        pool[n, :count, :size] = torch.from_numpy(pool_of([mention.spans for mention in x.mentions], size))
        subject[n] = pool[n, x.subject]
        types[n, :size] = torch.from_numpy(type_marks([(mention.type, mention.spans) for mention in x.mentions], size))
        pairs[n, :count] = 1
        pairs[n, x.subject] = 0
        for fact in _facts(n, x, relation):
            facts.append(fact)
    rows = torch.tensor([x.place.row for x in readings])
    return ReadingBatch(rows, gather, mask, subject, types, pool, pairs, relation, tuple(facts))


def _facts(n: int, x: Reading, relation: Tensor) -> Iterator[tuple[int, int, int, int, int, int, int, int]]:
    for s in x.place.sentence.statements:
        ends = [(s.subject, s.object)] + [(s.object, s.subject)] * (s.relation in SYMMETRIC_IDS)
        for subject, object_ in ends:
            if subject == x.subject:
                relation[n, object_, s.relation] = 1
                source = -1 if s.source is None else s.source
                stance = -1 if s.stance is None else s.stance
                first, last = s.trigger or (-1, -1)
                inside = last < x.place.size
                yield (
                    n,
                    object_,
                    s.status,
                    int(s.negated),
                    source + 1,
                    stance,
                    first if inside else -1,
                    last if inside else -1,
                )


def is_pronoun(mention: GoldMention) -> bool:
    return mention.type == PERSON and mention.text.lower() in PRONOUNS
