"""The calibration as a PNG, drawn with boxes alone: a plotting library would weigh more than the rest of kgraph."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from kgraph.evaluation.calibration import Calibration

Canvas = NDArray[np.uint8]
Colour = tuple[int, int, int]
SIDE, LEFT, FOOT, EDGE = 400, 56, 40, 24  # pixels: the square of 0 to 1, and the margins around it
WHITE, PALE, BLACK = (255, 255, 255), (226, 226, 226), (34, 34, 34)
BLUE, ORANGE = (120, 166, 212), (190, 76, 0)
DIGITS = {  # three by five dots, a row after the other
    ".": "000000000000010",
    "0": "111101101101111",
    "1": "010110010010111",
    "2": "111001111100111",
    "4": "101101111001001",
    "6": "111100111101111",
    "8": "111101111101111",
}
DOT = 3  # pixels of a digit's dot


def draw(calibration: Calibration) -> bytes:
    """Confidence to the right, share of right statements upwards.

    A blue bar for each bin, with its 95 % interval in black and its mean confidence, where the bar should end, in
    orange.
    """
    canvas: Canvas = np.full((EDGE + SIDE + FOOT, LEFT + SIDE + EDGE, 3), WHITE, dtype=np.uint8)
    for each in calibration.bins:
        _box(canvas, each.low + 0.005, 0, each.high - 0.005, each.right, BLUE)
    _axes(canvas)
    for each in calibration.bins:
        middle, (low, high) = (each.low + each.high) / 2, each.interval
        _box(canvas, middle - 0.003, low, middle + 0.003, high, BLACK)
        _box(canvas, each.low, each.confidence - 0.005, each.high, each.confidence + 0.005, ORANGE)
    return _png(canvas)


def _axes(canvas: Canvas) -> None:
    for tick in range(0, 11, 2):
        at, words = tick / 10, f"{tick / 10:.1f}"
        _box(canvas, 0, at - 0.001, 1, at + 0.001, PALE)
        x, y = _pixel(at, at)
        _write(canvas, words, x - 5 * DOT, EDGE + SIDE + 4 * DOT)
        _write(canvas, words, LEFT - 14 * DOT, y - 2 * DOT)
    for at in np.arange(0, 1, 0.02):  # where confidence and share are the same
        _box(canvas, at, at, at + 0.006, at + 0.006, BLACK)
    _box(canvas, -0.003, 0, 0, 1, BLACK)
    _box(canvas, 0, -0.003, 1, 0, BLACK)


def _pixel(x: float, y: float) -> tuple[int, int]:
    return LEFT + round(x * SIDE), EDGE + round((1 - y) * SIDE)


def _box(canvas: Canvas, left: float, low: float, right: float, high: float, colour: Colour) -> None:
    """A filled box, its corners as shares of the square."""
    (x, bottom), (x_end, top) = _pixel(left, low), _pixel(right, high)
    canvas[top:bottom, x:x_end] = colour


def _write(canvas: Canvas, words: str, x: int, y: int) -> None:
    for number, sign in enumerate(words):
        dots = np.array([int(dot) for dot in DIGITS[sign]], dtype=bool).reshape(5, 3)
        mask = dots.repeat(DOT, axis=0).repeat(DOT, axis=1)
        start = x + number * 4 * DOT
        canvas[y : y + 5 * DOT, start : start + 3 * DOT][mask] = BLACK


def _png(canvas: Canvas) -> bytes:
    """The file of a picture, by the PNG specification: no filter, 8 bits a colour."""
    height, width, _ = canvas.shape
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), canvas.reshape(height, width * 3)])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
