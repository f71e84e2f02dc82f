"""What an epoch of training sees: articles with other actors, windows by the rarity of their relations."""

from __future__ import annotations

import random

import pytest

from kgraph.language.model import SHIPPED
from kgraph.language.pieces import load_tokenizer
from kgraph.training.sampling import SILENT, Sampler, relations
from kgraph.training.swaps import swaps


def row(n: int, text: str, entities: list, statements: list) -> tuple[dict, dict]:
    name = f"a:{n}"
    return {"id": name, "text": text}, {"id": name, "e": entities, "s": statements}


def fact(subject: str, relation: str, other: str, trigger: str, by: str = "") -> list:
    return [subject, relation, other, trigger, "asserted", 0, by, "says" if by else ""]


PERU, CHAD, NORWAY = ["Peru", "CTY", "PER"], ["Chad", "CTY", "TCD"], ["Norway", "CTY", "NOR"]
KNOWN = [
    [
        row(n, "Norway met Lima and the Norwegian envoy.", [NORWAY, ["Norwegian", "CTY", "NOR"]], []),
        row(n, "Fiji and Oslo; Ana Lopez.", [["Fiji", "CTY", "FJI"], ["Ana Lopez", "PER", "Ana Lopez"]], []),
    ]
    for n in range(3)
]


def test_actors_change_in_text_and_record_together() -> None:
    article = [row(0, "Peru warns Chad. Perusahaan Peru.", [PERU, CHAD], [fact("Peru", "warns", "Chad", "warns")])]
    [(sentence, record)] = swaps(KNOWN)(article, random.Random(1), 1.0)
    names = [name for name, _, _ in record["e"]]
    assert sorted(names) == ["Fiji", "Norway"]
    assert sentence["text"] == f"{names[0]} warns {names[1]}. Perusahaan {names[0]}."
    assert record["s"] == [fact(names[0], "warns", names[1], "warns")]


def test_a_people_gives_way_to_a_people() -> None:
    article = [row(0, "The Peruvian navy.", [["Peruvian", "CTY", "PER"]], [])]
    found = {swaps(KNOWN)(article, random.Random(seed), 1.0)[0][0]["text"] for seed in range(20)}
    assert found == {"The Norwegian navy.", "The Fiji navy."}


def test_without_a_share_nothing_changes() -> None:
    article = [row(0, "Peru warns Chad.", [PERU, CHAD], [])]
    assert swaps(KNOWN)(article, random.Random(1), 0.0) == article


@pytest.mark.parametrize(
    "entities",
    [
        pytest.param(
            [PERU, ["Republic of Peru", "ORG", "x"], ["Peru-Chad", "EVT", "y"]], id="a mention within another"
        ),
        pytest.param([PERU, ["ru", "ORG", "x"]], id="a mention that is a part of a word"),
    ],
)
def test_no_name_is_lost(entities: list) -> None:
    article = [row(0, "The Republic of Peru and the Peru-Chad treaty.", entities, [])]
    for seed in range(10):
        [(sentence, record)] = swaps(KNOWN)(article, random.Random(seed), 1.0)
        assert all(name in sentence["text"] for name, _, _ in record["e"])


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    rare = [row(0, "Peru warns Chad.", [PERU, CHAD], [fact("Peru", "warns", "Chad", "warns")])]
    common = [row(0, "Peru meets Chad.", [PERU, CHAD], [fact("Peru", "meets", "Chad", "meets")])]
    silent = [row(0, "It rains.", [], [])]
    articles = {"en/rare": rare, "en/silent": silent} | {f"en/{n}": common for n in range(500)}
    return Sampler(articles, load_tokenizer(SHIPPED), 0.0)


def test_rare_relations_weigh_twice_and_silence_half(sampler: Sampler) -> None:
    weights = sorted({sampler.weight(window) for window in sampler.plain()})
    assert weights == [SILENT, 1.0, 2.0]


def test_an_epoch_draws_by_weight(sampler: Sampler) -> None:
    drawn = [tuple(relations(window)) for window in sampler.epoch(random.Random(3))]
    warns = next(kind for kind in drawn if drawn.count(kind) == 2)
    assert len(drawn) in (502, 503)
    assert warns != drawn[10]


def test_the_same_seed_draws_the_same_epoch(sampler: Sampler) -> None:
    def texts(seed: int) -> list[str]:
        return [sentence.text for window in sampler.epoch(random.Random(seed)) for sentence in window.sentences]

    assert texts(5) == texts(5)
