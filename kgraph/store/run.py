"""One run over files: what must be read is read, joined into batches, and saved batch by batch.

A batch is written to a shard, flushed to the disk, and then noted in the manifest in one transaction. Only then does it
count; a stop at any moment leaves the batches before it, and the next run goes on.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kgraph.articles import read_articles
from kgraph.errors import InputError
from kgraph.records import Article, Language
from kgraph.store import copies, shards
from kgraph.store.blocks import Block, reading_id
from kgraph.store.counting import settle
from kgraph.store.manifest import File, Manifest
from kgraph.store.states import name_of, state_of

# Reads articles in their order; one that cannot be read comes back as what is wrong with it.
Reader = Callable[[Iterable[Article]], Iterator[Block | InputError]]

BATCH_BYTES, BATCH_ITEMS, BATCH_SECONDS = 4 << 20, 500, 5.0


@dataclass
class Report:
    """What a build has done so far; `skipped` are what could not be read, in this run or when it was last read."""

    files: int = 0
    bytes: int = 0  # of files, read so far
    bytes_to_read: int = 0  # of all files that must be read
    articles: int = 0  # read in this run
    sentences: int = 0
    claims: int = 0
    known: int = 0  # articles met again, which were not read again
    unchanged: int = 0  # files
    removed: list[str] = field(default_factory=list)  # files
    gone: list[str] = field(default_factory=list)  # files that are in the store and no longer in the folders given
    skipped: list[InputError] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic, repr=False)  # when the first article had been read

    @property
    def rate(self) -> float:
        """Articles a second; what went before the first, such as loading a model, is not counted."""
        return max(self.articles - 1, 0) / max(time.monotonic() - self.begun, 1e-3)

    @property
    def share(self) -> float:
        """How much is done of what is to be read, by bytes: 0 to 1."""
        return min(1.0, self.bytes / max(self.bytes_to_read, 1))


@dataclass(frozen=True, slots=True)
class _Item:
    """An article on its way into the store, or the end of its file; `wait` until its block is there."""

    file: File
    number: int
    faults: list[InputError]  # of the file
    reading: str = ""
    article: Article | None = None
    part: str = ""  # of the file, where it holds several: ":3"
    wait: bool = False
    block: Block | None = None


Told = Callable[[Report], None]


class Run:
    """One build: what it is about, and the articles that are on their way."""

    def __init__(
        self,
        manifest: Manifest,
        version: str,
        language: Language | None,
        report: Report,
        tell: Told = lambda _report: None,
        saved: Told = lambda _report: None,
    ) -> None:
        self.manifest, self.version, self.language, self.report = manifest, version, language, report
        self.tell, self.saved = tell, saved
        self.queue: deque[_Item] = deque()
        self.batch: list[_Item] = []
        self.size = self.done = self.in_file = 0  # bytes: of the batch, of files, of the file that is being read
        self.since = time.monotonic()
        self.underway: set[str] = set()
        self.failed: dict[str, InputError] = {}

    # --- what there is to do ---

    def survey(self, files: Iterable[Path]) -> Iterator[tuple[Path, File]]:
        """The files that are new or changed, with their state now."""
        for path in files:
            name = name_of(path)
            known = self.manifest.file(name)
            try:
                found = state_of(path, name, known, self.version)
            except OSError as error:
                self._skip(InputError(f"cannot be read ({error.strerror})", place=path.as_posix()))
                continue
            if known and known.state == "whole" and (known.hash, known.version) == (found.hash, self.version):
                self._pass_over(known, found)
            else:
                self.report.bytes_to_read += found.size
                yield path, found

    def _pass_over(self, known: File, found: File) -> None:
        self.report.unchanged += 1
        for fault in self.manifest.faults(known.path):
            self._skip(fault)
        if found != known:
            self.manifest.put_file(found)

    def _skip(self, fault: InputError) -> None:
        self.report.skipped.append(fault)
        self.tell(self.report)

    # --- reading ---

    def read(self, work: Sequence[tuple[Path, File]], reader: Reader) -> None:
        """Read files into the store. At Ctrl-C what is read is saved before it goes on its way."""
        articles = self._unread(work)
        try:
            # A reader may load a model; it is not called for nothing.
            if first := next(articles, None):
                for result in reader(chain([first], articles)):
                    self._take(result)
        except KeyboardInterrupt:
            self.save()
            raise
        self._drain()
        self.save()

    def _unread(self, work: Sequence[tuple[Path, File]]) -> Iterator[Article]:
        """The articles that must be read; others join the queue as they are."""
        for path, file in work:
            faults: list[InputError] = []
            count = 0
            for article in _articles(path, self.language, faults.append):
                reading = reading_id(article, self.version)
                known = reading in self.underway or self.manifest.has_reading(reading)
                part = article.location.removeprefix(path.as_posix())
                self.queue.append(_Item(file, count, faults, reading, article, part, wait=not known))
                count += 1
                if known:
                    self.report.known += 1
                    self._drain()
                else:
                    self.underway.add(reading)
                    yield article
            self.queue.append(_Item(file, count, faults))
            self._drain()

    def _take(self, result: Block | InputError) -> None:
        """The next article that was waited for has been read."""
        self._drain()
        item = self.queue.popleft()
        if isinstance(result, InputError):
            self.failed[item.reading] = result
            self._add(replace(item, wait=False))
        else:
            if not self.report.articles:
                self.report.begun = time.monotonic()
            self.report.articles += 1
            self.report.sentences += result.sentences
            self.report.claims += result.claims
            self._add(replace(item, wait=False, block=result))
        self._drain()
        self.tell(self.report)

    def _drain(self) -> None:
        """Move what need not wait from the queue to the batch."""
        while self.queue and not self.queue[0].wait:
            self._add(self.queue.popleft())

    def _add(self, item: _Item) -> None:
        self.batch.append(item)
        self.size += len(item.block.lines) if item.block else 0
        if item.article:
            self.in_file = min(item.file.size, self.in_file + len(item.article.text))
        else:
            self.done, self.in_file = self.done + item.file.size, 0
        self.report.bytes = self.done + self.in_file
        late = time.monotonic() - self.since > BATCH_SECONDS
        if self.size >= BATCH_BYTES or len(self.batch) >= BATCH_ITEMS or late:
            self.save()

    # --- saving ---

    def save(self) -> None:
        """Put the batch on the disk, then let it count."""
        blocks = {item.reading: item.block for item in self.batch if item.block}
        shard, size = self.manifest.last_shard()
        offsets = shards.append(self.manifest.folder, shard, size, [b.lines for b in blocks.values()]) if blocks else []
        ends = [item for item in self.batch if item.article is None]
        with self.manifest.change():
            for (reading, block), offset in zip(blocks.items(), offsets, strict=True):
                self.manifest.put_reading(reading, block, copies.sketch(block.article.text), shard, offset)
            if blocks:
                self.manifest.put_shard(shard, size + sum(len(block.lines) for block in blocks.values()))
            touched = {key for item in self.batch for key in self._note(item)}
            settle(self.manifest, touched)
        self.underway -= blocks.keys()
        self.batch, self.size, self.since = [], 0, time.monotonic()
        for item in ends:
            self.report.skipped += item.faults
        self.saved(self.report)

    def _note(self, item: _Item) -> Iterator[str]:
        """Note an article's place or the end of its file; the keys of the articles that this concerns."""
        file, held = item.file, self.manifest.file(item.file.path)
        pending = held is not None and (held.hash, held.version) != (file.hash, file.version)
        if item.number == 0:
            yield from self._begin(file, held, pending=pending)
        if item.article is None:
            yield from self._end(item, pending=pending)
        elif fault := self.failed.get(item.reading):
            item.faults.append(InputError(fault.what, place=item.article.location, cure=fault.cure))
        else:
            self.manifest.put_location(file.path, item.number, item.part, item.reading, pending=pending)
            yield item.article.key

    def _begin(self, file: File, held: File | None, *, pending: bool) -> Iterator[str]:
        """What a stopped run left pending is void; a new file counts from its first article on."""
        yield from self.manifest.articles_at(file.path, pending=True)
        self.manifest.drop_locations(file.path, pending=True)
        if not pending and held is None:
            self.manifest.put_file(replace(file, state="part"))

    def _end(self, item: _Item, *, pending: bool) -> Iterator[str]:
        """All articles of a changed file count from now on, and its old ones no longer."""
        path = item.file.path
        if pending:
            yield from self.manifest.articles_at(path, pending=False)
            yield from self.manifest.articles_at(path, pending=True)
            self.manifest.drop_locations(path, pending=False)
            self.manifest.confirm_locations(path)
        self.manifest.put_faults(path, item.faults)
        self.manifest.put_file(item.file)

    def remove(self, names: Sequence[str]) -> None:
        """Take files out of the store, all at once."""
        with self.manifest.change():
            touched: set[str] = set()
            for name in names:
                for pending in (True, False):
                    touched.update(self.manifest.articles_at(name, pending=pending))
                self.manifest.drop_file(name)
            settle(self.manifest, touched)
        self.report.removed += names


def _articles(path: Path, language: Language | None, on_skip: Callable[[InputError], None]) -> Iterator[Article]:
    try:
        yield from read_articles([path], language=language, on_skip=on_skip)
    except InputError as error:  # it vanished since it was listed
        on_skip(error)
