"""The small words that rules go by, read from tables/cues.csv: negation, plan, speech, titles, heads of names.

A row is a kind of cue; each further column holds the cues of one language, separated by semicolons.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent.parent / "ontologies" / "tables" / "cues.csv"
NAMING = frozenset(
    ("body", "place head", "event head", "document head", "title", "title start", "title rest", "honorific", "weapon")
)
OFFICE = ("title", "title start", "title rest", "honorific", "not a name")
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language, by kind: as words and as a pattern that finds them as whole words, longest first."""

    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    of_office: frozenset[str]  # the words of titles, and others that no name begins with
    plain: frozenset[str]  # all that are no part of a name or title

    def find(self, kind: str, text: str) -> list[re.Match[str]]:
        """Where cues of a kind stand in a text."""
        return list(self.patterns[kind].finditer(text))

    def has(self, kind: str, text: str) -> bool:
        """Whether a cue of a kind stands in a text."""
        return self.patterns[kind].search(text) is not None

    def ends(self, kind: str, text: str) -> bool:
        """Whether a text ends with a cue of a kind."""
        return any(match.end() == len(text.rstrip()) for match in self.find(kind, text))


@cache
def load(language: str) -> Cues:
    """The cues of a language."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {row["kind"]: _split(row[language]) for row in csv.DictReader(file)}
    words = {kind: frozenset(cues) for kind, cues in rows.items()}
    plain = frozenset().union(*(cues for kind, cues in words.items() if kind not in NAMING))
    of_office = frozenset(word for kind in OFFICE for cue in words[kind] for word in cue.split())
    return Cues(words, {kind: pattern(cues) for kind, cues in rows.items()}, of_office, plain)


def pattern(cues: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words or phrases, longest first, whatever their case."""
    longest = sorted(cues, key=lambda cue: (-len(cue), cue))
    words = "|".join(_ended(cue) for cue in longest if cue[0].isalnum())
    others = [_ended(cue) for cue in longest if not cue[0].isalnum()]
    # One look behind for all words: within a word no cue is tried at all.
    alternatives = ([rf"(?<![\w-])(?:{words})"] if words else []) + others
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else NEVER


def _ended(cue: str) -> str:
    """A cue that ends with its word; a blank in it is any run of blanks."""
    return r"\s+".join(re.escape(part) for part in cue.split()) + (r"(?![\w-])" if cue[-1].isalnum() else "")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cue for cue in (part.strip() for part in cell.split(";")) if cue))
