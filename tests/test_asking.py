"""Questions in plain words become ready queries, or are said not to be understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from graphs import pairs

from kgraph import graph as graphs
from kgraph import ontology, queries
from kgraph.errors import QueryError
from kgraph.queries import asking

UNDERSTOOD = {
    "siapa mengunjungi Rusia?": "visits whom=Rusia",
    "Siapa yang telah menyerang Ukraina sejak Maret 2022?": "attacks whom=Ukraina since=2022-03-01",
    "siapa saja yang diserang oleh Rusia": "attacks who=Rusia",
    "Ukraina diserang siapa?": "attacks whom=Ukraina",
    "Rusia menyerang siapa?": "attacks who=Rusia",
    "siapa bertemu siapa": "meetings",
    "negara mana yang menjatuhkan sanksi kepada Korut setelah 2021": "sanctions whom=Korut since=2022-01-01",
    "apakah Korut memasok senjata ke Rusia?": "arms who=Korut whom=Rusia",
    "apa yang dibantah Korea Utara?": "denied source='Korea Utara'",
    "apa yang terjadi antara Rusia dan Korut antara 2022 dan 2023": (
        "timeline who=Rusia whom=Korut since=2022-01-01 until=2023-12-31"
    ),
    "siapa juru bicara Rusia?": "spokespersons whom=Rusia",
    "apa yang hanya diberitakan Republika?": "one-outlet outlet=Republika",
    "apa yang dijanjikan Putin pada 12 September 2023?": "commitments who=Putin since=2023-09-12 until=2023-09-12",
    "Who visited Russia?": "visits whom=Russia",
    "Who has ever visited the Russia until 2023-09-13?": "visits whom=Russia until=2023-09-13",
    "whom did Russia attack in September 2023?": "attacks who=Russia since=2023-09-01 until=2023-09-30",
    "who was attacked by Russia?": "attacks who=Russia",
    "Did Kim Jong Un visit Russia from February 2023 to March 2024?": (
        "visits who='Kim Jong Un' whom=Russia since=2023-02-01 until=2024-03-31"
    ),
    "who met Putin before September 12, 2023?": "meetings whom=Putin until=2023-09-11",
    "Who accuses Russia?": "claims whom=Russia relation=accuses",
    "who supplies arms to Russia": "arms whom=Russia",
    "How are Russia and Ukraine connected?": "paths who=Russia whom=Ukraine",
    "What came of plans of Putin?": "outcomes who=Putin",
    "who speaks for Russia?": "spokespersons whom=Russia",
}


@pytest.mark.parametrize("question", UNDERSTOOD)
def test_questions_that_are_understood(question: str) -> None:
    assert str(queries.understand(question)) == UNDERSTOOD[question]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("berapa umur Putin?", "not understood"),
        ("siapa yang tidak mengunjungi Rusia?", "not understood"),
        ("", "not understood"),
        ("who attacked Ukraine on 31 February 2023?", "'31 February 2023' is no date"),
        ("who attacked Ukraine on 2023-13-01?", "'2023-13-01' is no date"),
        ("how are Russia and Ukraine connected since 2022?", "takes no date"),
    ],
)
def test_questions_that_are_not(question: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        queries.understand(question)
    assert said in str(caught.value)


@pytest.mark.parametrize("language", asking.LANGUAGES)
def test_every_pattern_names_a_query_and_gives_what_it_needs(language: str) -> None:
    for row in asking._rows("questions", language):
        slots = set(re.findall(r"\{(\w+)\}", row["pattern"]))
        if row["query"] == "*":
            assert ("<active>" in row["pattern"]) != ("<passive>" in row["pattern"]), row
            assert slots <= {"who", "whom"}, row
        else:
            parameters = queries.ready()[row["query"]].parameters
            assert slots <= {parameter.name for parameter in parameters}, row
            assert slots >= {parameter.name for parameter in parameters if parameter.required}, row


def test_the_relations_that_queries_answer_for_exist_and_can_be_asked() -> None:
    relations = ontology.load().relations
    for query in queries.ready().values():
        assert set(query.answers) <= set(relations)
        if query.answers:
            assert {"who", "whom"} <= {parameter.name for parameter in query.parameters}


def test_ask_shows_the_query_and_its_answer(kgraph: Callable[..., Outcome], tmp_path: Path) -> None:
    graphs.save(graphs.build(pairs(), ontology.load()), tmp_path / "g.ttl")
    outcome = kgraph("ask", "g.ttl", "siapa mengunjungi Rusia?")
    assert outcome.out.startswith("query: visits whom=Rusia\n")
    assert "Kim Jong Un" in outcome.out
    machine = kgraph("ask", "g.ttl", "siapa mengunjungi Rusia?", "--format", "csv")
    assert machine.out.startswith("subject,object")
    assert machine.err == "kgraph: query: visits whom=Rusia\n"
    assert "ir:visits" in kgraph("ask", "g.ttl", "who visited Russia?", "--sparql").out
    lost = kgraph("ask", "g.ttl", "siapa mengunjungi Atlantis?")
    assert (lost.code, "Atlantis" in lost.err) == (1, True)
    assert kgraph("ask", "g.ttl", "halo dunia").code == 1
