"""Names as tokens: how a name in a table and a name in a text are compared.

Accents, apostrophes, hyphens and stops do not count ("Kim Jong-un" is "Kim Jong Un", "U.S." is "US"); case does,
by the rule that the table's own spelling implies.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Case = Literal["exact", "capital", "any"]

_TOKEN = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[^\W_]+")
_GAP = re.compile(r"[\s\-\u2010-\u2015'\u2018\u2019\u02bc`\u00b4.,&\"\u201c\u201d]{0,3}")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_BRIEF = 3  # so many capitals or fewer are a word as often as an abbreviation: AS, US, UN


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text; `key` is its form for comparison."""

    text: str
    start: int
    end: int
    key: str


def key_of(word: str) -> str:
    """The form in which two spellings of a word are the same: no case, accents or stops."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.replace(".", "").casefold()).translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """The words of a text with their offsets; "U.S." is one word."""
    return [Token(m[0], m.start(), m.end(), key_of(m[0])) for m in _TOKEN.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    """The comparison form of a whole name."""
    if text.isascii() and "." not in text:
        return tuple(_TOKEN.findall(text.lower()))
    return tuple(map(key_of, _TOKEN.findall(text)))


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether nothing but a blank or light punctuation stands between two words."""
    return _GAP.fullmatch(text, left.end, right.start) is not None


def case_rule(name: str) -> Case:
    """What the spelling in a table asks of the text: "AS" its capitals, "Rusia" a capital, "rudal" nothing."""
    if name.isupper() and sum(c.isalpha() for c in name) <= _BRIEF:
        return "exact"
    return "capital" if name[:1].isupper() or not name[:1].isalpha() else "any"


def case_fits(rule: Case, words: list[Token]) -> bool:
    """Whether the words of a text have the case that `rule` asks for."""
    first = words[0].text
    if rule == "any":
        return True
    if rule == "exact":
        return all(word.text.isupper() or word.text.isdigit() for word in words)
    if len(words) == 1 and first.isupper() and len(first) <= _BRIEF:
        return False
    return not first[:1].islower()


def shouted(text: str, start: int, end: int) -> bool:
    """Whether the line around these characters is all capitals, where "AS" and "US" may be plain words."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    return line.isupper() and len(line) > end - start + _BRIEF


def normal(name: str) -> str:
    """The name in NFC, case-folded, single blanks and straight apostrophes: what an unknown actor's key is made of."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("\u2019", "'").split())
