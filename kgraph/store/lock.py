"""One writer at a time. The lock goes with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgraph.errors import StoreError


class Busy(StoreError):
    """Another process writes the store."""


@contextmanager
def held(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a store. Where another process holds it, wait for it or raise Busy, which names it."""
    try:
        file = (folder / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", place=str(folder)) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise Busy(f"{holder} is writing it", place=str(folder), cure="wait for it, or add --wait") from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        yield
