"""Keeps what several articles share in step with those that count: lines, near copies, and what the index lacks.

Everything here happens inside one change of the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kgraph.store import copies
from kgraph.store.blocks import OWN, is_raw, subject
from kgraph.store.manifest import FIRST, UNPLACED, Manifest


def settle(manifest: Manifest, articles: Iterable[str]) -> None:
    """After a change of locations: let the right reading of each article count, and forget readings without a place."""
    for article in sorted(set(articles)):
        old, new = manifest.live(article), manifest.one(FIRST, article)
        if old != new:
            _swap(manifest, article, old, new if new is None else str(new))
        for reading in manifest.column(UNPLACED, article):
            manifest.db.execute("DELETE FROM reading WHERE id = ?", (reading,))


def _swap(manifest: Manifest, article: str, old: str | None, new: str | None) -> None:
    """Let one reading of an article count instead of another."""
    counts: Counter[bytes] = Counter()
    for reading, step in ((old, -1), (new, 1)):
        if reading is not None:
            counts.update({line: step for line in manifest.lines_of(reading) if not line.startswith(OWN)})
            manifest.db.execute("UPDATE reading SET live = ? WHERE id = ?", (step > 0, reading))
    for line, step in counts.items():
        if step:
            _count(manifest, line, step)
    neighbours = set(manifest.column("SELECT other FROM alike WHERE article = ?", article))
    if old is None:
        neighbours |= _find_copies(manifest, article, str(new))
    elif new is None:
        _forget_copies(manifest, article)
    for each in {article, *neighbours}:
        _todo(manifest, "article", each)


def _count(manifest: Manifest, line: bytes, step: int) -> None:
    """Count a shared line; the index hears of it when the line comes or goes."""
    held = manifest.one("SELECT count FROM shared WHERE line = ?", line)
    count = int(str(held or 0)) + step
    actor = subject(line) if is_raw(line) else None
    if count:
        manifest.db.execute("INSERT OR REPLACE INTO shared VALUES (?, ?, ?)", (line, actor, count))
    else:
        manifest.db.execute("DELETE FROM shared WHERE line = ?", (line,))
    if held is None or not count:
        _todo(manifest, "line" if actor is None else "actor", line if actor is None else actor)


def _find_copies(manifest: Manifest, article: str, reading: str) -> set[str]:
    """Note an article among its near copies; their keys."""
    made = manifest.one("SELECT sketch FROM reading WHERE id = ?", reading)
    if not isinstance(made, bytes):
        return set()
    found: set[str] = set()
    for value in copies.bands(made):
        found.update(manifest.column("SELECT article FROM band WHERE value = ?", value))
        manifest.db.execute("INSERT OR IGNORE INTO band VALUES (?, ?)", (value, article))
    found = {other for other in found - {article} if _alike(manifest, made, other)}
    pairs = [pair for other in found for pair in ((article, other), (other, article))]
    manifest.db.executemany("INSERT OR IGNORE INTO alike VALUES (?, ?)", pairs)
    return found


def _alike(manifest: Manifest, made: bytes, other: str) -> bool:
    theirs = manifest.one("SELECT sketch FROM reading WHERE article = ? AND live", other)
    return isinstance(theirs, bytes) and copies.are_alike(made, theirs)


def _forget_copies(manifest: Manifest, article: str) -> None:
    made = manifest.one("SELECT sketch FROM reading WHERE article = ?", article)
    for value in copies.bands(made) if isinstance(made, bytes) else ():
        manifest.db.execute("DELETE FROM band WHERE value = ? AND article = ?", (value, article))
    manifest.db.execute("DELETE FROM alike WHERE article = ?1 OR other = ?1", (article,))


def _todo(manifest: Manifest, kind: str, item: str | bytes) -> None:
    manifest.db.execute("INSERT OR IGNORE INTO todo VALUES (?, ?)", (kind, item))
