"""Text made safe and uniform: what stands in `Article.text` is what every offset counts."""

from __future__ import annotations

import itertools
import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
# Not between two letters of such scripts. Begun at the first of a run alone, and whole: its length is walked once.
_IDLE_JOINERS = re.compile(rf"(?<![^\x00-\u05ff])[{_JOINERS}]+|(?<![{_JOINERS}])[{_JOINERS}]++(?![^\x00-\u05ff])")
_NEEDS_JOINERS = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")  # Arabic, Indic, Burmese, Khmer
_BLANKS = re.compile(r" {2,}")
_LINE_EDGES = re.compile(r" *\n[ \n]*")
_MARKS = re.compile(r"([^\w\s]{20})[^\w\s]+")  # tokenizers are quadratic in such a run
_SENTENCE_END = re.compile(r"[.!?:;…][)\]\"'”’»]*$")
_NO_TITLE_END = re.compile(r"[.,;:…][)\]\"'”’»]*$")
_TITLE_LENGTH = 200
_WRAP_WIDTH = 100


def clean(text: str) -> str:
    """`text` in NFC, one paragraph a line, with no control, zero-width or bidirectional characters.

    Controls become a blank, characters of class Cf are dropped (but joiners beside letters of scripts that need them),
    lone surrogates become U+FFFD, runs of more than 20 punctuation marks are cut to 20.
    """
    text = whole(_LINE_ENDS.sub("\n", text))
    if not text.isascii() or not text.replace("\n", "").isprintable():
        text = unicodedata.normalize("NFC", _visible(text))
    text = _LINE_EDGES.sub("\n", _BLANKS.sub(" ", text)).strip()
    return _MARKS.sub(r"\1", text)


def whole(text: str) -> str:
    """`text` with U+FFFD for each half of a surrogate pair, which no file can hold."""
    return _SURROGATES.sub("\ufffd", text)


def _visible(text: str) -> str:
    joined = bool(_NEEDS_JOINERS.search(text))
    table = {ord(char): _shown(char, text if joined else "") for char in set(text)}
    text = text.translate({code: new for code, new in table.items() if new != chr(code)})
    return _IDLE_JOINERS.sub("", text) if joined else text


def _shown(char: str, joined: str) -> str:
    category = unicodedata.category(char)
    if char == "\n" or (joined and char in _JOINERS):
        return char
    if category in ("Cc", "Zs"):
        return " "
    return "" if category == "Cf" else char


def unwrapped(text: str) -> str:
    """`text` with its paragraphs on one line each, where it was wrapped to a fixed width; otherwise as it is."""
    lines = [line.strip() for line in _LINE_ENDS.sub("\n", text).split("\n")]
    breaks = [after[0] for line, after in itertools.pairwise(lines) if line and after]
    running = sum(first.islower() for first in breaks)
    if running < 2 or running * 3 < len(breaks) or max(map(len, lines)) > _WRAP_WIDTH:
        return text
    return "\n\n".join(" ".join(block.split("\n")) for block in re.split(r"\n{2,}", "\n".join(lines)))


def with_title(title: str | None, body: str) -> tuple[str | None, str]:
    """The cleaned title on one line, and the text that begins with it."""
    title, body = clean(title or "").replace("\n", " "), clean(body)
    if not title:
        return None, body
    first, _, rest = body.partition("\n")
    if first.casefold() == title.casefold():
        body = rest
    return title, f"{title}\n{body}".strip()


def split_title(text: str) -> tuple[str | None, str]:
    """The title and the rest of a plain text whose first line may be its title.

    It is one where it is shorter than 200 characters, does not end as a running sentence does, and something follows.
    """
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and len(first) < _TITLE_LENGTH and not _NO_TITLE_END.search(first.rstrip()):
        return first, rest
    return None, text
