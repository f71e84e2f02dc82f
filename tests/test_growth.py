"""Work grows with the length of the input and no faster, whatever its shape.

Work is counted, not timed: twice the input makes at most 2.3 times the calls of functions. What happens inside one call
of a regular expression is not seen so; for that, long inputs are read by a process that may use 10 seconds of processor
time, where reading needs about one and a pattern that looks back would need hours.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tracemalloc
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from conftest import ROOT

from kgraph import pipeline
from kgraph.actors import Book, resolve
from kgraph.articles import read_articles
from kgraph.language import document, load
from kgraph.language.drafts import DraftMention
from kgraph.language.sentences import split
from kgraph.records import Article, EntityType

MOST = 2.3
UNITS = {
    "words": "dan seterusnya ",
    "brackets": "Rusia (",
    "quotes": '"Rusia" menyerang ',
    "curly quotes": "“Rusia” ",
    "commas": "Rusia, Ukraina, ",
    "and": "Rusia dan Ukraina dan ",
    "no blanks": "Rusia-Ukraina-",
    "initials": "A. B. ",
    "digits": "12/9/2023 ",
    "dates": "Pada 12 September 2023 Rusia menyerang. Kemarin, Senin lalu, dua hari kemudian. ",
    "denials": "Moskow membantah bahwa Korea Utara akan memasok senjata ke Rusia. ",
    "transcript": "PUTIN: Kami siap.\nKIM: Kami juga siap.\n",
    "table": "Negara | Rudal | Tahun\nRusia | 12 | 2023\n",
    "mixed languages": "Rusia menyerang Ukraina. Russia attacked Ukraine. 俄罗斯攻击乌克兰。Россия. ",
    "emoji": "😀 Rusia 🇷🇺 menyerang Ukraina 👨‍👩‍👧‍👦. ",
    "capitals": "RUSIA MENYERANG UKRAINA DAN PUTIN ",
    "live blog": "10.15 WIB\nRusia menyerang Kyiv, kata Zelensky.\n",
    "one person": "Kim Jong Un Kim Jong ",
    "possessives": "Putin's ",
}
NAMES: dict[str, tuple[EntityType, str]] = {
    "strangers": ("PER", "{0} {1}"),
    "surnames": ("PER", "{0} {1}; {1}"),
    "misprints": ("PER", "{0} {1}; {1}h"),
    "pronouns": ("PER", "{0} {1}; dia"),
    "one first name": ("PER", "Kim {0}; Kim"),
    "shared words": ("PER", "{0} {2}"),
    "bodies": ("ORG", "{0} {1}; {0}; kementerian luar negeri"),
}


def calls(run: Callable[[], Any]) -> int:
    """How many functions, of Python and of C, are called."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def read() -> Callable[[str], int]:
    nlp = load("auto", extractor="rules")
    nlp(document(nlp, Article("Putin's trip.", language="id")))  # loads the tables

    def work(text: str) -> int:
        return calls(lambda: nlp(document(nlp, Article(text, language="id", date=date(2023, 9, 12)))))

    return work


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_reading_by_rules(read: Callable[[str], int], unit: str) -> None:
    half, whole = read(unit * 150), read(unit * 300)
    assert whole / half <= MOST


@pytest.mark.parametrize(("kind", "unit"), NAMES.values(), ids=NAMES)
def test_resolving_many_names(kind: EntityType, unit: str) -> None:
    book = Book.load()
    words = ["".join(parts).capitalize() for parts in product(("ba", "do", "ke", "ru", "si"), repeat=5)]

    def work(count: int) -> int:
        units = (unit.format(words[i], words[-i], words[i % 50]) for i in range(1, count + 1))
        text = ". ".join(units)
        mentions = [DraftMention(m.start(), m.end(), kind) for m in re.finditer(r"[\w ]+", text) if m[0].strip()]
        return calls(lambda: resolve(book, text, mentions))

    work(1)  # the book makes its indexes
    assert work(600) / work(300) <= MOST


@pytest.mark.parametrize("unit", ["Rusia menyerang Ukraina dan ", "(", "Kim bertemu Putin. "])
def test_the_model_is_run_once_a_window(unit: str) -> None:
    nlp = load("auto", extractor="model")

    def runs(text: str) -> int:
        count = 0

        def counted(_frame: FrameType, event: str, argument: Any) -> None:
            nonlocal count
            count += event == "c_call" and argument.__name__ == "run"

        sys.setprofile(counted)
        try:
            nlp(document(nlp, Article(text, language="id")))
        finally:
            sys.setprofile(None)
        return count

    half, whole = runs(unit * 30), runs(unit * 60)
    assert 0 < whole <= MOST * half


def test_many_small_files_are_read_one_at_a_time(tmp_path: Path) -> None:
    for number in range(400):
        folder = tmp_path / ("a" if number < 200 else "b")
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(f"Rusia menyerang Ukraina {number} kali. " * 100, encoding="utf-8")

    def consume(*folders: str) -> int:
        return sum(1 for _ in read_articles([tmp_path / f for f in folders], language="id", on_skip=pytest.fail))

    def peak(*folders: str) -> int:
        tracemalloc.start()
        consume(*folders)
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached

    assert calls(lambda: consume("a", "b")) / calls(lambda: consume("a")) <= MOST
    assert peak("a", "b") - peak("a") < 200 * 1000  # their names, not their texts of 3,600 characters


READ = """
import json, sys
from pathlib import Path
from kgraph.articles import read_articles
from kgraph.language.sentences import split

path, unit, size = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
before, after = ("ی", "ی") if unit.startswith("\\u200c") else ("Rusia ", " Kim")
text = before + unit * (size // len(unit.encode())) + after
shapes = {
    ".txt": text,
    ".jsonl": json.dumps({"text": text}, ensure_ascii=False),
    ".csv": f'text\\n"{text}"',
    ".xml": f"<rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>",
    ".html": f"<html><body><article><p>{text}</p></article></body></html>",
}
path.write_text(shapes[path.suffix], encoding="utf-8")
for article in read_articles([path], language="id", on_skip=lambda error: None):
    split(article.text, "id")
print("read")
"""
SECONDS, SPACE = 10, 3 << 30
LONG, SLOW_LIBRARY = 2_000_000, 60_000  # bytes; trafilatura and feedparser take long by themselves
RUNS = [
    *[(".txt", unit, LONG) for unit in ("(", "“”", "\u200b", "\u200c", "a\u0301", " \t", "a\n", "-\n", "x", "A. ")],
    *[(".jsonl", unit, LONG) for unit in ("<p ", "<b>x", "<div>", "&amp;", "\u202e", "12 September ")],
    *[(".csv", unit, LONG) for unit in ("kata ", "<p ", "satu baris\n")],
    *[(".xml", unit, SLOW_LIBRARY) for unit in ("<!DOCTYPE ", "<p ", "<b>x", "]]>", "x ")],
    *[(".html", unit, SLOW_LIBRARY) for unit in ("<html ", "<div>", "<p>x", "x ", "<!--")],
]


@pytest.mark.parametrize(("suffix", "unit", "size"), RUNS, ids=lambda value: ascii(value))
def test_long_files_are_read_at_once(tmp_path: Path, suffix: str, unit: str, size: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))

    command = [sys.executable, "-c", READ, str(tmp_path / f"a{suffix}"), json.dumps(unit), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, preexec_fn=limited, check=False)
    assert done.stdout == "read\n", done.stderr[-300:] or "out of time"


TEXT = "Élysée: Rusia menyerang Ukraina. Amerika Serikat mengecam Erdoğan."
WRITTEN = {
    "decomposed": unicodedata.normalize("NFD", TEXT).encode(),
    "UTF-16": TEXT.encode("utf-16"),
    "byte order mark": TEXT.encode("utf-8-sig"),
    "zero width": TEXT.replace("us", "u\u200bs").encode(),
    "right to left": TEXT.replace("Rusia", "\u202eRusia\u202c").encode(),
    "soft hyphens": TEXT.replace("serik", "se\u00adrik").encode(),
    "no-break blanks": TEXT.replace(" ", "\u00a0").encode(),
    "NUL": TEXT.replace(" ", "\x00", 1).encode(),
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN)
def test_how_a_text_is_written_does_not_matter(tmp_path: Path, content: bytes) -> None:
    found = []
    for name, bytes_ in (("plain.txt", TEXT.encode()), ("other.txt", content)):
        (tmp_path / name).write_bytes(bytes_)
        articles = read_articles([tmp_path / name], language="id", on_skip=pytest.fail)
        found += [statements for _, statements in pipeline.statements(articles, extractor="rules")]
    assert [s.relation for s in found[0]] == ["attacks", "criticizes"]
    assert found[0] == found[1]


def test_a_sentence_of_fifty_thousand_words() -> None:
    text = "Rusia menyerang Ukraina dan " * 12_500
    assert calls(lambda: split(text, "id")) < len(text)
    assert max(end - start for start, end in split(text, "id")) <= 1000
