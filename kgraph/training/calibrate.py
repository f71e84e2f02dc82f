"""Thresholds, biases and the temperature of a fitted reader, chosen on the articles that training held out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kgraph.language.reading import Hints, Settings
from kgraph.scoring import matcher, score
from kgraph.training.fit import TorchNetwork, plain_settings, read_rows, record
from kgraph.training.network import Reader

GRID: dict[str, Sequence[Any]] = {
    "book": (0.0, 1.5, 3.0),
    "span": (0.35, 0.5, 0.65),
    "relation": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "no_source": (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0),
    "status": tuple((0.0, a, b) for a in (-0.8, -0.4, 0.0, 0.4) for b in (-0.8, -0.4, 0.0, 0.4)),
    "negated": (0.3, 0.4, 0.5, 0.6, 0.7),
    "denies": (0.3, 0.5, 0.7, 0.85),
}
AGREED = 0.2  # the best of 0.06 to 0.5 for the statements that the rules find as well
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


def calibrate(
    reader: Reader, tokenizer: Any, hints: Hints, articles: Mapping[str, list], report: Callable[[str], None]
) -> Settings:
    """Settings for the best F1 over both languages, one setting after another, twice."""
    trial = Trial(Remembering(reader.eval()), tokenizer, hints, articles)
    settings = replace(plain_settings(), temperature=trial.temperature(plain_settings()))
    report(f"temperature {settings.temperature}")
    for _ in range(2):
        for name, values in GRID.items():
            tried = {value: trial.worth(replace(settings, **{name: value})) for value in values}
            best = max(values, key=lambda value: (tried[value], value == getattr(settings, name)))
            settings = replace(settings, **{name: best})
            report(f"{name} {best}: {tried[best]:.4f}")
    return replace(settings, agreed=AGREED)


@dataclass(frozen=True, slots=True)
class Trial:
    """Articles read again and again under other settings."""

    network: TorchNetwork
    tokenizer: Any
    hints: Hints
    articles: Mapping[str, list]

    def worth(self, settings: Settings) -> float:
        """The mean of statements and full F1, with entities at half weight, over both languages."""
        total = 0.0
        for language in ("id", "en"):
            rows = list(self.read(settings, language))
            figures = score([gold for gold, _, _ in rows], [guess for _, guess, _ in rows]).figures
            total += figures["statements"].f1 + figures["full"].f1 + figures["entities"].f1 / 2
        return total / 5

    def read(self, settings: Settings, language: str = "") -> Iterator[tuple[dict, dict, list[float]]]:
        """(gold record, predicted record, confidences) of each sentence of a language, or of both."""
        for name, rows in self.articles.items():
            if name.startswith(language):
                sentences = read_rows(self.network, self.tokenizer, settings, self.hints, rows)
                for (row, gold), sentence in zip(rows, sentences, strict=True):
                    chances = [statement.confidence for statement in sentence.statements]
                    yield gold, record(row["id"], row["text"], sentence), chances

    def temperature(self, settings: Settings) -> float:
        """The temperature under which the confidence of statements agrees best with their being right."""
        chances, right = [], []
        for gold, guess, confidences in self.read(replace(settings, relation=0.1)):
            chances += confidences
            right += [_right(gold, guess, statement) for statement in guess["s"]]
        odds = np.array(chances) / (1 - np.array(chances) + 1e-9) + 1e-9
        hits = np.array(right, float)

        def loss(temperature: float) -> float:
            p = 1 / (1 + odds ** (-1 / temperature))
            return float(-(hits * np.log(p + 1e-9) + (1 - hits) * np.log(1 - p + 1e-9)).mean())

        return min(TEMPERATURES, key=loss)


def _right(gold: dict, guess: dict, statement: list) -> bool:
    """Whether some gold statement is this one."""
    same = matcher(gold, guess)
    return any(g[1] == statement[1] and same(g[0], statement[0]) and same(g[2], statement[2]) for g in gold["s"])
