"""The spaCy pipelines: tokens, sentences, entities, and what a Doc carries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.vocab import Vocab

from kgraph.language import document, from_sentences, load
from kgraph.language.tokens import Tokenizer
from kgraph.records import Article

TEXT = """Putin tiba
Presiden Rusia Vladimir Putin tiba di Beijing. Ia bertemu Presiden China Xi Jinping pada Senin (11/9/2023)."""


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return load("id", extractor="rules")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Korut-Rusia dekat.", ["Korut-Rusia", "dekat", "."]),
        ("Putin's visit (12/9/2023)", ["Putin's", "visit", "(", "12/9/2023", ")"]),
        ("naik 1.500,5 persen", ["naik", "1.500,5", "persen"]),
        ('"Ya," katanya', ['"', "Ya", ",", '"', "katanya"]),
        ("a  b\n\nc", ["a", " ", "b", "\n\n", "c"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [token.text for token in Tokenizer(Vocab())(text)] == words


@pytest.mark.parametrize("text", ["", " ", "  a ", "x \t y", "a\u00a0b  ", "\n\n a\n", "“((((”…", "Jum'at — U.S. 𝔸"])
def test_tokens_lose_nothing(text: str) -> None:
    assert Tokenizer(Vocab())(text).text == text


def test_a_long_run_of_brackets_makes_one_token_each() -> None:
    assert len(Tokenizer(Vocab())("(" * 20_000 + "”" * 20_000)) == 40_000


def test_sentences_entities_and_spans(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert [s.text.strip() for s in doc.sents] == [s.text for s in doc._.sentences]
    assert [s.index for s in doc._.sentences] == [0, 1, 2]
    assert all(doc.text[s.start : s.end] == s.text for s in doc._.sentences)
    assert ("Vladimir Putin", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert {(s.text, s.label_) for s in doc.ents} <= {(s.text, s.label_) for s in doc.spans["mentions"]}
    assert all(doc.text[m.start : m.end] == m.text for m in doc._.mentions)


def test_statements_carry_sentence_trigger_and_actor(nlp: spacy.Language) -> None:
    article = Article(TEXT, language="id", date=date(2023, 9, 12))
    doc = nlp(document(nlp, article))
    met = next(s for s in doc._.statements if s.relation == "meets")
    assert (met.subject.text, met.subject.actor.label, met.object.actor.label) == ("Ia", "Vladimir Putin", "Xi Jinping")
    assert doc.text[met.trigger.start : met.trigger.end] == met.trigger.text == "bertemu"
    assert met.sentence == doc._.sentences[2]
    assert met.event_date is not None
    assert met.event_date.iso == "2023-09-11"
    assert doc._.article is article


def test_auto_goes_by_the_language_of_each_article() -> None:
    nlp = load("auto", extractor="rules")
    articles = [
        Article("Rusia menyerang Ukraina.", language="id"),
        Article("Russia attacked Ukraine.", language="en"),
    ]
    docs = nlp.pipe(document(nlp, article) for article in articles)
    assert [[s.trigger.text for s in doc._.statements] for doc in docs] == [["menyerang"], ["attacked"]]


def test_given_sentences_stay_as_they_are() -> None:
    nlp, given = load("auto", extractor="rules"), ["Rusia. Dan lagi", "menyerang Ukraina.", "Dr"]
    doc = nlp(from_sentences(nlp, given, language="id"))
    assert [s.text for s in doc._.sentences] == given
    assert [s.text.strip() for s in doc.sents] == given


@pytest.mark.parametrize("text", ["", "\n", "...", "12/9/2023"])
def test_a_text_with_nothing_in_it_has_no_statements(nlp: spacy.Language, text: str) -> None:
    assert nlp(text)._.statements == ()


def test_a_pipeline_comes_back_from_disk(nlp: spacy.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.pipe_names == nlp.pipe_names
    assert again(TEXT)._.statements == nlp(TEXT)._.statements != ()


def test_a_very_long_sentence_is_read_in_parts(nlp: spacy.Language) -> None:
    filler = "dan seterusnya " * 400
    doc = nlp(f"Rusia menyerang Ukraina, {filler}serta Israel menyerang Iran.")
    assert max(len(sentence.text) for sentence in doc._.sentences) <= 1000
    assert [(s.subject.text, s.object.text, s.sentence.index) for s in doc._.statements] == [
        ("Rusia", "Ukraina", 0),
        ("Israel", "Iran", len(doc._.sentences) - 1),
    ]
