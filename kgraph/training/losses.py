"""What the reader is fitted to: one loss a head, each about one at the start, so that none starves another."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kgraph.language.reading import PERSON
from kgraph.training.batches import (
    Place,
    Reading,
    WindowBatch,
    is_pronoun,
    own_places,
    places,
    reading_batch,
    readings,
    subjects_of,
)
from kgraph.training.gold import GoldMention
from kgraph.training.network import Reader

WEIGHTS = {
    "spans": 1.0,
    "gate": 0.3,
    "coref": 0.2,
    "relation": 1.0,
    "look": 0.2,
    "status": 0.5,
    "negated": 0.4,
    "source": 0.5,
    "stance": 0.6,
    "trigger": 0.2,
}
RARE_STATUS = torch.tensor([1.0, 1.6, 1.6])
SPURIOUS = 9  # wrong mentions of one sentence that stand among the gold ones, at most
DENIES = torch.tensor([1.0, 3.0])


def losses(reader: Reader, batch: WindowBatch, rng: random.Random, *, predicted: bool) -> dict[str, Tensor]:
    """The losses of a batch, by head. `predicted`: mentions that the reader finds wrongly stand among the gold ones."""
    out = reader.window(batch.ids, batch.mask)
    own = [place for row, window in enumerate(batch.windows) for place in own_places(row, window)]
    mentions = sum(len(place.sentence.mentions) for place in own)
    found = {
        "spans": F.cross_entropy(out["spans"].flatten(0, 2), batch.spans.flatten(), reduction="sum", ignore_index=-100)
        / max(mentions, 1),
        "coref": _coref(out, batch),
    }
    found["gate"], chances = _gate(out["gate"], own)
    extra = _spurious(out["spans"].detach(), batch.spans, own) if predicted else {}
    chosen = [
        reading
        for place, chance in zip(own, chances, strict=True)
        for reading in readings(place, [*chance, *[0.3] * SPURIOUS], extra.get((place.row, place.offset), []), rng, 0.1)
    ]
    return found | _relate(reader, out["states"], chosen)


def _gate(logits: Tensor, own: Sequence[Place]) -> tuple[Tensor, list[list[float]]]:
    scores, targets, sizes = [], [], []
    for place in own:
        subjects = subjects_of(place.sentence)
        sizes.append(len(place.sentence.mentions))
        for index, mention in enumerate(place.sentence.mentions):
            scores.append(pooled(logits[place.row, :, None], place, mention)[0])
            targets.append(float(index in subjects))
    if not scores:
        return logits.sum() * 0, [[] for _ in own]
    score, target = torch.stack(scores), torch.tensor(targets)
    values = iter(score.detach().sigmoid().tolist())
    chances = [[next(values) for _ in range(size)] for size in sizes]
    return F.binary_cross_entropy_with_logits(score, target), chances


def pooled(values: Tensor, place: Place, mention: GoldMention) -> Tensor:
    """values [T, D] -> the mean over the pieces of a mention, [D]."""
    return torch.cat([values[place.offset + i : place.offset + j + 1] for i, j in mention.spans]).mean(0)


def _coref(out: dict[str, Tensor], batch: WindowBatch) -> Tensor:
    """Each pronoun should find, among the persons before it in the window, those of its canon."""
    found = []
    for row, window in enumerate(batch.windows):
        names: list[tuple[Tensor, str]] = []
        for n, place in enumerate(places(row, window)):
            people = sorted((m for m in place.sentence.mentions if m.type == PERSON), key=lambda m: m.spans[0])
            people = [m for m in people if m.spans[-1][1] < place.size]
            for mention in people:
                right = torch.tensor([canon == mention.canon for _, canon in names])
                weight = 1.0 if is_pronoun(mention) else 0.3
                if n >= window.window.first and len(names) > 1 and right.any() and not right.all():
                    side = pooled(out["pronoun"][row], place, mention)
                    scores = torch.stack([name for name, _ in names]) @ side
                    found.append(weight * (scores.logsumexp(0) - scores[right].logsumexp(0)))
                if not is_pronoun(mention):
                    names.append((pooled(out["name"][row], place, mention), mention.canon))
    return torch.stack(found).mean() if found else out["name"].sum() * 0


def _spurious(logits: Tensor, gold: Tensor, own: Sequence[Place]) -> dict[tuple[int, int], list[GoldMention]]:
    """Spans that the reader takes for mentions and that are none, by sentence."""
    best = logits.argmax(-1)
    rows = torch.nonzero((best > 0) & (gold == 0)).tolist()
    found: dict[tuple[int, int], list[GoldMention]] = {}
    for row, start, width in rows:
        for place in own:
            if place.row == row and place.offset <= start and start + width < place.offset + place.size:
                here = found.setdefault((row, place.offset), [])
                if len(here) < SPURIOUS:
                    span = (start - place.offset, start - place.offset + width)
                    here.append(GoldMention("", int(best[row, start, width]) - 1, "", (span,)))
                break
    return found


def _relate(reader: Reader, states: Tensor, chosen: Sequence[Reading]) -> dict[str, Tensor]:
    if not chosen:
        return {}
    groups: list[list[Reading]] = [[]]
    for reading in sorted(chosen, key=lambda r: r.place.size):
        if groups[-1] and (len(groups[-1]) + 1) * reading.place.size > 2200:
            groups.append([])
        groups[-1].append(reading)
    facts = sum(len(reading_batch([r]).facts) for r in chosen) or 1
    total: dict[str, Tensor] = {}
    for group in groups:
        for name, loss in _group(reader, states, group).items():
            total[name] = total.get(name, 0) + loss / facts
    return total


def _group(reader: Reader, states: Tensor, group: Sequence[Reading]) -> dict[str, Tensor]:
    """Summed losses of readings of like length."""
    b = reading_batch(group)
    out = reader.relate(states[b.rows[:, None], b.gather], b.mask, b.subject, b.types, b.pool)
    pairs = F.binary_cross_entropy_with_logits(out["relation"], b.relation, reduction="none")
    found = {"relation": (pairs.sum(-1) * b.pairs).sum()}
    if not b.facts:
        return found
    n, m, status, negated, source, stance, first, last = torch.tensor(b.facts).T
    said = stance >= 0
    marked = first >= 0
    found["status"] = F.cross_entropy(out["status"][n, m], status, weight=RARE_STATUS, reduction="sum")
    found["negated"] = F.binary_cross_entropy_with_logits(out["negated"][n, m], negated.float(), reduction="sum")
    source_logits = out["source"][n, m].clone()
    none = torch.cat([torch.ones(len(n), 1), b.pool[n].sum(-1)], 1)
    found["source"] = F.cross_entropy(source_logits + (none - 1) * 1e4, source, reduction="sum")
    if said.any():
        found["stance"] = F.cross_entropy(out["stance"][n, m][said], stance[said], weight=DENIES, reduction="sum")
    if marked.any():
        trigger = out["trigger"][n, m][marked]
        found["trigger"] = F.cross_entropy(trigger[:, 0], first[marked], reduction="sum") + F.cross_entropy(
            trigger[:, 1], last[marked], reduction="sum"
        )
        at = torch.arange(b.mask.shape[1])
        inside = (at >= first[marked, None]) & (at <= last[marked, None])
        mass = (out["look"][n, m][marked] * inside).sum(-1)
        found["look"] = -(mass + 1e-6).log().sum()
    return found
