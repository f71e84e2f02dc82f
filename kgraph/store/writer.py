"""Brings a store up to date with files, takes files out of it, and makes its index anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from kgraph.articles import find_files
from kgraph.errors import InputError, StoreError
from kgraph.ontology import load as load_ontology
from kgraph.records import Language
from kgraph.store import index, lock, shards
from kgraph.store.manifest import Manifest, check
from kgraph.store.run import Reader, Report, Run, Told
from kgraph.store.states import name_of


def build(
    folder: Path,
    paths: Sequence[Path | str],
    reader: Reader,
    *,
    version: str,
    language: Language | None = None,
    prune: bool = False,
    wait: bool = False,
    tell: Told = lambda _report: None,
    saved: Told = lambda _report: None,
) -> Report:
    """Bring a store up to date with files and folders; `version` names the reader and all that its results depend on.

    `tell` hears of each article, `saved` of each batch that is safe. With `prune`, files that have vanished from the
    folders given are taken out. Where another process writes to the store, wait for it or raise StoreError.
    """
    files = list({name_of(path): path for path in find_files(paths)}.values())
    with _writing(folder, make=True, wait=wait) as manifest:
        run = Run(manifest, version, language, Report(files=len(files)), tell, saved)
        with manifest.change():
            work = list(run.survey(files))
        run.report.gone = _gone(manifest, paths, files)
        if prune:
            run.remove(run.report.gone)
            run.report.gone = []
        run.read(work, reader)
        index.catch_up(manifest, load_ontology())
    return run.report


def remove(folder: Path, paths: Iterable[Path | str], *, wait: bool = False) -> Report:
    """Take files, or all files of folders, out of a store. StoreError where it holds none such."""
    with _writing(folder, wait=wait) as manifest:
        names = [name for path in paths for name in _known(manifest, path)]
        run = Run(manifest, "", None, Report())
        run.remove(names)
        index.catch_up(manifest, load_ontology())
    return run.report


@contextmanager
def _writing(folder: Path, *, make: bool = False, wait: bool = False) -> Iterator[Manifest]:
    """Hold a store to write to it; what goes wrong with the disk becomes StoreError."""
    with ExitStack() as stack:
        try:
            if make:
                _make(folder)
            else:
                check(folder)
            stack.enter_context(lock.held(folder, wait=wait))
            (folder / "shards").mkdir(exist_ok=True)
            yield stack.enter_context(closing(Manifest(folder, write=True)))
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            cure = "what was read so far is safe: make room, then run it again"
            raise StoreError(f"cannot be written: {reason}", place=str(folder), cure=cure) from error


def _make(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / "lock").exists()):
        raise StoreError("is no store", place=str(folder), cure="name a folder that is one, or that does not exist")
    if not folder.absolute().parent.is_dir():
        raise InputError("no such folder", place=str(folder.parent), cure="make it first")
    folder.mkdir(exist_ok=True)


def _gone(manifest: Manifest, paths: Iterable[Path | str], files: Iterable[Path]) -> list[str]:
    """The known files of the folders given that are no longer there."""
    listed = {name_of(path) for path in files}
    folders = [name_of(path) for path in map(Path, paths) if path.is_dir()]
    return sorted({known for folder in folders for known in manifest.paths_below(folder)} - listed)


def _known(manifest: Manifest, path: Path | str) -> list[str]:
    name = name_of(Path(path))
    found = [name] if manifest.file(name) else manifest.paths_below(name)
    if not found:
        cure = "`kgraph build` with --prune takes out all files that have vanished"
        raise StoreError("not in the store", place=str(path), cure=cure)
    return found


def rebuild(folder: Path, *, wait: bool = False) -> None:
    """Pack the shards of a store, which keep what was replaced and removed, and make its index from them."""
    with _writing(folder, wait=wait) as manifest:
        for shard in manifest.wasteful_shards():
            _pack(manifest, shard)
        shards.drop(folder, map(int, manifest.column("SELECT id FROM shard")))
        index.rebuild(manifest, load_ontology())


def _pack(manifest: Manifest, shard: int) -> None:
    """Copy what counts in a shard to a new one, in whose stead it then is."""
    kept = manifest.blocks_in(shard)
    fresh = 1 + int(str(manifest.one("SELECT max(id) FROM shard")))
    contents = [shards.read(manifest.folder, shard, offset, length) for _, offset, length in kept]
    offsets = shards.append(manifest.folder, fresh, 0, contents)
    with manifest.change():
        for (reading, *_), offset in zip(kept, offsets, strict=True):
            manifest.move(reading, fresh, offset)
        manifest.put_shard(fresh, sum(map(len, contents)))
        manifest.db.execute("DELETE FROM shard WHERE id = ?", (shard,))
