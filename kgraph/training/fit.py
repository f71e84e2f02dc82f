"""The training loop: seeded, with checkpoints, choosing by a part of train that it never fits."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kgraph.language.pieces import load_tokenizer
from kgraph.language.reading import Hints, ReadSentence, Settings, read
from kgraph.records import ENTITY_TYPES
from kgraph.scoring import SYMMETRIC, Score, score
from kgraph.training import gold
from kgraph.training.batches import batches, blanked, window_batch
from kgraph.training.losses import WEIGHTS, losses
from kgraph.training.network import Reader, restore, save
from kgraph.training.sampling import Sampler

HELD_OUT = 12  # every 12th article of train chooses thresholds and checkpoints


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast."""

    epochs: float = 8
    pieces: int = 700  # a batch
    rate: float = 1e-4
    head_rate: float = 6e-4
    decay: float = 0.01
    warm: float = 0.06
    average: float = 0.998
    seed: int = 1
    share: float = 1.0  # of the articles of train, for comparisons
    swap: float = 0.5  # chance that the states of an article are exchanged for others, and that its persons are
    blank: float = 0.05  # of the pieces, read as unknown


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles of (sentence, record) pairs, by name; `kept` are those held out."""

    fitted: Mapping[str, list[tuple[dict, dict]]]
    kept: Mapping[str, list[tuple[dict, dict]]]


def corpus(folder: Path, share: float = 1.0) -> Corpus:
    """Both languages' train parts below `folder`, split by a checksum of the article's name."""
    fitted, kept = {}, {}
    for language in ("en", "id"):
        part = folder / language
        for name, rows in gold.articles(part / "train.sentences.jsonl", part / "train.annotations.jsonl").items():
            lot = zlib.crc32(name.rsplit(":", 1)[0].encode())
            if lot % HELD_OUT == 0:
                kept[f"{language}/{name}"] = rows
            elif lot // HELD_OUT % 1000 < share * 1000:
                fitted[f"{language}/{name}"] = rows
    return Corpus(fitted, kept)


class TorchNetwork:
    """The module behind the interface that kgraph.language.reading runs."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def window(self, ids: np.ndarray) -> dict[str, np.ndarray]:
        row = torch.from_numpy(ids)[None]
        with torch.no_grad():
            out = self.reader.window(row, None)
        return {name: value[0].numpy() for name, value in out.items()}

    def relate(
        self, states: np.ndarray, subject: np.ndarray, types: np.ndarray, pool: np.ndarray
    ) -> dict[str, np.ndarray]:
        count = len(subject)
        with torch.no_grad():
            out = self.reader.relate(
                torch.from_numpy(states).expand(count, -1, -1),
                None,
                torch.from_numpy(subject),
                torch.from_numpy(types).expand(count, -1),
                torch.from_numpy(pool).expand(count, -1, -1),
            )
        return {name: value.numpy() for name, value in out.items()}


def record(name: str, text: str, sentence: ReadSentence) -> dict:
    """A read sentence in the form of a gold record, canons left as the mentions."""
    names = [m.text for m in sentence.mentions]
    return {
        "id": name,
        "e": [[m.text, ENTITY_TYPES[m.type], m.text] for m in sentence.mentions],
        "s": [
            [
                names[s.subject],
                s.relation,
                names[s.object],
                text[slice(*s.trigger)],
                s.status,
                int(s.negated),
                "" if s.source is None else names[s.source],
                s.stance or "",
            ]
            for s in sentence.statements
        ],
    }


def read_rows(
    network: TorchNetwork, tokenizer: Any, settings: Settings, hints: Hints, rows: list
) -> list[ReadSentence]:
    """The sentences of an article's rows as the network reads them; one that carries its context is read after it."""
    before = [rows[0][0]["context"]] if len(rows) == 1 and rows[0][0].get("context") else []
    return read(network, tokenizer, settings, before + [row["text"] for row, _ in rows], hints)[len(before) :]


def no_hints(_sentence: str) -> tuple[()]:
    """For reading without the book."""
    return ()


def predict(
    reader: Reader, tokenizer: Any, settings: Settings, articles: Iterable[list], hints: Hints = no_hints
) -> list[dict]:
    """A record for each sentence of the articles."""
    network = TorchNetwork(reader.eval())
    found = []
    for rows in articles:
        sentences = read_rows(network, tokenizer, settings, hints, rows)
        found += [record(row["id"], row["text"], s) for (row, _), s in zip(rows, sentences, strict=True)]
    return found


def plain_settings() -> Settings:
    return Settings(tuple(gold.RELATIONS), SYMMETRIC)


def measure(
    reader: Reader,
    tokenizer: Any,
    articles: Mapping[str, list],
    settings: Settings | None = None,
    hints: Hints = no_hints,
) -> dict[str, Score]:
    """Scores by language."""
    found = {}
    for language in ("id", "en"):
        part = [rows for name, rows in articles.items() if name.startswith(language)]
        guess = predict(reader, tokenizer, settings or plain_settings(), part, hints)
        found[language] = score([rec for rows in part for _, rec in rows], guess)
    return found


def fit(
    reader: Reader,
    encoder: Path,
    gold_folder: Path,
    out: Path,
    plan: Plan,
    *,
    report: Callable[[str], None],
) -> Reader:
    """Fit `reader`; writes `out`/last.pt and `out`/average.pt each epoch and goes on from last.pt if it is there."""
    tokenizer = load_tokenizer(encoder)
    parts = corpus(gold_folder, plan.share)
    sampler = Sampler(parts.fitted, tokenizer, plan.swap)
    first = sampler.epoch(random.Random(0))
    report(f"{len(parts.fitted)} articles, {len(first)} windows an epoch; {len(parts.kept)} articles held out")
    run = _Run(reader, plan, out, len(list(batches(first, plan.pieces, random.Random(0)))))
    run.resume()
    unknown = tokenizer.token_to_id("<unk>")
    assert unknown is not None, "the encoder's tokenizer keeps its special pieces"
    while run.epoch < plan.epochs:
        rng = random.Random(plan.seed * 1000 + run.epoch)
        for group in batches(sampler.epoch(rng), plan.pieces, rng):
            if run.step >= run.steps:
                break
            line = run.train(blanked(window_batch(group), plan.blank, unknown), rng)
            if line:
                report(line)
        run.epoch += 1
        run.keep()
        averaged = run.averaged()
        for language, figures in measure(averaged, tokenizer, parts.kept).items():
            report(f"epoch {run.epoch} {language} " + summary(figures))
        save(averaged, out / "average.pt")
    return run.averaged()


def summary(figures: Score) -> str:
    return "  ".join(f"{name} {t.precision:.3f}/{t.recall:.3f}/{t.f1:.3f}" for name, t in figures.figures.items())


class _Run:
    """The state of one training: weights, their running average, optimizer, step."""

    def __init__(self, reader: Reader, plan: Plan, out: Path, per_epoch: int) -> None:
        self.reader, self.plan, self.out, self.per_epoch = reader, plan, out, per_epoch
        self.steps, self.step, self.epoch = int(per_epoch * plan.epochs), 0, 0
        self.started = time.monotonic()
        self.totals: dict[str, float] = {}
        frozen = {id(p) for p in [reader.word.weight, reader.pos.weight, reader.typ, *reader.eln.parameters()]}
        frozen |= {id(p) for layer in reader.l[: reader.shape.frozen] for p in layer.parameters()}
        layers = [p for layer in reader.l[reader.shape.frozen :] for p in layer.parameters()]
        inner = {id(p) for p in layers} | frozen
        heads = [p for p in reader.parameters() if id(p) not in inner]
        for p in reader.parameters():
            p.requires_grad = id(p) not in frozen
        self.fitted = layers + heads
        groups = [{"params": layers, "top": plan.rate}, {"params": heads, "top": plan.head_rate}]
        self.optimizer = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, fused=True)
        self.shadow = [p.detach().clone() for p in self.fitted]
        torch.manual_seed(plan.seed)

    def resume(self) -> None:
        last = self.out / "last.pt"
        if last.exists():
            kept = torch.load(last, map_location="cpu", weights_only=True)
            self.reader.load_state_dict(kept["weights"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.shadow, self.step, self.epoch = kept["shadow"], kept["step"], kept["epoch"]
            torch.set_rng_state(kept["rng"])

    def keep(self) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        kept = {
            "weights": self.reader.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "shadow": self.shadow,
            "step": self.step,
            "epoch": self.epoch,
            "rng": torch.get_rng_state(),
        }
        torch.save(kept, self.out / "last.tmp")
        (self.out / "last.tmp").replace(self.out / "last.pt")

    def train(self, batch: object, rng: random.Random) -> str | None:
        """One step; now and then a line that says how it goes."""
        self.reader.train()
        self._set_rate()
        found = losses(self.reader, batch, rng, predicted=self.step > self.per_epoch)  # type: ignore[arg-type]
        sum(WEIGHTS[name] * loss for name, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.fitted, 2.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self.plan.average, self.step / (self.step + 10))
        torch._foreach_lerp_(self.shadow, [p.detach() for p in self.fitted], 1 - keep)
        for name, loss in found.items():
            value = loss.item()
            self.totals[name] = 0.98 * self.totals.get(name, value) + 0.02 * value
        if self.step % 50:
            return None
        minutes = (time.monotonic() - self.started) / 60
        return f"{self.step}/{self.steps} {minutes:.1f} min " + " ".join(f"{k} {v:.2f}" for k, v in self.totals.items())

    def _set_rate(self) -> None:
        done = self.step / self.steps
        share = done / self.plan.warm if done < self.plan.warm else (1 - done) / (1 - self.plan.warm)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * max(share, 0.01)

    def averaged(self) -> Reader:
        """A copy with the running average of the weights."""
        path = self.out / "average.tmp"
        self.out.mkdir(parents=True, exist_ok=True)
        save(self.reader, path)
        copy = restore(path)
        path.unlink()
        by_name = {id(p): name for name, p in self.reader.named_parameters()}
        state = copy.state_dict()
        for p, value in zip(self.fitted, self.shadow, strict=True):
            state[by_name[id(p)]].copy_(value)
        return copy
