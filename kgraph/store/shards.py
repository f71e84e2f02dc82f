"""Files that blocks are appended to. What counts is as long as the manifest says; bytes beyond are of a stopped run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from kgraph.errors import StoreError

LARGEST = 256 << 20  # bytes; a shard that has them is followed by a new one


def path_of(folder: Path, shard: int) -> Path:
    """Where a shard lies."""
    return folder / "shards" / f"{shard:06}.nt"


def append(folder: Path, shard: int, size: int, blocks: Sequence[bytes]) -> list[int]:
    """Write blocks after the first `size` bytes of a shard; the offset of each. When it returns they are on disk."""
    path = path_of(folder, shard)
    is_new = not path.exists()
    offsets = []
    with path.open("xb" if is_new else "r+b") as file:
        file.truncate(size)
        file.seek(size)
        for content in blocks:
            offsets.append(file.tell())
            file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)
    return offsets


def read(folder: Path, shard: int, offset: int, length: int) -> bytes:
    """One block."""
    try:
        with path_of(folder, shard).open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except FileNotFoundError as error:
        raise StoreError("was packed while it was read", place=str(folder), cure="try again") from error


def drop(folder: Path, kept: Iterable[int]) -> None:
    """Delete the shards that the manifest does not know."""
    names = {path_of(folder, shard) for shard in kept}
    for path in (folder / "shards").iterdir():
        if path not in names:
            path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
