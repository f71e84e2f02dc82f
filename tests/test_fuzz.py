"""What chance makes: readers, sentences, graph files and merged graphs hold to their promises on any input."""

from __future__ import annotations

import json
import string
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from graphs import FIRST, SECOND
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from test_engines import statements

from kgraph import graph as graphs
from kgraph import ontology
from kgraph.articles import SUFFIXES, read_articles
from kgraph.articles.calendar import parse
from kgraph.articles.cleaning import clean
from kgraph.articles.datelines import date_in, date_of_url, outlet_in, outlet_named
from kgraph.errors import InputError
from kgraph.language import document, load
from kgraph.language.sentences import split
from kgraph.ontology.parsing import FORMATS
from kgraph.records import Article

few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
some = settings(few, max_examples=60)
many = settings(few, max_examples=200)

WORDS = (
    *("Rusia", "Putin", "Kim Jong Un", "Korea Utara", "United States", "NATO", "menyerang", "membantah bahwa"),
    *("Dr.", "U.S.", "S.H.", "No. 5", "dll.", "“", "”", '"', "'", "(", ")", "…", ".", "!", "?", ",", ":", "--", "|"),
    *("\n", "\r\n", "\t", " ", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\x00", "\ud800", "e\u0301"),
    *("12/9/2023", "Senin (11/9)", "10.15 WIB", "<p>", "</p>", "<script>", "&amp;", "]]>", "=1+1", "😀", "二〇二三"),
    *("visited", "می\u200cخواهم", "—"),
)
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map("".join) | st.lists(
    st.sampled_from(WORDS), max_size=30
).map(" ".join)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
FIELDS = ("title", "text", "isi", "date", "url", "source", "publisher", "language", "articles", "name", "@value")
records = st.dictionaries(st.sampled_from(FIELDS), values | st.just("https://[x/2023/99/99/"), max_size=6)
pages = st.lists(st.sampled_from(("<html>", "<body>", "<article>", "<p>", "</p>", "<h1>", "<table>", "<!--")) | texts)
feeds = texts.map(lambda text: f"<rss version='2.0'><channel><item><title>{text}</title></item></channel></rss>")
contents = st.binary(max_size=200) | st.tuples(
    texts
    | st.tuples(texts, texts).map(lambda pair: "text,date\n" + ",".join(pair))
    | records.map(json.dumps)
    | st.lists(records, max_size=3).map(lambda rows: "\n".join(map(json.dumps, rows)))
    | pages.map("".join)
    | feeds,
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-9")),
).map(lambda pair: pair[0].encode(pair[1], "replace"))


def read(content: bytes, suffix: str) -> tuple[list[Article], list[InputError]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        skipped: list[InputError] = []
        return list(read_articles([path], on_skip=skipped.append)), skipped


@pytest.mark.parametrize("suffix", SUFFIXES)
@some
@given(content=contents)
def test_any_bytes_are_articles_or_lines_that_say_why_not(suffix: str, content: bytes) -> None:
    articles, skipped = read(content, suffix)
    for article in articles:
        assert article.text == clean(article.text) == unicodedata.normalize("NFC", article.text).strip()
        assert article.title is None or article.text.split("\n")[0] == article.title
        assert article.text.encode()
        assert any(map(str.isalnum, article.text))
    for error in skipped:
        assert error.place
        assert error.cure
        assert len(str(error).splitlines()) == 1


@many
@given(text=texts)
def test_a_cleaned_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned.replace("\n", ""))
    assert "".join(filter(str.isalnum, cleaned)) == "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@many
@given(text=texts)
@example("https://[::1")
def test_dates_and_outlets_are_found_or_not(text: str) -> None:
    for tell in (parse, date_in, date_of_url, outlet_in, outlet_named):
        tell(text)  # type: ignore[operator]


@pytest.mark.parametrize("language", ["id", "en"])
@many
@given(text=texts)
def test_sentences_hold_all_that_is_not_blank_in_order(language: str, text: str) -> None:
    at = 0
    for start, end in split(text, language):
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("language", ["id", "en"])
@few
@given(text=texts.map(clean))
def test_what_is_read_points_at_the_very_characters(language: str, text: str) -> None:
    nlp = load("auto", extractor="rules")
    doc = nlp(document(nlp, Article(text, language=language)))  # type: ignore[arg-type]
    assert doc.text == text
    spans = [*doc._.sentences, *doc._.mentions]
    for statement in doc._.statements:
        spans += [statement.subject, statement.object, statement.trigger, statement.sentence]
        assert statement.sentence.start <= statement.trigger.start < statement.trigger.end <= statement.sentence.end
    assert [text[span.start : span.end] for span in spans] == [span.text for span in spans]


iris = st.text(string.ascii_letters + string.digits + "-._~/?=&é北", max_size=12).map(
    lambda tail: URIRef("https://example.org/" + tail)
) | st.sampled_from([URIRef(space + "x") for space in ontology.PREFIXES.values()])
# XML 1.0, and so .rdf, cannot hold control characters; no text of an article has any.
plain = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\t\n"), max_size=20
)
tags = st.sampled_from(("en", "id", "zh-hans"))
literals = (
    plain.map(Literal)
    | st.builds(lambda text, tag: Literal(text, lang=tag), plain, tags)
    | st.builds(lambda text, kind: Literal(text, datatype=kind, normalize=False), plain, iris)
    | (st.integers() | st.booleans() | st.decimals(allow_nan=False, allow_infinity=False) | st.dates()).map(Literal)
)
blanks = st.sampled_from("abc").map(BNode)
predicates = st.text(string.ascii_letters, min_size=1, max_size=5).map(
    lambda name: URIRef("https://example.org/p#" + name)
)
triples = st.lists(st.tuples(iris | blanks, predicates, iris | blanks | literals), max_size=8)


BY_RDFLIB = {".ttl": "turtle", ".trig": "trig", ".nt": "nt", ".nq": "nquads", ".jsonld": "json-ld", ".rdf": "xml"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("suffix", FORMATS)
@few
@given(rows=triples)
def test_a_saved_graph_is_the_same_to_each_library(suffix: str, rows: list) -> None:
    graph = Graph()
    for row in rows:
        graph.add(row)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"g{suffix}"
        graphs.save(graph, path)
        by_oxigraph, content = graphs.load(path), path.read_bytes()
    by_rdflib = Graph()
    for subject, predicate, obj, _ in Dataset().parse(data=content, format=BY_RDFLIB[suffix]).quads():
        by_rdflib.add((subject, predicate, obj))
    assert isomorphic(by_oxigraph, graph)
    assert isomorphic(by_rdflib, graph)


TERMS = ontology.load()


@few
@given(first=st.lists(statements(FIRST), max_size=6), second=st.lists(statements(SECOND), max_size=6), data=st.data())
def test_merged_graphs_are_the_graph_of_all(first: list, second: list, data: st.DataObject) -> None:
    parts = [(FIRST, first), (SECOND, second)]
    whole = set(graphs.build(parts, TERMS))
    united = {triple for part in parts for triple in graphs.build([part], TERMS)}
    assert united == whole
    shuffled = data.draw(st.permutations([*parts, *parts]))
    assert set(graphs.build(shuffled, TERMS)) == whole
