"""Small articles and a reader that needs no model, for the tests of stores."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from graphs import KIM, PRK, PUTIN, RUS, TASS, UKR, USA

from kgraph import store
from kgraph.errors import StoreError
from kgraph.ontology import load
from kgraph.records import Actor, Article, Mention, Sentence, Span, Statement
from kgraph.store import Block, Report, block
from kgraph.store import run as run_of_store

ONTOLOGY = load()
ACTORS = {"Rusia": RUS, "Korut": PRK, "Amerika": USA, "Ukraina": UKR, "Kim": KIM, "Putin": PUTIN}
VERBS = {"menyerang": "attacks", "mengunjungi": "visits", "bertemu": "meets", "memperingatkan": "warns"}
# One person, whose name comes in two spellings: the plainer one is the label, whatever comes first.
ACTORS |= {name: Actor("PER-5407", "PER", name) for name in ("Shoigu", "SHOIGU")}


def statements(article: Article) -> list[Statement]:
    """What the sentences "Rusia menyerang Ukraina." of an article say; "kata TASS" names a source."""
    found = []
    at = 0
    for index, line in enumerate(article.text.split("\n")):
        words = line.rstrip(".").split(" ")
        if len(words) >= 3 and words[0] in ACTORS and words[1] in VERBS and words[2] in ACTORS:
            sentence = Sentence(index, line, at, at + len(line))
            middle, end = at + len(words[0]) + 1, at + len(words[0]) + len(words[1]) + 2
            ends = [
                Mention(word, start, start + len(word), ACTORS[word].type, ACTORS[word], "alias")
                for word, start in ((words[0], at), (words[2], end))
            ]
            said = words[3:] == ["kata", "TASS"]
            found.append(
                Statement(
                    ends[0],
                    VERBS[words[1]],
                    ends[1],
                    Span(words[1], middle, middle + len(words[1])),
                    sentence,
                    source=Mention("TASS", at + len(line) - 5, at + len(line) - 1, "ORG", TASS) if said else None,
                    stance="says" if said else None,
                )
            )
        at += len(line) + 1
    return found


def read(articles: Iterable[Article]) -> Iterator[Block]:
    """The reader of the tests."""
    for article in articles:
        yield block(article, statements(article), ONTOLOGY, sentences=article.text.count("\n") + 1)


def blocks() -> Callable[[Iterable[Article]], Iterator[Block]]:
    """What a worker calls to have the reader."""
    return read


def text(seed: int, sentences: int = 4) -> str:
    """An article made by chance."""
    chance = random.Random(seed)
    lines = [f"Berita {seed}", ""]
    for _ in range(sentences):
        one, other = chance.sample(sorted(ACTORS), 2)
        said = chance.choice(["", " kata TASS"])
        lines.append(f"{one} {chance.choice(sorted(VERBS))} {other}{said}.\n")
    return "\n".join(lines)


def write(folder: Path, count: int, *, first: int = 0) -> Path:
    """A folder of articles, one of them a file of several."""
    folder.mkdir(exist_ok=True)
    for seed in range(first, first + count):
        (folder / f"{seed:03}.txt").write_text(text(seed), encoding="utf-8")
    return folder


def slow(articles: Iterable[Article]) -> Iterator[Block]:
    for article in articles:
        time.sleep(0.001)
        yield from read([article])


def run(path: Path, folder: Path, told: Connection) -> None:
    """Bring a store up to date in small batches, and tell which articles are safe."""
    run_of_store.BATCH_ITEMS = 3

    def saved(report: Report) -> None:
        told.send(report.articles)

    store.build(path, [folder], slow, version="1", language="id", prune=True, saved=saved)
    told.send("done")


def fill(path: Path, folder: Path, size: int, told: Connection) -> None:
    """Build where no file may grow beyond a size, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    run_of_store.BATCH_ITEMS = 3
    try:
        store.build(path, [folder], read, version="1", language="id")
    except StoreError as error:
        told.send(str(error))
    os._exit(0)
