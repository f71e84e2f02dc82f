"""Where each node stands at the start: actors near those they deal with, labels not upon each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rustworkx as rx

SEED = 7
ASPECT = 1.5  # screens are wider than high
LETTER = 7.0  # width of a letter of a label, in pixels
GLYPH = 30.0  # width of the mark of a node, and height of a label with its gap
ROUNDS = 100
APART = 2.6  # steps of an edge between nodes that no path joins


def place(labels: Sequence[str], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A point in pixels for each label; edges are pairs of places in `labels`."""
    if not labels:
        return []
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(labels)))
    graph.add_edges_from_no_data(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}))
    boxes = np.array([[max(GLYPH, LETTER * len(label)) + 16, 2.1 * GLYPH] for label in labels])
    points = _fill(_balance(_spring(graph), _distances(graph)), len(labels))
    return [(round(x), round(y)) for x, y in _separate(points, boxes).tolist()]


def _spring(graph: rx.PyGraph) -> np.ndarray:
    """A first guess, always the same."""
    points = rx.spring_layout(graph, seed=SEED)
    return np.array([points[node] for node in graph.node_indices()])


def _distances(graph: rx.PyGraph) -> np.ndarray:
    """Steps from node to node."""
    steps = rx.distance_matrix(graph, null_value=np.inf)
    steps[np.isinf(steps)] = APART
    np.fill_diagonal(steps, 1)  # never read, but divided by
    return steps


def _balance(points: np.ndarray, wished: np.ndarray) -> np.ndarray:
    """Move all nodes until their distances are as wished (stress majorization, Gansner, Koren and North 2004)."""
    weights = wished**-2.0
    np.fill_diagonal(weights, 0)
    for _ in range(ROUNDS if len(points) > 1 else 0):
        apart = points[:, None] - points[None]
        length = np.maximum(np.hypot(*np.moveaxis(apart, 2, 0)), 1e-9)
        pull = weights[:, :, None] * (points[None] + apart * (wished / length)[:, :, None])
        points = (points + pull.sum(1) / weights.sum(1, keepdims=True)) / 2
    return points


def _fill(points: np.ndarray, nodes: int) -> np.ndarray:
    """Spread the points over a wide picture that gives each node room for its label."""
    centred = points - (points.max(0) + points.min(0)) / 2
    height = 62 * np.sqrt(nodes / ASPECT)
    return centred / np.maximum(np.abs(centred).max(0), 1e-9) * np.array([height * ASPECT, height])


def _separate(points: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Push overlapping boxes apart along the shorter way until none overlaps or the rounds are over."""
    points = points + np.arange(len(points))[:, None] * 1e-6  # two nodes on one point would push each other nowhere
    room = (boxes[:, None] + boxes[None]) / 2
    for _ in range(ROUNDS):
        apart = points[:, None] - points[None]
        overlap = np.maximum(room - np.abs(apart), 0)
        touching = (overlap > 0).all(2) & ~np.eye(len(points), dtype=bool)
        if not touching.any():
            break
        shorter = overlap == overlap.min(2, keepdims=True)
        push = np.where(touching[:, :, None] & shorter, np.sign(apart) * overlap, 0)
        points = points + push.sum(1) * 0.35
    return points
