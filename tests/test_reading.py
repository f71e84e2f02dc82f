"""From the network's numbers to mentions and statements, with a network made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kgraph.language.model import drafts
from kgraph.language.pieces import CONTEXT, LONGEST, WINDOW, Pieces, windows
from kgraph.language.reading import (
    PERSON,
    ReadMention,
    ReadSentence,
    ReadStatement,
    mentions_of,
    pool_of,
    type_marks,
)
from kgraph.records import ENTITY_TYPES

STATE = ENTITY_TYPES.index("CTY")
BODY = ENTITY_TYPES.index("ORG")
TEXT = "Kementerian Pertahanan Rusia memuji Rusia"
WORDS = TEXT.split()


def pieces_of(text: str) -> Pieces:
    """One piece a word."""
    starts, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    ends = [start + len(word) for start, word in zip(starts, text.split(), strict=True)]
    return Pieces(tuple(range(5, 5 + len(starts))), tuple(starts), tuple(ends))


def logits(spans: dict[tuple[int, int, int], float]) -> np.ndarray:
    """[5, 4, 9]: none everywhere but at (first, last, type), which get the score."""
    table = np.zeros((5, 4, 1 + len(ENTITY_TYPES)), np.float32)
    table[:, :, 0] = 8
    for (first, last, kind), score in spans.items():
        table[first, last - first, 1 + kind] = score
    return table


def found(spans: dict[tuple[int, int, int], float]) -> list[tuple[str, int, int]]:
    mentions = mentions_of(logits(spans), pieces_of(TEXT), TEXT, 0.5)
    return [(m.text, m.type, len(m.spans)) for m in mentions]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ({}, []),
        ({(0, 2, BODY): 12}, [("Kementerian Pertahanan Rusia", BODY, 1)]),
        # a state inside a body is a mention of its own, and one with the same name elsewhere
        (
            {(0, 2, BODY): 12, (2, 2, STATE): 12, (4, 4, STATE): 12},
            [("Kementerian Pertahanan Rusia", BODY, 1), ("Rusia", STATE, 2)],
        ),
        # spans that cross: the likelier stays
        ({(0, 1, BODY): 10, (1, 2, BODY): 12}, [("Pertahanan Rusia", BODY, 1)]),
        # one inside another of its own type: the likelier stays
        ({(0, 2, BODY): 12, (1, 1, BODY): 10}, [("Kementerian Pertahanan Rusia", BODY, 1)]),
        # below the threshold
        ({(0, 2, BODY): 7}, []),
        # a span that would end after the sentence
        ({(4, 6, BODY): 12}, []),
    ],
)
def test_mentions_nest_but_do_not_cross(spans: dict, expected: list) -> None:
    assert found(spans) == expected


def test_pool_averages_every_place_of_a_mention() -> None:
    pool = pool_of([[(0, 1)], [(2, 2), (4, 4)]], 5)
    assert pool.tolist() == [[0.5, 0.5, 0, 0, 0], [0, 0, 0.5, 0, 0.5]]


def test_inner_names_keep_their_own_type() -> None:
    assert type_marks([(BODY, [(0, 2)]), (STATE, [(2, 2)])], 4).tolist() == [BODY + 1, BODY + 1, STATE + 1, 0]


def sentences(*sizes: int) -> list[Pieces]:
    return [Pieces((9,) * size, tuple(range(size)), tuple(range(1, size + 1))) for size in sizes]


@pytest.mark.parametrize("sizes", [(5,), (5, 30, 40), (12,) + (60,) * 9, (8, 700, 8), (90,) * 5, (500,)])
def test_each_sentence_is_read_once_within_the_room(sizes: tuple[int, ...]) -> None:
    cut = windows(sentences(*sizes))
    read = [index for window in cut for index in window.sentences[window.first :]]
    assert read == list(range(len(sizes)))
    for window in cut:
        assert len(window.ids) <= max(WINDOW, LONGEST + 2 + CONTEXT + 2)
        assert all(window.offsets[n] < len(window.ids) for n in range(len(window.sentences)))


def test_a_window_carries_the_title_and_the_sentence_before_it() -> None:
    second = windows(sentences(10, *(60,) * 6))[1]
    assert second.first >= 1
    assert second.sentences[0] == 0


def test_drafts_take_the_place_nearest_to_the_trigger() -> None:
    kim = ReadMention(PERSON, ((0, 0), (9, 9)), ((0, 3), (50, 53)), "Kim")
    russia = ReadMention(STATE, ((7, 7),), ((40, 45),), "Rusia")
    said = ReadStatement(0, "visits", 1, (30, 37), "asserted", False, None, None, 0.91234)
    result = drafts([ReadSentence(), ReadSentence((kim, russia), (said,))], [0, 100])
    assert [(m.start, m.end, m.type) for m in result.mentions] == [
        (100, 103, "PER"),
        (140, 145, "CTY"),
        (150, 153, "PER"),
    ]
    (statement,) = result.statements
    assert (statement.subject, statement.object, statement.sentence) == (2, 1, 1)
    assert statement.trigger == (130, 137)
    assert statement.confidence == pytest.approx(0.912)


def test_a_pronoun_points_at_the_person_of_an_earlier_sentence() -> None:
    kim = ReadMention(PERSON, ((0, 2),), ((0, 12),), "Kim Jong Un")
    he = ReadMention(PERSON, ((0, 0),), ((0, 2),), "Ia", antecedent=(0, 0))
    result = drafts([ReadSentence((kim,)), ReadSentence((he,))], [0, 20])
    assert [m.antecedent for m in result.mentions] == [None, 0]
