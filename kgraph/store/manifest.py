"""The manifest of a store: which files were read, which articles stand in them, where their blocks lie, what counts.

A reading is an article as one version of the extractor read it; a location is a place in a file where it stands. Of an
article's readings the one of its first location is live, whatever came first: so a store is a function of its files.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kgraph.errors import InputError, StoreError
from kgraph.store import shards
from kgraph.store.blocks import Block

NAME = "manifest.sqlite"
FORM = 1
SCHEMA = """
CREATE TABLE shard (id INTEGER PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL, hash TEXT NOT NULL,
    version TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fault (path TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, place TEXT NOT NULL,
    cure TEXT NOT NULL);
CREATE INDEX fault_path ON fault (path);
CREATE TABLE reading (id TEXT PRIMARY KEY, article TEXT NOT NULL, live INTEGER NOT NULL, shard INTEGER NOT NULL,
    offset INTEGER NOT NULL, length INTEGER NOT NULL, claims INTEGER NOT NULL, sentences INTEGER NOT NULL,
    title TEXT, language TEXT NOT NULL, date TEXT, outlet TEXT, url TEXT, sketch BLOB);
CREATE INDEX reading_article ON reading (article);
CREATE INDEX reading_place ON reading (shard, offset);
CREATE TABLE location (path TEXT NOT NULL, pending INTEGER NOT NULL, number INTEGER NOT NULL, part TEXT NOT NULL,
    reading TEXT NOT NULL, PRIMARY KEY (path, pending, number)) WITHOUT ROWID;
CREATE INDEX location_reading ON location (reading);
CREATE TABLE shared (line BLOB PRIMARY KEY, actor BLOB, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX shared_actor ON shared (actor) WHERE actor IS NOT NULL;
CREATE TABLE band (value INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (value, article)) WITHOUT ROWID;
CREATE TABLE alike (article TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (article, other)) WITHOUT ROWID;
CREATE TABLE todo (kind TEXT NOT NULL, item BLOB NOT NULL, PRIMARY KEY (kind, item)) WITHOUT ROWID;
"""
PLACE = "SELECT shard, offset, length FROM reading WHERE"
LIVE = f"{PLACE} live AND (?1 IS NULL OR date <= ?1) ORDER BY shard, offset"
HEADS = """SELECT article, title, language, date, outlet, url, claims, sentences FROM reading
    WHERE live AND (?1 IS NULL OR date <= ?1) ORDER BY article"""
FIRST = """SELECT reading.id FROM location JOIN reading ON reading.id = location.reading
    WHERE reading.article = ? AND NOT location.pending ORDER BY location.path, location.number LIMIT 1"""
UNPLACED = """SELECT id FROM reading WHERE article = ? AND NOT live
    AND NOT EXISTS (SELECT 1 FROM location WHERE reading = reading.id)"""
# The copies of an article that were published before it, undated ones last: the first of them is what it copies.
ORIGINAL = """SELECT alike.article, other FROM alike
    JOIN reading AS late ON late.article = alike.article AND late.live
    JOIN reading AS early ON early.article = alike.other AND early.live
    WHERE (coalesce(early.date, '~'), early.article) < (coalesce(late.date, '~'), late.article)
    AND %s ORDER BY alike.article, coalesce(early.date, '~'), early.article"""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was read. `mtime` is 0 where the clock could not tell a later change."""

    path: str
    size: int
    mtime: int
    hash: str
    version: str
    state: str  # "part": being read, "whole"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of a store; `locations` are the places in files where it stands, the first being whose head counts."""

    key: str
    title: str | None
    language: str
    date: date | None
    outlet: str | None
    url: str | None
    claims: int
    sentences: int
    locations: tuple[str, ...]
    copy_of: str | None = None


def check(folder: Path) -> None:
    """StoreError where a folder holds no store."""
    if not (folder / NAME).is_file():
        raise StoreError("no such store", place=str(folder), cure=f"make one: kgraph build ARTICLES -o {folder}")


class Manifest:
    """The tables, by the questions that are asked of them."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        path = folder / NAME
        # A folder that cannot be written has no room for the files of a shared lock; nobody else writes there either.
        mode = "rwc" if write else "rw" if os.access(folder, os.W_OK) else "ro&immutable=1"
        try:
            address = f"{path.resolve().as_uri()}?mode={mode}"
            self.db = sqlite3.connect(address, uri=True, timeout=60, isolation_level=None)
            self.db.execute("PRAGMA synchronous = FULL")
            if write:
                self.db.execute("PRAGMA journal_mode = WAL")
                self._prepare()
            self._check()
        except sqlite3.Error as error:
            if write and isinstance(error, sqlite3.OperationalError):
                raise  # the disk's fault, which the writer tells
            raise StoreError(f"cannot be opened: {error}", place=str(folder), cure="build it again") from error

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def _prepare(self) -> None:
        with self.change():
            if self.one("PRAGMA user_version") == 0:
                for statement in SCHEMA.split(";"):
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version = {FORM}")

    def _check(self) -> None:
        form = self.one("PRAGMA user_version")
        if form != FORM:
            what = "was never begun" if form == 0 else f"has form {form}, this kgraph reads form {FORM}"
            raise StoreError(what, place=str(self.folder), cure="build it again")

    @contextmanager
    def change(self) -> Iterator[None]:
        """All that is done within is done together, on disk, or not at all."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def look(self) -> Iterator[None]:
        """All that is asked within is of one moment, whoever writes meanwhile."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    def one(self, query: str, *values: object) -> object:
        """The first cell of the first row, None where there is none."""
        row = self.db.execute(query, values).fetchone()
        return row[0] if row else None

    def column(self, query: str, *values: object) -> list[str]:
        """The first cells of all rows."""
        return [row[0] for row in self.db.execute(query, values)]

    # --- files and locations ---

    def file(self, path: str) -> File | None:
        """What is known of a file."""
        row = self.db.execute("SELECT * FROM file WHERE path = ?", (path,)).fetchone()
        return File(*row) if row else None

    def put_file(self, file: File) -> None:
        """Note a file as it is now."""
        row = (file.path, file.size, file.mtime, file.hash, file.version, file.state)
        self.db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def paths_below(self, folder: str) -> list[str]:
        """The known files in a folder, through all its levels."""
        return self.column("SELECT path FROM file WHERE path > ? AND path < ?", f"{folder}/", f"{folder}0")

    def faults(self, path: str) -> list[InputError]:
        """What could not be read in a file."""
        rows = self.db.execute("SELECT kind, what, place, cure FROM fault WHERE path = ? ORDER BY rowid", (path,))
        return [_fault(*row) for row in rows]

    def put_faults(self, path: str, faults: Iterable[InputError]) -> None:
        """Note what could not be read in a file, instead of what was noted before."""
        self.db.execute("DELETE FROM fault WHERE path = ?", (path,))
        rows = [(path, type(each).__name__, each.what, each.place, each.cure) for each in faults]
        self.db.executemany("INSERT INTO fault VALUES (?, ?, ?, ?, ?)", rows)

    def put_location(self, path: str, number: int, part: str, reading: str, *, pending: bool) -> None:
        """Note where an article stands; a pending location counts once its file is read to the end."""
        row = (path, pending, number, part, reading)
        self.db.execute("INSERT OR REPLACE INTO location VALUES (?, ?, ?, ?, ?)", row)

    def articles_at(self, path: str, *, pending: bool) -> list[str]:
        """The keys of the articles in a file."""
        query = """SELECT DISTINCT article FROM location JOIN reading ON id = reading WHERE path = ? AND pending = ?"""
        return self.column(query, path, pending)

    def drop_locations(self, path: str, *, pending: bool) -> None:
        """Forget where articles stood in a file."""
        self.db.execute("DELETE FROM location WHERE path = ? AND pending = ?", (path, pending))

    def confirm_locations(self, path: str) -> None:
        """The pending locations of a file count from now on."""
        self.db.execute("UPDATE location SET pending = 0 WHERE path = ? AND pending", (path,))

    def drop_file(self, path: str) -> None:
        """Forget a file."""
        for table in ("file", "location", "fault"):
            self.db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    # --- readings and their blocks ---

    def has_reading(self, reading: str) -> bool:
        """Whether an article was read already."""
        return self.one("SELECT 1 FROM reading WHERE id = ?", reading) is not None

    def put_reading(self, reading: str, block: Block, sketch: bytes | None, shard: int, offset: int) -> None:
        """Note a block that lies in a shard."""
        article = block.article
        when = article.date.isoformat() if article.date else None
        head = tuple(_clean(each) for each in (article.title, article.language, when, article.outlet, article.url))
        row = (reading, article.key, 0, shard, offset, len(block.lines), block.claims, block.sentences, *head, sketch)
        self.db.execute(f"INSERT OR IGNORE INTO reading VALUES ({', '.join('?' * len(row))})", row)

    def last_shard(self) -> tuple[int, int]:
        """Number and size of the shard that is appended to."""
        row = self.db.execute("SELECT id, size FROM shard ORDER BY id DESC LIMIT 1").fetchone() or (1, 0)
        return (row[0] + 1, 0) if row[1] >= shards.LARGEST else (row[0], row[1])

    def put_shard(self, shard: int, size: int) -> None:
        """Note how far a shard counts."""
        self.db.execute("INSERT OR REPLACE INTO shard VALUES (?, ?)", (shard, size))

    def lines_of(self, reading: str) -> list[bytes]:
        """The lines of a block."""
        place = self.db.execute(f"{PLACE} id = ?", (reading,)).fetchone()
        return shards.read(self.folder, *place).splitlines(keepends=True)

    def live_blocks(self, until: date | None = None) -> Iterator[bytes]:
        """The blocks that count, of articles published until a day where one is given."""
        for place in self.db.execute(LIVE, (until and until.isoformat(),)):
            yield shards.read(self.folder, *place)

    def wasteful_shards(self) -> list[int]:
        """The shards that hold more than the blocks of readings, which were replaced or removed."""
        held = "SELECT coalesce(sum(length), 0) FROM reading WHERE shard = shard.id"
        return [row[0] for row in self.db.execute(f"SELECT id FROM shard WHERE size > ({held})")]

    def blocks_in(self, shard: int) -> list[tuple[str, int, int]]:
        """Reading, offset and length of the blocks in a shard."""
        query = "SELECT id, offset, length FROM reading WHERE shard = ? ORDER BY offset"
        return self.db.execute(query, (shard,)).fetchall()

    def move(self, reading: str, shard: int, offset: int) -> None:
        """Note that a block lies elsewhere."""
        self.db.execute("UPDATE reading SET shard = ?, offset = ? WHERE id = ?", (shard, offset, reading))

    def live(self, article: str) -> str | None:
        """The reading of an article that counts."""
        found = self.column("SELECT id FROM reading WHERE article = ? AND live", article)
        return found[0] if found else None

    def originals(self, until: date | None = None) -> list[tuple[str, str]]:
        """Near copies, each with the article that it copies."""
        rows = self.db.execute(ORIGINAL % "(?1 IS NULL OR late.date <= ?1)", (until and until.isoformat(),))
        first: dict[str, str] = {}
        for copy, original in rows:
            first.setdefault(copy, original)
        return list(first.items())

    def original(self, article: str) -> str | None:
        """The article that an article copies."""
        row = self.db.execute(ORIGINAL % "alike.article = ?", (article,)).fetchone()
        return row[1] if row else None

    def articles(self, until: date | None = None) -> Iterator[StoredArticle]:
        """The articles that count, by their keys."""
        for row in self.db.execute(HEADS, (until and until.isoformat(),)):
            key, title, language, when, outlet, url, claims, sentences = row
            day = date.fromisoformat(when) if when else None
            places, copied = self.locations(key), self.original(key)
            yield StoredArticle(key, title, language, day, outlet, url, claims, sentences, places, copied)

    def locations(self, article: str) -> tuple[str, ...]:
        """Where an article stands."""
        query = """SELECT path || part FROM location JOIN reading ON id = reading
            WHERE article = ? AND NOT pending ORDER BY path, number"""
        return tuple(self.column(query, article))


def _clean(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "replace").decode()


def _fault(kind: str, what: str, place: str, cure: str) -> InputError:
    from kgraph import errors

    made: InputError = getattr(errors, kind)(what, place=place, cure=cure)
    return made
