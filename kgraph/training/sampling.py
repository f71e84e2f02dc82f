"""Which windows an epoch sees: actors exchanged anew, rare relations more often, silence less often."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kgraph.training import swaps
from kgraph.training.gold import GoldWindow, gold_windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

COMMON = 400  # statements of a relation in train from which on it needs no help
SILENT = 0.5  # of the windows without a statement


class Sampler:
    """The windows of all articles, by language."""

    def __init__(self, articles: Mapping[str, list[swaps.Row]], tokenizer: Tokenizer, share: float) -> None:
        self.articles, self.tokenizer, self.share = articles, tokenizer, share
        languages = dict.fromkeys(name.partition("/")[0] for name in articles)
        self.swaps = {
            language: swaps.swaps(rows for name, rows in articles.items() if name.startswith(f"{language}/"))
            for language in languages
        }
        self.counts = Counter(relation for window in self.plain() for relation in relations(window))

    def plain(self) -> Iterator[GoldWindow]:
        """Each window once, as it stands in the text."""
        for rows in self.articles.values():
            yield from gold_windows(self.tokenizer, rows)

    def epoch(self, rng: random.Random) -> list[GoldWindow]:
        """A sample of windows: on average `weight` times each, every time with other actors."""
        return list(self._drawn(rng))

    def _drawn(self, rng: random.Random) -> Iterator[GoldWindow]:
        for passing in range(2):
            for name, rows in self.articles.items():
                changed = self.swaps[name.partition("/")[0]](rows, rng, self.share)
                for window in gold_windows(self.tokenizer, changed):
                    if rng.random() < self.weight(window) - passing:
                        yield window

    def weight(self, window: GoldWindow) -> float:
        """How often an epoch sees a window: between SILENT and 2, by its rarest relation."""
        rarest = min((self.counts[relation] for relation in relations(window)), default=0)
        return max(1.0, min(2.0, (COMMON / rarest) ** 0.5)) if rarest else SILENT


def relations(window: GoldWindow) -> Iterable[int]:
    """Those of the statements in the sentences that count."""
    return [s.relation for sentence in window.sentences[window.window.first :] for s in sentence.statements]
