"""Text to the encoder's pieces, and articles to windows of sentences that one encoder run reads.

Notation: a piece is a unit of the pruned XLM-R vocabulary; a window is a list of sentences whose pieces stand
one after another as `<s> s1 </s> s2 </s> ...`. The sentences before `Window.first` are only context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BOS, EOS = 0, 2
WINDOW = 224  # pieces read in one run, context included
CONTEXT = 64  # pieces of title and previous sentence put before a window
LONGEST = 320  # pieces; a longer sentence is cut here


@dataclass(frozen=True, slots=True)
class Pieces:
    """Piece ids of one sentence, with the characters that each covers (blanks trimmed)."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last piece that touch characters `start` to `end`; None where no piece does."""
        touched = [i for i, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) if a < end and b > start]
        return (touched[0], touched[-1]) if touched else None


@dataclass(frozen=True, slots=True)
class Window:
    """`sentences` are indexes into the article; `offsets` the place of each one's first piece in `ids`."""

    ids: tuple[int, ...]
    sentences: tuple[int, ...]
    offsets: tuple[int, ...]
    first: int  # how many leading sentences are context only


def load_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def cut(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each text, without the tokenizer's own marks at the ends."""
    return [_pieces(text, tokenizer.encode(text, add_special_tokens=False)) for text in texts]


def _pieces(text: str, encoding: object) -> Pieces:
    ids, starts, ends = [], [], []
    for piece, (a, b) in zip(encoding.ids, encoding.offsets, strict=True):  # type: ignore[attr-defined]
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            ids.append(piece)
            starts.append(a)
            ends.append(b)
    return Pieces(tuple(ids), tuple(starts), tuple(ends))


def windows(sentences: Sequence[Pieces]) -> list[Window]:
    """Cut an article into windows: each sentence is read once, after the title and the sentence before it."""
    found, at = [], 0
    while at < len(sentences):
        context = _context(sentences, at)
        ids, places, offsets = [BOS], [], []
        for index in context:
            offsets.append(len(ids))
            places.append(index)
            ids += (*sentences[index].ids[:CONTEXT], EOS)
        start = at
        while at < len(sentences) and (at == start or len(ids) + len(sentences[at]) < WINDOW):
            offsets.append(len(ids))
            places.append(at)
            ids += (*sentences[at].ids[:LONGEST], EOS)
            at += 1
        found.append(Window(tuple(ids), tuple(places), tuple(offsets), len(context)))
    return found


def _context(sentences: Sequence[Pieces], at: int) -> list[int]:
    """The title and the sentence before `at`, as far as they fit the room for context."""
    if at == 0:
        return []
    wanted = [0] if at == 1 else [0, at - 1]
    room = CONTEXT
    kept = []
    for index in wanted:
        if len(sentences[index]) <= room:
            kept.append(index)
            room -= len(sentences[index])
    return kept
