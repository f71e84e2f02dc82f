"""Text to tokens in one pass: words with inner hyphens and apostrophes, numbers, single marks, blanks.

spaCy's own tokenizer takes quadratic time on long runs of brackets or quotes; this one is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*\w*|\w+(?:[-'’]\w+)*|\s+|[^\w\s]")


class Tokenizer:
    """Callable from text to Doc; nothing is lost: `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc of the text's tokens."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to keep: the tokenizer has no state."""

    def from_disk(self, _path: Any, **_: Any) -> Tokenizer:
        """The tokenizer itself."""
        return self


def _pieces(text: str) -> Iterator[str]:
    for match in TOKEN.finditer(text):
        piece = match[0]
        if piece[0] == " " and len(piece) > 1:
            yield " "
            yield piece[1:]
        else:
            yield piece


@spacy.registry.tokenizers("kgraph.Tokenizer.v1")
def create_tokenizer() -> Callable[[Any], Tokenizer]:
    """The maker that spaCy calls with the pipeline it builds."""
    return lambda nlp: Tokenizer(nlp.vocab)
