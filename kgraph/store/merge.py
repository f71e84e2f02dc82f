"""Sorts lines of any number in constant memory: runs that fit in it go to temporary files, which are merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

RUN = 32 << 20  # bytes of lines that are sorted at once
AT_ONCE = 200  # files that are merged at once; more are merged in steps


def in_order(blocks: Iterable[bytes], *, run: int = RUN, at_once: int = AT_ONCE) -> Iterator[bytes]:
    """The lines of all blocks, sorted, each with its end."""
    with ExitStack() as stack:
        runs: list[IO[bytes]] = []
        lines: list[bytes] = []
        held = 0
        for block in blocks:
            lines += block.splitlines(keepends=True)
            held += len(block)
            if held >= run:
                runs.append(_spilled(sorted(lines), stack))
                lines, held = [], 0
                if len(runs) == at_once:
                    merged = _spilled(heapq.merge(*runs), stack)
                    for each in runs:
                        each.close()
                    runs = [merged]
        lines.sort()
        yield from heapq.merge(*runs, lines) if runs else lines


def _spilled(lines: Iterable[bytes], stack: ExitStack) -> IO[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (the stack closes it)
    file.writelines(lines)
    file.seek(0)
    return file
