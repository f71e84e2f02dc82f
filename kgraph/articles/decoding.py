"""Bytes to text: kinds of file that are no text, size, byte order marks, character sets."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from kgraph.errors import EmptyInput, InputError

SIZE_LIMIT = 10_000_000  # bytes of one article, or of one line of a file of many

FILL = "leave it out, or put text in it"
_CURE = "save it as UTF-8 text"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "convert it to text first, as pdftotext does"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as text"),
    (b"{\\rtf", "an RTF document", "save it as text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "a PNG image", "give the article's text"),
    (b"\xff\xd8\xff", "a JPEG image", "give the article's text"),
    (b"GIF8", "a GIF image", "give the article's text"),
    (b"\x7fELF", "a program", "give the article's text"),
    (b"SQLite format 3", "a database", "export it as .csv or .jsonl"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CHARSETS = re.compile(
    r"iso-?8859-(?:[2-9]|1[013-6])|windows-125[0-8]|cp125[0-8]|koi8-[ru]|gb18030|gbk|big5|shift-jis|euc-(?:jp|kr)"
)
_HEAD = 4096
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def read_text(path: Path) -> str:
    """The text of a file of one article; InputError where it is none, EmptyInput where there is nothing in it."""
    place = path.as_posix()
    with opened(path) as file, readable(place):
        content = file.read(SIZE_LIMIT + 1)
    if len(content) > SIZE_LIMIT:
        raise InputError(f"more than {SIZE_LIMIT // 1_000_000} MB", place=place, cure="split it into its articles")
    if not content.strip(b"\x00 \t\r\n"):
        raise EmptyInput("an empty file", place=place, cure=FILL)
    check_kind(content[:_HEAD], place)
    text = decode(content, place, declared=True)
    if not text.strip():
        raise EmptyInput("an empty file", place=place, cure=FILL)
    return text


def opened(path: Path) -> BufferedReader:
    """The file of a path, to be read as bytes."""
    with readable(path.as_posix()):
        return path.open("rb")


@contextmanager
def readable(place: str) -> Iterator[None]:
    """Says of a file that the system cannot read which one it is."""
    try:
        yield
    except OSError as error:
        cure = "see that it is there and may be read"
        raise InputError(f"cannot be read ({error.strerror})", place=place, cure=cure) from error


def check_kind(head: bytes, place: str) -> None:
    """InputError where the first bytes of a file are those of a binary format."""
    for magic, kind, cure in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"looks like {kind}: not text", place=place, cure=cure)
    if bom(head) is None and head.count(0) * 20 > len(head):
        raise InputError("looks like binary, or like UTF-16 without a byte order mark", place=place, cure=_CURE)


def bom(head: bytes) -> str | None:
    """The character set that a byte order mark at the beginning tells, if there is one."""
    return next((charset for mark, charset in _BOMS if head.startswith(mark)), None)


def decode(content: bytes, place: str, *, declared: bool = False) -> str:
    """`content` by its byte order mark, else as UTF-8, as the character set it declares, as Windows-1252."""
    marked = bom(content)
    first_error: UnicodeDecodeError | None = None
    for charset in [marked] if marked else ["utf-8", *(_declared(content) if declared else ()), "cp1252"]:
        try:
            text = content.decode(charset)
        except UnicodeDecodeError as error:
            first_error = first_error or error
        else:
            return _checked(text, place)
    offset = first_error.start if first_error else 0
    raise InputError(f"neither UTF-8 nor Windows-1252: wrong at byte {offset}", place=place, cure=_CURE)


def _declared(content: bytes) -> list[str]:
    match = _DECLARED.search(content[:_HEAD])
    charset = match[1].decode("ascii").lower().replace("_", "-") if match else ""
    return [charset] if _CHARSETS.fullmatch(charset) else []


def _checked(text: str, place: str) -> str:
    """A stray control character is a blemish; many of them are a file that is no text."""
    if len(_CONTROLS.findall(text)) * 20 > len(text) + 100:
        raise InputError("looks like binary: not text", place=place, cure=_CURE)
    return text
