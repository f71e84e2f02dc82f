"""The ledger of one pair as an SVG picture that needs no other file and runs no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kgraph.analysis.ledger import Point

WIDTH, HEIGHT, LEFT, TOP = 900, 420, 60, 50  # pixels
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - 20, HEIGHT - TOP - 60
COLOURS = {"score": "#222222", "words": "#0072b2", "deeds": "#d55e00"}  # told apart without colour vision, too
LABELS = 12  # months written below the axis, at most


def draw(points: Sequence[Point], *, title: str) -> str:
    """Score, words and deeds over the months of one pair; a point without a month is left out."""
    dated = [point for point in points if point.month]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="17">{escape(title)}</text>',
        *_grid(),
        *_months(dated),
    ]
    for number, series in enumerate(COLOURS):
        parts += _line(dated, series)
        parts.append(_key(series, number))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid() -> list[str]:
    rows = []
    for value in (-10, -5, 0, 5, 10):
        y, stroke = _y(value), "#888888" if value == 0 else "#dddddd"
        rows.append(f'<path d="M{LEFT} {y}H{LEFT + INNER_WIDTH}" stroke="{stroke}"/>')
        rows.append(f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{value}</text>')
    return rows


def _months(points: Sequence[Point]) -> list[str]:
    step = max(1, -(-len(points) // LABELS))
    return [
        f'<text x="{_x(at, len(points))}" y="{TOP + INNER_HEIGHT + 22}" text-anchor="middle">{point.month}</text>'
        for at, point in enumerate(points)
        if at % step == 0
    ]


def _line(points: Sequence[Point], series: str) -> list[str]:
    places = [
        (_x(at, len(points)), _y(value), point, value)
        for at, point in enumerate(points)
        if (value := getattr(point, series)) is not None
    ]
    colour = COLOURS[series]
    path = "L".join(f"{x} {y}" for x, y, _, _ in places)
    line = [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'] if len(places) > 1 else []
    return line + [
        f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"><title>{escape(_said(point, series, value))}</title></circle>'
        for x, y, point, value in places
    ]


def _said(point: Point, series: str, value: float) -> str:
    sentences = [each.sentence for each in point.evidence if each.kind == "done"]
    return "\n".join([f"{point.month}, {series}: {value:g}", *sentences])


def _key(series: str, number: int) -> str:
    x = LEFT + number * 90
    return (
        f'<circle cx="{x + 5}" cy="{HEIGHT - 14}" r="5" fill="{COLOURS[series]}"/>'
        f'<text x="{x + 16}" y="{HEIGHT - 10}">{series}</text>'
    )


def _x(at: int, count: int) -> float:
    return round(LEFT + INNER_WIDTH * (at + 0.5) / count, 1)


def _y(value: float) -> float:
    return round(TOP + INNER_HEIGHT * (10 - value) / 20, 1)
