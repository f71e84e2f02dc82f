"""What the rules read, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kgraph.language import from_sentences, load
from kgraph.language.annotations import records


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return load("auto", extractor="rules")


def said(nlp: spacy.Language, language: str, *sentences: str) -> list[str]:
    """Statements of the last sentence: "Kim visits Rusia", then what is not plain about them."""
    doc = nlp(from_sentences(nlp, sentences, language=language))  # type: ignore[arg-type]
    rows = records(doc, [str(i) for i in range(len(sentences))])[-1]["s"]
    return [_line(*row) for row in rows]


def _line(subject, relation, other, _trigger, status, negated, by, stance) -> str:  # type: ignore[no-untyped-def]
    marks = ["not"] * bool(negated) + [status] * (status != "asserted") + [f"{by} {stance}"] * bool(by)
    return " | ".join([f"{subject} {relation} {other}", *marks])


CASES = [
    # voice
    ("id", "Rusia menyerang Ukraina.", ["Rusia attacks Ukraina"]),
    ("id", "Ukraina diserang oleh Rusia.", ["Rusia attacks Ukraina"]),
    ("id", "Serangan Israel terhadap Iran memicu kemarahan.", ["Israel attacks Iran"]),
    ("id", "Kunjungan Joko Widodo ke China berakhir.", ["Joko Widodo visits China"]),
    ("en", "Russia attacked Ukraine.", ["Russia attacks Ukraine"]),
    ("en", "Ukraine was attacked by Russia.", ["Russia attacks Ukraine"]),
    ("en", "China's visit to Russia ended.", ["China visits Russia"]),
    # joined, and together
    ("id", "Amerika Serikat dan Jepang mengecam Korea Utara.",
     ["Amerika Serikat criticizes Korea Utara", "Jepang criticizes Korea Utara"]),
    ("id", "Joko Widodo dan Xi Jinping bertemu.", ["Joko Widodo meets Xi Jinping"]),
    ("id", "Israel dan Iran saling serang.", ["Israel attacks Iran", "Iran attacks Israel"]),
    ("en", "The United States and Japan condemned North Korea.",
     ["United States criticizes North Korea", "Japan criticizes North Korea"]),
    # status
    ("id", "Vladimir Putin akan mengunjungi China.", ["Vladimir Putin visits China | planned"]),
    ("id", "Vladimir Putin mungkin mengunjungi China.", ["Vladimir Putin visits China | possible"]),
    ("id", "Vladimir Putin tidak mengunjungi China.", ["Vladimir Putin visits China | not"]),
    ("id", "Amerika Serikat mendesak Iran untuk tidak menyerang Israel.",
     ["Amerika Serikat urges Iran", "Iran attacks Israel | possible"]),
    ("en", "Vladimir Putin will visit China.", ["Vladimir Putin visits China | planned"]),
    ("en", "Vladimir Putin did not visit China.", ["Vladimir Putin visits China | not"]),
    # who says so
    ("id", "Ukraina mengatakan bahwa Rusia menyerang Polandia.", ["Rusia attacks Polandia | Ukraina says"]),
    ("id", "Rusia menyerang Polandia, menurut Ukraina.", ["Rusia attacks Polandia | Ukraina says"]),
    ("id", "Iran dan Rusia membantah bahwa Iran memasok senjata ke Rusia.",
     ["Iran suppliesArmsTo Rusia | possible | Iran denies", "Iran suppliesArmsTo Rusia | possible | Rusia denies"]),
    ("en", "Ukraine said that Russia attacked Poland.", ["Russia attacks Poland | Ukraine says"]),
    ("en", "Iran denied that Russia attacked Poland.", ["Russia attacks Poland | possible | Iran denies"]),
    # offices
    ("id", "Presiden Rusia Vladimir Putin tersenyum.", ["Vladimir Putin holdsPositionIn Rusia"]),
    ("id", "Wakil Menteri Luar Negeri Korea Selatan Hong Gil Dong tersenyum.",
     ["Hong Gil Dong holdsPositionIn Korea Selatan"]),
    ("en", "Turkish President Recep Tayyip Erdogan smiled.", ["Recep Tayyip Erdogan holdsPositionIn Turkish"]),
    ("en", "Jane Roe, the Canadian foreign minister, smiled.", ["Jane Roe holdsPositionIn Canadian"]),
    # nothing to say
    ("id", "Cuaca di Rusia cerah.", []),
    ("en", "The weather in Russia is fine.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES, ids=lambda value: str(value)[:50])
def test_statements(nlp: spacy.Language, language: str, sentence: str, expected: list[str]) -> None:
    assert said(nlp, language, sentence) == expected


def names(nlp: spacy.Language, *sentences: str, language: str = "id") -> set[tuple[str, str]]:
    doc = nlp(from_sentences(nlp, sentences, language=language))  # type: ignore[arg-type]
    return {(mention.text, mention.type) for mention in doc._.mentions}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kim Jong Un tiba.", {("Kim Jong Un", "PER")}),  # never the UN
        ("Mereka yakin as roda itu patah.", set()),  # AS is the United States in capitals alone
        ("Washington memperingatkan Rusia.", {("Washington", "CTY"), ("Rusia", "CTY")}),
        ("Vladimir Putin tiba di Pyongyang.", {("Vladimir Putin", "PER"), ("Pyongyang", "LOC")}),
        ("Kementerian Pertahanan Korea Selatan bungkam.",
         {("Kementerian Pertahanan Korea Selatan", "ORG"), ("Korea Selatan", "CTY")}),
        ("Ada senjata di gudang itu.", set()),  # a weapon counts where a relation uses it
    ],
)  # fmt: skip
def test_names(nlp: spacy.Language, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert names(nlp, sentence) == expected


def test_a_surname_means_the_person_named_before(nlp: spacy.Language) -> None:
    doc = nlp(from_sentences(nlp, ["Menteri Luar Negeri Kanada Hong Gil Dong tiba.", "Dong bungkam."], language="id"))
    assert [m.actor.label for m in doc._.mentions if m.type == "PER"] == ["Hong Gil Dong", "Hong Gil Dong"]


OWN = """
@prefix my: <https://example.org/my#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
my:envies a owl:ObjectProperty ;
    skos:prefLabel "envies"@en, "iri kepada"@id ;
    skos:altLabel "envies"@en, "envied"@en, "iri kepada"@id .
"""


def test_a_relation_of_the_users_own_works_at_once(nlp: spacy.Language, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(OWN, encoding="utf-8")
    own = load("auto", extractor="rules", ontology=path)
    assert said(nlp, "en", "France envies Italy.") == []
    assert said(own, "en", "France envies Italy.") == ["France envies Italy"]
    assert said(own, "id", "Prancis tidak iri kepada Italia.") == ["Prancis envies Italia | not"]
    assert said(own, "id", "Rusia menyerang Ukraina.") == ["Rusia attacks Ukraina"]
