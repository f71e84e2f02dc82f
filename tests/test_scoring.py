"""What counts as a hit, case by case."""

from __future__ import annotations

import pytest

from kgraph.ontology import load
from kgraph.scoring import SYMMETRIC, Alignment, Record, align, overlap, score

VISIT = ["Putin", "visits", "Cina", "mengunjungi", "asserted", 0, "", ""]
MEET = ["Putin", "meets", "Xi", "bertemu", "planned", 0, "Kremlin", "says"]
ENTITIES = [["Putin", "PER", "Vladimir Putin"], ["Cina", "CTY", "CHN"], ["Xi", "PER", "Xi Jinping"]]


def record(*statements: list, id_: str = "a:0", entities: list = ENTITIES) -> Record:
    return {"id": id_, "e": entities, "s": list(statements)}


def changed(row: list, **fields: object) -> list:
    names = ("subject", "relation", "object", "trigger", "status", "negated", "by", "stance")
    return [fields.get(name, value) for name, value in zip(names, row, strict=True)]


def hits(gold: list[Record], predicted: list[Record], figure: str) -> tuple[int, int, int]:
    tally = score(gold, predicted).figures[figure]
    return tally.hit, tally.gold, tally.predicted


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Putin", "Putin", True),
        ("Vladimir Putin", "putin", True),
        ("Presiden Putin", "Vladimir Putin", False),
        ("Korea Utara", "Korea Selatan", False),
        ("Niger", "Nigeria", False),
    ],
)
def test_mentions_are_the_same_where_one_holds_the_other_as_whole_words(a: str, b: str, same: bool) -> None:
    assert overlap(a, b) is same
    assert overlap(b, a) is same


CASES = [  # gold statement, predicted statement, and whether it is a hit for: statements, full, dyads
    (VISIT, VISIT, (1, 1, 1)),
    (VISIT, changed(VISIT, trigger="ke"), (1, 1, 1)),
    (VISIT, changed(VISIT, subject="Vladimir Putin"), (1, 1, 1)),
    (VISIT, changed(VISIT, status="planned"), (1, 0, 1)),
    (VISIT, changed(VISIT, negated=1), (1, 0, 1)),
    (VISIT, changed(VISIT, by="Xi", stance="says"), (1, 0, 1)),
    (VISIT, changed(VISIT, relation="hosts"), (0, 0, 1)),
    (VISIT, changed(VISIT, subject="Cina", object="Putin"), (0, 0, 1)),
    (VISIT, changed(VISIT, object="Xi"), (0, 0, 0)),
    (MEET, changed(MEET, subject="Xi", object="Putin"), (1, 1, 1)),
    (MEET, changed(MEET, by="istana Kremlin"), (1, 1, 1)),
    (MEET, changed(MEET, stance="denies"), (1, 0, 1)),
    (MEET, changed(MEET, by="Xi"), (1, 0, 1)),
]


@pytest.mark.parametrize(("gold", "predicted", "expected"), CASES, ids=lambda value: " ".join(map(str, value))[:60])
def test_statements(gold: list, predicted: list, expected: tuple[int, int, int]) -> None:
    found = score([record(gold)], [record(predicted)])
    assert tuple(found.figures[name].hit for name in ("statements", "full", "dyads")) == expected


def test_an_argument_matches_by_its_actor_too() -> None:
    entities = [["Presiden Rusia", "PER", "vladimir putin"], ["Cina", "CTY", "CHN"]]
    guess = record(changed(VISIT, subject="Presiden Rusia"), entities=entities)
    assert hits([record(VISIT)], [guess], "statements") == (1, 1, 1)
    other = record(changed(VISIT, subject="Presiden Rusia"), entities=[["Presiden Rusia", "PER", "Dmitry Medvedev"]])
    assert hits([record(VISIT)], [other], "statements") == (0, 1, 1)


def test_each_item_is_matched_once_and_repeated_triples_count_once() -> None:
    twice = record(VISIT, changed(VISIT, trigger="ke", by="Xi", stance="says"))
    assert hits([twice], [twice], "statements") == (1, 1, 1)
    assert hits([twice], [twice], "full") == (2, 2, 2)
    two = [["Putin", "PER", "Vladimir Putin"], ["Vladimir Putin", "PER", "Vladimir Putin"]]
    assert hits([record()], [record(entities=two)], "entities") == (1, 3, 2)


def test_entities_need_the_type_and_linking_is_of_those_matched() -> None:
    guess = record(entities=[["Putin", "PER", "Putin's dog"], ["Cina", "LOC", "CHN"], ["Xi", "PER", "xi jinping"]])
    found = score([record()], [guess])
    assert hits([record()], [guess], "entities") == (2, 3, 3)
    assert (found.linking("PER"), found.linking("CTY")) == (0.5, 0.0)
    assert dict(found.linked) == {"PER": 2}


def test_documents_hold_each_triple_of_an_article_once() -> None:
    gold = [record(VISIT), record(VISIT, MEET, id_="a:1"), record(VISIT, id_="b:0")]
    turned = changed(MEET, subject="Xi", object="Putin")
    guess = [record(turned), record(VISIT, id_="a:1"), record(VISIT, id_="b:0", entities=[])]
    assert hits(gold, guess, "documents") == (2, 3, 3)  # b's is of other canons
    assert hits(gold, guess, "statements") == (2, 4, 3)


def test_a_sentence_without_prediction_counts_as_empty() -> None:
    assert hits([record(VISIT), record(MEET, id_="a:1")], [record(VISIT)], "statements") == (1, 2, 1)
    nothing = score([record()], []).figures["statements"]
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


def test_precision_recall_and_f1() -> None:
    gold = record(VISIT, MEET, changed(VISIT, relation="criticizes"))
    tally = score([gold], [record(VISIT, changed(VISIT, relation="warns"))]).figures["statements"]
    assert (tally.precision, tally.recall, tally.f1) == (1 / 2, 1 / 3, 2 / 5)


def test_relations_are_counted_under_their_own_names() -> None:
    found = score([record(VISIT, MEET)], [record(VISIT, changed(MEET, relation="talksWith"))]).relations
    counts = {name: (tally.hit, tally.gold, tally.predicted) for name, tally in found.items()}
    assert counts == {"visits": (1, 1, 1), "meets": (0, 1, 0), "talksWith": (0, 0, 1)}


@pytest.mark.parametrize(("guess", "hit"), [("hosts", 1), ("accuses", 0), ("memberOf", 0)])
def test_plover_takes_relations_of_one_type_as_the_same(guess: str, hit: int) -> None:
    kinds = {name: relation.plover for name, relation in load().relations.items()}
    found = score([record(VISIT)], [record(changed(VISIT, relation=guess))], plover=kinds)
    assert found.figures["plover"].hit == hit
    assert "plover" not in score([record(VISIT)], [record(VISIT)]).figures


def test_the_symmetric_relations_are_those_of_the_ontology() -> None:
    assert {name for name, relation in load().relations.items() if relation.symmetric} == SYMMETRIC


def test_align_pairs_what_is_right_then_what_differs_in_the_relation_alone() -> None:
    accuse, warn = changed(VISIT, relation="accuses"), changed(VISIT, relation="warns")
    aid = changed(VISIT, object="Xi", relation="aids")
    turned = changed(VISIT, subject="Cina", object="Putin", relation="hosts")
    found = align(record(accuse, VISIT, aid), record(turned, VISIT, warn))
    assert found == Alignment(right=[(VISIT, VISIT)], confused=[(accuse, warn)], missed=[aid], spurious=[turned])


@pytest.mark.parametrize(("gold", "guess"), [("meets", "visits"), ("visits", "meets")])
def test_a_symmetric_relation_is_confused_either_way_round(gold: str, guess: str) -> None:
    right = changed(MEET, relation=gold)
    other = changed(MEET, relation=guess, subject="Xi", object="Putin")
    assert align(record(right), record(other)).confused == [(right, other)]
