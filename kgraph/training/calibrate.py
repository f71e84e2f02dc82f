"""Thresholds, biases and the temperature of a fitted reader, chosen on the articles that training held out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kgraph.language.reading import Settings, read
from kgraph.scoring import matcher, score
from kgraph.training.fit import TorchNetwork, plain_settings, record
from kgraph.training.network import Reader

GRID: dict[str, Sequence[Any]] = {
    "span": (0.3, 0.4, 0.5, 0.6, 0.7),
    "relation": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "no_source": (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0),
    "status": tuple((0.0, a, b) for a in (-0.8, -0.4, 0.0, 0.4) for b in (-0.8, -0.4, 0.0, 0.4)),
    "negated": (0.3, 0.4, 0.5, 0.6, 0.7),
    "denies": (0.3, 0.5, 0.7, 0.85),
}
TEMPERATURES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class Remembering(TorchNetwork):
    """The network with every answer kept: settings change what is asked, not what is answered."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.answers: dict[tuple[bytes, ...], dict[str, np.ndarray]] = {}

    def window(self, ids: np.ndarray) -> dict[str, np.ndarray]:
        """As the network does, once for each window."""
        return self._once((ids.tobytes(),), lambda: super(Remembering, self).window(ids))

    def relate(
        self, states: np.ndarray, subject: np.ndarray, types: np.ndarray, pool: np.ndarray
    ) -> dict[str, np.ndarray]:
        """As the network does, once for each sentence and choice of mentions."""
        key = tuple(array.tobytes() for array in (states, subject, types, pool))
        return self._once(key, lambda: super(Remembering, self).relate(states, subject, types, pool))

    def _once(self, key: tuple[bytes, ...], ask: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
        key = tuple(bytes([len(key)]) + _digest(part) for part in key)
        if key not in self.answers:
            self.answers[key] = ask()
        return self.answers[key]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def calibrate(reader: Reader, tokenizer: Any, articles: Mapping[str, list], report: Callable[[str], None]) -> Settings:
    """Settings for the best mean of statements and full F1 over both languages, one setting after another, twice."""
    network = Remembering(reader.eval())
    settings = plain_settings()
    settings = replace(settings, temperature=_temperature(network, tokenizer, settings, articles))
    report(f"temperature {settings.temperature}")
    for _ in range(2):
        for name, values in GRID.items():
            tried = {
                value: _worth(network, tokenizer, replace(settings, **{name: value}), articles) for value in values
            }
            best = max(values, key=lambda value: tried[value])
            settings = replace(settings, **{name: best})
            report(f"{name} {best}: {tried[best]:.4f}")
    return settings


def _predict(network: TorchNetwork, tokenizer: Any, settings: Settings, articles: Mapping[str, list]) -> list[tuple]:
    """(gold record, predicted record, confidences) of each sentence."""
    found = []
    for rows in articles.values():
        before = [rows[0][0]["context"]] if len(rows) == 1 and rows[0][0].get("context") else []
        sentences = read(network, tokenizer, settings, before + [row["text"] for row, _ in rows])[len(before) :]
        for (row, gold), sentence in zip(rows, sentences, strict=True):
            chances = [statement.confidence for statement in sentence.statements]
            found.append((gold, record(row["id"], row["text"], sentence), chances))
    return found


def _worth(network: TorchNetwork, tokenizer: Any, settings: Settings, articles: Mapping[str, list]) -> float:
    total = 0.0
    for language in ("id", "en"):
        part = {name: rows for name, rows in articles.items() if name.startswith(language)}
        rows = _predict(network, tokenizer, settings, part)
        figures = score([gold for gold, _, _ in rows], [guess for _, guess, _ in rows]).figures
        total += figures["statements"].f1 + figures["full"].f1
    return total / 4


def _temperature(network: TorchNetwork, tokenizer: Any, settings: Settings, articles: Mapping[str, list]) -> float:
    """The temperature under which the confidence of statements agrees best with their being right."""
    chances, right = [], []
    for gold, guess, confidences in _predict(network, tokenizer, replace(settings, relation=0.1), articles):
        same = matcher(gold, guess)
        for statement, chance in zip(guess["s"], confidences, strict=True):
            chances.append(chance)
            right.append(
                any(g[1] == statement[1] and same(g[0], statement[0]) and same(g[2], statement[2]) for g in gold["s"])
            )
    logits = np.log(np.array(chances) / (1 - np.array(chances) + 1e-9) + 1e-9)
    hits = np.array(right, float)

    def loss(temperature: float) -> float:
        p = 1 / (1 + np.exp(-logits / temperature))
        return float(-(hits * np.log(p + 1e-9) + (1 - hits) * np.log(1 - p + 1e-9)).mean())

    return min(TEMPERATURES, key=loss)
