"""Articles from files of every kind, and the faults that files have."""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kgraph.articles import read_article, read_articles
from kgraph.articles.calendar import parse
from kgraph.articles.cleaning import clean
from kgraph.articles.datelines import date_in, date_of_url, outlet_in, outlet_named, outlet_of_url
from kgraph.articles.languages import language_of
from kgraph.errors import EmptyInput, InputError
from kgraph.records import Article

SEED = Path(__file__).parents[1] / "seeds" / "000_a9307b54b66cf66b.txt"
BODY = "Presiden Rusia Vladimir Putin tiba di Beijing untuk bertemu dengan Presiden Cina Xi Jinping."


def read(*paths: Path) -> tuple[list[Article], list[InputError]]:
    skipped: list[InputError] = []
    return list(read_articles(paths, on_skip=skipped.append)), skipped


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


Write = Callable[[str, str | bytes], Path]


def test_the_seed_article() -> None:
    article = read_article(SEED)
    assert article.title == "AS Khawatir Korut Benar-benar Jual Senjata ke Rusia"
    assert article.text.startswith(f"{article.title}\nKim dan Putin kemungkinan besar")
    assert (article.language, article.outlet, article.date) == ("id", "Republika", date(2023, 9, 12))
    assert article.location == SEED.as_posix()


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (f"Putin Tiba di Beijing\n{BODY}", "Putin Tiba di Beijing"),
        (f"\n\n  Putin Tiba di Beijing?  \n\n{BODY}\n", "Putin Tiba di Beijing?"),
        (f"{BODY}\n{BODY}", None),
        ("Putin Tiba di Beijing", None),
        (f"{'Putin ' * 40}\n{BODY}", None),
        (f"Kim berkata: “Kami siap.”\n{BODY}", None),
    ],
)
def test_first_line_of_a_text_file_may_be_its_title(write: Write, content: str, title: str | None) -> None:
    article = read_article(write("a.txt", content))
    assert article.title == title
    assert article.text.split("\n")[0] == (title or content.strip().split("\n")[0].strip())


def test_lines_wrapped_to_a_width_are_joined(write: Write) -> None:
    wrapped = "Putin Tiba\n\nPresiden Rusia telah\ntiba di Beijing\nuntuk bertemu Xi.\n\nIa lalu\npulang."
    assert read_article(write("a.txt", wrapped)).text == (
        "Putin Tiba\nPresiden Rusia telah tiba di Beijing untuk bertemu Xi.\nIa lalu pulang."
    )


PAGE = f"""<!DOCTYPE html><html lang="id"><head><title>Putin Tiba di Beijing - Kompas.com</title>
<meta charset="utf-8"><meta property="og:title" content="Putin Tiba di Beijing">
<meta property="og:site_name" content="KOMPAS.com">
<meta property="article:published_time" content="2023-09-12T10:00:00+07:00">
<link rel="canonical" href="https://www.kompas.com/read/2023/09/12/putin">
<script>var rahasia = "Kim Jong Un";</script></head><body><nav><a href="/">Beranda</a> <a href="/dunia">Dunia</a></nav>
<article><h1>Putin Tiba di Beijing</h1>
<p>BEIJING, KOMPAS.com - {BODY}</p><p>Kedua pemimpin membahas perang di Ukraina dan kerja sama ekonomi.</p></article>
<style>p {{color: red}}</style><footer>Hak cipta Kompas</footer></body></html>"""


def test_web_page(write: Write) -> None:
    article = read_article(write("a.html", PAGE))
    assert article.title == "Putin Tiba di Beijing"
    assert article.text.split("\n") == [
        "Putin Tiba di Beijing",
        f"BEIJING, KOMPAS.com - {BODY}",
        "Kedua pemimpin membahas perang di Ukraina dan kerja sama ekonomi.",
    ]
    assert (article.language, article.outlet, article.date) == ("id", "Kompas", date(2023, 9, 12))
    assert article.url == "https://www.kompas.com/read/2023/09/12/putin"


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Putin Tiba", "text": BODY, "date": "2023-09-12", "url": "https://tempo.co/1", "source": "Tempo"},
        {"Judul": "Putin Tiba", "isi": BODY, "Tanggal": "12 September 2023", "link": "https://tempo.co/1"},
        {
            "headline": "Putin Tiba",
            "articleBody": BODY,
            "datePublished": "2023-09-12T08:00:00+07:00",
            "publisher": {"@type": "Organization", "name": "TEMPO.CO"},
            "inLanguage": "id-ID",
            "url": "https://tempo.co/1",
        },
        {
            "title": "<b>Putin Tiba</b>",
            "content": f"<p>{BODY}</p><script>x()</script>",
            "url": "https://tempo.co/1",
            "published_at": 1694500000,
            "text": None,
        },
    ],
)
def test_record_with_the_usual_names(write: Write, record: dict[str, object]) -> None:
    for name, content in [("a.json", record), ("b.json", [record]), ("c.json", {"articles": [record]})]:
        article = read_article(write(name, json.dumps(content)))
        assert article.text == f"Putin Tiba\n{BODY}"
        assert (article.title, article.outlet, article.date) == ("Putin Tiba", "Tempo", date(2023, 9, 12))
        assert article.url == "https://tempo.co/1"


def test_bad_lines_are_skipped_with_their_place(write: Write) -> None:
    good = json.dumps({"text": BODY})
    path = write("a.jsonl", f'{good}\n{{"text": \n\n[1]\n{{"title": ""}}\n{good}\n')
    articles, skipped = read(path)
    assert [article.location for article in articles] == [f"{path.as_posix()}:1", f"{path.as_posix()}:6"]
    assert [str(error).split(": ")[0] for error in skipped] == [f"{path.as_posix()}:{n}" for n in (2, 4, 5)]
    assert [type(error) for error in skipped] == [InputError, InputError, EmptyInput]


def test_lines_are_read_as_they_are_asked_for(write: Write) -> None:
    skipped: list[InputError] = []
    path = write("a.jsonl", json.dumps({"text": BODY}) + "\nbroken\n" + json.dumps({"text": BODY}))
    articles = read_articles([path], on_skip=skipped.append)
    next(articles)
    assert skipped == []
    next(articles)
    assert len(skipped) == 1


def test_a_line_of_a_wrong_character_set_is_skipped_alone(write: Write) -> None:
    articles, skipped = read(write("a.jsonl", b'{"text": "\x81\x8d"}\n' + json.dumps({"text": BODY}).encode()))
    assert len(articles) == 1
    assert "a.jsonl:1: neither UTF-8 nor Windows-1252: wrong at byte 10" in str(skipped[0])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_table(write: Write, delimiter: str) -> None:
    rows = [
        ["Title", "Text", "Date"],
        ["Putin Tiba", f'"{BODY}\nIa ""puas""."', "12/9/2023"],
        ["short"],
        ["Kim Tiba", BODY, "2023-09-13"],
    ]
    path = write("a.csv", "\r\n".join(delimiter.join(row) for row in rows))
    articles, skipped = read(path)
    assert [article.text for article in articles] == [f'Putin Tiba\n{BODY}\nIa "puas".', f"Kim Tiba\n{BODY}"]
    assert [article.date for article in articles] == [date(2023, 9, 12), date(2023, 9, 13)]
    assert [article.location.rsplit(":")[-1] for article in articles] == ["2", "5"]
    assert [str(error) for error in skipped] == [
        f"{path.as_posix()}:4: 1 fields for 3 columns; quote texts that hold commas"
    ]


def test_table_with_a_long_text(write: Write) -> None:
    articles, skipped = read(write("a.csv", "text\n" + '"' + BODY * 2000 + '"\n'))
    assert skipped == []
    assert len(articles[0].text) == len(BODY) * 2000


RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>ANTARA News</title>
<item><title>Putin Tiba</title><link>https://www.antaranews.com/1</link>
<pubDate>Tue, 12 Sep 2023 08:00:00 +0700</pubDate>
<description>&lt;p&gt;{BODY}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Kim Tiba</title><description>{BODY}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Antara</title><entry><title>Putin Tiba</title>
<link href="https://www.antaranews.com/1"/><updated>2023-09-12T08:00:00Z</updated>
<content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("name", "feed"), [("a.xml", RSS), ("a.rss", RSS), ("a.atom", ATOM)])
def test_feed(write: Write, name: str, feed: str) -> None:
    articles, skipped = read(write(name, feed))
    assert skipped == []
    assert articles[0].text == f"Putin Tiba\n{BODY}"
    assert (articles[0].outlet, articles[0].date) == ("Antara", date(2023, 9, 12))
    assert articles[0].url == "https://www.antaranews.com/1"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_character_sets(write: Write, charset: str) -> None:
    text = f"“Erdoğan” — {BODY}" if charset != "cp1252" else f"“Müller” — {BODY}"
    assert read_article(write("a.txt", text.encode(charset))).text == text


def test_declared_character_set(write: Write) -> None:
    page = PAGE.replace("utf-8", "iso-8859-9").replace("Xi Jinping", "Erdoğan").encode("iso-8859-9")
    assert "Presiden Cina Erdoğan" in read_article(write("a.html", page)).text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_lines_after_a_byte_order_mark(write: Write, charset: str) -> None:
    lines = json.dumps({"text": BODY}) + "\n" + json.dumps({"text": f"“{BODY}”"}, ensure_ascii=False)
    articles, skipped = read(write("a.jsonl", lines.encode(charset)))
    assert skipped == []
    assert [article.text for article in articles] == [BODY, f"“{BODY}”"]


FAULTS: list[tuple[str, bytes, str]] = [
    ("a.txt", b"", "an empty file"),
    ("a.txt", b" \n\t\n", "an empty file"),
    ("a.txt", "\u200b\ufeff".encode(), "no text"),
    ("a.txt", b"--- *** ---", "no text"),
    ("a.jsonl", b"", "an empty file"),
    ("a.csv", b"", "an empty file"),
    ("a.txt", b"%PDF-1.7 ...", "looks like a PDF: not text; convert it to text first"),
    ("a.txt", b"PK\x03\x04....", "looks like a zip archive or an office document: not text"),
    ("a.jsonl", b"\x1f\x8b....", "looks like a gzip archive: not text"),
    ("a.html", b"\x89PNG\r\n\x1a\n", "looks like a PNG image: not text"),
    ("a.txt", BODY.encode("utf-16-le"), "looks like binary, or like UTF-16 without a byte order mark"),
    ("a.txt", bytes(range(1, 128)) * 9, "looks like binary: not text; save it as UTF-8 text"),
    ("a.txt", b"Kim \x81\x8d", "neither UTF-8 nor Windows-1252: wrong at byte 4"),
    ("a.txt", codecs.BOM_UTF16_LE + b"K\x00\x00\xd8", "wrong at byte"),
    ("a.txt", b"Kim " * 2_500_001, "more than 10 MB; split it into its articles"),
    ("a.json", b'{"text": ', "broken JSON"),
    ("a.json", b"[" * 200_000, "broken JSON"),
    ("a.json", b"7", "neither an article nor a list of articles"),
    ("a.csv", b"name,age\nKim,40", "no column of texts among name, age; name one of them text"),
    ("a.xml", b"<rdf/>", "neither RSS nor Atom"),
    ("a.xml", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "a feed without entries"),
    ("a.html", b"<html><body></body></html>", "no article on this page"),
]


@pytest.mark.parametrize(("name", "content", "message"), FAULTS)
def test_a_bad_file_is_one_line_and_the_rest_is_read(write: Write, name: str, content: bytes, message: str) -> None:
    bad, good = write(f"1/{name}", content), write("2/good.txt", BODY)
    articles, skipped = read(bad, good)
    assert [article.text for article in articles] == [BODY]
    assert len(skipped) == 1
    assert str(skipped[0]).startswith(f"{bad.as_posix()}: ")
    assert message in str(skipped[0])
    assert "\n" not in str(skipped[0])


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_feed_with_entities_is_refused(write: Write, doctype: str, charset: str) -> None:
    articles, skipped = read(write("a.xml", RSS.replace("<rss", f"{doctype}<rss", 1).encode(charset)))
    assert articles == []
    assert "declares entities of its own; remove the DOCTYPE" in str(skipped[0])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "no such file"),
        ("https://example.org/a.txt", "no such file"),
        ("a.docx", "unknown kind of file '.docx'; known are: .txt"),
        ("empty", "no articles in this folder"),
    ],
)
def test_a_path_that_cannot_be_read_is_an_error_at_once(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write("a.docx", "x")
    write("empty/README.md", "x")
    with pytest.raises(InputError, match=message):
        read_articles([name], on_skip=lambda _error: None)


def test_unknown_language_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match="no language 'fr'; there are: id, ms, en"):
        read_articles([SEED], language="fr", on_skip=lambda _error: None)


def test_folder_is_read_in_order_without_hidden_and_other_files(write: Write, tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/c.txt", "README.md", "picture.png"):
        write(name, f"{BODY} {name}")
    articles, skipped = read(tmp_path)
    assert skipped == []
    assert [Path(article.location).relative_to(tmp_path).as_posix() for article in articles] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
    ]


def test_a_file_of_many_is_not_one_article(write: Write) -> None:
    with pytest.raises(InputError, match="not one article; read it with read_articles"):
        read_article(write("a.jsonl", f'{{"text": "{BODY}"}}\n' * 2))


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("\ufeffKim\r\nPutin\rXi\u2028Modi", "Kim\nPutin\nXi\nModi"),
        ("Kim\x00Jong\x07Un", "Kim Jong Un"),
        ("Vlad\u200bimir Rus\u00adsia \u202eKim\u202c", "Vladimir Russia Kim"),
        ("Kim\u00a0Jong\u2009Un\tPutin  Xi ", "Kim Jong Un Putin Xi"),
        ("می\u200cخواهم Vlad\u200cimir", "می\u200cخواهم Vladimir"),
        ("Kim \ud83d Putin", "Kim \ufffd Putin"),
        (unicodedata.normalize("NFD", "Erdoğan"), "Erdoğan"),
        ("Kim " + "(" * 20_000 + "Putin", "Kim " + "(" * 20 + "Putin"),
        ("“”" * 10_000 + " Kim", "“”" * 10 + " Kim"),
        ("  Kim\n\n \n  Putin\n", "Kim\nPutin"),
        ("Kim... Putin -- Xi", "Kim... Putin -- Xi"),
    ],
)
def test_cleaning(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned
    assert clean(cleaned) == cleaned


def test_the_same_text_in_either_normal_form_is_the_same_article(write: Write) -> None:
    composed, decomposed = (unicodedata.normalize(form, f"Erdoğan. {BODY}") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert read_article(write("a.txt", composed)).key == read_article(write("b.txt", decomposed)).key


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("REPUBLIKA.CO.ID, SEOUL -- Kim tiba.", "Republika"),
        ("REPUBLIKA.CO.ID,JAKARTA -- Kim tiba.", "Republika"),
        ("JAKARTA, KOMPAS.com - Kim tiba.", "Kompas"),
        ("Jakarta, CNN Indonesia -- Kim tiba.", "CNN Indonesia"),
        ("TEMPO.CO, Jakarta - Kim tiba.", "Tempo"),
        ("Liputan6.com, Moskow - Kim tiba.", "Liputan6"),
        ("VIVA – Kim tiba.", "VIVA"),
        ("Bisnis.com, JAKARTA — Kim tiba.", "Bisnis Indonesia"),
        ("Jakarta (ANTARA) - Kim tiba.", "Antara"),
        ("WASHINGTON (Reuters) - Kim arrived.", "Reuters"),
        ("SEOUL, Sept 12 (AP) — Kim arrived.", "Associated Press"),
        ("Harian.id, Solo - Kim tiba.", "Harian.id"),
        ("ISLAMABAD - Pakistan’s army said so.", None),
        ("BEIJING: Xi met Putin.", None),
        ("Kim berkata - menurut Reuters - bahwa ia siap.", None),
    ],
)
def test_outlet_of_a_dateline(line: str, outlet: str | None) -> None:
    assert outlet_in(f"Sebuah Judul\n{line}") == outlet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SEOUL -- Kim tiba pada Selasa (12/9/2023), setelah Senin (11/9/2023).", date(2023, 9, 12)),
        ("Kim tiba (12 September 2023).", date(2023, 9, 12)),
        ("SEOUL, Sept. 12, 2023 (Reuters) - Kim arrived.", date(2023, 9, 12)),
        ("Kim tiba pada Selasa (12/9).", None),
        ("Kim lahir pada 8 Januari 1984.", None),
        ("Kim tiba (31/2/2023).", None),
    ],
)
def test_date_of_the_lead(text: str, expected: date | None) -> None:
    assert date_in(text) == expected


@pytest.mark.parametrize(
    ("url", "outlet", "day"),
    [
        ("https://www.kompas.com/read/2023/09/12/083045/putin", "Kompas", date(2023, 9, 12)),
        ("https://news.detik.com/berita/d-6926000/putin", "Detik", None),
        ("https://www.cnnindonesia.com/internasional/20230912083045-134-1/putin", "CNN Indonesia", date(2023, 9, 12)),
        ("https://koran.example.org/a", "koran.example.org", None),
        ("not a url", None, None),
    ],
)
def test_url_tells_outlet_and_date(url: str, outlet: str | None, day: date | None) -> None:
    assert (outlet_of_url(url), date_of_url(url)) == (outlet, day)


@pytest.mark.parametrize(("name", "outlet"), [("kompas.com", "Kompas"), ("  Koran   Kita ", "Koran Kita"), ("", None)])
def test_outlet_as_metadata_names_it(name: str, outlet: str | None) -> None:
    assert outlet_named(name) == outlet


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-12", "2023-09-12T23:59:00Z", "2023/9/12", "20230912", "12/9/2023", "12-09-2023", "12.9.2023",
        "Tue, 12 Sep 2023 08:00:00 +0700",
        "Selasa, 12 September 2023 10:20 WIB", "Sept. 12, 2023", "12th of September 2023",
        "September 12th, 2023", "1694500000", "1694500000000", "12 Sep '23",
    ],
)  # fmt: skip
def test_dates_of_metadata(text: str) -> None:
    assert parse(text) == date(2023, 9, 12)


@pytest.mark.parametrize("text", ["", "kemarin", "2023", "12 September", "31/2/2023", "Selasa", "99999999999999999999"])
def test_what_is_no_full_date_gives_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (BODY * 3, "", "id"),
        (BODY * 3, "en", "id"),
        ("Presiden Perancis telah berkata bahawa beliau akan melawat Malaysia kerana urusan kerajaan.", "", "id"),
        ("The Russian president arrived in Beijing on Tuesday for talks with his Chinese counterpart.", "", "en"),
        ("Putin Xi", "en-GB", "en"),
        ("Putin Xi", "ms", "id"),
        ("Putin Xi", "Bahasa", "id"),
    ],
)
def test_language(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


def test_given_language_wins() -> None:
    assert read_article(SEED, language="en").language == "en"
    assert read_article(SEED, language="ms").language == "id"


def test_import_loads_no_heavy_library() -> None:
    heavy = "{'trafilatura', 'lxml', 'feedparser', 'py3langid', 'dateparser', 'numpy'}"
    code = f"import sys, kgraph.articles; print(*sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
