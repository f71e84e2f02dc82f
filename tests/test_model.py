"""The language model that ships: its files, and that it reads a text the same way whatever stands beside it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.errors import KgraphError
from kgraph.language.loading import document, from_sentences, load
from kgraph.language.model import SHIPPED, load_model
from kgraph.records import Article

GOLD = Path(__file__).parent / "gold"
LARGEST = 60_000_000  # bytes, all files together


@pytest.fixture(scope="module")
def nlp():
    return load("auto", extractor="model")


@pytest.fixture(scope="module")
def articles() -> list[list[str]]:
    """The sentences of sixteen small articles of both languages."""
    found: dict[str, list[str]] = {}
    for language in ("id", "en"):
        for line in (GOLD / f"{language}.sentences.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(row["id"].rpartition(":")[0], []).append(row["text"])
    names = sorted(found)
    return [found[name] for name in names[:8] + names[-8:]]


def test_it_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= LARGEST


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder)
    with (folder / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(KgraphError, match=r"tokenizer\.json: is damaged; install kgraph again"):
        load_model(folder)


def statements(nlp, texts: list[list[str]], order: list[int], size: int) -> dict[int, tuple]:
    docs = [from_sentences(nlp, texts[n], language="id") for n in order]
    return {n: doc._.statements for n, doc in zip(order, nlp.pipe(docs, batch_size=size), strict=True)}


def test_neighbours_change_nothing(nlp, articles: list[list[str]]) -> None:
    order = list(range(len(articles)))
    first = statements(nlp, articles, order, 1)
    assert sum(map(len, first.values())) > 20
    random.Random(7).shuffle(order)
    assert statements(nlp, articles, order, 5) == first


def test_spacy_sees_the_entities(nlp) -> None:
    doc = nlp(document(nlp, Article("Presiden Rusia Vladimir Putin tiba di Vladivostok, kata Kremlin.", language="id")))
    assert {("Rusia", "CTY"), ("Vladimir Putin", "PER"), ("Vladivostok", "LOC")} <= {
        (e.text, e.label_) for e in doc.ents
    }
    assert {(s.subject.actor.label, s.relation, s.object.actor.label) for s in doc._.statements} >= {
        ("Vladimir Putin", "visits", "Vladivostok"),
        ("Vladimir Putin", "holdsPositionIn", "Russia"),
    }


def test_spacy_loads_a_saved_pipeline_by_itself(nlp, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    text = "Menteri Pertahanan Rusia Sergei Shoigu mengunjungi Pyongyang."
    code = f"import sys, spacy; nlp = spacy.load({str(tmp_path / 'nlp')!r}); print(nlp({text!r})._.statements)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str(nlp(text)._.statements)


def test_nothing_is_read_from_nothing(nlp) -> None:
    assert nlp("")._.statements == ()
    assert nlp("???")._.statements == ()


def test_a_long_line_is_read_in_parts(nlp) -> None:
    doc = nlp("Rusia mengecam Ukraina dan " * 400)
    assert len(doc._.mentions) > 100
