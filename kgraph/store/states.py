"""Files as they are now, beside what the manifest knows of them."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path

from kgraph.store.manifest import File

RECENT = 2_000_000_000  # nanoseconds; a file that changed later than this before it was read may change unseen
CHUNK = 1 << 20


def name_of(path: Path) -> str:
    """How the manifest calls a file, wherever the build is started."""
    return str(path.absolute()).encode("utf-8", "backslashreplace").decode()


def state_of(path: Path, name: str, known: File | None, version: str) -> File:
    """A file as it is now; its content is looked at only where size and time leave a doubt."""
    status = path.stat()
    if known and (known.size, known.mtime) == (status.st_size, status.st_mtime_ns):
        return replace(known, version=version, state="whole")
    digest = hashlib.sha256(path.suffix.lower().encode())
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    settled = time.time_ns() - status.st_mtime_ns > RECENT
    return File(name, status.st_size, status.st_mtime_ns if settled else 0, digest.hexdigest(), version, "whole")
