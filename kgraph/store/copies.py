"""Near copies: one report that several outlets print with small changes.

A text's sketch keeps, for each of 64 parts of the space of hashes, the smallest hash of its runs of four words (MinHash
with one permutation). The share of equal parts estimates how much of their words two texts share. Texts with one of 16
bands of four parts in common are compared; those that share 0.7 are near copies.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib

BINS, BAND, WORDS = 64, 4, 4
LEAST = 50  # words; of shorter texts too little is known
ALIKE = 0.7
FORM = struct.Struct(f"<{BINS}I")


def sketch(text: str) -> bytes | None:
    """The sketch of a text, None where it is too short."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < LEAST:
        return None
    least: list[int | None] = [None] * BINS
    for at in range(len(words) - WORDS + 1):
        value = zlib.crc32(" ".join(words[at : at + WORDS]).encode("utf-8", "replace"))
        part, value = value % BINS, value // BINS
        held = least[part]
        if held is None or value < held:
            least[part] = value
    return FORM.pack(*_filled(least))


def bands(made: bytes) -> list[int]:
    """One number for each band; texts that share one may be near copies."""
    width = BAND * 4
    pieces = ((at // width, made[at : at + width]) for at in range(0, len(made), width))
    digests = (hashlib.blake2b(bytes([at]) + piece, digest_size=8).digest() for at, piece in pieces)
    return [int.from_bytes(digest, "big", signed=True) for digest in digests]


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether two sketches are of near copies."""
    same = sum(a == b for a, b in zip(FORM.unpack(one), FORM.unpack(other), strict=True))
    return same >= ALIKE * BINS


def _filled(least: list[int | None]) -> list[int]:
    """Each empty part takes the value of the next one that is not."""
    filled = []
    for at in range(BINS):
        value = next(v for step in range(BINS) if (v := least[(at + step) % BINS]) is not None)
        filled.append(value)
    return filled
